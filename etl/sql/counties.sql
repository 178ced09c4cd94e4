-- The counties of a partition, for the catalogue.
select county, bool_and(sample) as sample, min(year) as first, max(year) as last
from current_reports
group by county
order by county
