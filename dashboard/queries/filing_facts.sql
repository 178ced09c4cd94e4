select schedule, line, "column", value, state, text from facts where report_id = $report_id
