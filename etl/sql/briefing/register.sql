-- Who owes a report of the county for which year up to this one, and what became of it.
select
    government,
    submissions.year,
    status,
    published,
    due,
    late,
    date_diff('day', due, published) as days_after,
    path,
    form,
    form_requests,
    coalesce(submissions.sample, false) as sample
from submissions
left join (
    select report_id, path, form, form_requests from current_reports
) using (report_id)
where county = $county and submissions.year <= $year
order by government, submissions.year
