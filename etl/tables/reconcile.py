"""One fact a cell from all readings of it: where they differ the cell is illegible and the difference a problem."""

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import replace

from etl import forms
from etl.forms import APPLICANTS, REQUESTS, RESULTS, REVIEW
from etl.report import Fact, Problem, State
from etl.tables.rows import OTHER_LINES

_Cell = tuple[str, str, str]
# Schedule and block.
_Table = tuple[str, int]
# Schedule and line, block and row.
_Line = tuple[str, str, int | None, int | None]
# A table printed twice may differ in as many cells by mistake; more of them are two tables.
_MISPRINTS = 3
_SPARE_ROWS = 2


def reconciled(by_order: Iterable[Fact], by_grid: Iterable[Fact]) -> tuple[tuple[Fact, ...], list[Problem]]:
    """One fact a cell from its readings by order and by grid, of one table or of several that give it."""
    ordered, gridded = tuple(by_order), tuple(by_grid)
    # Beside numbers of its own lines those of the group 其他处理 are their sums, or another's, and no cells of the form.
    if any(fact.line in OTHER_LINES and fact.value is not None for fact in (*ordered, *gridded)):
        ordered, gridded = _without_group(ordered), _without_group(gridded)
    copies = _blank_copies((*ordered, *gridded))
    ordered, gridded = (
        tuple(fact for fact in facts if _table(fact) not in copies) for facts in (ordered, gridded)
    )
    empty = _empty_again(ordered) & _empty_again(gridded)
    read: dict[_Cell, list[Fact]] = {}
    for fact in (fact for fact in (*ordered, *gridded) if _line(fact) not in empty):
        read.setdefault((fact.schedule, fact.line, fact.column), []).append(fact)
    twofold = _given_twice(read)
    facts, doubts = [], []
    for several in read.values():
        certain = _certain(several)
        fact = certain[0]
        if fact.schedule in twofold and not _agree(certain, several):
            texts = " / ".join(dict.fromkeys(other.text for other in several))
            fact = replace(fact, value=None, state=State.ILLEGIBLE, text=texts)
        elif len({(other.value, other.state) for other in certain}) > 1:
            texts = " / ".join(dict.fromkeys(other.text or "（空白）" for other in certain))
            place = forms.place(fact.schedule, fact.line, fact.column)
            doubts.append(Problem("two-readings", f"{place}：两种读法分别为 {texts}"))
            fact = replace(fact, value=None, state=State.ILLEGIBLE, text=texts)
        facts.append(fact)
    facts, twice = _printed_twice(_of_a_whole_table(facts))
    told = (*_told_of_copies({schedule for schedule, _ in copies}), *_tables_differ(twofold))
    return (*facts, *_unseen(facts)), [*told, *doubts, *twice]


def _blank_copies(facts: Iterable[Fact]) -> set[_Table]:
    """The tables with nothing in them below a filled one that gives all of their cells: the form as an annex."""
    cells, filled = defaultdict[_Table, set[tuple[str, str]]](set), set[_Table]()
    for fact in facts:
        if (table := _table(fact)) is not None:
            cells[table].add((fact.line, fact.column))
            filled |= {table} if fact.text else set()
    return {
        (schedule, block)
        for (schedule, block), own in cells.items()
        if len(own) > _MISPRINTS
        and (schedule, block) not in filled
        and any(other == schedule and at < block and cells[other, at] >= own for other, at in filled)
    }


def _table(fact: Fact) -> _Table | None:
    return (fact.schedule, fact.place.block) if fact.place else None


def _told_of_copies(schedules: set[str]) -> Iterator[Problem]:
    for title in forms.titles(schedules):
        yield Problem("tables-differ", f"{title}：文件后面另有一张空白的表，没有采用")


def _without_group(facts: Iterable[Fact]) -> tuple[Fact, ...]:
    return tuple(fact for fact in facts if fact.line != "otherwise_closed")


def _certain(several: list[Fact]) -> list[Fact]:
    """Of the readings of a cell those that saw it, and of these those that could make it out."""
    seen = [fact for fact in several if fact.place] or several
    made_out = [fact for fact in seen if fact.state is not State.ILLEGIBLE]
    rows = {_row(fact) for fact in made_out}
    elsewhere = [fact for fact in seen if fact not in made_out and fact.text and _row(fact) not in rows]
    # An empty cell of another row is no answer to what is printed and could not be made out.
    if elsewhere and all(fact.state is State.BLANK for fact in made_out):
        return elsewhere
    if beside := [fact for fact in seen if fact not in made_out and _beside(fact, made_out)]:
        return beside
    return made_out or seen


def _empty_again(facts: Iterable[Fact]) -> set[_Line]:
    """The rows without anything in them that a line has beside one with its numbers: a spare row, or one for sums.

    A table with several of them, or with two rows of numbers for a line, may hold the numbers of two years.
    """
    filled: dict[_Line, bool] = {}
    for fact in facts:
        if fact.place and fact.place.row is not None:
            filled[_line(fact)] = filled.get(_line(fact), False) or bool(fact.text)
    numbers = Counter(line[:3] for line, anything in filled.items() if anything)
    empty = {line for line, anything in filled.items() if not anything and line[:3] in numbers}
    rows = Counter(block for _, _, block, _ in {("", "", *line[2:]) for line in empty})
    twice = {line[2] for line, count in numbers.items() if count > 1}
    return {line for line in empty if rows[line[2]] <= _SPARE_ROWS and line[2] not in twice}


def _line(fact: Fact) -> _Line:
    return fact.schedule, fact.line, *(_row(fact) or (None, None))


def _beside(illegible: Fact, made_out: list[Fact]) -> bool:
    """Whether what could not be made out stands in another column of the row than what could: one of the two has moved.

    Of a row whose cells could not be told apart the text is that of all of them.
    """
    return any(
        _row(fact) == _row(illegible) is not None
        and fact.place != illegible.place
        and fact.text not in illegible.text.split()
        and fact.text
        for fact in made_out
    )


def _row(fact: Fact) -> tuple[int, int | None] | None:
    return (fact.place.block, fact.place.row) if fact.place else None


def _given_twice(read: dict[_Cell, list[Fact]]) -> set[str]:
    """The schedules that two tables of the file give with different numbers, so that they are not one printed twice."""
    differing: Counter[str] = Counter()
    for (schedule, _, _), several in read.items():
        certain = _certain(several)
        apart_from = {fact.place.block for fact in certain if fact.place}
        differing[schedule] += len(apart_from) > 1 and len({(f.value, f.state) for f in certain}) > 1
    return {schedule for schedule, count in differing.items() if count > _MISPRINTS}


def _agree(certain: list[Fact], several: list[Fact]) -> bool:
    """Whether all tables that give a cell give it alike, and more than one of them does."""
    blocks = {fact.place.block for fact in several if fact.place}
    made_out = {fact.place.block for fact in certain if fact.place}
    return len(made_out) > 1 and made_out == blocks and len({(f.value, f.state) for f in certain}) == 1


def _tables_differ(schedules: set[str]) -> Iterator[Problem]:
    for title in forms.titles(schedules):
        yield Problem("tables-differ", f"{title}：文件里有几张这样的表，数字不同，只采用相同的格子")


def _of_a_whole_table(facts: list[Fact]) -> list[Fact]:
    """Where most lines of table 3 have too few cells or too many, one with as many as are due has them by chance."""
    lines: dict[str, list[Fact]] = {}
    for fact in facts:
        if fact.schedule == REQUESTS:
            lines.setdefault(fact.line, []).append(fact)
    unread = sum(map(_is_unread, lines.values()))
    if 2 * unread <= len(lines):
        return facts
    return [
        replace(fact, value=None, state=State.ILLEGIBLE) if fact.schedule == REQUESTS else fact
        for fact in facts
    ]


def _is_unread(line: list[Fact]) -> bool:
    """Whether every cell of a line has the text of all of them, since they could not be told apart."""
    texts = {fact.text for fact in line if fact.state is State.ILLEGIBLE}
    return (
        len(line) > 1
        and len(texts) == 1
        and all(fact.state is State.ILLEGIBLE and " " in fact.text for fact in line)
    )


def _printed_twice(facts: list[Fact]) -> tuple[list[Fact], list[Problem]]:
    """Where 00 is shown, some program printed the numbers twice: then 1212 may be 12, and is illegible."""
    if not any(re.fullmatch(r"00+", fact.text) for fact in facts):
        return facts, []
    kept = [
        replace(fact, value=None, state=State.ILLEGIBLE) if re.fullmatch(r"(\d+)\1", fact.text) else fact
        for fact in facts
    ]
    return kept, [Problem("doubled-values", "文件把数字印了两遍（如 00），像 1212 这样的数没有采用")]


def _unseen(facts: list[Fact]) -> Iterator[Fact]:
    """The cells of a line of tables 3 and 4 that neither reading saw, though it saw others of the line."""
    seen = {(fact.schedule, fact.line, fact.column) for fact in facts}
    for schedule, columns in ((REQUESTS, APPLICANTS), (REVIEW, RESULTS)):
        for line in dict.fromkeys(fact.line for fact in facts if fact.schedule == schedule):
            for column in columns:
                if (schedule, line, column) not in seen:
                    yield Fact(schedule, line, column, None, State.ILLEGIBLE, "")
