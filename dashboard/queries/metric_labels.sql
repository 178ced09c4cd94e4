select metric, label_zh, label_en, unit, tier from metric_definitions
