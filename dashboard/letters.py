"""Findings → letters that return them, in Chinese whatever the language of the screen."""

from collections.abc import Sequence
from datetime import date

from dashboard import findings, labels
from dashboard.components import count
from dashboard.findings import Found
from etl import slips
from etl.slips import Item, Slip


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
            tuple(map(_item, own)),
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
    return slips.word(letters[0]) if len(letters) == 1 else slips.bundle(letters)


def _item(found: Found) -> Item:
    row = found.row
    printed, expected = ("" if value is None else count(value) for value in (row["actual"], found.expected))
    place = labels.in_chinese(row["schedule"], row["line"], row["column"])
    likely = findings.likely_in_chinese(found.sets)
    rule = row["message_zh"], row["basis"]
    return Item(place, printed, expected, row["quote"] or "", *rule, likely, row["kind"])
