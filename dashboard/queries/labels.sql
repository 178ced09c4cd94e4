-- The labels of lines and columns as the newest form that has them prints them.
select schedule, line as key, 'line' as kind, max_by(label, form) as label, max_by(position, form) as position
from form_lines
group by all
union all
select schedule, "column", 'column', max_by(label, form), max_by(position, form)
from form_columns
group by all
order by schedule, kind, position
