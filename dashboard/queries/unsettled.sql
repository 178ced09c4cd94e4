-- What the reader could not make out in the current filings: illegible cells, and numbers of the prose with several readings.
select
    government,
    year,
    sha256,
    path,
    schedule || '.' || line || '.' || "column" as cell,
    schedule,
    line,
    "column",
    null as metric,
    text,
    null as kind
from cell_notes
join current_reports using (report_id)
where state = 'illegible' and county = $county and year between $first and $last and (len($governments) = 0 or government in (select unnest($governments)))
union all
select government, year, sha256, path, 'doubt.' || ordinal, null, null, null, metric, sentence, kind
from metric_doubts
join current_reports using (report_id)
where county = $county and year between $first and $last and (len($governments) = 0 or government in (select unnest($governments)))
order by year desc, government, cell
