-- Every statutory cell that a filing prints, one row a cell, with its state and its text.
with lines as (
    select report_id, 'proactive' as schedule, line, "column", value
    from proactive unpivot include nulls (value for "column" in (* exclude (report_id, line)))
    union all
    select report_id, 'requests', line, "column", value
    from requests unpivot include nulls (value for "column" in (* exclude (report_id, line)))
    union all
    select report_id, 'review_litigation', line, "column", value
    from review_litigation unpivot include nulls (value for "column" in (* exclude (report_id, line)))
    union all
    select report_id, 'statistics_2014', line, 'count', count
    from statistics_2014
)
select
    report_id,
    county,
    government,
    year,
    schedule,
    line,
    "column",
    value,
    coalesce(state, 'stated') as state,
    coalesce(text, if(value = floor(value), cast(cast(value as bigint) as varchar), cast(cast(value as double) as varchar))) as text,
    corrected_by,
    current
from lines
join reports using (report_id)
left join cell_notes using (report_id, schedule, line, "column")
where value is not null or state is not null
