"""What a table's style says of the characters in a cell: it depends on where in the table the cell stands."""

from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from lxml import etree

from etl.readers.word.numbering import VAL, W
from etl.readers.written import whole

_LOOK = f"{W}tblPr/{W}tblLook"
_BITS = {
    "firstRow": 0x20,
    "lastRow": 0x40,
    "firstColumn": 0x80,
    "lastColumn": 0x100,
    "noHBand": 0x200,
    "noVBand": 0x400,
}
_ON = ("1", "true", "on")
_MOST_ROWS_IN_BAND = 100


class Part(NamedTuple):
    """What a style says of a part of a table: the marks of its characters, and whether its cells are filled."""

    marks: tuple[etree._Element, ...] = ()
    fills: bool = False


class Style(NamedTuple):
    """The parts of a table's style by name ("" for all of it), and how many rows and columns make a band."""

    parts: Mapping[str, Part]
    band_rows: int = 1
    band_columns: int = 1


def band(style: etree._Element, side: str) -> int:
    """How many rows ("Row") or columns ("Col") make a band."""
    size = style.find(f"{W}tblPr/{W}tblStyle{side}BandSize")
    written = "" if size is None else size.get(VAL, "")
    return min(max(whole(written), 1), _MOST_ROWS_IN_BAND)


def cells(table: etree._Element, style: Style) -> Iterator[tuple[etree._Element, Sequence[Part]]]:
    """The cells of a table with what its style says of each, the most special part first."""
    on = _switched_on(table)
    rows = list(_below(table, f"{W}tr"))
    for at, row in enumerate(rows):
        beside = list(_below(row, f"{W}tc"))
        for column, cell in enumerate(beside):
            names = _names(on, style, (at, len(rows)), (column, len(beside)))
            yield cell, [style.parts[name] for name in names if name in style.parts]


def _switched_on(table: etree._Element) -> frozenset[str]:
    look = table.find(_LOOK)
    if look is None:
        return frozenset()
    try:
        bits = int(look.get(VAL, "0"), 16)
    except ValueError:
        bits = 0
    return frozenset(
        name
        for name, bit in _BITS.items()
        if (look.get(f"{W}{name}") in _ON if look.get(f"{W}{name}") is not None else bits & bit)
    )


def _below(parent: etree._Element, tag: str) -> Iterator[etree._Element]:
    """The rows of a table or the cells of a row, through content controls, without those of tables inside."""
    for child in parent:
        if child.tag == tag:
            yield child
        elif child.tag in (f"{W}sdt", f"{W}sdtContent", f"{W}customXml", f"{W}ins", f"{W}moveTo"):
            yield from _below(child, tag)


def _names(on: frozenset[str], style: Style, row: tuple[int, int], column: tuple[int, int]) -> Iterator[str]:
    """The names of the parts that a cell belongs to, given its place and the number of places, across and down."""
    upright = [("n", "firstRow", row[0] == 0), ("s", "lastRow", row[0] == row[1] - 1)]
    level = [("w", "firstColumn", column[0] == 0), ("e", "lastColumn", column[0] == column[1] - 1)]
    rows = [(short, name) for short, name, is_there in upright if is_there and name in on]
    columns = [(short, name) for short, name, is_there in level if is_there and name in on]
    yield from (f"{one}{other}Cell" for one, _ in rows for other, _ in columns)
    yield from (name for _, name in rows)
    yield from (name.replace("umn", "") for _, name in columns)
    if not rows and "noHBand" not in on:
        yield f"band{(row[0] - ('firstRow' in on)) // style.band_rows % 2 + 1}Horz"
    if not columns and "noVBand" not in on:
        yield f"band{(column[0] - ('firstColumn' in on)) // style.band_columns % 2 + 1}Vert"
    yield from ("wholeTable", "")
