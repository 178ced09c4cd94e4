select government, year, form, proactive.*, path, sha256
from proactive
join current_reports using (report_id)
where
    line = 'fees'
    and county = $county
    and year between $first and $last
    and (len($governments) = 0 or government in (select unnest($governments)))
order by government, year
