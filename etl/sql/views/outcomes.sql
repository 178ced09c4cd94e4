-- What became of requests, by group: disclosed, disclosed in part, withheld, unavailable, not processed, otherwise closed.
select
    requests.report_id,
    requests.line,
    case
        when requests.line = 'otherwise_closed' then 'otherwise'
        when form_lines.parent = 'outcome' then requests.line
        else form_lines.parent
    end as outcome,
    requests.total
from requests
join reports using (report_id)
join form_lines
    on form_lines.form = reports.form_requests
    and form_lines.schedule = 'requests'
    and form_lines.line = requests.line
where form_lines.parent is not null and requests.line <> 'closed'
