"""Documents as no government writes them, made of sound ones: for `fuzz.py` and `test_odd_documents.py`."""

from dataclasses import replace
from functools import cache
from random import Random

from etl.base import rows
from etl.document import Cell, Document, Paragraph, Table

# What stands in cells and lines beside the words of the forms: figures however written, and marks.
_FIGURES = (
    *(
        "",
        " ",
        "0",
        "1",
        "12",
        "１２",
        "1,216",
        "1.5",
        "-3",
        "—",
        "/",
        "无",
        "十二",
        "12件",
        "约3",
        "２０２３年",
    ),
    *(
        "①",
        "½",
        "٣",
        "〇",
        "1\n2\n3",
        "1e9",
        "0x1",
        "+7",
        "?",
        "？",
        "\u202e12",
        "1 2",
        "合计",
        "（",
        "%",
        "1.2345678",
    ),
    *("9" * 12, "9" * 40, "9" * 5_000, "公开" * 5_000),
)
_LINES = (
    *(
        "一、总体情况",
        "二、主动公开政府信息情况",
        "三、收到和处理政府信息公开申请情况",
        "2022年度",
        "白石镇人民政府",
    ),
    f"全年发布信息{'9' * 30}条，收到申请{'9' * 12}亿件，收取信息处理费0.0000001元，占比33.3333333%。",
)
_SPANS = (1, 1, 1, 2, 3, 7, 60)
_MOST_BLOCKS = 400


def changed(document: Document, chance: Random) -> Document:
    """The document with a few blocks or cells lost, doubled, moved, spread or saying something else."""
    blocks = list(document.blocks)
    for _ in range(chance.choice((1, 1, 2, 4, 8, 40))):
        _change(blocks, chance)
    return replace(document, blocks=tuple(blocks[:_MOST_BLOCKS]))


def _change(blocks: list[Paragraph | Table], chance: Random) -> None:
    at, other = chance.randrange(len(blocks) + 1), chance.randrange(len(blocks) + 1)
    match chance.randrange(12):
        case 0:
            del blocks[at : at + 1]
        case 1:
            blocks[at:at] = blocks[other : other + 1]
        case 2:
            moved = blocks[other : other + 1]
            del blocks[other : other + 1]
            blocks[at:at] = moved
        case 3:
            blocks.insert(at, Paragraph(chance.choice(_words()), chance.choice((None, 1, 2))))
        case _:
            tables = [at for at, block in enumerate(blocks) if isinstance(block, Table) and block.cells]
            for place in tables and [chance.choice(tables)]:
                blocks[place] = _changed(blocks[place], chance)


def _changed(table: Paragraph | Table, chance: Random) -> Table:
    assert isinstance(table, Table)
    cells = list(table.cells)
    at, other = chance.randrange(len(cells)), chance.randrange(len(cells))
    match chance.randrange(10):
        case 0:
            del cells[at]
        case 1:
            cells.insert(at, cells[other])
        case 2:
            cells[at], cells[other] = cells[other], cells[at]
        case 3:
            return replace(table, aligned=not table.aligned)
        case 4 | 5 | 6:
            cells[at] = _moved(cells[at], chance)
        case _:
            cells[at] = replace(
                cells[at], text=chance.choice((*_words(), cells[at].text + cells[other].text))
            )
    return replace(table, cells=tuple(cells))


def _moved(cell: Cell, chance: Random) -> Cell:
    if chance.randrange(2):
        return replace(cell, row=chance.randrange(40), column=chance.randrange(40))
    return replace(cell, rows=chance.choice(_SPANS), columns=chance.choice(_SPANS))


@cache
def _words() -> tuple[str, ...]:
    """What a cell or line may say instead."""
    labels = {str(row[4]) for table, row in rows.reference() if table in ("form_lines", "form_columns")}
    return (*_FIGURES * 5, *_LINES * 3, *sorted(labels))
