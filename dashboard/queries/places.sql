-- The partitions that may hold a filing, by the beginning of its SHA-256.
select distinct division from places where digest >= $start and digest < $start || 'g'
