"""Tables printed otherwise than the form has them: on their side, in halves, or table 4 as a table for each path."""

import re
from random import Random

import pytest
from filings import Figures, page

from etl import forms, readers
from etl.document import Document, Table
from etl.extract import extract
from etl.forms import PATHS, REQUESTS, RESULTS, REVIEW
from etl.report import Fact, Source


def figures(seed: int = 1) -> Figures:
    chance = Random(seed)
    return {
        (schedule.key, *cell): str(chance.randint(0, 9999))
        for schedule in forms.form("2021").schedules
        for cell in schedule.cells()
    }


def cells(document: Document, schedule: int) -> list[list[str]]:
    table = [block for block in document.blocks if isinstance(block, Table)][schedule]
    height = max(cell.row for cell in table.cells) + 1
    return [[cell.text for cell in table.cells if cell.row == row] for row in range(height)]


def written(rows: list[list[str]], across: dict[str, int]) -> str:
    """A table, cells of these texts spanning so many columns."""
    lines = ("".join(f"<td colspan={across.get(text, 1)}>{text}</td>" for text in row) for row in rows)
    return f"<table>{''.join(f'<tr>{line}</tr>' for line in lines)}</table>"


def read(text: str) -> tuple[Document, dict[tuple[str, str, str], Fact]]:
    document = readers.read(text.encode())[1]
    facts = extract(document, Source("", "", "")).facts
    return document, {(fact.schedule, fact.line, fact.column): fact for fact in facts}


def with_table(number: int, table: str) -> str:
    printed = re.findall(r"<table>.*?</table>", page(figures=figures()), re.DOTALL)[number]
    return page(figures=figures()).replace(printed, table)


def on_its_side() -> str:
    upright = cells(read(page(figures=figures()))[0], 1)
    return with_table(1, written([list(row) for row in zip(*upright, strict=True)], {}))


def test_a_table_on_its_side_is_read_and_its_cells_keep_their_places() -> None:
    document, facts = read(on_its_side())
    assert {key: fact.text for key, fact in facts.items()} == figures()
    for key, fact in facts.items():
        if key[0] == REQUESTS:
            assert fact.place
            block = document.blocks[fact.place.block]
            assert isinstance(block, Table)
            (cell,) = (c for c in block.cells if (c.row, c.column) == (fact.place.row, fact.place.column))
            assert cell.text == fact.text


@pytest.mark.parametrize("apart", [True, False])
def test_table_four_may_have_a_part_for_each_path(apart: bool) -> None:
    (block,) = forms.form("2021").schedule(REVIEW).blocks
    heads = [column.label for column in block.columns]
    parts = [
        [[line.label], heads, [figures()[REVIEW, path, result] for result in RESULTS]]
        for path, line in zip(PATHS, block.leaves(), strict=True)
    ]
    spans = {line.label: len(heads) for line in block.leaves()}
    groups = parts if apart else [[row for part in parts for row in part]]
    _, facts = read(with_table(2, "".join(written(rows, spans) for rows in groups)))
    assert {key: fact.text for key, fact in facts.items()} == figures()


@pytest.mark.parametrize("cut", [3, 5])
def test_table_three_may_be_printed_in_two_halves(cut: int) -> None:
    whole = cells(read(page(figures=figures()))[0], 1)
    halves = [row[:cut] for row in whole], [[row[0], *row[cut:]] for row in whole]
    _, facts = read(with_table(1, "".join(written(rows, {}) for rows in halves)))
    assert {key: fact.text for key, fact in facts.items()} == figures()


def test_a_half_without_the_other_is_not_read() -> None:
    whole = cells(read(page(figures=figures()))[0], 1)
    _, facts = read(with_table(1, written([row[:4] for row in whole], {})))
    assert not any(fact.value for key, fact in facts.items() if key[0] == REQUESTS)
