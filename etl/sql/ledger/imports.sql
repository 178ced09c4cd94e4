select what, sha256, path, name, government, county, year, who, note, at
from imports
order by number
