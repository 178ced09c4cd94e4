-- The numbers of the prose in the long form, each with its sentence.
select county, government, year, metrics.metric, metrics.value, metrics.unit, approximate, bound, sentence, corrected_by, path
from metrics
join (select report_id, path from current_reports) using (report_id)
join reports using (report_id)
where
    scope is null
    and category is null
    and county = $county
    and year between $first and $last
    and (len($governments) = 0 or government in (select unnest($governments)))
order by government, year, ordinal
