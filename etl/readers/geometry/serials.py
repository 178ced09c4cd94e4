"""A column of row numbers, 序号, left of the labels of a table without ruling lines. Lengths are ems."""

import re
from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

from etl.document import Cell
from etl.readers.geometry.beside import Row
from etl.readers.geometry.glyphs import CJK, Word
from etl.readers.geometry.line import SEVERAL, Line

# A row number, alone or with the label that it ran into.
_NUMBER = re.compile(r"\d{1,3}(?=$|[^\d.,．、:：)）])")
# How far the middles of row numbers are from each other at most.
_ALIGNED = 0.5
# How much higher or lower than its row one stands at most.
_BESIDE = 0.5

# A row number and its height.
Serial = tuple[Word, float]


def without_serials(lines: Sequence[Line]) -> tuple[list[Line], list[Serial]]:
    """The lines without the first numbers of rows, if they count the rows one by one and stand left of all labels; and these."""
    found: dict[int, Word] = {}
    for index, line in enumerate(lines):
        if (word := _first(line)) is not None:
            found[index] = word
    if len(found) < SEVERAL or not _count(list(found.values())):
        return list(lines), []
    right = max(word.right for word in found.values())
    # Heads may be printed again between the rows.
    others = [
        word
        for at, line in enumerate(lines)
        if at in found or line.values
        for word in line.words[at in found :]
    ]
    labelled = any(CJK.match(word.text) for word in others)
    if not labelled or any(word.left < right for word in others):
        return list(lines), []
    kept = [
        Line((*_rest(line.words[0], found[at]), *line.words[1:]), line.at) if at in found else line
        for at, line in enumerate(lines)
    ]
    return [line for line in kept if line.words], [(word, lines[at].at) for at, word in found.items()]


def with_empty(rows: Sequence[Row], numbers: Sequence[float]) -> list[Row]:
    """The rows, and those that only their own numbers show."""
    empty = [Row(at, ()) for at in numbers if all(abs(at - row.at) >= _BESIDE for row in rows)]
    return sorted([*rows, *empty], key=lambda row: row.at)


def beside(
    cells: Sequence[Cell], rows: Sequence[float], height: int, numbers: Sequence[Serial]
) -> list[Cell]:
    """The cells of a table with its rows' own numbers in a column left of them; `rows` are their heights, below the heads."""
    found = [replace(cell, column=cell.column + 1) for cell in cells]
    for index, row in enumerate(rows, height):
        word, at = min(numbers, key=lambda number: abs(number[1] - row))
        if abs(at - row) < _BESIDE:
            found.append(Cell(word.text, index, 0))
    return found


def _first(line: Line) -> Word | None:
    """The number a line begins with, cut from what it ran into."""
    word = line.words[0]
    match = _NUMBER.match(word.text)
    if not match or (len(match[0]) < len(word.text) and not CJK.match(word.text[match.end()])):
        return None
    size = 0.5 * len(match[0])
    return word if match[0] == word.text else word._replace(text=match[0], right=word.left + size)


def _rest(whole: Word, number: Word) -> tuple[Word, ...]:
    text = whole.text[len(number.text) :]
    return (whole._replace(text=text, left=number.right),) if text else ()


def _count(numbers: Sequence[Word]) -> bool:
    middles = [(word.left + word.right) / 2 for word in numbers]
    aligned = max(middles) - min(middles) < 2 * _ALIGNED
    return aligned and all(int(after.text) == int(before.text) + 1 for before, after in pairwise(numbers))
