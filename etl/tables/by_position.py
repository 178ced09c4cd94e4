"""Labels that are not known, told by where they stand: the head or the line that the form has in their place.

They must resemble it, and every one of them is told, since a local line or column in the place of a lost one does not.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import cache
from itertools import groupby

from etl import counts, forms
from etl.document import Cell, Document, Table
from etl.forms import APPLICANTS, PATHS, PROACTIVE, REQUESTS, RESULTS, REVIEW
from etl.report import Leftover, Problem
from etl.tables import labels, misprints
from etl.tables.row_cells import values
from etl.tables.rows import Row

# A figure behind a word and before another, or at the end; the number of a line has a point or a bracket.
_SWALLOWED = re.compile(r"(?<=[^\W\d])\d+(?!\d|\s*[.．、,，)）:：])|\d$")


def heads(document: Document) -> tuple[Document, tuple[Problem, ...]]:
    """The document with misprinted heads in the form's words where all others of their row are in their places."""
    found: list[Problem] = []
    blocks = tuple(
        _in_words(block, found) if isinstance(block, Table) else block for block in document.blocks
    )
    return (replace(document, blocks=blocks) if found else document), tuple(found)


def _in_words(table: Table, found: list[Problem]) -> Table:
    words: dict[Cell, str] = {}
    for _, several in groupby(sorted(table.cells, key=lambda cell: (cell.row, cell.column)), lambda c: c.row):
        for cell, label in _misprinted([cell for cell in several if cell.text.strip()]):
            if cell not in words:
                words[cell] = label
                found.append(told(cell.text.strip(), f"表头“{label}”"))
    if not words:
        return table
    return replace(table, cells=tuple(replace(c, text=words.get(c, c.text)) for c in table.cells))


def _misprinted(row: Sequence[Cell]) -> Iterator[tuple[Cell, str]]:
    """The heads that are not known, in runs of heads that otherwise are the form's, each with the form's label."""
    meant = [labels.meanings(cell.text) for cell in row]
    unknown = (cell for cell, meanings in zip(row, meant, strict=True) if not meanings)
    if not any(meant) or all(counts.looks_like_a_value(cell.text) for cell in unknown):
        return
    for schedule, named in _runs():
        keys = [{meaning.key for meaning in meanings if meaning.schedule == schedule} for meanings in meant]
        step = len(named) if tuple(named) == RESULTS else 1
        for start in range(0, len(row) - len(named) + 1, step):
            here = range(start, start + len(named))
            lacking = {at: key for at, key in zip(here, named, strict=True) if key not in keys[at]}
            if not lacking or 2 * len(lacking) > len(named):
                continue
            # A column of somebody's own beside the form's is in the place of none.
            elsewhere = set().union(*(keys if step == 1 else (keys[at] for at in here)))
            if elsewhere.isdisjoint(lacking.values()) and all(
                _resembles(row[at].text, key, named) for at, key in lacking.items()
            ):
                yield from ((row[at], named[key]) for at, key in lacking.items())


@cache
def _runs() -> tuple[tuple[str, dict[str, str]], ...]:
    """What stands side by side in the heads of the forms, in the order of print: the schedule, each key with its label."""
    newest = forms.load()[-1]
    requests, review = newest.schedule(REQUESTS), newest.schedule(REVIEW)
    applicants, organisations = requests.column_labels(), requests.heads[-1]
    found = [
        (REQUESTS, {key: applicants[key] for key in APPLICANTS}),
        (REQUESTS, {key: applicants.get(key, key) for key in (APPLICANTS[0], organisations, APPLICANTS[-1])}),
        (REQUESTS, {key: applicants[key] for key in APPLICANTS[1:-1]}),
        (REVIEW, {key: review.column_labels()[key] for key in RESULTS}),
        (REVIEW, {key: review.line_labels()[key] for key in PATHS}),
        (REVIEW, {key: review.line_labels()[key] for key in PATHS[1:]}),
        (REVIEW, {PATHS[0]: review.line_labels()[PATHS[0]], **{head: head for head in review.heads}}),
    ]
    for schedule in (form.schedule(PROACTIVE) for form in forms.having(PROACTIVE)):
        for block in schedule.blocks:
            beside = schedule.heads if len(block.columns) == 1 else ()
            columns = {column.key: column.label for column in block.columns}
            found.append((PROACTIVE, {head: head for head in beside} | columns))
    return tuple(found)


def _resembles(printed: str, key: str, named: dict[str, str]) -> bool:
    """Whether an unknown head may be one of these: half of it is, and something of what sets it apart from the others.

    One of two must be a misprint of it.
    """
    label = named[key]
    if len(named) == len(PATHS[1:]):
        return misprints.is_one(printed, label)
    unlike = misprints.unlike(printed, label)
    return (
        unlike is not None
        and not labels.meanings(printed)
        and 2 * unlike <= len(labels.normalise(label))
        and misprints.has_its_mark(printed, label, (text for other, text in named.items() if other != key))
    )


def lines(rows: Sequence[Row]) -> tuple[list[Row], list[Leftover], list[Problem]]:
    """The rows, those without a known label as the lines missing between their neighbours, if as many are missing there.

    What stays unknown is a leftover; what was told by its place a problem.
    """
    kept, leftovers, problems = list[Row](), list[Leftover](), list[Problem]()
    at = 0
    for (unknown, schedule), several in groupby(rows, lambda row: (row.line == "?", row.schedule)):
        run = list(several)
        found = _missing(run, rows[:at], rows[at + len(run) :]) if unknown else ()
        if not unknown or found:
            kept += [replace(row, line=line) for row, line in zip(run, found, strict=True)] if found else run
            problems += [
                told(row.label, forms.place(schedule, line)) for row, line in zip(run, found, strict=False)
            ]
        else:
            leftovers += map(_left, run)
        at += len(run)
    return kept, leftovers, problems


def _missing(run: Sequence[Row], above: Sequence[Row], below: Sequence[Row]) -> tuple[str, ...]:
    """The lines of the form between those above and below, if they are as many as the rows and may be printed so."""
    schedule, found = run[0].schedule, set[tuple[str, ...]]()
    before = next((row.line for row in reversed(above) if row.schedule == schedule), "")
    after = next((row.line for row in below if row.schedule == schedule), "")
    for form in forms.having(schedule) if schedule != REVIEW else ():
        due = [(block, line) for block in form.schedule(schedule).blocks for line in block.leaves()]
        keys = [line.key for _, line in due]
        start = keys.index(before) + 1 if before in keys else 0
        end = keys.index(after) if after in keys else len(keys)
        if (before in keys or after in keys) and end - start == len(run):
            missing = due[start:end]
            if all(_may_be(row, *line, alone=len(run) == 1) for row, line in zip(run, missing, strict=True)):
                found.add(tuple(keys[start:end]))
    return found.pop() if len(found) == 1 else ()


def _may_be(row: Row, block: forms.Block, line: forms.Item, alone: bool) -> bool:
    """Whether a row may be that line: below its block's heads, with its cells, its label like the form's, or `alone` at all.

    A label with a figure that is no number of a line has swallowed a value: the cells behind it are not all of the line's.
    """
    headed = row.schedule != PROACTIVE or not {column.key for column in block.columns}.isdisjoint(row.heads)
    if not headed or _SWALLOWED.search(row.label) or values(row, len(block.columns)) is None:
        return False
    named = _printed(row.schedule, line.key)
    if not alone:
        return any(misprints.is_one(row.label, label) for label in named)
    printed = set(labels.normalise(row.label))
    return 2 * len(printed & {each for label in named for each in labels.normalise(label)}) >= len(printed)


def _printed(schedule: str, line: str) -> set[str]:
    known = (form.schedule(schedule).line_labels() for form in forms.having(schedule))
    return {label for lines in known for key, label in lines.items() if key == line}


def told(printed: str, taken_for: str) -> Problem:
    """What was taken for a label of the form by its place."""
    return Problem("label-by-position", f"“{printed or '（无标签）'}”按所在位置认作{taken_for}")


def _left(row: Row) -> Leftover:
    return Leftover(row.text, "unknown-label", row.place, labels.nearest(row.label, row.schedule))
