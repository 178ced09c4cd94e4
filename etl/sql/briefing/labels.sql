-- Lines and columns as the newest form that has them prints them, and the names and units of the numbers of the prose.
select schedule, line as key, 'line' as kind, max_by(label, form) as label, '' as unit
from form_lines
group by all
union all
select schedule, "column", 'column', max_by(label, form), ''
from form_columns
group by all
union all
select 'prose', metric, 'metric', label_zh, unit
from metric_definitions
