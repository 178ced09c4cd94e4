select kind, detail from problems where sha256 = $sha256 order by kind
