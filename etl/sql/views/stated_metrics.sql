-- One number a metric and report, for comparison: the one the prose states for its year; where it states several, none.
with own as (
    select
        report_id,
        metric,
        value,
        approximate,
        bound,
        ordinal,
        sentence,
        corrected_by,
        part_of is null as whole,
        max(part_of is null) over (partition by report_id, metric) as has_whole
    from metrics
    where scope is null and category is null
)
select
    report_id,
    metric,
    if(count(distinct value) = 1, min(value), null) as value,
    bool_or(approximate) as approximate,
    min(ordinal) as ordinal,
    min_by(sentence, ordinal) as sentence,
    max(corrected_by) as corrected_by,
    count(distinct value) as numbers
from own
where whole or not has_whole
group by report_id, metric
