select report_id, check_id from findings where check_id not in (select check_id from checks)
