"""Pages of glyphs and grids → blocks in reading order: page furniture out, tables joined over pages."""

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import reduce
from itertools import groupby, pairwise

from etl.document import Paragraph, Table
from etl.readers.geometry import filling, implied, layout, overflow, spaced, stretched
from etl.readers.geometry.glyphs import (
    IN_NUMBER,
    PADDING,
    Glyph,
    Word,
    cell_text,
    is_value,
    join,
    line_text,
    lines,
    words,
)
from etl.readers.geometry.half_ruled import is_half_ruled, width, words_of
from etl.readers.geometry.joined import Piece, Printed, joined
from etl.readers.geometry.marks import without_marks
from etl.readers.geometry.ruled import Grid
from etl.readers.geometry.sideways import lines_of_cell, upright

PAGE_NUMBER = re.compile(r"[-—–－·•\s]*(第)?\s*(\d{1,3})\s*(页)?([\s/,，共]*\d{1,3}\s*页?)?[-—–－·•\s]*")
# A running head and a page number may stand below each other.
MARGIN_LINES = 2
# How far down a page something is, and what.
Height = tuple[int, str]
# Of its cell's width: what a line of a label fills at least before it is folded.
_FOLDED = 0.7


@dataclass(frozen=True, slots=True, eq=False)
class Line:
    """A printed line outside the ruled tables; two lines of the same text are two."""

    words: Sequence[Word]

    @property
    def text(self) -> str:
        return reduce(join, (word.text for word in self.words))

    @property
    def top(self) -> float:
        return self.words[0].top

    @property
    def page(self) -> int:
        return self.words[0].page


@dataclass(frozen=True, slots=True)
class Page:
    """Lines and ruled tables from top to bottom."""

    items: tuple[Line | Piece, ...]


def page(glyphs: Iterable[Glyph], grids: Sequence[Grid], number: int) -> Page:
    """What stands on one page; a grid that is only half ruled is left to be read by its alignment."""
    held, outside = _distributed(without_marks(upright(list(glyphs))), grids)
    spaced.closed([cell for cells in held for cell in cells.values()], outside)
    filling.closed(grids, held)
    items: list[Line | Piece] = []
    half_ruled: list[tuple[Grid, implied.Cells]] = []
    for drawn, inside in zip(grids, held, strict=True):
        grid, cells = implied.divided(*implied.widened(drawn, inside, outside))
        rows = _rows(cells)
        if is_half_ruled(grid, rows):
            half_ruled.append((grid, cells))
        elif rows:
            items.append(_piece(grid, rows, number))
    stretched.closed([*(cell for _, cells in half_ruled for cell in cells.values()), outside])
    for grid, cells in half_ruled:
        items += [Line(line) for line in words_of(grid, _rows(cells), number)]
    items += [Line(words(line, number)) for line in lines(outside)]
    return Page(tuple(sorted(items, key=lambda item: item.top)))


def _rows(cells: implied.Cells) -> dict[int, list[list[Glyph]]]:
    return {index: lines_of_cell(cell) for index, cell in cells.items()}


def _distributed(
    glyphs: Iterable[Glyph], grids: Sequence[Grid]
) -> tuple[list[dict[int, list[Glyph]]], list[Glyph]]:
    """Each glyph to the region its centre lies in, the smallest grid first; the others stand outside."""
    held: list[dict[int, list[Glyph]]] = [defaultdict(list) for _ in grids]
    outside = list(glyphs)
    for grid, cells in zip(grids, held, strict=True):
        around, outside = outside, []
        region_at = grid.region_at
        for glyph in around:
            region = region_at((glyph[1] + glyph[2]) / 2, (glyph[3] + glyph[4]) / 2)
            (outside if region is None else cells[region]).append(glyph)
        outside = overflow.mend(grid, cells, outside)
    return held, outside


def _piece(grid: Grid, cells: dict[int, list[list[Glyph]]], number: int) -> Piece:
    stacked = {
        (grid.regions[index].row, grid.regions[index].rows)
        for index, rows in cells.items()
        if any(
            line[-1].right - line[0].left < _FOLDED * width(grid, grid.regions[index]) for line in rows[:-1]
        )
        and not all(is_value(line_text(line)) for line in rows)
    }
    # Beside a number of one line no row holds two below each other: what is folded there is one number.
    single = {
        (grid.regions[index].row, grid.regions[index].rows)
        for index, rows in cells.items()
        if len(rows) == 1 and any(map(str.isdecimal, line_text(rows[0]))) and is_value(line_text(rows[0]))
    }
    printed = []
    for index, region in enumerate(grid.regions):
        # Beside two labels below each other two numbers may be two rows: they are not made one number.
        band = region.row, region.rows
        room = float("inf") if band in stacked else width(grid, region)
        rows = cells.get(index, [])
        text = cell_text(rows, room, telling=2) if band in single else cell_text(rows, room)
        more = _room(rows[-1], width(grid, region)) if rows else float("inf")
        printed.append(Printed(text, *region, room=more))
    return Piece(number, grid.ys[0], grid.xs, len(grid.ys) - 1, tuple(printed))


def _room(line: Sequence[Glyph], width: float) -> float:
    """How many characters more would find room in a line of a cell, figures where it ends with one."""
    last = line[-1]
    across, down = last.right - last.left, last.bottom - last.top
    size = across if IN_NUMBER(last.text) else max(across, down)
    return (width - PADDING - last.right + line[0].left) / size


def blocks(pages: Sequence[Page]) -> tuple[Paragraph | Table, ...]:
    """The blocks of all pages in reading order, running heads and feet once, before everything."""
    running, gone = _furniture(pages)
    items = [item for page in pages for item in page.items if id(item) not in gone]
    prose = layout.setting(_words(items))
    found: list[Paragraph | Table] = [Paragraph(line.text, line.page) for line in running]
    for is_line, run in groupby(items, key=lambda item: isinstance(item, Line)):
        if is_line:
            found += layout.blocks(_words(run), prose)
        else:
            found += joined([item for item in run if isinstance(item, Piece)])
    return tuple(found)


def _words(items: Iterable[Line | Piece]) -> list[Word]:
    return [word for line in items if isinstance(line, Line) for word in line.words]


def _furniture(pages: Sequence[Page]) -> tuple[list[Line], set[int]]:
    """Running heads and feet as first printed, and the ids of all lines that are these or page numbers."""
    margins = [line for page in pages for line in _margin_lines(page)]
    standing: dict[Height, list[int]] = defaultdict(list)
    for line in margins:
        for place in _places(line):
            standing[place].append(line.page)
    heads = _heads(standing, len(pages))
    running: dict[Height, Line] = {}
    gone: set[int] = set()
    for line in margins:
        place = max(_places(line), key=lambda place: len(standing[place]))
        number = PAGE_NUMBER.fullmatch(line.text)
        # Nothing but figures may as well be the rest of a row.
        figures = "".join(line.text.split()).isdigit()
        if number and (len(standing[place]) > 1 or not figures):
            gone.add(id(line))
        elif place in heads:
            running.setdefault(place, line)
            gone.add(id(line))
    return list(running.values()), gone


def _heads(standing: Mapping[Height, Iterable[int]], pages: int) -> set[Height]:
    """What runs on: on most pages, or from a page to the next one that has no other head at that height.

    A line that comes again pages later is none: it may be the title of the next report in a collection.
    """
    again = {place: on for place, found in standing.items() if len(on := sorted(set(found))) > 1}
    repeated = {(height, page) for (height, _), on in again.items() for page in on}
    return {
        (height, text)
        for (height, text), on in again.items()
        if 2 * len(on) > pages
        or any(
            all((height, between) in repeated for between in range(before + 1, after))
            for before, after in pairwise(on)
        )
    }


def _margin_lines(page: Page) -> list[Line]:
    """The outermost lines of a page, as far as no table comes before them."""
    found: dict[int, Line] = {}
    for items in (page.items[:MARGIN_LINES], page.items[: -MARGIN_LINES - 1 : -1]):
        for item in items:
            if not isinstance(item, Line):
                break
            found[id(item)] = item
    return list(found.values())


def _places(line: Line) -> set[Height]:
    """Where and what a line is: as printed, and with any one number set aside that may be its page's."""
    height, text = round(line.top / 4), line.text
    numbers = re.finditer(rf"(?<!\d){line.page}(?!\d)", text)
    return {(height, text), *((height, text[: at.start()] + "#" + text[at.end() :]) for at in numbers)}
