-- Every determination about the filings of a county, in order.
select
    number, filing, place, printed, sentence, category, outcome, value, metric, why, who, at, path, county, government,
    year
from determinations
where county = $county
order by number
