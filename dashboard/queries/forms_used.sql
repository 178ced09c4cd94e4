select government, year, form, form_requests, form_review_litigation
from current_reports
where county = $county and year between $first and $last and (len($governments) = 0 or government in (select unnest($governments)))
