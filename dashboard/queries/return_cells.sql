-- The cells of every filing of a county's year, numbers as text: a sum of money must not pass through binary fractions.
select report_id, schedule, line, "column", cast(value as varchar) as value, state, corrected_by is not null as by_person
from facts
where county = $county and year = $year
