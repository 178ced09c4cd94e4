-- Which generation of the form each current report follows, from the reports alone: as cheap to ask as there are reports.
select
    county,
    government,
    year,
    sha256,
    case
        when form is null and form_requests is null and form_review_litigation is null then 'none'
        when least(form, form_requests) < greatest(form, form_requests) then 'mixed'
        else coalesce(form, form_requests, form_review_litigation)
    end as generation
from reports
where
    current
    and (county, government) not in (select (county, government) from own_governments)
