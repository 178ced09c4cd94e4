-- Every filing of the selection, refilings too, and those that nobody could place.
select filings.sha256, path, status, county, government, year, current, refiling, published
from filings
left join reports using (sha256)
where
    (
        county = $county
        and year between $first and $last
        and (len($governments) = 0 or government in (select unnest($governments)))
    )
    or (county is null and filings.sample = $sample)
order by government nulls last, year desc, refiling desc
