-- Every decision in the order they were made; of one county, or of all where none is named.
select number, county, government, year, check_id, place, printed, expected, quote, verdict, note, who, at
from decisions
where county = $county or $county = ''
order by number
