select text, reason from leftovers where report_id = $report_id order by ordinal
