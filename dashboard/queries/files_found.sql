-- What became of the files found, those that nobody could place too.
select filings.status, count(*) as files
from filings
left join reports using (sha256)
where county = $county or (county is null and filings.sample = $sample)
group by filings.status
order by filings.status
