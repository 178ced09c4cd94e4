select unit, figures, who, at
from own_rows
where county = $county and year = $year
order by number desc
limit 1
