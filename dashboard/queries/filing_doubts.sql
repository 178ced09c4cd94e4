select ordinal, metric, printed, metric_doubts.unit, approximate, category, kind, sentence, block, "at", label_zh, label_en
from metric_doubts
join metric_definitions using (metric)
where report_id = $report_id
order by ordinal
