-- The figures that pages compare, one row a current report; null where the filing states none, or not clearly.
with request_totals as (
    select
        report_id,
        max(total) filter (line = 'received') as received,
        max(total) filter (line = 'carried_in') as carried_in,
        max(total) filter (line = 'closed') as closed,
        max(total) filter (line = 'carried_out') as carried_out
    from requests
    group by report_id
),
disputes as (
    select
        report_id,
        max(total) filter (line = 'reconsideration') as reconsiderations,
        max(total) filter (line = 'direct_suit') + max(total) filter (line = 'suit_after_reconsideration') as suits,
        if(count(corrected) = count(*), sum(corrected), null) as corrected,
        if(count(pending) = count(*), sum(pending), null) as pending
    from review_litigation
    group by report_id
),
prose as (
    select
        report_id,
        max(value) filter (metric = 'items_published') as items_published,
        max(value) filter (metric = 'website_items') as website_items,
        max(value) filter (metric = 'wechat_items') as wechat_items,
        max(value) filter (metric = 'bulletin_boards') as bulletin_boards,
        max(value) filter (metric = 'training_sessions') as training_sessions
    from stated_metrics
    group by report_id
),
documents_made as (
    select
        report_id,
        max(decisions) filter (line = 'licensing') as licensing,
        max(decisions) filter (line = 'penalties') as penalties,
        max(decisions) filter (line = 'compulsion') as compulsion,
        max(issued) filter (line = 'normative_documents') as issued,
        max(repealed) filter (line = 'normative_documents') as repealed,
        max(in_force) filter (line = 'normative_documents') as in_force
    from proactive
    group by report_id
)
select *
from current_reports
left join request_totals using (report_id)
left join disputes using (report_id)
left join prose using (report_id)
left join documents_made using (report_id)
