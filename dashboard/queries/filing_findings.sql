select ordinal, severity, message_zh, message_en, basis, schedule, line, "column", expected, actual, quote
from findings
join checks using (check_id)
where report_id = $report_id
order by ordinal
