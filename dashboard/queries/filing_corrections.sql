select metric, schedule, line, "column", read_text, read_value, right_value, corrections.approximate, sentence, why, corrected_by, corrected_at, label_zh, label_en
from corrections
left join metric_definitions using (metric)
where report_id = $report_id
order by ordinal
