-- The counties of the base and the years for which anything was filed in them; empty text for filings that do not say their county.
select county, year, bool_and(filings.sample) as sample, count(*) as filings
from reports
join filings using (sha256)
group by all
order by county, year
