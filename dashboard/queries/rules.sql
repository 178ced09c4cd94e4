select check_id, message_zh, message_en from checks
