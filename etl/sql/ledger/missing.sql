-- The tables that PostgreSQL has not got yet; to look needs no right to make any.
select name
from unnest(array['decisions', 'own_rows', 'imports', 'determinations']) as wanted (name)
where to_regclass(name) is null
