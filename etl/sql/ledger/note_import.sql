insert into imports (what, sha256, path, name, government, county, year, who, note, at)
values ($what, $sha256, $path, $name, $government, $county, $year, $who, $note, $at)
