select check_id, kind, severity, basis, message_zh, message_en from checks
