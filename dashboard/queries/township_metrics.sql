-- What the prose of a township's current reports states, each number with its sentence.
select year, metrics.metric, value, metrics.unit, approximate, bound, scope, category, sentence, corrected_by, label_zh, label_en, path, sha256
from metrics
join (select report_id, county, government, year, path, sha256 from current_reports) using (report_id)
join metric_definitions using (metric)
where county = $county and government = $government and year between $first and $last
order by year desc, ordinal
