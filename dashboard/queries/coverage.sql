select government, year, generation, path, sha256
from coverage
join filings using (sha256)
where county = $county and year between $first and $last and (len($governments) = 0 or government in (select unnest($governments)))
order by government, year
