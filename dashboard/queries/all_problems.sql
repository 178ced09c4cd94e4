select path, kind, detail from problems order by path
