select metric, read_value, right_value, corrections.approximate, sentence, why, corrected_by, label_zh, label_en
from corrections
join metric_definitions using (metric)
where report_id = $report_id
order by ordinal
