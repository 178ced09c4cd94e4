-- Every filing of a township, the newest year first, refilings too, with what was read of it.
select
    year,
    refiling,
    current,
    form,
    form_requests,
    published,
    path,
    sha256,
    (select count(*) from facts where facts.report_id = reports.report_id) as cells,
    (select count(*) from cell_notes where cell_notes.report_id = reports.report_id and state = 'illegible') as illegible,
    (
        select count(*)
        from findings
        join checks using (check_id)
        where findings.report_id = reports.report_id and severity <> 'hint'
    ) as findings
from reports
join filings using (sha256)
where county = $county and government = $government and year between $first and $last
order by year desc, refiling desc
