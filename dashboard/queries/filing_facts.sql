select schedule, line, "column", value, state, text, corrected_by from facts where report_id = $report_id
