select government, year, form_requests, requests.*, path, sha256
from requests
join current_reports using (report_id)
where county = $county and year between $first and $last and (len($governments) = 0 or government in (select unnest($governments)))
order by government, year
