-- Every two reports of a province of which one shares at least half of its own clauses with the other.
-- A clause is common wording when as many governments print it as are a quarter of a prefecture's, and four at least:
-- no clause then stands in so many reports that pairing them would cost more than reading them.
insert into copied_pairs
with
common as (
    select clause
    from said
    join compared using (report_id)
    group by clause
    having count(distinct (county, government)) >= greatest(
        4, 0.25 * (select count(distinct (county, government)) / $prefectures from compared)
    )
),
own as (
    select report_id, clause
    from said
    anti join common using (clause)
    qualify count(*) over (partition by report_id) >= 6
),
lengths as (
    select report_id, count(*) as clauses
    from own
    group by report_id
),
shared as (
    select one.report_id, other.report_id as other_report_id, count(*) as shared
    from own as one
    join own as other using (clause)
    where one.report_id < other.report_id
    group by one.report_id, other.report_id
    having count(*) >= 6
)
select
    one.*,
    other.*,
    shared,
    least(own_length.clauses, other_length.clauses)
from shared
join lengths as own_length using (report_id)
join lengths as other_length on other_length.report_id = other_report_id
join compared as one using (report_id)
join compared as other on other.report_id = other_report_id
where shared >= 0.5 * least(own_length.clauses, other_length.clauses)
order by one.county, one.government, one.year, other_report_id
