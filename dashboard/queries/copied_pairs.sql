select
    one.government,
    one.year,
    one.path,
    one.sha256,
    one.report_id,
    other.government as other_government,
    other.year as other_year,
    other.path as other_path,
    other.sha256 as other_sha256,
    other.report_id as other_report_id,
    shared,
    clauses
from copied_pairs
join current_reports as one using (report_id)
join current_reports as other on other.report_id = copied_pairs.other_report_id
where one.county = $county
order by shared / clauses desc, shared desc
