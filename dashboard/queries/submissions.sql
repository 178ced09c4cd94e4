select
    government,
    year,
    status,
    findings,
    illegible,
    published,
    due,
    late,
    date_diff('day', due, published) as days_after,
    path,
    sha256
from submissions
left join (select report_id, path, sha256 from current_reports) using (report_id)
where county = $county and year between $first and $last and (len($governments) = 0 or government in (select unnest($governments)))
order by government, year
