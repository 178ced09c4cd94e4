select distinct report_id
from (
    select report_id from proactive
    union all select report_id from requests
    union all select report_id from review_litigation
    union all select report_id from statistics_2014
    union all select report_id from tables_read
    union all select report_id from cell_notes
    union all select report_id from metrics
    union all select report_id from metric_doubts
    union all select report_id from corrections
    union all select report_id from sections
    union all select report_id from findings
    union all select report_id from leftovers
    union all select report_id from proposals
)
where report_id not in (select report_id from reports)
