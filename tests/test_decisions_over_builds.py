"""Decisions over real builds: what keeps them, what carries them, and what opens a finding again."""

from pathlib import Path

import pytest

from dashboard import findings
from dashboard.findings import Found
from dashboard.selection import Selection
from etl import build, decisions, folders

SAMPLE = Path(__file__).resolve().parents[1] / "data" / "sample"
FILING = "2021/霁桥镇人民政府2021年政府信息公开工作年度报告.txt"
CHOSEN = Selection("栖禾县", 2021, 2021, (), False, 1)


class Office:
    """A county office with one filing, which has a misprint in table 3."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self.text = (SAMPLE / "filings" / FILING).read_text(encoding="utf-8")

    def file(self, name: str, text: str, published: str) -> None:
        (self.root / "reports").mkdir(exist_ok=True)
        (self.root / "reports" / name).write_text(text, encoding="utf-8")
        manifest = self.root / "manifest.csv"
        known = manifest.read_text(encoding="utf-8") if manifest.exists() else "filing,county,published\n"
        manifest.write_text(f"{known}{name},栖禾县,{published}\n", encoding="utf-8")

    def build(self) -> None:
        folder = folders.Folder(self.root / "reports", SAMPLE / "governments.csv", self.root / "manifest.csv")
        build.build((folder,), self.root / "database", self.root / "cache.sqlite")

    def misprint(self) -> Found:
        (found,) = [found for found in findings.of(CHOSEN) if found.row["check_id"] == "requests-balance"]
        return found


@pytest.fixture
def office(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Office:
    monkeypatch.setenv("OVERSIGHT_DATABASE", str(tmp_path / "database"))
    monkeypatch.setenv("OVERSIGHT_DECISIONS", f"sqlite:///{tmp_path / 'decisions.sqlite'}")
    office = Office(tmp_path)
    office.file("霁桥镇.txt", office.text, "2022-01-10")
    office.build()
    decisions.record([office.misprint().subject], "returned", "赵核对", "请核对台账")
    return office


def test_a_rebuild_keeps_a_decision(office: Office) -> None:
    (office.root / "cache.sqlite").unlink()
    office.file("说明.txt", "这不是年报", "")
    office.build()
    assert office.misprint().standing.state == "returned"


def test_a_refiling_with_the_same_misprint_carries_the_decision(office: Office) -> None:
    before = office.misprint().row["sha256"]
    office.file("霁桥镇（重报）.txt", office.text + "\n\n联系电话见县政府网站。\n", "2022-03-01")
    office.build()
    assert office.misprint().row["sha256"] != before
    assert office.misprint().standing.state == "returned"


def test_a_refiling_with_another_number_there_opens_the_finding_again(office: Office) -> None:
    wrong = office.misprint()
    assert (wrong.subject.printed, wrong.subject.expected) == ("2", "1")
    office.file("霁桥镇（重报）.txt", with_carried_out(office.text, "3"), "2022-03-01")
    office.build()
    found = office.misprint()
    assert found.subject.printed == "3"
    assert found.standing.state == "reopened"
    assert found.standing.decision and found.standing.decision.subject.printed == "2"


def with_carried_out(text: str, number: str) -> str:
    """The filing with another number carried out for natural persons."""
    head, mark, rest = text.partition("结转下年度继续办理")
    at = rest.index("2")
    return head + mark + rest[:at] + number + rest[at + 1 :]
