-- What became of requests, by group of results.
select government, year, outcome, line, total as value, path, corrected_by is not null as by_person
from outcomes
join current_reports using (report_id)
left join (
    select report_id, line, corrected_by
    from cell_notes
    where schedule = 'requests' and "column" = 'total'
) using (report_id, line)
where county = $county and year <= $year
order by government, year
