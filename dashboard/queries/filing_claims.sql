select subject, value, origin, min_by(text, ordinal) as text
from claims
where sha256 = $sha256
group by subject, value, origin
order by min(ordinal)
