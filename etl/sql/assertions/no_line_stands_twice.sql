select 'proactive' as schedule, report_id, line from proactive group by all having count(*) > 1
union all
select 'requests', report_id, line from requests group by all having count(*) > 1
union all
select 'review_litigation', report_id, line from review_litigation group by all having count(*) > 1
union all
select 'statistics_2014', report_id, line from statistics_2014 group by all having count(*) > 1
