-- Cells of the year's tables that hold no number, by what they hold.
select government, state, count(*) as cells, path
from cell_notes
join current_reports using (report_id)
where county = $county and year = $year and state <> 'stated'
group by all
order by government, state
