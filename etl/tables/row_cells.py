"""The cells behind a line's label: which of them are its values, and whether some were lost or moved."""

from collections.abc import Sequence
from dataclasses import replace

from etl import counts
from etl.forms import APPLICANTS, REQUESTS
from etl.report import State
from etl.tables.rows import Row
from etl.tables.tokens import Token

# 00 may be a nought that some program printed twice.
_FEWEST_ZEROS = 3


def without_merged(rows: Sequence[Row]) -> list[Row]:
    """Table 3 without the empty cells of merged labels: a row that can only have them on one side tells the others."""
    due = len(APPLICANTS)
    ends = _sides(rows)
    kept = []
    for row in rows:
        sides, surplus = ends.get(row.place.block, set()), len(row.cells) - due
        if row.schedule == REQUESTS and surplus > 0 and len(sides) == 1 and all(_empty_ends(row.cells, due)):
            row = replace(row, cells=row.cells[surplus:] if True in sides else row.cells[:due])
        kept.append(row)
    return kept


def _sides(rows: Sequence[Row]) -> dict[int, set[bool]]:
    """On which side of the lines of table 3, by block, cells stand beyond those due, where it can only be one: True, the first."""
    due = len(APPLICANTS)
    ends: dict[int, set[bool]] = {}
    for row in rows:
        if row.schedule == REQUESTS and len(row.cells) > due and any(cell.text.strip() for cell in row.cells):
            leading, trailing = _empty_ends(row.cells, due)
            if leading != trailing:
                ends.setdefault(row.place.block, set()).add(leading)
    return ends


def damage(rows: Sequence[Row]) -> dict[int, set[int]]:
    """The tables that lost cells (-1), or hold more than are due (1), or more numbers (2): lines of table 3 that cannot be right.

    Where the cells beyond those due are the first in some lines and the last in others, some have moved (1).

    Where rows are not known, a line that lacks cells tells nothing of others: programs leave blank ones out.
    """
    found = {block: {1} for block, sides in _sides(rows).items() if len(sides) > 1}
    for row in rows:
        known = row.schedule == REQUESTS and row.place.row is not None
        if known and any(cell.text.strip() for cell in row.cells) and not values(row, len(APPLICANTS)):
            found.setdefault(row.place.block, set()).add(_damage(row))
    return found


def _damage(row: Row) -> int:
    if len(row.cells) < len(APPLICANTS):
        return -1
    return 2 if all(counts.read(cell.text)[0] is not None for cell in row.cells) else 1


def may_have_moved(row: Row, damages: set[int]) -> bool:
    """Whether a line that seems complete may be short of a cell, or hold one of another's, as others of its table do.

    An empty cell at an end may be the rest of a merged label in the place of one that was lost.
    """
    cells = values(row, len(APPLICANTS)) or ()
    if not any(cell.text.strip() for cell in cells):
        return False
    gapped = any(not cell.text.strip() for cell in cells[:1] + cells[-1:])
    overfull = (1 in damages or 2 in damages) and len(row.cells) > len(cells)
    # Among lines with a number too many, one with as many as are due has lost one.
    return (-1 in damages and gapped) or overfull or (2 in damages and len(row.cells) == len(cells))


def _empty_ends(cells: tuple[Token, ...], due: int) -> tuple[bool, bool]:
    """Whether the cells beyond those due may be the first ones, the last ones: whether these are empty.

    First ones may hold what the others are counted in, too.
    """
    first, last = cells[: len(cells) - due], cells[due:]
    measured = all(counts.is_measure(cell.text) for cell in first if cell.text.strip())
    return measured, not any(cell.text.strip() for cell in last)


def values(row: Row, due: int) -> tuple[Token, ...] | None:
    """Exactly `due` cells, empty ones of merged cells set aside; None when it cannot be told which they are.

    As many noughts as are due that ran into each other are a nought each: no number begins with two. A number in the
    label's own cell, beside as many others as are due, may be another line's. Where no label is printed the first cell may
    be that of the label, or of a column before it.
    """
    cells = row.cells
    surplus = len(cells) - due
    if len(cells) == 1 and due >= _FEWEST_ZEROS and counts.bare(cells[0].text) == "0" * due:
        return due * (replace(cells[0], text="0"),)
    if surplus <= 0:
        return cells if surplus == 0 else None
    if cells[0].in_label:
        return None
    if row.label and (together := _together(cells, due)):
        return together
    leading, trailing = _empty_ends(cells, due)
    filled = any(cell.text.strip() for cell in cells)
    if trailing and filled and (leading or not row.label):
        return None
    if trailing:
        return cells[:due]
    return cells[surplus:] if leading else None


def _together(cells: tuple[Token, ...], due: int) -> tuple[Token, ...] | None:
    """The values that stand side by side, as many as are due, where all cells before and behind them are empty."""
    filled = [at for at, cell in enumerate(cells) if cell.text.strip()]
    if len(filled) != due or filled[-1] - filled[0] != due - 1:
        return None
    found = cells[filled[0] : filled[-1] + 1]
    return found if all(counts.read(cell.text)[1] is not State.ILLEGIBLE for cell in found) else None
