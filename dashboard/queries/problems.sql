-- Our failures on filings of this county, and on filings of which nobody knows whose they are.
select problems.path, kind, detail, status, problems.sha256, county is null as homeless
from problems
left join filings using (sha256)
left join reports using (sha256)
where county = $county or (county is null and coalesce(filings.sample, false) = $sample)
order by homeless desc, problems.path
