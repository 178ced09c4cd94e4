select report_id, government, year, schedule, line, "column", state, corrected_by
from cell_notes
join current_reports using (report_id)
where county = $county and year between $first and $last and (len($governments) = 0 or government in (select unnest($governments)))
