select schedule, form, page, read_by, cells, stated, blank, dashed, illegible, confirmed
from readings
where report_id = $report_id
order by block, schedule
