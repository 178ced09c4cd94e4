select county, government, year
from reports
group by all
having count(*) filter (where current) <> 1
