-- How much is in a partition.
select
    (select count(*) from reports) as reports,
    (select count(*) from findings) as findings,
    (select count(*) from problems) as problems
