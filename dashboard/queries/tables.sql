-- What people may take away: everything but the documents themselves and the digests of their clauses.
select table_name as name, comment, estimated_size as rows, false as view
from duckdb_tables()
where database_name = 'build' and table_name not in ('documents', 'clauses')
union all
select view_name, null, null, true
from duckdb_views()
where database_name = 'build' and not internal and view_name in ('facts', 'indicators')
order by view desc, name
