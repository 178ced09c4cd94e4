"""The words of the fill-in workbook, and what is read back by them: its cover, its list of numbers, its own sums."""

from collections.abc import Iterator
from dataclasses import replace

from etl import counts, narrative
from etl.document import Cell, Document, Table
from etl.report import Leftover, Metric, Place, State

COUNTY, GOVERNMENT, YEAR = "县（市、区）", "机关名称", "年度"
CHECK = "自动核对"
HEADS = ("指标", "数值", "单位")
_SECTION = "一"


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
    for block in document.blocks:
        if isinstance(block, Table):
            told = {row[0].text.strip(): row[1].text.strip() for row in _rows(block) if len(row) == 2}
            if told.keys() == {COUNTY, GOVERNMENT, YEAR}:
                return told
    return {}


def numbers(document: Document) -> tuple[tuple[Metric, ...], tuple[Leftover, ...]]:
    """The metrics of the workbook's list; what is no number there is left over. A blank says nothing."""
    keys = {definition.label_zh: definition.key for definition in narrative.definitions()}
    metrics, leftovers = [], []
    for index, row in _listed(document):
        label, value, unit = (cell.text.strip() for cell in row)
        number, state = counts.read(value)
        if label in keys and number is not None:
            sentence = f"{label} {value} {unit}"
            metrics.append(Metric(keys[label], number, unit, False, sentence, section=_SECTION))
        elif state is not State.BLANK:
            place = Place(index, row[1].row, row[1].column)
            leftovers.append(Leftover(f"{label} {value} {unit}", "not-a-number", place))
    return tuple(metrics), tuple(leftovers)


def _listed(document: Document) -> Iterator[tuple[int, list[Cell]]]:
    for index, block in enumerate(document.blocks):
        if isinstance(block, Table) and tuple(cell.text.strip() for cell in block.cells[:3]) == HEADS:
            yield from ((index, row) for row in list(_rows(block))[1:] if len(row) == 3)


def _rows(table: Table) -> Iterator[list[Cell]]:
    rows: dict[int, list[Cell]] = {}
    for cell in table.cells:
        rows.setdefault(cell.row, []).append(cell)
    yield from rows.values()
