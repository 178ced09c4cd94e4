"""The command line's contract: what it prints, and its exit codes."""

import json
import os
import re
import subprocess
import sys
from pathlib import Path

from filings import page

ROOT = Path(__file__).resolve().parents[1]


def run(*arguments: object, stdin: str = "", **settings: object) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "etl", *map(str, arguments)]
    environment = os.environ | {name: str(value) for name, value in settings.items()}
    return subprocess.run(
        command, cwd=ROOT, input=stdin, capture_output=True, encoding="utf-8", check=False, env=environment
    )


def test_show_says_what_a_build_does_once_a_person_has_ruled_and_corrected(tmp_path: Path) -> None:
    filing = tmp_path / "reports" / "收到" / "a.html"
    filing.parent.mkdir(parents=True)
    filing.write_text(page("白石镇人民政府", None), encoding="utf-8")
    (tmp_path / "manifest.csv").write_text(
        "filing,government,county,year,published,note\n收到/a.html,,云岭县,2023,,\n", encoding="utf-8"
    )
    (tmp_path / "corrections.csv").write_text(
        "filing,metric,read,right,sentence,why,by\n"
        "收到/a.html,website_items,12,21,全年通过县政府门户网站发布信息12条,看错,王\n",
        encoding="utf-8",
    )
    shown = json.loads(run("show", "--json", filing, OVERSIGHT_DATA=tmp_path).stdout)
    assert (shown["county"], shown["year"]) == ("云岭县", 2023)
    assert [m["value"] for m in shown["metrics"] if m["metric"] == "website_items"] == [21]


def test_show_prints_one_json_object_a_line(tmp_path: Path) -> None:
    (tmp_path / "a.html").write_text(page(), encoding="utf-8")
    (tmp_path / "b.html").write_text(page("云岭县黑石乡人民政府"), encoding="utf-8")
    done = run("show", "--json", tmp_path / "a.html", tmp_path / "b.html")
    first, second = map(json.loads, done.stdout.splitlines())
    assert done.returncode == 0
    assert (first["government"], first["county"], first["year"], first["form"]) == (
        "白石镇人民政府",
        "云岭县",
        2023,
        "2021",
    )
    assert len(second["facts"]) == 200
    fact = first["facts"][0]
    assert {"schedule", "line", "column", "value", "state", "text"} <= fact.keys()
    assert {"metrics", "findings", "sections", "leftovers", "problems", "file"} <= first.keys()


def test_show_refuses_in_one_sentence_and_shows_the_others(tmp_path: Path) -> None:
    (tmp_path / "bad.docx").write_bytes(b"MZ\x90")
    (tmp_path / "good.html").write_text(page(), encoding="utf-8")
    done = run("show", "--json", tmp_path / "bad.docx", tmp_path / "good.html", tmp_path / "gone.txt")
    assert done.returncode == 2
    assert len(done.stdout.splitlines()) == 1
    bad, gone = done.stderr.strip().splitlines()
    assert "bad.docx" in bad
    assert "gone.txt" in gone


def test_show_prints_tables_for_people(tmp_path: Path) -> None:
    figures = {("requests", "received", "total"): "", ("proactive", "licensing", "decisions"): "86"}
    (tmp_path / "a.html").write_text(page(figures=figures), encoding="utf-8")
    printed = run("show", tmp_path / "a.html").stdout
    assert "白石镇人民政府 2023 年" in printed
    assert "（空）" in printed
    assert "86" in printed


def test_what_people_read_at_a_terminal_has_no_keys_in_it(tmp_path: Path) -> None:
    wrong = {("requests", "closed", "total"): "9", ("requests", "received", "total"): "多"}
    (tmp_path / "a.html").write_text(page(figures=wrong), encoding="utf-8")
    _, _, printed = run("show", tmp_path / "a.html").stdout.partition("a.html")
    assert "政府网站、信息公开平台 12条" in printed
    assert "[差错] 收到和处理政府信息公开申请情况" in printed
    assert not re.search("[a-z_-]{3,}", printed.replace("a.html", ""))


def test_check_fails_on_an_error_only(tmp_path: Path) -> None:
    (tmp_path / "good.html").write_text(page(), encoding="utf-8")
    (tmp_path / "wrong.html").write_text(
        page(figures={("requests", "closed", "total"): "9"}), encoding="utf-8"
    )
    assert run("check", tmp_path / "good.html").returncode == 0
    wrong = run("check", "--json", tmp_path / "wrong.html")
    assert wrong.returncode == 1
    found = json.loads(wrong.stdout)["findings"]
    assert {finding["check"] for finding in found} == {
        "requests-balance",
        "requests-closed",
        "requests-row-total",
    }
    assert all(finding["where"]["schedule"] == "requests" and finding["message"] for finding in found)


def test_metrics_answers_in_the_order_asked() -> None:
    asked = [
        {"id": "a", "text": "全年通过县政府门户网站发布信息12条。", "year": 2023},
        {"id": "b", "text": "今年没有数字。", "year": 2023},
    ]
    done = run("metrics", stdin="".join(json.dumps(row, ensure_ascii=False) + "\n" for row in asked))
    first, second = map(json.loads, done.stdout.splitlines())
    assert first["id"] == "a"
    assert [(m["metric"], m["value"]) for m in first["metrics"]] == [("website_items", 12)]
    assert second == {"id": "b", "metrics": []}


def test_build_then_export(tmp_path: Path) -> None:
    (tmp_path / "reports").mkdir()
    (tmp_path / "reports" / "a.html").write_text(page(), encoding="utf-8")
    places = ["--database", tmp_path / "database"]
    done = run(
        "build", "--no-sample", "--reports", tmp_path / "reports", "--cache", tmp_path / "c.sqlite", *places
    )
    assert done.returncode == 0
    assert "年报 1 份" in done.stdout
    assert run("export", "--out", tmp_path / "out", *places).returncode == 0
    assert (tmp_path / "out" / "facts.csv").read_bytes().count(b"\r\n") == 201


def test_a_command_that_cannot_be_done_says_why(tmp_path: Path) -> None:
    done = run("export", "--out", tmp_path, "--database", tmp_path / "none")
    assert done.returncode == 2
    assert "build" in done.stderr
    done = run("build", "--reports", tmp_path / "none", "--database", tmp_path / "database")
    assert done.returncode == 2
    assert "none" in done.stderr
