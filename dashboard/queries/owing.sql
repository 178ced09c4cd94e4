select government, year
from submissions
where county = $county and year between $first and $last and (len($governments) = 0 or government in (select unnest($governments)))
order by government, year
