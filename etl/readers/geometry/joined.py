"""Ruled tables that run over several pages, joined into one."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import takewhile
from typing import NamedTuple

from etl.document import Cell, Table
from etl.readers.geometry.glyphs import CJK, IN_NUMBER, NUMBERED, is_value, join
from etl.readers.geometry.ruled import SLIVER_WIDTH, edges, nearest
from etl.readers.showing import DOUBT

# Word sets a continued table off by its border's width, WPS by a cell margin.
SAME_SIDE = 8.0
# Photographs of two pages differ in scale by less than this; so many edges at the same places are no accident.
_PERSPECTIVE, _TELLING = 0.2, 5
# What stays in one line: no line begins with what closes, nor ends with what opens.
_UNBROKEN = re.compile("[（《“‘]*.[，。、；：）》”’]*")
# The tallest statutory head has three rows; more would be data that happens to repeat.
TALLEST_HEAD = 6


class Printed(NamedTuple):
    """A cell of one page, told from others by its place; in its last line is `room` for so many characters more."""

    text: str
    row: int
    column: int
    rows: int
    columns: int
    room: float = float("inf")

    @property
    def is_words(self) -> bool:
        return len(self.text) > 1 and _has_words(self.text)


@dataclass(frozen=True, slots=True)
class Piece:
    """The part of a table that stands on one page: its column edges and its cells in reading order."""

    page: int
    top: float
    xs: tuple[float, ...]
    rows: int
    cells: tuple[Printed, ...]


def _has_words(text: str) -> bool:
    """Whether a text has Chinese characters; full-width figures and dashes are a number."""
    return CJK.search(text) is not None and not is_value(text)


def joined(pieces: Iterable[Piece]) -> list[Table]:
    """Tables of pieces that follow each other with nothing between; a page break alone does not end a table."""
    whole: list[Piece] = []
    last_page = 0
    for piece in pieces:
        below = _fitted(whole[-1], piece) if whole and piece.page == last_page + 1 else None
        if below:
            whole[-1] = _sum(whole[-1], below)
        else:
            whole.append(piece)
        last_page = piece.page
    return [_table(piece) for piece in whole]


def _table(piece: Piece) -> Table:
    cells = (Cell(cell.text, cell.row, cell.column, cell.rows, cell.columns) for cell in piece.cells)
    return Table(tuple(cells), piece.page)


def _same_sides(above: Piece, below: Piece) -> bool:
    left, right = above.xs[0] - below.xs[0], above.xs[-1] - below.xs[-1]
    return abs(left) < SAME_SIDE and abs(right) < SAME_SIDE


def _fitted(above: Piece, below: Piece) -> Piece | None:
    """The piece below at the scale of the one above if it has its sides, or its columns as photographs show them."""
    if _same_sides(above, below):
        return below
    scale = (above.xs[-1] - above.xs[0]) / (below.xs[-1] - below.xs[0])
    xs = tuple(above.xs[0] + scale * (x - below.xs[0]) for x in below.xs)
    same = all(abs(x - above.xs[nearest(above.xs, x)]) < SLIVER_WIDTH / 2 for x in xs)
    return replace(below, xs=xs) if same and len(xs) >= _TELLING and abs(scale - 1) < _PERSPECTIVE else None


def _sum(above: Piece, below: Piece) -> Piece:
    xs = tuple(edges((*above.xs, *below.xs), SLIVER_WIDTH))
    above, below = _without_blank_end(_mapped(above, xs)), _without_blank_start(_mapped(below, xs))
    below = _without_head(above, below)
    links, cut = _links(above, below)
    shift = above.rows - cut
    upper = {cell: cell for cell in above.cells}
    lower = []
    # A number of several figures may be folded just there; where all go on, one row was taken for the rest of another.
    values = [(mate, cell) for cell, mate in links.items() if is_value(mate.text or cell.text)]
    folded = not (len(values) > 1 and all(mate.text and cell.text for mate, cell in values))
    doubted = _doubted(above, below, links)
    upper |= {cell: cell._replace(text=DOUBT) for cell in above.cells if cell in doubted}
    for cell in below.cells:
        mate = links.get(cell)
        if mate is None:
            text = DOUBT if cell in doubted else cell.text
            lower.append(cell._replace(row=cell.row + shift, text=text))
        else:
            rows = cell.row + shift + cell.rows - mate.row
            goes_on = folded and _number_goes_on(mate, cell)
            text = mate.text + cell.text if goes_on else join(mate.text, cell.text)
            upper[mate] = mate._replace(text=text, rows=rows, room=cell.room)
    cells = sorted((*upper.values(), *lower), key=lambda cell: (cell.row, cell.column))
    return Piece(above.page, above.top, xs, shift + below.rows, tuple(cells))


def _mapped(piece: Piece, xs: Sequence[float]) -> Piece:
    """The piece with its columns counted along other edges."""
    if piece.xs == xs:
        return piece
    index = [nearest(xs, x) for x in piece.xs]
    cells = (
        cell._replace(
            column=index[cell.column], columns=index[cell.column + cell.columns] - index[cell.column]
        )
        for cell in piece.cells
    )
    return replace(piece, xs=tuple(xs), cells=tuple(cell for cell in cells if cell.columns))


def _without_blank_end(piece: Piece) -> Piece:
    """Without a last row of blanks: the empty strip of a row that the page break sent to the next page."""
    last = piece.rows - 1
    if not last or not _is_blank(cell for cell in piece.cells if cell.row == last):
        return piece
    cells = (cell._replace(rows=min(cell.rows, last - cell.row)) for cell in piece.cells if cell.row < last)
    return replace(piece, rows=last, cells=tuple(cells))


def _without_blank_start(piece: Piece) -> Piece:
    """Without a first row of blanks: the empty strip of a row that was printed on the page before."""
    single = [cell for cell in piece.cells if cell.row == 0 and cell.rows == 1]
    if piece.rows < 2 or not _is_blank(single):
        return piece
    cells = (
        cell._replace(row=max(cell.row - 1, 0), rows=cell.rows - (cell.row == 0))
        for cell in piece.cells
        if cell.row or cell.rows > 1
    )
    return replace(piece, rows=piece.rows - 1, cells=tuple(cells))


def _is_blank(cells: Iterable[Printed]) -> bool:
    texts = [cell.text for cell in cells]
    return bool(texts) and not any(texts)


def _without_head(above: Piece, below: Piece) -> Piece:
    """Without the first rows where they are, cell by cell, the first rows of the table again."""
    height = 0
    for rows in range(1, min(above.rows, below.rows - 1, TALLEST_HEAD) + 1):
        head = _head(above, rows)
        if head is None or head != _head(below, rows):
            continue
        height = rows
    if not height:
        return below
    cells = tuple(cell._replace(row=cell.row - height) for cell in below.cells if cell.row >= height)
    return replace(below, rows=below.rows - height, cells=cells)


def _head(piece: Piece, rows: int) -> list[Printed] | None:
    """The first rows, if no cell reaches below them and they are words, not numbers."""
    cells = [cell._replace(room=0.0) for cell in takewhile(lambda cell: cell.row < rows, piece.cells)]
    closed = all(cell.row + cell.rows <= rows for cell in cells)
    worded = any(cell.is_words for cell in cells) and not any(cell.text.isdigit() for cell in cells)
    return cells if closed and worded else None


def _links(above: Piece, below: Piece) -> tuple[dict[Printed, Printed], bool]:
    """Which first cells below go on with which last cells above, and whether the row itself is cut in two."""
    last = {(cell.column, cell.columns): cell for cell in above.cells if cell.row + cell.rows == above.rows}
    first = sorted((cell for cell in below.cells if cell.row == 0), key=lambda cell: cell.column)
    pairs = []
    for cell in first:
        mate = last.get((cell.column, cell.columns))
        if mate is None:
            break
        pairs.append((mate, cell))
    # Cells go on from the left: a group, blank where it was not merged, before its labels, a label before its numbers.
    length = 0
    while length < len(pairs) and (
        _is_blank(pairs[length]) or _goes_on(*pairs[length]) or _is_counted(pairs[: length + 1])
    ):
        length += 1
    while length and not _goes_on(*pairs[length - 1]):
        length -= 1
    whole = len(pairs) == len(first) == len(last)
    if whole and (_is_unlabelled(pairs) or (length and _is_cut(pairs[:length], pairs[length:]))):
        return {cell: mate for mate, cell in pairs}, True
    # Between a group and its numbers stands the label: what goes on must have words to its right.
    while length and not all(_words_after(pairs[length - 1][1], row) for row in (last.values(), first)):
        length -= 1
    return {cell: mate for mate, cell in pairs[:length]}, False


def _doubted(above: Piece, below: Piece, links: Mapping[Printed, Printed]) -> set[Printed]:
    """The blank cells at the break that may be the rest of a merged one with its value on the other page."""
    last = {(cell.column, cell.columns): cell for cell in above.cells if cell.row + cell.rows == above.rows}
    first = [cell for cell in below.cells if cell.row == 0]
    values = [cell for cell in first if not cell.is_words and not _words_after(cell, first)]
    found = set()
    for cell in (cell for cell in values if cell not in links):
        mate = last.get((cell.column, cell.columns))
        if mate and (mate.rows > 1 or cell.rows > 1 or len(values) == 1):
            found |= {cell} if is_value(mate.text) and not cell.text else set()
            found |= {mate} if is_value(cell.text) and not mate.text else set()
    return found


def _is_counted(pairs: Sequence[tuple[Printed, Printed]]) -> bool:
    """Whether the last pair is the number that a row has before its label, and blank on the next page."""
    mate, cell = pairs[-1]
    return mate.text.isdigit() and not cell.text and not any(above.text for above, _ in pairs[:-1])


def _words_after(cell: Printed, row: Iterable[Printed]) -> bool:
    return any(other.is_words for other in row if other.column > cell.column)


def _goes_on(mate: Printed, cell: Printed) -> bool:
    """Whether the cell below is the rest of the cell above, as far as the two alone can tell."""
    if mate.text and NUMBERED.match(cell.text):
        return False
    tall = mate.rows > 1 or cell.rows > 1
    if not mate.text or not cell.text:
        return (tall and not is_value(mate.text or cell.text)) or mate.is_words or cell.is_words
    return (
        _has_words(mate.text) and _has_words(cell.text) and mate.room < len(_UNBROKEN.findall(cell.text)[0])
    )


def _is_cut(goes_on: list[tuple[Printed, Printed]], rest: list[tuple[Printed, Printed]]) -> bool:
    """Whether the last row above and the first below are halves of one label, or no column is filled in both.

    A column filled in both then holds a wrapped number; one that does not go on makes a text that is no number.
    """
    mate, cell = goes_on[-1]
    if (mate.rows > 1 and cell.rows > 1) or _are_two_labels(goes_on):
        return False
    one_label = mate.is_words and not any(below.is_words for _, below in rest)
    return one_label or not any(mate.text and cell.text for mate, cell in rest)


def _are_two_labels(pairs: list[tuple[Printed, Printed]]) -> bool:
    """Whether both rows have a label, in different columns, as where the cells of groups and labels are not merged."""
    above = any(mate.is_words and mate.rows == 1 and not cell.text for mate, cell in pairs)
    return above and any(NUMBERED.match(cell.text) and not mate.text for mate, cell in pairs)


def _is_unlabelled(pairs: list[tuple[Printed, Printed]]) -> bool:
    """Whether the row below has numbers but no label where the row above has one: it is the rest of that row.

    As well if no row has a label and the one below lacks numbers.
    """
    label = max((at for at, (mate, _) in enumerate(pairs) if mate.is_words), default=None)
    if label is None:
        return any(mate.text and not cell.text for mate, cell in pairs)
    before, after = pairs[: label + 1], pairs[label + 1 :]
    numbered = any(NUMBERED.match(cell.text) for _, cell in before)
    return any(cell.text for _, cell in after) and not before[-1][1].text and not numbered


def _number_goes_on(mate: Printed, cell: Printed) -> bool:
    return bool(mate.room < 1 and IN_NUMBER(mate.text[-1:]) and IN_NUMBER(cell.text[:1]))
