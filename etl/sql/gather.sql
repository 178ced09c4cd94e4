-- What a partition, attached as `part`, brings to the comparison of its province.
create temp table if not exists compared (
    report_id integer,
    county varchar,
    government varchar,
    year integer,
    path varchar,
    sha256 varchar
);
create temp table if not exists said (report_id integer, clause bigint);

insert into compared
select report_id, county, government, year, path, sha256
from part.current_reports;

insert into said
select report_id, clause
from part.clauses
semi join part.current_reports using (report_id);
