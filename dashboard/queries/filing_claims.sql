select subject, value, origin, text from claims where sha256 = $sha256 order by ordinal
