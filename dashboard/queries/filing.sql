select filings.*, report_id, county, government, year, form, form_requests, form_review_litigation, current, refiling
from filings
left join reports using (sha256)
where filings.sha256 like $prefix
