"""The sample county on disk: filings, register, manifest, corrections, list of planted faults, truth."""

import csv
import io
import json
import shutil
from collections.abc import Iterable
from pathlib import Path

from data.sample import county_report
from data.sample.county import COUNTY, MISSING, TOWNSHIPS, YEARS, full_name
from data.sample.layouts import render
from data.sample.roster import Filing, filings
from data.sample.spec import ReportSpec
from data.sample.word import notice

# Our reading of the sample needs no correction: the file shows which columns one has.
_CORRECTION_HEAD = ("filing", "metric", "read", "right", "sentence", "why", "by")
_FAULT_HEAD = ("filing", "check", "schedule", "line", "column", "expected", "actual", "note")


def write(folder: Path) -> None:
    """Write everything below `folder`; what stood in its `filings` before is removed."""
    made = list(filings())
    shutil.rmtree(folder / "filings", ignore_errors=True)
    for filing in made:
        _file(folder / "filings" / filing.path, render(filing.spec, filing.layout))
    for path, data in _others(made):
        _file(folder / "filings" / path, data)
    _csv(folder / "governments.csv", _register())
    _csv(folder / "manifest.csv", _manifest(made))
    _csv(folder / "corrections.csv", [_CORRECTION_HEAD])
    _csv(folder / "faults.csv", _faults(made))
    lines = (json.dumps(_truth(filing), ensure_ascii=False, separators=(",", ":")) for filing in made)
    _file(folder / "truth.jsonl", ("\n".join(lines) + "\n").encode())


def _file(path: Path, data: bytes) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(data)


def _csv(path: Path, rows: Iterable[tuple[object, ...]]) -> None:
    buffer = io.StringIO()
    csv.writer(buffer, lineterminator="\n").writerows(rows)
    _file(path, buffer.getvalue().encode())


_BROKEN = "2024/椴坡乡2024年年报（上传中断）.docx"
_NOTICE = "2023/关于做好2023年政府信息公开工作年度报告编制发布工作的通知.docx"


def _others(made: list[Filing]) -> Iterable[tuple[str, bytes]]:
    """A file cut off in the middle, one that is no report, and the county's own."""
    whole = next(
        filing for filing in made if filing.spec.year == 2024 and filing.spec.government.startswith("椴坡乡")
    )
    data = render(whole.spec, "docx")
    yield _BROKEN, data[: len(data) // 2]
    yield _NOTICE, notice(COUNTY)
    yield county_report.PATH, render(county_report.spec(), county_report.LAYOUT)


def _register() -> Iterable[tuple[object, ...]]:
    yield "county", "name", "level", "code", "parent", "former_names", "since", "until"
    for number, township in enumerate(TOWNSHIPS, 1):
        level = "subdistrict" if township.name.endswith("街道") else "township"
        former = full_name(township.former) if township.former else ""
        parent = f"{COUNTY}人民政府"
        yield COUNTY, full_name(township.name), level, f"SAMPLE{number:03d}", parent, former, YEARS[0], ""
    yield COUNTY, county_report.GOVERNMENT, "county", "SAMPLE000", "", "", YEARS[0], ""


def _manifest(made: list[Filing]) -> Iterable[tuple[object, ...]]:
    yield "filing", "government", "county", "year", "published", "note"
    for filing in made:
        unsettled = filing.path.startswith("补报/") or "wrong-year" in {row.check for row in filing.rows}
        if unsettled and str(filing.spec.year) not in "".join(filing.spec.title):
            yield filing.path, filing.spec.government, COUNTY, filing.spec.year, "", filing.note


def _faults(made: list[Filing]) -> Iterable[tuple[object, ...]]:
    yield _FAULT_HEAD
    for filing in made:
        for row in filing.rows:
            place = (row.schedule, row.line, row.column)
            yield filing.path, row.check, *place, _number(row.expected), _number(row.actual), filing.note
        if filing.path.startswith("补报/"):
            yield filing.path, "no-year", "", "", "", "", "", filing.note
    for name, year in sorted(MISSING):
        yield f"{year}/{full_name(name)}", "missing-filing", "", "", "", "", "", "未报送"
    yield _BROKEN, "unreadable", "", "", "", "", "", "文件不完整"
    yield _NOTICE, "unknown-form", "", "", "", "", "", "是通知，不是年度报告"
    due, printed = county_report.sums()[county_report.AT], county_report.spec().cells[county_report.AT].text
    yield county_report.PATH, "county-sum", *county_report.AT, _number(due), printed, county_report.NOTE


def _number(value: object) -> str:
    return "" if value is None else str(value)


def _truth(filing: Filing) -> dict[str, object]:
    spec = filing.spec
    return {
        "filing": filing.path,
        "layout": filing.layout,
        "government": spec.government,
        "county": spec.county,
        "year": spec.year,
        "form": spec.forms["proactive"],
        "forms": spec.forms,
        "published": spec.published,
        "facts": _printed(spec),
        "metrics": [[number.metric, number.value, number.basis] for number in dict.fromkeys(spec.numbers)],
    }


def _printed(spec: ReportSpec) -> dict[str, dict[str, dict[str, object]]]:
    """Schedule → line → column → the cell: its text where that is the number itself, else value, state and text."""
    facts: dict[str, dict[str, dict[str, object]]] = {}
    for (schedule, line, column), cell in spec.cells.items():
        plain = cell.value is not None and str(cell.value) == cell.text
        full = [None if cell.value is None else str(cell.value), cell.state, cell.text]
        facts.setdefault(schedule, {}).setdefault(line, {})[column] = cell.text if plain else full
    return facts
