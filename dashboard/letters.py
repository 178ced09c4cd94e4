"""Findings and submissions → letters of return and the circular, in Chinese whatever the language of the screen."""

from collections import Counter
from collections.abc import Iterator, Sequence
from datetime import date

from dashboard import apart, findings, labels
from dashboard.components import count
from dashboard.db import Row
from dashboard.findings import Found
from dashboard.selection import Selection
from etl import timeliness
from etl.paper import slips
from etl.paper.circular import Circular, Kind, Unit
from etl.paper.slips import Item, Slip

DAYS_TO_REPLY = 10


def write(found: Sequence[Found], office: str, dated: date, reply_by: date, sample: bool) -> tuple[Slip, ...]:
    """A letter for each government and year among the findings."""
    grouped: dict[tuple[str, int], list[Found]] = {}
    for one in found:
        grouped.setdefault((one.row["government"], one.row["year"]), []).append(one)
    return tuple(
        Slip(
            government,
            year,
            own[0].row["published"],
            tuple(_items(own)),
            office,
            dated,
            reply_by,
            sample,
        )
        for (government, year), own in grouped.items()
    )


def file_name(letters: Sequence[Slip], whole: str) -> str:
    """The name of the one file the letters come in; `whole` for several."""
    return slips.name(letters[0]) if len(letters) == 1 else whole


def packed(letters: Sequence[Slip]) -> bytes:
    """The letters as one file: a Word document for one, a zip file for several."""
    return (
        apart.written(slips.word, letters[0]) if len(letters) == 1 else apart.written(slips.bundle, letters)
    )


def _items(own: Sequence[Found]) -> Iterator[Item]:
    """The findings of a letter; several that one cell explains name it once."""
    named = set()
    for found in own:
        likely = findings.likely_in_chinese(found.sets)
        yield _item(found, "" if likely in named else likely)
        named.add(likely)


def _item(found: Found, likely: str) -> Item:
    row = found.row
    # How much of a text is copied is our measure, not a number the filing prints.
    printed = "" if row["actual"] is None or row["kind"] == findings.COPIED else found.printed
    expected = "" if found.expected is None else count(found.expected)
    place = labels.in_chinese(row["schedule"], row["line"], row["column"])
    rule = row["message_zh"], row["basis"]
    return Item(place, printed, expected, row["quote"] or "", *rule, likely, row["kind"])


def circular(
    chosen: Selection, owed: Sequence[Row], found: Sequence[Found], office: str, dated: date
) -> Circular:
    """The circular on the newest year of the selection, from what is owed for it and what is still to be mended."""
    open_ = [one for one in found if findings.to_be_mended(one) and one.row["year"] == chosen.last]
    weights = Counter((one.row["government"], one.row["severity"]) for one in open_)
    units = tuple(
        Unit(
            row["government"],
            timeliness.state(row),
            row["published"],
            row["days_after"] or 0,
            weights[row["government"], "error"],
            weights[row["government"], "doubt"],
        )
        for row in owed
    )
    return Circular(
        chosen.county, chosen.last, owed[0]["due"], units, _kinds(open_), office, dated, chosen.sample
    )


def _kinds(found: Sequence[Found]) -> tuple[Kind, ...]:
    """The rules broken, the most frequent first."""
    rules = {one.row["check_id"]: one.row for one in found}
    times = Counter(one.row["check_id"] for one in found)
    who = {check: {one.row["government"] for one in found if one.row["check_id"] == check} for check in rules}
    return tuple(
        Kind(rules[check]["kind"], rules[check]["message_zh"], number, len(who[check]))
        for check, number in times.most_common()
    )
