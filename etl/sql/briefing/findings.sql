-- What the checks found in the reports of the year and the year before, as decisions know it.
select
    county,
    government,
    year,
    check_id,
    severity,
    kind,
    message_zh,
    schedule,
    line,
    "column",
    expected,
    actual,
    quote,
    other_quote,
    path
from findings
join current_reports using (report_id)
join checks using (check_id)
where county = $county and year between $year - 1 and $year
order by government, findings.ordinal
