"""Files with several reports, each a filing of its own: read, built, shown, imported and withdrawn by itself."""

import json
import subprocess
import sys
from copy import deepcopy
from io import BytesIO
from pathlib import Path

import pypdfium2
import pytest
import test_pdf
from docx import Document
from filings import page
from offices import Office
from PIL import Image

from etl import readers, reading, several
from etl.forms import REQUESTS
from etl.reading import Reading

SAMPLE = Path(__file__).resolve().parents[1] / "data" / "sample" / "filings"
BOTH = (
    page("云岭县白石镇人民政府", figures={(REQUESTS, "received", "total"): "31"}),
    page("云岭县黑石乡人民政府", figures={(REQUESTS, "received", "total"): "47"}),
)


def together(*pages: str) -> str:
    """Web pages as one page, one below the other."""
    inner = "".join(text.partition("<body>")[2].partition("</body>")[0] for text in pages)
    return f"<html><head><meta charset='utf-8'></head><body>{inner}</body></html>"


def word(*files: bytes) -> bytes:
    """Word files as one, one after the other."""
    whole = Document(BytesIO(files[0]))
    end = whole.element.body.sectPr
    for data in files[1:]:
        for element in Document(BytesIO(data)).element.body.iterchildren():
            if not element.tag.endswith("sectPr"):
                end.addprevious(deepcopy(element))
    written = BytesIO()
    whole.save(written)
    return written.getvalue()


def printed(*files: bytes) -> bytes:
    """The pages of PDF files as one file."""
    whole = pypdfium2.PdfDocument.new()
    for data in files:
        whole.import_pages(pypdfium2.PdfDocument(data))
    written = BytesIO()
    whole.save(written)
    return written.getvalue()


def pages(*files: bytes) -> bytes:
    return together(*(data.decode() for data in files)).encode()


def said(read: Reading) -> tuple[object, ...]:
    assert read.report
    facts = [(f.schedule, f.line, f.column, f.value, f.state) for f in read.report.facts]
    return read.report.government, read.report.year, sorted(facts, key=str), set(read.report.metrics)


@pytest.mark.parametrize(("suffix", "join"), [(".docx", word), (".pdf", printed), (".html", pages)])
def test_every_report_of_a_file_is_read_as_if_it_stood_alone(suffix: str, join) -> None:  # type: ignore[no-untyped-def]
    found = [
        path.read_bytes() for path in sorted(SAMPLE.rglob(f"20[12]*/*{suffix}")) if "通知" not in path.name
    ]
    files = [data for data in found if suffix != ".html" or "utf-8" in str(data[:400]).lower()][:3]
    alone = [said(reading.read(data)[0]) for data in files]
    read = reading.read(join(*files))
    assert [said(one)[:3] for one in read] == [one[:3] for one in alone]
    assert [one.ordinal for one in read] == [1, 2, 3]
    assert len({one.sha256 for one in read} | {read[0].file}) == 4


def test_a_page_that_could_not_be_read_is_told_of_the_report_it_stands_in() -> None:
    files = [path.read_bytes() for path in sorted(SAMPLE.rglob("202[34]/*.pdf"))][:2]
    photograph = test_pdf.printed(
        lambda canvas: canvas.drawInlineImage(Image.new("L", (90, 120), 60), 0, 0, 595, 842)
    )
    read = reading.read(printed(photograph, files[0], photograph, files[1]))
    told = [
        [one.detail for one in each.report.problems if one.kind == "unread-pages"]
        for each in read
        if each.report
    ]
    unread = 2 + len(pypdfium2.PdfDocument(files[0]))
    assert [len(details) for details in told] == [1, 0]
    assert told[0][0].startswith(f"第 1,{unread} 页")


def test_a_number_is_traced_to_its_place_in_the_whole_file() -> None:
    data = together(*BOTH).encode()
    _, document = readers.read(data)
    for one, number in zip(reading.read(data), ("31", "47"), strict=True):
        assert one.report
        (fact,) = (f for f in one.report.facts if (f.line, f.column) == ("received", "total"))
        assert fact.place
        table = document.blocks[fact.place.block]
        cell = next(c for c in table.cells if (c.row, c.column) == (fact.place.row, fact.place.column))  # type: ignore[union-attr]
        assert cell.text == fact.text == number


@pytest.fixture
def office(tmp_path: Path) -> Office:
    office = Office(tmp_path)
    office.put("云岭县/2023/汇编.html", together(*BOTH))
    office.build()
    return office


FILED = "select government, year, path from filings join reports using (sha256) order by path"


def test_a_build_holds_each_report_of_a_file_under_the_path_into_it(office: Office) -> None:
    assert office.ask(FILED) == [
        ("白石镇人民政府", 2023, "云岭县/2023/汇编.html/第1份"),
        ("黑石乡人民政府", 2023, "云岭县/2023/汇编.html/第2份"),
    ]
    assert office.build().unchanged


def test_a_file_that_loses_a_report_loses_its_filing_and_no_other(office: Office) -> None:
    office.put("云岭县/2023/汇编.html", BOTH[1])
    office.build()
    assert office.ask(FILED) == [("黑石乡人民政府", 2023, "云岭县/2023/汇编.html")]


def test_the_manifest_settles_one_report_of_a_file_by_its_path(office: Office) -> None:
    office.keep(
        "manifest.csv",
        "filing,government,county,year\n云岭县/2023/汇编.html/第2份,黑石乡人民政府,云岭县,2022\n",
    )
    office.build()
    assert [row[:2] for row in office.ask(FILED)] == [("白石镇人民政府", 2023), ("黑石乡人民政府", 2022)]


def test_show_prints_every_report_of_a_file(office: Office) -> None:
    file = office.root / "reports" / "云岭县" / "2023" / "汇编.html"
    command = [sys.executable, "-m", "etl", "show", "--json", str(file)]
    printed = subprocess.run(
        command, cwd=SAMPLE.parents[2], capture_output=True, encoding="utf-8", check=True
    )
    shown = [json.loads(line) for line in printed.stdout.splitlines()]
    assert [one["government"] for one in shown] == ["白石镇人民政府", "黑石乡人民政府"]
    assert [one["file"].rpartition("/")[2] for one in shown] == ["第1份", "第2份"]


def test_of_a_file_put_in_report_by_report_those_count_that_somebody_accepted(office: Office) -> None:
    first, second = reading.read(together(*BOTH).encode())
    keys = (first.sha256, second.sha256)
    assert several.counted("汇编.html", first.file, keys, {second.sha256}) == dict(enumerate(keys, 1))
    kept = f"汇编/{several.stored_name(first.file)}.html"
    assert several.counted(kept, first.file, keys, {second.sha256}) == {2: second.sha256}


def test_a_ruling_on_a_whole_file_with_several_reports_is_told_to_be_of_none(office: Office) -> None:
    office.keep("manifest.csv", "filing,year\n云岭县/2023/汇编.html,2022\n")
    ((name, problem),) = office.build().problems
    assert (name, problem.kind) == ("云岭县/2023/汇编.html", "ruling-on-several")
    assert "里面有 2 份年报" in problem.detail
    assert [row[1] for row in office.ask(FILED)] == [2023, 2023]
