"""Pictures of pages → what a PDF page with text gives: printed characters with their places, and ruled grids."""

from collections.abc import Iterator, Sequence
from dataclasses import replace

from etl.readers.geometry.glyphs import CJK, Glyph
from etl.readers.geometry.ruled import Grid, Region, grids, merged
from etl.readers.scan import Sight
from etl.readers.scans import agreement, marks, outside, pen, rules, spread, touching
from etl.readers.scans.agreement import DOUBT, Line
from etl.readers.scans.direction import quarters
from etl.readers.scans.picture import PAPER, PER_POINT, Box, Picture, Pixels, letter_height, picture
from etl.readers.scans.slant import squared
from etl.readers.scans.text import Text

# Below it what was recognised is a photograph's pattern or handwriting, not print.
_LEGIBLE = 0.5
# Of 255: more ink than this is on no empty page, and hardly less light.
_DUST, _LIGHT = 0.1, 128
_INSET = 1.3
_SIDES = 2
# The width of a seal in points: 4.5 cm, as wide as they are made for governments.
_SEAL = 130


def sight(colours: Pixels, whole_sheet: bool) -> Sight:
    """What stands in an RGB picture of a page or of a part of one, whichever way it lies."""
    return _trusted(*_lying(colours, whole_sheet))


def sights(colours: Pixels) -> list[Sight]:
    """What stands on the page that an RGB picture of a sheet shows, or on each of two side by side."""
    halves = spread.halves(colours)
    lying = [_lying(half) for half in halves]
    if halves[0] is not colours and any(turn % 2 for _, turn in lying):
        # A page on its side, with a gap in its middle or empty from there on.
        return [sight(colours, whole_sheet=True)]
    upside_down = all(turn for _, turn in lying)
    return [_trusted(page, turn) for page, turn in (reversed(lying) if upside_down else lying)]


def _lying(colours: Pixels, whole_sheet: bool = True) -> tuple[Picture, int]:
    """The page seen from straight above, and the quarters of a circle that set it upright."""
    page = squared(picture(colours, whole_sheet))
    return page, quarters(page)


def _trusted(page: Picture, turn: int) -> Sight:
    seen = _sight(page.turned(turn))
    return seen if seen.sure > _LEGIBLE else replace(seen, glyphs=[], grids=[])


def _sight(page: Picture) -> Sight:
    letter = letter_height(page.ink)
    across, down, bare = rules.ruled(page, letter)
    tables = grids(merged(across), merged(down))
    # In one column white space alone tells where numbers stand: they are found one by one, as outside of tables.
    ruled = [grid for grid in tables if len(grid.xs) > _SIDES]
    hiding, corrected = rules.hiding(page, across, down), pen.coloured(page)
    lines: list[Line] = []
    robbed: list[Box] = []
    glyphs: list[Glyph] = []
    for cell, tall in _cells(bare, ruled, letter):
        found = marks.lines(bare, cell, tall)
        spoiled, penned = marks.is_spoiled(page, bare, cell), pen.is_marked(corrected, cell)
        alone = len(found) == 1 and marks.is_alone(page, bare, cell, found[0])
        lines += [
            Line(box, cell, alone, spoiled or penned or touching.goes_on(bare, cell, box)) for box in found
        ]
        robbed += [cell] if spoiled else []
        if not found and (spoiled or penned or marks.is_stained(page, bare, hiding, cell)):
            glyphs += _spread(Text(DOUBT, (0.0,), (0.5,)), cell)
    lines = _without_rests(lines, robbed)
    lines += [
        Line(box, spoiled=pen.is_marked(corrected, box))
        for box in outside.lines(_without(bare, ruled), letter)
    ]
    read = agreement.read(page, bare, lines)
    for line, text in zip(lines, read.texts, strict=True):
        glyphs += _spread(text, line.box)
    blank = not lines and not glyphs and page.ink.mean() < _DUST and page.grey.mean() > _LIGHT
    return Sight(glyphs, tables, read.sure, blank)


def _without_rests(lines: Sequence[Line], robbed: Sequence[Box]) -> list[Line]:
    """The lines, none near a cell robbed of ink alone in its own: a piece of a grey seal may look like a dash."""
    return [
        replace(line, alone=False) if any(_near(line.box, cell) for cell in robbed) else line
        for line in lines
    ]


def _near(one: Box, other: Box) -> bool:
    return max(abs(one.left - other.left), abs(one.top - other.top)) < _SEAL * PER_POINT


def _cells(page: Picture, tables: Sequence[Grid], letter: float) -> Iterator[tuple[Box, float]]:
    """Every cell with the height of a character in its table, which is often printed smaller than the prose."""
    for grid in tables:
        left, top, right, bottom = _sides(grid)
        tall = letter_height(page.ink[top:bottom, left:right], letter)
        yield from ((_inside(grid, region), tall) for region in grid.regions)


def _sides(grid: Grid) -> Box:
    return Box(*(round(side * PER_POINT) for side in (grid.xs[0], grid.ys[0], grid.xs[-1], grid.ys[-1])))


def _inside(grid: Grid, region: Region) -> Box:
    """The pixels of a cell within its rules."""
    left, right = grid.xs[region.column], grid.xs[region.column + region.columns]
    top, bottom = grid.ys[region.row], grid.ys[region.row + region.rows]
    sides = (left + _INSET, top + _INSET, right - _INSET, bottom - _INSET)
    return Box(*(max(round(side * PER_POINT), 0) for side in sides))


def _without(page: Picture, tables: Sequence[Grid]) -> Picture:
    """The page without its tables."""
    grey, ink = page.grey.copy(), page.ink.copy()
    for grid in tables:
        left, top, right, bottom = _sides(grid)
        area = slice(max(top - 6, 0), bottom + 6), slice(max(left - 6, 0), right + 6)
        grey[area], ink[area] = PAPER, 0
    return replace(page, grey=grey, ink=ink)


def _spread(text: Text, box: Box) -> Iterator[Glyph]:
    """The characters of a line as glyphs; where they follow each other they touch."""
    left, top, right, bottom = (side / PER_POINT for side in box)
    height = bottom - top
    if not text.text:
        return
    centres = [left + place * (right - left) for place in text.places]
    for at, (letter, centre) in enumerate(zip(text.text, centres, strict=True)):
        half = height * (0.5 if CJK.match(letter) else 0.28)
        before = (centres[at - 1] + centre) / 2 if at else left
        after = (centres[at + 1] + centre) / 2 if at + 1 < len(centres) else right
        if not letter.isspace():
            start = before if centre - before < 2 * half else centre - half
            end = after if after - centre < 2 * half else centre + half
            yield Glyph(letter, start, max(end, start + 0.1), top, bottom)
