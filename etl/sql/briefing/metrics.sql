-- The numbers the prose states, each with its sentence; no value where a filing states several.
select government, year, metric, value, approximate, sentence, path, corrected_by is not null as by_person
from stated_metrics
join current_reports using (report_id)
where county = $county and year <= $year
order by government, year
