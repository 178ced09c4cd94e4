-- Every determination in order; of one filing, or of all where none is named.
select
    number, filing, place, printed, sentence, category, outcome, value, metric, why, who, at, path, county, government,
    year
from determinations
where filing = $filing or $filing = ''
order by number
