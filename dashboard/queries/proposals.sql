select report_id, fault, alternative, alternatives, schedule, line, "column", printed, proposed
from proposals
join current_reports using (report_id)
where county = $county and year between $first and $last and (len($governments) = 0 or government in (select unnest($governments)))
order by report_id, fault, alternative, proposals.schedule, line, "column"
