-- What the prose of a county's units states for a year, one number a metric and unit, with its sentence.
select government, metric, cast(value as varchar) as value, approximate, sentence
from stated_metrics
join current_reports using (report_id)
where county = $county and year = $year and value is not null
order by metric, government
