-- The filing that counts for each unit and year, with how many findings (hints aside) and unread cells it has.
-- The county's own report is none of them: it adds them up, and would be counted twice.
select
    reports.*,
    filings.path,
    filings.published,
    filings.published_from,
    filings.sample,
    (
        select count(*)
        from findings
        join checks using (check_id)
        where findings.report_id = reports.report_id and severity <> 'hint'
    ) as findings,
    (select count(*) from cell_notes where cell_notes.report_id = reports.report_id and state = 'illegible') as illegible,
    (select count(*) from leftovers where leftovers.report_id = reports.report_id) as leftovers
from reports
join filings using (sha256)
where
    current
    and (county, government) not in (select (county, government) from own_governments)
