-- The years for which anything was filed in a county; empty text asks for filings that do not say their county.
select year, bool_and(filings.sample) as sample, count(*) as filings
from reports
join filings using (sha256)
where county = $county
group by year
order by year
