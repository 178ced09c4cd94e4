-- Who owes a report for which year and what became of it: the register, and whoever filed without being on it.
with years as (
    select distinct year from reports
),
owed as (
    select county, government, level, year, governments.sample
    from governments
    join years on year >= coalesce(since, year) and year <= coalesce(until, year)
    where county in (select county from reports)
),
filed as (
    select county, government, year, sample, report_id, findings, illegible, published from current_reports
)
select
    county,
    government,
    coalesce(level, 'unregistered') as level,
    year,
    report_id,
    coalesce(findings, 0) as findings,
    coalesce(illegible, 0) as illegible,
    published,
    case
        when report_id is null then 'missing'
        when findings > 0 or illegible > 0 then 'findings'
        else 'read'
    end as status,
    coalesce(owed.sample, filed.sample) as sample
from owed
full join filed using (county, government, year)
