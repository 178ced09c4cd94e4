"""The county's annual report as a Word document: the statutory tables filled in, the prose left to be written."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from etl import documents
from etl.forms import PROACTIVE, REQUESTS, Schedule
from etl.paper.slips import numeral
from etl.paper.statutory_layout import slots
from etl.returns.drafts import Draft
from etl.returns.roll_up import RollUp
from etl.returns.unit import schedules
from etl.returns.words import notes, number, title, words
from etl.sections import required

if TYPE_CHECKING:
    from etl.paper.style import Letter

# In millimetres, in the proportions of the official template; with the size of type the columns leave room for.
_WIDTHS: dict[str, tuple[tuple[float, ...], float]] = {
    PROACTIVE: ((39, 39, 39, 39), 12),
    REQUESTS: ((12, 15, 45, 12, 12, 12, 12, 12, 12, 12), 9),
}
_REVIEW = (10.4,) * 15, 9.0


def word(rolled: RollUp, drafted: Sequence[Draft], sample: bool) -> bytes:
    """The report as a Word document."""
    letter = documents.letter((words()["sample"] + "\n" if sample else "") + title(rolled))
    letter.title()
    tables = {schedule.key: schedule for schedule in schedules()}
    for at, section in enumerate(required()["sections"], 1):
        # Table 3 fills a page: begun lower down it would be cut in two.
        letter.heading(f"{numeral(at)}、{section['label']}", new_page=section["key"] == REQUESTS)
        if section["key"] in tables:
            _table(letter, rolled, tables[section["key"]])
        elif at == 1:
            _matters(letter, drafted)
        else:
            _prose(letter, section["key"], drafted)
    return letter.bytes()


def _table(letter: "Letter", rolled: RollUp, schedule: Schedule) -> None:
    own = {cell[1:]: summed for cell, summed in rolled.sums.items() if cell[0] == schedule.key}
    widths, size = _WIDTHS.get(schedule.key, _REVIEW)
    numbers = {place: number(summed.value) for place, summed in own.items()}
    marked = [place for place, summed in own.items() if summed.doubts]
    letter.form(slots(schedule), numbers, marked, widths, size)
    letter.note(notes(rolled, schedule.key))


def _matters(letter: "Letter", drafted: Sequence[Draft]) -> None:
    """Section one by its matters, with what a people's government reports besides."""
    for at, matter in enumerate((*required()["matters"], *required()["governing"]), 1):
        letter.subheading(f"（{numeral(at)}）{matter['label']}")
        _prose(letter, matter["key"], drafted)


def _prose(letter: "Letter", matter: str, drafted: Sequence[Draft]) -> None:
    """A blank to be written in under its heading, and the sentences offered for it."""
    letter.paragraph(words().get(f"written_{matter}", words()["written"]))
    for draft in drafted:
        if draft.matter == matter:
            letter.paragraph(draft.sentence)
