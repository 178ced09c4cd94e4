-- The cells the briefing adds up: table 2 and table 4 whole, of table 3 the totals and the kinds of applicants.
select government, year, schedule, line, "column", value, state, path, corrected_by is not null as by_person
from facts
join (select report_id, path from current_reports) using (report_id)
where
    county = $county
    and year <= $year
    and (schedule in ('proactive', 'review_litigation') or (schedule = 'requests' and ("column" = 'total' or line = 'received')))
order by government, year
