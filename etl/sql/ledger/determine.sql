insert into determinations (
    subject, follows, filing, place, printed, sentence, category, outcome, value, metric, why, who, at, path, county,
    government, year
) values (
    $subject, $follows, $filing, $place, $printed, $sentence, $category, $outcome, $value, $metric, $why, $who, $at, $path,
    $county, $government, $year
)
