"""The words of the fill-in workbook, and what is read back by them: its cover, its list of numbers, its own sums."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace
from decimal import Decimal
from functools import cache

from etl import counts, narrative
from etl.document import Cell, Document, Table
from etl.narrative import Definition
from etl.report import Leftover, Metric, Place

COUNTY, GOVERNMENT, YEAR = "县（市、区）", "机关名称", "年度"
_COVER = {COUNTY, GOVERNMENT, YEAR}
CHECK = "自动核对"
HEADS = ("指标", "数值", "单位")
_SECTION = "一"
_MONEY = ("元", "万元")


def without_sums(document: Document) -> Document:
    """The document without the workbook's own sums: what stands to the right of and below the word for them."""
    return replace(
        document,
        blocks=tuple(_without(block) if isinstance(block, Table) else block for block in document.blocks),
    )


def _without(table: Table) -> Table:
    marks = [cell for cell in table.cells if cell.text.strip() == CHECK]
    if not marks:
        return table
    kept = (cell for cell in table.cells if not any(_goes_with(cell, mark) for mark in marks))
    return replace(table, cells=tuple(kept))


def _goes_with(cell: Cell, mark: Cell) -> bool:
    beside = cell.row == mark.row and cell.column >= mark.column
    return beside or (cell.column == mark.column and cell.row >= mark.row)


def cover(document: Document) -> dict[str, str]:
    """County, government and year by the words for them; empty for a document without such a cover."""
    told: dict[str, str] = {}
    for block in document.blocks:
        # A word with nothing filled in beside it is no row of a table.
        rows = map(_words, _rows(block)) if isinstance(block, Table) else [[block.text.strip()]]
        told = {label: said[0] if said else "" for label, *said in rows if label in _COVER} | told
    return told if told.keys() == _COVER else {}


def numbers(document: Document) -> tuple[tuple[Metric, ...], tuple[Leftover, ...]]:
    """The metrics of the workbook's list; what is no number there is left over. A blank says nothing."""
    metrics, leftovers = [], []
    for index, row in _listed(document):
        label, *said = row
        definition, sentence = _defined().get(label.text.strip()), " ".join(_words(row))
        stated = [cell for cell in said if definition is None or cell.text.strip() != definition.unit]
        number = _number(stated, definition) if definition else None
        place = Place(index, label.row, stated[0].column) if stated else None
        if definition and number is not None:
            metrics.append(Metric(definition.key, number, definition.unit, False, sentence, section=_SECTION))
        elif definition and stated:
            leftovers.append(Leftover(sentence, "not-a-number", place))
        elif len(stated) > 1:
            leftovers.append(Leftover(sentence, "unknown-label", place))
    return tuple(metrics), tuple(leftovers)


def _number(stated: list[Cell], definition: Definition) -> Decimal | None:
    """The number entered for a metric; None for several, for what cannot be counted, and for one in another unit."""
    if len(stated) != 1:
        return None
    number, _ = counts.read(stated[0].text)
    unit = re.sub(r"[\d,.\s]", "", counts.bare(stated[0].text))
    divisible = definition.unit in _MONEY
    counted = number is not None and number >= 0 and (divisible or number == number.to_integral_value())
    return number if counted and unit in ("", definition.unit) else None


def _listed(document: Document) -> Iterator[tuple[int, list[Cell]]]:
    """The rows of the list; of one whose heads are gone those that are of it by their label and their unit."""
    ours = bool(cover(document))
    for index, block in enumerate(document.blocks):
        rows = list(_rows(block)) if isinstance(block, Table) else []
        head = next((at for at, row in enumerate(rows) if _words(row) == HEADS), None)
        if head is not None:
            yield from ((index, row) for row in rows[head + 1 :])
        elif ours:
            yield from ((index, row) for row in rows if _is_listed(*_words(row)))


def _is_listed(label: str, *said: str) -> bool:
    return label in _defined() and said[-1:] == (_defined()[label].unit,)


@cache
def _defined() -> dict[str, Definition]:
    return {definition.label_zh: definition for definition in narrative.definitions()}


def _words(row: Iterable[Cell]) -> tuple[str, ...]:
    return tuple(cell.text.strip() for cell in row)


def _rows(table: Table) -> Iterator[list[Cell]]:
    """The rows without their blank cells, which a person may have put between the others."""
    rows: dict[int, list[Cell]] = {}
    for cell in table.cells:
        if cell.text.strip():
            rows.setdefault(cell.row, []).append(cell)
    yield from rows.values()
