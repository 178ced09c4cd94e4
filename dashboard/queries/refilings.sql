-- All filings of a government and year, the newest first.
select path, published, refiling, current, sha256
from reports
join filings using (sha256)
where county = $county and government = $government and year = $year
order by refiling desc
