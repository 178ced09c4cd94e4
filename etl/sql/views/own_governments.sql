-- Each county's own people's government, whose report adds up those of its units: by the register, or by its name.
select county, government
from governments
where level = 'county'
union
select county, county || '人民政府'
from reports
where county <> ''
