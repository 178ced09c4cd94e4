insert into own_rows (county, year, unit, figures, who, at)
values ($county, $year, $unit, $figures, $who, $at)
