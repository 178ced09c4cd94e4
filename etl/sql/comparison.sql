-- The comparison of a province: which of its reports share their words, whatever prefectures they belong to.

create table copied_pairs (
    report_id integer not null,
    county varchar not null,
    government varchar not null,
    year integer not null,
    path varchar not null,
    sha256 varchar not null,
    other_report_id integer not null,
    other_county varchar not null,
    other_government varchar not null,
    other_year integer not null,
    other_path varchar not null,
    other_sha256 varchar not null,
    shared integer not null,
    clauses integer not null
);
comment on table copied_pairs is 'Current reports of a province of which one shares at least half of its clauses with the other, the form''s own wording set aside; each pair once';
comment on column copied_pairs.report_id is 'One report';
comment on column copied_pairs.county is 'Its county';
comment on column copied_pairs.government is 'Its government';
comment on column copied_pairs.year is 'Year it reports on';
comment on column copied_pairs.path is 'Path of its filing';
comment on column copied_pairs.sha256 is 'SHA-256 of its filing';
comment on column copied_pairs.other_report_id is 'The other report, which may stand in another partition';
comment on column copied_pairs.other_county is 'Its county';
comment on column copied_pairs.other_government is 'Its government';
comment on column copied_pairs.other_year is 'Year it reports on';
comment on column copied_pairs.other_path is 'Path of its filing';
comment on column copied_pairs.other_sha256 is 'SHA-256 of its filing';
comment on column copied_pairs.shared is 'Clauses that both print, numbers and own names aside';
comment on column copied_pairs.clauses is 'Clauses of the shorter of both';
