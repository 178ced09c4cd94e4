select string_agg(text, chr(10) order by ordinal) as text from sections where report_id = $report_id
