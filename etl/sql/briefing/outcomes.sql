-- What became of requests, by group of results.
select government, year, outcome, line, total as value, path
from outcomes
join current_reports using (report_id)
where county = $county and year <= $year
order by government, year
