-- Who owes a report for which year and what became of it: the register, and whoever filed without being on it.
with years as (
    select distinct year from reports
),
owed as (
    select county, government, level, year, governments.sample
    from governments
    join years on year >= coalesce(since, year) and year <= coalesce(until, year)
    where
        county in (select county from reports)
        and (county, government) not in (select (county, government) from own_governments)
),
filed as (
    select county, government, year, sample, report_id, findings, illegible, published from current_reports
),
register as (
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
)
select
    register.*,
    coalesce(own.due, every.due, make_date(register.year + 1, 1, 31)) as due,
    published > coalesce(own.due, every.due, make_date(register.year + 1, 1, 31)) as late
from register
left join deadlines as own on own.county = register.county and own.year = register.year and own.sample = register.sample
left join deadlines as every on every.county = '' and every.year = register.year and every.sample = register.sample
