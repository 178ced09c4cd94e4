"""Pages of glyphs and grids → blocks in reading order: page furniture out, tables joined over pages."""

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby

from etl.document import Paragraph, Table
from etl.readers import layout
from etl.readers.glyphs import Glyph, cell_text, is_value, line_text, lines, words
from etl.readers.joined import Piece, Printed, joined
from etl.readers.ruled import Grid, Region

PAGE_NUMBER = re.compile(r"[-—–－·•\s]*(第)?\s*(\d{1,3})\s*(页)?([\s/,，共]*\d{1,3}\s*页?)?[-—–－·•\s]*")
MARGIN_LINES = 2


@dataclass(frozen=True, slots=True)
class Line:
    """A printed line outside the ruled tables."""

    glyphs: tuple[Glyph, ...]
    text: str
    page: int

    @property
    def top(self) -> float:
        return min(glyph.top for glyph in self.glyphs)


@dataclass(frozen=True, slots=True)
class Page:
    """Lines and ruled tables from top to bottom."""

    items: tuple[Line | Piece, ...]


def page(glyphs: Iterable[Glyph], grids: Sequence[Grid], number: int) -> Page:
    """What stands on one page; a grid whose rows are not ruled is left to be read by its alignment."""
    held, outside = _distributed(glyphs, grids)
    items: list[Line | Piece] = []
    for grid, cells in zip(grids, held, strict=True):
        if _rows_unruled(grid, cells):
            outside += [glyph for cell in cells.values() for glyph in cell]
        elif cells:
            items.append(_piece(grid, cells, number))
    items += [Line(tuple(line), line_text(line), number) for line in lines(outside)]
    return Page(tuple(sorted(items, key=lambda item: item.top)))


def _distributed(
    glyphs: Iterable[Glyph], grids: Sequence[Grid]
) -> tuple[list[dict[int, list[Glyph]]], list[Glyph]]:
    """Each glyph to the region its centre lies in, the smallest grid first; the others stand outside."""
    held: list[dict[int, list[Glyph]]] = [defaultdict(list) for _ in grids]
    outside: list[Glyph] = []
    for glyph in glyphs:
        x, y = (glyph[1] + glyph[2]) / 2, (glyph[3] + glyph[4]) / 2
        for grid, cells in zip(grids, held, strict=True):
            region = grid.region_at(x, y)
            if region is not None:
                cells[region].append(glyph)
                break
        else:
            outside.append(glyph)
    for grid, cells in zip(grids, held, strict=True):
        _mend_crossings(grid, cells)
    return held, outside


def _mend_crossings(grid: Grid, cells: dict[int, list[Glyph]]) -> None:
    """Give a number that runs over a rule whole to the cell where its middle lies."""
    digits = sorted(
        (
            (round(glyph.bottom), glyph.left, glyph, index)
            for index in cells
            for glyph in cells[index]
            if glyph.text.isdigit()
        ),
    )
    run: list[tuple[int, float, Glyph, int]] = []
    for entry in [*digits, None]:
        if entry and run and entry[0] == run[-1][0] and abs(entry[1] - run[-1][2].right) < 0.5:
            run.append(entry)
            continue
        if len({index for *_, index in run}) > 1:
            _move(grid, cells, run)
        run = [entry] if entry else []


def _move(grid: Grid, cells: dict[int, list[Glyph]], run: Sequence[tuple[int, float, Glyph, int]]) -> None:
    first, last = run[0][2], run[-1][2]
    target = grid.region_at((first.left + last.right) / 2, (first.top + first.bottom) / 2)
    for *_, glyph, index in run:
        if target is not None and index != target:
            cells[index].remove(glyph)
            cells[target].append(glyph)


def _rows_unruled(grid: Grid, cells: dict[int, list[Glyph]]) -> bool:
    """Whether some row of the grid holds several rows of numbers, told apart by white space only."""
    stacks: Counter[tuple[int, int]] = Counter()
    for index, glyphs in cells.items():
        printed = [line_text(line) for line in lines(glyphs)]
        region = grid.regions[index]
        if len(printed) > 1 and all(map(is_value, printed)):
            width = grid.xs[region.column + region.columns] - grid.xs[region.column]
            wrapped = cell_text(glyphs, width).isdigit()
            stacks[region.row, region.rows] += not wrapped
    return any(count > 1 for count in stacks.values())


def _piece(grid: Grid, cells: dict[int, list[Glyph]], number: int) -> Piece:
    printed = tuple(_printed(grid, region, cells.get(index, ())) for index, region in enumerate(grid.regions))
    return Piece(number, grid.ys[0], grid.xs, len(grid.ys) - 1, printed)


def _printed(grid: Grid, region: Region, glyphs: Iterable[Glyph]) -> Printed:
    left, right = grid.xs[region.column], grid.xs[region.column + region.columns]
    rows = lines(glyphs)
    full = bool(rows) and (right - left) - (rows[-1][-1].right - rows[-1][0].left) < 2.2 * (
        rows[-1][-1].bottom - rows[-1][-1].top
    )
    return Printed(cell_text(glyphs, right - left), *region, full=full)


def blocks(pages: Sequence[Page]) -> tuple[Paragraph | Table, ...]:
    """The blocks of all pages in reading order."""
    items = [item for page in _without_furniture(pages) for item in page.items]
    found: list[Paragraph | Table] = []
    for is_line, run in groupby(items, key=lambda item: isinstance(item, Line)):
        if is_line:
            printed = [item for item in run if isinstance(item, Line)]
            found += layout.blocks([word for line in printed for word in words(line.glyphs, line.page)])
        else:
            found += joined([item for item in run if isinstance(item, Piece)])
    return tuple(found)


def _without_furniture(pages: Sequence[Page]) -> Iterator[Page]:
    """Page numbers go; a running head stays where it is printed first."""
    margins = [_margin_lines(page) for page in pages]
    places = Counter(_place(line) for margin in margins for line in margin)
    seen: set[tuple[int, str]] = set()
    for page, margin in zip(pages, margins, strict=True):
        gone = set()
        for line in margin:
            repeated = places[_place(line)] > 1 and len(pages) > 1
            if PAGE_NUMBER.fullmatch(line.text) and (repeated or not line.text.strip().isdigit()):
                gone.add(line)
            elif repeated and _place(line) in seen:
                gone.add(line)
            seen.add(_place(line))
        yield Page(tuple(item for item in page.items if item not in gone))


def _margin_lines(page: Page) -> list[Line]:
    """The outermost lines of a page, as far as no table comes before them."""
    found: list[Line] = []
    for items in (page.items[:MARGIN_LINES], page.items[: -MARGIN_LINES - 1 : -1]):
        for item in items:
            if not isinstance(item, Line):
                break
            found.append(item)
    return found


def _place(line: Line) -> tuple[int, str]:
    """Where and what a line is, its page number aside."""
    return round(line.top / 4), re.sub(rf"(?<!\d){line.page}(?!\d)", "#", line.text)
