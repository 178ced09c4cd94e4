select ordinal, metric, value, metrics.unit, approximate, bound, scope, category, sentence, block, "at", corrected_by, label_zh, label_en
from metrics
join metric_definitions using (metric)
where report_id = $report_id
order by ordinal
