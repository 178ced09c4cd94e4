-- The pairs of which a report of the county is one, which then comes first.
select *
from copied_pairs
where county = $county
union all
select
    other_report_id,
    other_county,
    other_government,
    other_year,
    other_path,
    other_sha256,
    report_id,
    county,
    government,
    year,
    path,
    sha256,
    shared,
    clauses
from copied_pairs
where other_county = $county and county <> $county
order by shared / clauses desc, shared desc, report_id, other_report_id
