"""One report in every format that can be written here reads to the same facts, those it was written from."""

from collections.abc import Callable
from functools import partial

import pytest
from extracted import extracted
from opendocument import flat

from bench import material

# Of the old Office formats there are files of other reports only; a scan is read as well as it is scanned.
ONE_REPORT = [name for name in material.MATERIAL if name not in ("doc, wps", "xls", "scan")]


def _parted_by(blanks: str) -> bytes:
    return material.MATERIAL["txt"]().decode().replace("\t", blanks).encode()


WRITTEN: dict[str, Callable[[], bytes]] = {
    **{name: material.MATERIAL[name] for name in ONE_REPORT},
    **{f"txt with {blanks!r}": partial(_parted_by, blanks) for blanks in (" ", "  ", "    ", "　　")},
    "fodt": lambda: flat(material.open_text()),
}


@pytest.mark.parametrize("name", WRITTEN)
def test_a_report_reads_to_the_facts_it_was_written_from(name: str) -> None:
    report = extracted(WRITTEN[name]())
    found = {(fact.schedule, fact.line, fact.column): (fact.value, fact.state.value) for fact in report.facts}
    assert found == {key: (printed.value, printed.state) for key, printed in material.spec().cells.items()}
    assert not report.problems
