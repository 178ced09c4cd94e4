select distinct government
from submissions
where county = $county
order by government
