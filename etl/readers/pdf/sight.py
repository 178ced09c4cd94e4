"""What is seen of a PDF's page: its text and rules, and what text recognition makes of the pictures on it."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

import pypdfium2

from etl.readers import scan
from etl.readers.geometry.box import Box
from etl.readers.geometry.covered import lies_in
from etl.readers.geometry.glyphs import Glyph
from etl.readers.geometry.ruled import Grid

if TYPE_CHECKING:
    from numpy.typing import NDArray

# Pixels along the height of a page to be recognised: 216 dpi on A4. Wider pages than two side by side are not larger.
_PICTURE_LENGTH, _WIDEST = 2526, 1.5
# Of the page: a table pasted as a picture takes more, a seal or a logo less. A caption may stand on a picture.
_TABLE_SIZED, _FEW = 0.06, 8
# A report has three tables, none of them with fewer cells.
_TABLES, _FEWEST_REGIONS = 3, 10


@dataclass(frozen=True, slots=True)
class Sight:
    """What is printed on one page; `pictures` are drawn images, but that of an empty sheet, `scanned` says that it is one to be recognised.

    `pictured` are the boxes of pictures among the text that are large enough for a table.
    """

    glyphs: list[Glyph]
    grids: list[Grid]
    pictures: int
    scanned: bool = False
    pictured: tuple[Box, ...] = ()


def large_pictures(boxes: Iterable[Box], page: float, glyphs: Sequence[Glyph]) -> Iterator[Box]:
    """The pictures large enough for a table, given the area of the page and the text on it."""
    for box in boxes:
        left, top, right, bottom = box
        if (right - left) * (bottom - top) > _TABLE_SIZED * page and not _is_printed_on(box, glyphs):
            yield box


def _is_printed_on(box: Box, glyphs: Sequence[Glyph]) -> bool:
    """Whether text stands on a picture, which is then a background."""
    return sum(lies_in(glyph, box) for glyph in glyphs) > _FEW


def without_needless(sights: list[Sight]) -> list[Sight]:
    """Where the tables of a report are text, its pictures are photographs, which nobody needs to recognise."""
    tables = sum(len(grid.regions) >= _FEWEST_REGIONS for sight in sights for grid in sight.grids)
    return [replace(sight, pictured=()) for sight in sights] if tables >= _TABLES else sights


def recognised(pdf: pypdfium2.PdfDocument, index: int, blind: Sight) -> Iterator[Sight]:
    """The page with what its picture shows, or each of two that its picture shows; or with the pictures among its text."""
    if blind.scanned:
        for seen in scan.sights(_rendered(pdf[index])):
            pictures = 0 if seen.blank else blind.pictures
            yield replace(blind, glyphs=seen.glyphs, grids=seen.grids, pictures=pictures)
    elif blind.pictured and scan.is_installed():
        yield _with_pictures(blind, scan.sight(_rendered(pdf[index])))
    else:
        yield blind


def _rendered(page: pypdfium2.PdfPage) -> "NDArray[Any]":
    width, height = page.get_size()
    # What is wider than high may be two pages.
    scale = _PICTURE_LENGTH / max(height, width / _WIDEST)
    picture: NDArray[Any] = page.render(scale=scale, rev_byteorder=True).to_numpy()
    return picture[:, :, :3]


def _with_pictures(page: Sight, seen: scan.Sight) -> Sight:
    glyphs = [glyph for glyph in seen.glyphs if any(lies_in(glyph, box) for box in page.pictured)]
    inside = [grid for grid in seen.grids if any(_lies_in(grid, box) for box in page.pictured)]
    return replace(page, glyphs=page.glyphs + glyphs, grids=page.grids + inside, scanned=bool(inside))


def _lies_in(grid: Grid, box: Box) -> bool:
    left, top, right, bottom = box
    return left < (grid.xs[0] + grid.xs[-1]) / 2 < right and top < (grid.ys[0] + grid.ys[-1]) / 2 < bottom
