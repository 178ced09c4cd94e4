"""One report in every format that can be written here reads to the same facts, those it was written from."""

from collections.abc import Callable
from functools import partial

import pytest
from extracted import extracted
from ooxml import unpacked
from opendocument import COVERED, cell, flat, odf, paragraph, row, table

from bench import material
from data.sample.grid import Box, size


def _open_table(boxes: tuple[Box, ...]) -> str:
    rows, columns = size(boxes)
    begins = {(box.row, box.column): box for box in boxes}

    def written(at: int, column: int) -> str:
        box = begins.get((at, column))
        if box is None:
            return COVERED
        spans = f'table:number-rows-spanned="{box.rows}" table:number-columns-spanned="{box.columns}"'
        return cell(box.text, spans)

    return table(*(row(*(written(at, column) for column in range(columns))) for at in range(rows)))


def _open_text() -> str:
    return "".join([*map(paragraph, material.prose()), *map(_open_table, material.grids())])


def _open_sheet() -> str:
    blank = row(cell())
    prose = "".join(row(cell(text)) for text in material.prose())
    grids = (
        _open_table(boxes).partition(">")[2].removesuffix("</table:table>") for boxes in material.grids()
    )
    return table(prose, *(grid + blank for grid in grids))


def _parted_by(blanks: str) -> bytes:
    return material.MATERIAL["txt"]().decode().replace("\t", blanks).encode()


WRITTEN: dict[str, Callable[[], bytes]] = {
    **{name: material.MATERIAL[name] for name in ("txt", "html", "mht", "docx", "rtf", "xlsx", "pdf", "ofd")},
    **{f"txt with {blanks!r}": partial(_parted_by, blanks) for blanks in (" ", "  ", "    ", "　　")},
    "docx unpacked": lambda: unpacked(material.MATERIAL["docx"]()),
    "odt": lambda: odf(_open_text()),
    "fodt": lambda: flat(_open_text()),
    "ods": lambda: odf(_open_sheet(), kind="spreadsheet"),
}


@pytest.mark.parametrize("name", WRITTEN)
def test_a_report_reads_to_the_facts_it_was_written_from(name: str) -> None:
    report = extracted(WRITTEN[name]())
    found = {(fact.schedule, fact.line, fact.column): (fact.value, fact.state.value) for fact in report.facts}
    assert found == {key: (printed.value, printed.state) for key, printed in material.spec().cells.items()}
    assert not report.problems
