"""Reading, per format, beside the floor: the work that nobody can avoid."""

import statistics
import zipfile
from collections.abc import Callable, Iterator
from functools import partial
from io import BytesIO
from pathlib import Path

import lxml.etree
import lxml.html
import pypdfium2

from bench.timing import Row, beside, cpu, milliseconds
from etl import checks, identity, reading
from etl.readers import read
from etl.readers.web.decoding import decode

FILINGS = Path(__file__).resolve().parent.parent / "data" / "sample" / "filings"
_EACH = 6
_WHOLE_WAY = 0.060


def _parts(data: bytes) -> None:
    with zipfile.ZipFile(BytesIO(data)) as package:
        lxml.etree.fromstring(package.read("word/document.xml"))


def _bare_text(data: bytes) -> None:
    document = pypdfium2.PdfDocument(data)
    for page in document:
        page.get_textpage().get_text_bounded()
    document.close()


FLOORS: dict[str, tuple[str, Callable[[bytes], object], str]] = {
    ".docx": ("unzip and parse", _parts, "8×"),
    ".html": ("decode and parse", lambda data: lxml.html.fromstring(decode(data)), "5×"),
    ".pdf": ("bare text", _bare_text, "3×"),
}


def rows() -> Iterator[Row]:
    """Bytes → Document against the floor, then the whole way of a filing."""
    for suffix, (name, floor, budget) in FLOORS.items():
        ours, floors, ratios = [], [], []
        for path in _some(suffix):
            data = path.read_bytes()
            one, other, ratio = beside(partial(read, data), partial(floor, data))
            ours.append(one)
            floors.append(other)
            ratios.append(ratio)
        medians = milliseconds(statistics.median(ours)), milliseconds(statistics.median(floors))
        yield (
            f"{suffix} to document",
            medians[0],
            f"{medians[1]} ({name})",
            f"{statistics.median(ratios):.1f}×",
            budget,
        )
    for suffix in (".txt", ".docx", ".html", ".pdf"):
        whole = statistics.median(
            cpu(lambda path=path: _whole_way(path)) for path in _some(suffix) for _ in range(5)
        )  # type: ignore[misc]
        yield f"{suffix} read, extracted, checked", milliseconds(whole), "–", "–", milliseconds(_WHOLE_WAY)


def _whole_way(path: Path) -> None:
    report = reading.read(path.read_bytes()).report
    if report:
        checks.run(identity.settle(report))


def _some(suffix: str) -> list[Path]:
    """A few readable filings of a format, spread over the years."""
    found = [path for path in sorted(FILINGS.rglob(f"*{suffix}")) if reading.read(path.read_bytes()).report]
    return found[:: max(len(found) // _EACH, 1)][:_EACH]
