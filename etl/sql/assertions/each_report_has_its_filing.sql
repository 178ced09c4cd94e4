select report_id from reports left join filings using (sha256) where filings.sha256 is null or filings.status <> 'report'
