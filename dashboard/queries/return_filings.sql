-- Everything owed or filed in a county for a year: the register, every filing with those it replaced, the county's own report.
with owed as (
    select government, level, code
    from governments
    where county = $county and $year between coalesce(since, $year) and coalesce(until, $year)
),
filed as (
    select
        report_id,
        government,
        sha256,
        path,
        form,
        form_requests,
        form_review_litigation,
        current,
        sha256 in (select sha256 from problems where kind in ('refiling-order', 'refiling-or-other-county')) as unsure
    from reports
    join filings using (sha256)
    where county = $county and year = $year
)
select
    filed.*,
    coalesce(owed.government, filed.government) as unit,
    if(unit in (select government from own_governments where county = $county), 'county', coalesce(level, '')) as level
from owed
full join filed using (government)
order by
    list_position(['township', 'subdistrict', 'department', 'county'], owed.level) nulls last,
    code nulls last,
    unit,
    current desc
