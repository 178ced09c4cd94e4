"""Reading the statistical table of 2014: one count behind each label and its unit, in the order of print."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cache

from etl import counts, forms
from etl.document import Document, Paragraph, Table
from etl.forms import STATISTICS, Item
from etl.report import Fact, Leftover, Place, State
from etl.tables import labels

_COUNT = "count"
_FEWEST_LINES = 8
_UNITS = frozenset(["条", "件", "次", "篇", "个", "人", "人次", "万元", "场", "场次", "份", "部", "元"])
_BETWEEN = re.compile(r"[\s|]+")


@dataclass(frozen=True, slots=True)
class Statistics:
    """The facts of the table, the blocks they fill, and what stands between them and was not understood."""

    facts: tuple[Fact, ...] = ()
    leftovers: tuple[Leftover, ...] = ()
    blocks: frozenset[int] = frozenset()


@dataclass(frozen=True, slots=True)
class _Piece:
    """A cell, or a piece of a line of text; `row` is None where rows are not known."""

    text: str
    place: Place
    row: tuple[int, int] | None


def read(document: Document) -> Statistics:
    """The statistical table of a document; nothing when too few of its lines are there to be sure it is one."""
    pieces = list(_pieces(document))
    facts: list[Fact] = []
    leftovers: list[Leftover] = []
    filled: set[int] = set()
    last = -1
    for at, piece in enumerate(pieces):
        position = _position(piece.text, last)
        if position is None:
            leftovers += _unknown(pieces, at, last)
            continue
        last, (item, _) = position, _lines()[position]
        filled.add(piece.place.block)
        if not item.parts:
            facts.append(_fact(item, piece, _cells(pieces, at)))
    if len({fact.line for fact in facts}) < _FEWEST_LINES:
        return Statistics()
    filled.update(fact.place.block for fact in facts if fact.place)
    within = (left for left in leftovers if left.place and left.place.block in filled)
    return Statistics(tuple(_once(facts)), tuple(within), _between(document, filled))


def _unknown(pieces: Sequence[_Piece], at: int, last: int) -> Iterator[Leftover]:
    """A row below the first line that begins with no line of the form and shows a number."""
    row = pieces[at].row
    if last >= 0 and row and (at == 0 or pieces[at - 1].row != row):
        texts = [piece.text.strip() for piece in pieces[at : at + 12] if piece.row == row]
        if not any(_position(text, last) is not None for text in texts):
            text = " ".join(filter(None, texts))
            if any(letter.isdigit() for letter in text):
                yield Leftover(text, "unknown-label", pieces[at].place)


def without(document: Document, blocks: frozenset[int]) -> Document:
    """The document with these blocks emptied: what is read here must not be read as anything else."""
    kept = (
        Paragraph("", block.page) if index in blocks else block for index, block in enumerate(document.blocks)
    )
    return replace(document, blocks=tuple(kept)) if blocks else document


@cache
def _lines() -> tuple[tuple[Item, str], ...]:
    """Every line of the form with its normalised label, headings included, in the order of print."""
    (block,) = forms.form("2014").schedule(STATISTICS).blocks

    def walk(items: Sequence[Item]) -> Iterator[tuple[Item, str]]:
        for item in items:
            yield item, _normal(item.label)
            yield from walk(item.parts)

    return tuple(walk(block.lines))


@cache
def _known() -> dict[str, tuple[int, ...]]:
    known: dict[str, tuple[int, ...]] = {}
    for position, (_, label) in enumerate(_lines()):
        known[label] = (*known.get(label, ()), position)
    return known


def _normal(text: str) -> str:
    """The label in the form that is compared: the words that set a line below another are no part of it."""
    return labels.normalise(labels.normalise(text).removeprefix("其中")).replace("其它", "其他")


def _position(text: str, last: int) -> int | None:
    """Which line a label names. One that stands twice in the form is the next of that name."""
    positions = _known().get(_normal(text), ()) if len(text) < 100 else ()
    if len(positions) < 2:
        return positions[0] if positions else None
    return next((position for position in positions if position > last), None)


def _pieces(document: Document) -> Iterator[_Piece]:
    for index, block in enumerate(document.blocks):
        if isinstance(block, Table):
            for cell in sorted(block.cells, key=lambda cell: (cell.row, cell.column)):
                yield _Piece(cell.text, Place(index, cell.row, cell.column), (index, cell.row))
        else:
            yield from _of_line(block.text.strip(), Place(index))


def _of_line(text: str, place: Place) -> Iterator[_Piece]:
    """A label with its unit and value where they share a line; else the line, and those are on the lines below."""
    words = [word for word in _BETWEEN.split(text) if word]
    together = len(words) > 1 and _position(words[0], -1) is not None and all(map(_is_behind, words[1:]))
    row = (place.block, 0) if together else None
    yield from (_Piece(word, place, row) for word in (words if together else [text]))


def _cells(pieces: Sequence[_Piece], at: int) -> list[_Piece]:
    """What stands behind a label: the rest of its row, or where rows are not known, units and values only."""
    label = pieces[at]
    cells = []
    for piece in pieces[at + 1 :]:
        if label.row is None:
            if not _is_behind(piece.text):
                break
        elif piece.row != label.row:
            break
        cells.append(piece)
    return cells


def _is_behind(text: str) -> bool:
    return _is_unit(text) or counts.looks_like_a_value(text)


def _is_unit(text: str) -> bool:
    return counts.bare(text) in _UNITS


def _fact(item: Item, label: _Piece, cells: Sequence[_Piece]) -> Fact:
    """The one value behind the unit. Several, or one without any cell of its own, cannot be told."""
    values = [cell for cell in cells if not _is_unit(cell.text)]
    filled = [cell for cell in values if cell.text.strip()] or values[:1]
    if len(filled) > 1:
        text = " ".join(cell.text.strip() for cell in filled)
        return Fact(STATISTICS, item.key, _COUNT, None, State.ILLEGIBLE, text, label.place)
    if not filled:
        return Fact(STATISTICS, item.key, _COUNT, None, State.BLANK, "")
    value, state = counts.read(filled[0].text)
    return Fact(STATISTICS, item.key, _COUNT, value, state, filled[0].text.strip(), filled[0].place)


def _once(facts: Sequence[Fact]) -> Iterator[Fact]:
    """Each line once; one that is printed twice with different values is illegible."""
    lines: dict[str, list[Fact]] = {}
    for fact in facts:
        lines.setdefault(fact.line, []).append(fact)
    for several in lines.values():
        if len({(fact.value, fact.state) for fact in several}) > 1:
            text = " / ".join(fact.text for fact in several)
            yield replace(several[0], value=None, state=State.ILLEGIBLE, text=text)
        else:
            yield several[0]


def _between(document: Document, blocks: set[int]) -> frozenset[int]:
    """The blocks of the table: those with its lines, and the lines of text from the first to the last of them."""
    first, last = min(blocks), max(blocks)
    texts = (index for index in range(first, last + 1) if isinstance(document.blocks[index], Paragraph))
    return frozenset((*blocks, *texts))
