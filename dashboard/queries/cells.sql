-- The printed cells of a schedule in the long form, with state, text, filing and the findings that name the cell.
select
    county,
    government,
    year,
    facts.line,
    facts."column",
    value,
    state,
    text,
    corrected_by,
    path,
    (
        select count(*)
        from findings
        where
            findings.report_id = facts.report_id
            and findings.schedule = facts.schedule
            and findings.line = facts.line
            and findings."column" = facts."column"
    ) as open_findings
from facts
join (select report_id, path, sample from current_reports) using (report_id)
where
    schedule = $schedule
    and county = $county
    and year between $first and $last
    and (len($governments) = 0 or government in (select unnest($governments)))
order by government, year
