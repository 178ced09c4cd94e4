select
    report_id,
    findings.ordinal,
    county,
    government,
    year,
    severity,
    kind,
    message_zh,
    message_en,
    basis,
    check_id,
    schedule,
    line,
    "column",
    expected,
    actual,
    quote,
    other_quote,
    published,
    path,
    sha256
from findings
join current_reports using (report_id)
join checks using (check_id)
where county = $county and year between $first and $last and (len($governments) = 0 or government in (select unnest($governments)))
order by year desc, severity, government, findings.ordinal
