select text, reason, suggestion from leftovers where report_id = $report_id order by ordinal
