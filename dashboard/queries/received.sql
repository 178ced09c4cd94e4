select report_id, government, year, line, natural_person, enterprise, research, public_interest, legal_service, other, path, sha256
from requests
join current_reports using (report_id)
where
    line = 'received'
    and county = $county
    and year between $first and $last
    and (len($governments) = 0 or government in (select unnest($governments)))
order by government, year
