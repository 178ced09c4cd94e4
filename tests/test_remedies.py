"""A problem tells the fact; what can be done about it is told by the place that shows it."""

import json
import re
import subprocess
import sys
from pathlib import Path

import pytest
from filings import page
from offices import Office

from dashboard.text import load
from etl import remedies

ROOT = Path(__file__).resolve().parents[1]
SOURCE = "\n".join(path.read_text(encoding="utf-8") for path in (ROOT / "etl").rglob("*.py"))
KINDS = set(re.findall(r'Problem\(\s*"([\w-]+)"', SOURCE))
REASONS = set(re.findall(r'Leftover\([^"]*?(?:f"[^"]*")?[^"]*?"([\w-]+)"', SOURCE))


def test_every_kind_of_problem_has_its_remedy_and_none_is_listed_in_vain() -> None:
    assert set(remedies.load()) >= KINDS
    assert all(f'"{kind}"' in SOURCE for kind in remedies.load())


@pytest.mark.parametrize("language", ["zh", "en"])
def test_every_kind_of_problem_and_of_leftover_has_its_name_on_the_screen(language: str) -> None:
    assert sorted(REASONS) == ["cells-do-not-fit", "not-a-number", "unknown-label"]
    named = {key.removeprefix("problem.") for key in load(language) if key.startswith("problem.")}
    assert named == set(remedies.load()) | REASONS


def test_the_fact_is_stored_and_the_log_of_a_build_says_what_to_do(tmp_path: Path) -> None:
    office = Office(tmp_path)
    office.put("收到/白石镇.html", page("云岭县白石镇人民政府", None))
    (problem,) = office.build().problems
    assert (
        remedies.sentence(problem[1])
        == "文中和文件名中都没有可以确定的年份；请在 manifest.csv 中写明年度，或到导入页重新上传并写明"
    )
    assert office.ask("select kind, detail from problems") == [
        ("no-year", "文中和文件名中都没有可以确定的年份")
    ]


def test_show_tells_fact_and_remedy_apart(tmp_path: Path) -> None:
    file = tmp_path / "年报.html"
    file.write_text(page("云岭县白石镇人民政府", None), encoding="utf-8")
    command = [sys.executable, "-m", "etl", "show", "--json", str(file)]
    printed = subprocess.run(command, cwd=ROOT, capture_output=True, encoding="utf-8", check=True)
    assert json.loads(printed.stdout)["problems"] == [
        {
            "kind": "no-year",
            "detail": "文中和文件名中都没有可以确定的年份",
            "remedy": "请在 manifest.csv 中写明年度，或到导入页重新上传并写明",
        }
    ]
