"""The working paper behind the return: what is in doubt, what does not agree, and every unit's figures."""

from collections.abc import Iterator, Sequence
from decimal import Decimal
from typing import TYPE_CHECKING

from etl import documents
from etl.determined import BY_PERSON
from etl.forms import APPLICANTS, REQUESTS, Schedule
from etl.paper.statutory_layout import numbers
from etl.report import State
from etl.returns.compare import Carried, Difference
from etl.returns.roll_up import DISPUTED, LACKING, RollUp
from etl.returns.unit import Cell, Entry, Unit, schedules
from etl.returns.whole import CountyReturn
from etl.returns.words import joined, listed, message, number, place, table, words

if TYPE_CHECKING:
    from etl.paper.style import Letter

_ACROSS_MM, _UNIT_MM = 253, 34
_DOUBTS_MM, _BALANCE_MM = (40, 62, 54), (50, 20, 26, 60)
_CARRIED_MM, _COMPARED_MM = (26, 24, 30, 32, 44), (60, 22, 22, 52)
_DRAFTS_MM = (44, 36, 18, 58)

_REASONS = 3

# The columns are narrow: full-width brackets would stand on lines of their own.
_HALF = str.maketrans("（）", "()")

_Rows = Sequence[Sequence[str]]


def word(made: CountyReturn) -> bytes:
    """The working paper as a Word document."""
    said, rolled = words()["paper"], made.rolled
    mark = words()["sample"] + "\n" if made.sample else ""
    letter = documents.letter(mark + said["title"].format(county=rolled.county, year=rolled.year))
    letter.title()
    letter.paragraph(said["opening"])
    letter.heading(said["coverage"])
    for line in _coverage(made):
        letter.paragraph(line)
    _doubts(letter, rolled)
    _balance(letter, made)
    _carried(letter, made.carried)
    _compared(letter, made)
    _sources(letter, made)
    letter.landscape()
    for at, (title, columns, rows) in enumerate(tables(rolled), 1):
        letter.caption(said["annex"].format(number=at, title=title))
        width = (_ACROSS_MM - _UNIT_MM) / len(columns)
        letter.table([said["unit"], *columns], rows, [_UNIT_MM, *[width] * len(columns)], small=True)
    letter.note(said["legend"])
    return letter.bytes()


def _coverage(made: CountyReturn) -> Iterator[str]:
    said, rolled = words()["paper"], made.rolled
    yield said["coverage_words"].format(units=len(rolled.units), filed=len(rolled.filed))
    if rolled.missing:
        yield said["missing"].format(names=joined(unit.name for unit in rolled.missing))
    refiled = [unit.name for unit in rolled.units if unit.superseded]
    if refiled:
        yield said["superseded"].format(names=joined(refiled))
    if made.by_hand:
        yield said["by_hand"].format(names=made.by_hand)


def _doubts(letter: "Letter", rolled: RollUp) -> None:
    said = words()["paper"]
    letter.heading(said["doubts"])
    for kinds, opening in ((LACKING, "lower_bound"), (DISPUTED, "disputed")):
        own = [doubt for doubt in rolled.doubts if doubt.kind in kinds]
        if own:
            letter.paragraph(said[opening])
            letter.table(said["doubt_heads"], [list(row) for row in listed(own)], _DOUBTS_MM)
    if not rolled.doubts:
        letter.paragraph(said["doubts_none"])


def _balance(letter: "Letter", made: CountyReturn) -> None:
    said, found = words()["paper"], made.imbalances
    letter.heading(said["balance"])
    letter.paragraph(said["balance_words"].format(n=len(found)) if found else said["balance_none"])
    rows = [
        (
            place((one.schedule, one.line, one.column)),
            number(one.actual),
            number(one.expected),
            message(one.check),
        )
        for one in found
    ]
    if rows:
        letter.table(said["balance_heads"], rows, _BALANCE_MM)


def _carried(letter: "Letter", carried: Sequence[Carried]) -> None:
    said = words()["paper"]
    letter.heading(said["carried"])
    if all(one.filed is None and one.summed is None for one in carried):
        letter.paragraph(said["carried_none"])
        return
    names = next(own for own in schedules() if own.key == REQUESTS).column_labels()
    rows = [
        (
            names[one.column],
            *(number(value) or "—" for value in (one.carried_in, one.filed, one.summed)),
            joined(
                said["carried_break"].format(
                    unit=each.unit, out=number(each.carried_out), into=number(each.carried_in)
                )
                for each in one.breaks
            ),
        )
        for one in carried
    ]
    letter.table(said["carried_heads"], rows, _CARRIED_MM)


def _compared(letter: "Letter", made: CountyReturn) -> None:
    said, found = words()["paper"], made.differences
    letter.heading(said["compared"])
    if made.filed is None or not found:
        letter.paragraph(said["compared_none" if made.filed is None else "compared_same"])
        return
    letter.paragraph(said["compared_words"].format(n=len(found)))
    rows = [
        (place(one.cell), number(one.filed) or "—", number(one.summed) or "—", reasons(one)) for one in found
    ]
    letter.table(said["compared_heads"], rows, _COMPARED_MM)


def reasons(difference: Difference) -> str:
    """What would explain a difference, in words."""
    said = words()["paper"]["reasons"]
    return joined(said[reason.kind].format(unit=reason.unit) for reason in difference.reasons[:_REASONS])


def _sources(letter: "Letter", made: CountyReturn) -> None:
    """Of every figure offered for the prose, which unit says what in which words."""
    said = words()["paper"]
    rows = [
        (draft.text, one.unit, number(one.value), one.sentence)
        for draft in made.drafts
        for one in draft.sources
    ]
    if rows:
        letter.heading(said["drafts"])
        letter.table(said["draft_heads"], rows, _DRAFTS_MM)


def tables(rolled: RollUp) -> Iterator[tuple[str, list[str], _Rows]]:
    """Every unit's figures: a title, the heads of the columns, a row a unit and their sum. Table 3 by applicant."""
    said = words()["paper"]
    for schedule in schedules():
        if schedule.key != REQUESTS:
            names = schedule.line_labels(), schedule.column_labels()
            columns = [f"{names[0][line]}{names[1][column]}" for line, column in schedule.cells()]
            places = [(schedule.key, *cell) for cell in schedule.cells()]
            yield said["table"].format(table=table(schedule.key)), columns, _rows(rolled, places)
            continue
        for column in (APPLICANTS[-1], *APPLICANTS[:-1]):
            codes = dict(numbers(schedule.blocks[0].lines))
            title = said["table_of"].format(column=schedule.column_labels()[column])
            yield (
                title,
                [code.translate(_HALF) for code in codes.values()],
                _rows(rolled, _of_applicant(schedule, column)),
            )


def _of_applicant(schedule: Schedule, column: str) -> list[Cell]:
    return [(schedule.key, line, at) for line, at in schedule.cells() if at == column]


def _rows(rolled: RollUp, places: Sequence[Cell]) -> _Rows:
    rows = [[unit.name, *(_shown(unit, place) for place in places)] for unit in rolled.units]
    return [*rows, [words()["paper"]["total"], *(number(rolled.sums[place].value) for place in places)]]


def _shown(unit: Unit, at: Cell) -> str:
    """A unit's cell in few letters: the columns are narrow."""
    entry = unit.filing.entries.get(at) if unit.filing else None
    if entry and entry.state is State.STATED:
        return number(entry.value) + (BY_PERSON if entry.by_person else "")
    return str(words()["paper"]["signs"][_state(unit, entry)])


def long_rows(rolled: RollUp) -> Iterator[tuple[str, str, str, str, Decimal | None, str, str]]:
    """Every unit's every cell, one row each: unit, table, line, column, value, state, source."""
    states = words()["paper"]["states"]
    for unit in rolled.units:
        for schedule in schedules():
            lines, columns = schedule.line_labels(), schedule.column_labels()
            for line, column in schedule.cells():
                entry = unit.filing.entries.get((schedule.key, line, column)) if unit.filing else None
                value, state = entry.value if entry else None, states[_state(unit, entry)]
                named = words()["place"].format(table=table(schedule.key)), lines[line], columns[column]
                yield unit.name, *named, value, state, unit.filing.path if unit.filing else ""


def _state(unit: Unit, entry: Entry | None) -> str:
    if unit.filing is None:
        return "missing"
    if entry and entry.by_person:
        return "by_person"
    return entry.state.value if entry else "absent"
