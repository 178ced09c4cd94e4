insert into decisions (
    finding, follows, county, government, year, check_id, place, printed, expected, quote, verdict, note, who, at
) values (
    $finding, $follows, $county, $government, $year, $check_id, $place, $printed, $expected, $quote, $verdict, $note,
    $who, $at
)
