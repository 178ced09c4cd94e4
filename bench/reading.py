"""Reading, per format, each in a process of its own: beside the floor, and beside a general extractor."""

import json
import os
import statistics
import subprocess
import sys
from collections.abc import Iterator
from functools import partial
from pathlib import Path

from bench.timing import Row, cpu, milliseconds
from etl import checks, identity, reading

ROOT = Path(__file__).resolve().parent.parent
FILINGS = ROOT / "data" / "sample" / "filings"
# How much longer than the floor a reader may take.
BUDGETS = {"html": "5×", "mht": "5×", "docx": "8×", "pdf": "3×"}
FORMATS = (
    "txt",
    "html",
    "mht",
    "docx",
    "doc, wps",
    "rtf",
    "xlsx",
    "xls",
    "pdf",
    "ofd",
    "odt",
    "ods",
    "Word as one XML",
    "sheets as one XML",
    "scan",
)
_EACH = 6
_WHOLE_WAY = 0.060


def rows() -> Iterator[Row]:
    """Bytes → Document against the floor and a general extractor, then the whole way of a filing."""
    for name in FORMATS:
        yield _format(name)
    for suffix in (".txt", ".docx", ".html", ".pdf"):
        whole = statistics.median(cpu(partial(_whole_way, path)) for path in _some(suffix) for _ in range(5))
        said = f"{whole / _WHOLE_WAY:.2f}× of the budget"
        yield f"{suffix} read, extracted, checked", milliseconds(whole), "–", said, milliseconds(_WHOLE_WAY)


def _format(name: str) -> Row:
    command = [sys.executable, "-m", "bench.formats", name]
    environment = os.environ | {"PYTHONPATH": f"{ROOT}{os.pathsep}{ROOT / 'tests'}"}
    done = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, check=True)
    found = json.loads(done.stdout)
    ours, floor, *peer = map(milliseconds, found["seconds"])
    references, ratios = [f"{found['floor']} {floor}"], [f"{ratio:.1f}×" for ratio in found["ratios"]]
    if peer:
        references.append(f"{found['peer']} {peer[0]}")
    elif found["peer"]:
        references.append(f"{found['peer']} not installed (requirements-bench.txt)")
    return (
        f"{name} to document",
        f"{ours}, {found['memory'] / 1e6:.0f} MB",
        "; ".join(references),
        "; ".join(ratios),
        BUDGETS.get(name, "–"),
    )


def _whole_way(path: Path) -> None:
    for found in reading.read(path.read_bytes()):
        if found.report:
            checks.run(identity.settle(found.report))


def _some(suffix: str) -> list[Path]:
    """A few readable filings of a format, spread over the years."""
    found = [
        path for path in sorted(FILINGS.rglob(f"*{suffix}")) if reading.read(path.read_bytes())[0].report
    ]
    return found[:: max(len(found) // _EACH, 1)][:_EACH]
