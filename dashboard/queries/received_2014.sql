-- The requests that reports on 2014 to 2018 say they received: the one line of their table that later forms nearly have.
select report_id, government, year, count as value, state, path, sha256
from statistics_2014
join current_reports using (report_id)
left join (
    select report_id, state from cell_notes where schedule = 'statistics_2014' and line = 'requests_received'
) using (report_id)
where
    line = 'requests_received'
    and county = $county
    and year between $first and $last
    and (len($governments) = 0 or government in (select unnest($governments)))
