select government, year, metric, value, approximate, numbers, ordinal, corrected_by, path, sha256
from stated_metrics
join current_reports using (report_id)
where county = $county and year between $first and $last and (len($governments) = 0 or government in (select unnest($governments)))
order by government, year
