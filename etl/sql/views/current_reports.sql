-- The filing that counts for each government and year, with how many findings (hints aside) and unread cells it has.
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
where current
