-- The reading report: for each table found how many cells it prints, in which state, and how surely they were read.
select
    tables_read.*,
    case
        when by_grid = 0 then 'order'
        when by_order = 0 then 'grid'
        else 'both'
    end as read_by,
    count(facts.state) as cells,
    count(*) filter (state = 'stated') as stated,
    count(*) filter (state = 'blank') as blank,
    count(*) filter (state = 'dashed') as dashed,
    count(*) filter (state = 'illegible') as illegible
from tables_read
left join facts using (report_id, schedule)
group by all
