"""What was read in a filing, for people at a terminal and, as JSON, for other programs."""

import unicodedata
from collections import Counter
from collections.abc import Iterator, Sequence
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING, TextIO

from etl import counts, forms, narrative, remedies
from etl.checks import CHECKS, Finding
from etl.forms import Block, Item, Schedule
from etl.report import Fact, Metric, Report, State, TableReading

if TYPE_CHECKING:
    from etl.build import Tally

_MESSAGES = {check.id: check.message_zh for check in CHECKS}
_SEVERITY = {check.id: check.severity for check in CHECKS}
_GRAVITY = {"error": "差错", "doubt": "疑问", "hint": "提示"}
_LEFT = {"unknown-label": "不认识的行名", "cells-do-not-fit": "格数对不上", "not-a-number": "不是数字"}
_METRICS = {one.key: one.label_zh for one in narrative.definitions()}
_WIDEST = 40


def as_json(path: Path, report: Report, found: Sequence[Finding]) -> dict[str, object]:
    """The stable contract of `show --json`: keys in English, numbers as JSON numbers, None where nothing is known."""
    return {
        "file": str(path),
        "government": report.government,
        "county": report.county,
        "year": report.year,
        "form": report.form,
        "forms": dict(report.forms),
        "published": report.source.published,
        "facts": [_fact(fact) for fact in report.facts],
        "metrics": [{**narrative.as_json(metric), "section": metric.section} for metric in report.metrics],
        "doubts": [
            {**narrative.doubt_as_json(doubt), "section": doubt.metric.section} for doubt in report.doubts
        ],
        "findings": [_finding(finding) for finding in found],
        "sections": [{"number": s.number, "heading": s.heading, "text": s.text} for s in report.sections],
        "reading": {
            "tables": [_reading(r, report) for r in report.readings],
            "leftovers": len(report.leftovers),
        },
        "leftovers": [
            {"text": left.text, "reason": left.reason, "suggestion": left.suggestion or None}
            for left in report.leftovers
        ],
        "problems": [
            {"kind": problem.kind, "detail": problem.detail, "remedy": remedies.of(problem.kind) or None}
            for problem in report.problems
        ],
        "claims": [
            {"subject": claim.subject, "value": claim.value, "origin": claim.origin, "text": claim.text}
            for claim in report.claims
        ],
    }


def _number(value: Decimal | None) -> int | float | None:
    return None if value is None else counts.plain(value)


def _fact(fact: Fact) -> dict[str, object]:
    place = fact.place
    return {
        "schedule": fact.schedule,
        "line": fact.line,
        "column": fact.column,
        "value": _number(fact.value),
        "state": fact.state.value,
        "text": fact.text,
        "place": {"block": place.block, "row": place.row, "column": place.column} if place else None,
    }


def _reading(reading: TableReading, report: Report) -> dict[str, object]:
    states = Counter(fact.state for fact in report.facts if fact.schedule == reading.schedule)
    return {
        "schedule": reading.schedule,
        "form": reading.form,
        "block": reading.block,
        "page": reading.page,
        "by": "order" if not reading.by_grid else "grid" if not reading.by_order else "both",
        "confirmed": reading.confirmed,
        "cells": states.total(),
        **{state.value: states[state] for state in State},
    }


def _read(report: Report) -> Iterator[str]:
    for reading in report.readings:
        told = _reading(reading, report)
        title = forms.form(reading.form).schedule(reading.schedule).title
        page = f"第 {reading.page} 页，" if reading.page else ""
        way = {"order": "按先后读出", "grid": "按行列读出", "both": f"两种读法，{reading.confirmed} 格一致"}
        counted = f"{told['stated']} 格有数，{told['blank']} 格空白，{told['dashed']} 格划线，{told['illegible']} 格难辨"
        yield f"{title}：{page}{reading.form} 年表样，{way[str(told['by'])]}；{told['cells']} 格中 {counted}"
    yield f"未能理解的内容 {len(report.leftovers)} 处"


def _finding(finding: Finding) -> dict[str, object]:
    return {
        "check": finding.check,
        "where": {"schedule": finding.schedule, "line": finding.line, "column": finding.column},
        "expected": _number(finding.expected),
        "actual": _number(finding.actual),
        "severity": _SEVERITY[finding.check],
        "message": _MESSAGES[finding.check],
        "quotes": list(finding.quotes),
    }


def readable(path: Path, report: Report, found: Sequence[Finding], out: TextIO) -> None:
    """The report as a page of text: identity, the three tables, prose numbers, findings, what was not understood."""
    year = f"{report.year} 年" if report.year else "年度不明"
    print(f"{path}\n{_whose(report)} {year}，表样 {report.form or '不明'}", file=out)
    for schedule_key, generation in report.forms:
        _table(report, forms.form(generation).schedule(schedule_key), out)
    _list(
        "正文中的数字",
        [f"{_stated(metric)}  “{metric.sentence}”" for metric in report.metrics],
        out,
    )
    findings(path, found, out)
    _list("读取情况", list(_read(report)), out)
    _list(
        "未能理解的内容",
        [
            f"{_LEFT[left.reason]}：{left.text}"
            + (f"（是否为“{left.suggestion}”？）" if left.suggestion else "")
            for left in report.leftovers
        ],
        out,
    )
    _list("读取中的问题", list(map(remedies.sentence, report.problems)), out)
    print(file=out)


def _whose(report: Report) -> str:
    """The government with its county, which stands in a county's own name already."""
    government, county = report.government or "机关不明", report.county or ""
    return government if government.startswith(county) else f"{county}{government}"


def findings(path: Path, found: Sequence[Finding], out: TextIO) -> None:
    """The findings, one line each: the place, what is printed, what the rule makes of the rest, the words."""
    lines = []
    for f in found:
        place = forms.place(f.schedule, f.line, f.column) if f.schedule else "正文"
        printed = "" if f.actual is None else f"印作 {_number(f.actual)}"
        expected = "" if f.expected is None else f"，应为 {_number(f.expected)}"
        quoted = "".join(f" “{quote}”" for quote in f.quotes)
        lines.append(
            f"[{_GRAVITY[_SEVERITY[f.check]]}] {place}{printed}{expected}（{_MESSAGES[f.check]}）{quoted}"
        )
    _list(f"核查结果 {path.name}", lines or ["未发现问题"], out)


def _stated(metric: Metric) -> str:
    """A number of the prose with its name and how exact it is."""
    hedge = {None: "约", "lower": "不少于", "upper": "不到"}[metric.bound] if metric.approximate else ""
    category = f"（{metric.category}）" if metric.category else ""
    return f"{_METRICS[metric.metric]}{category} {hedge}{_number(metric.value)}{metric.unit}"


def _list(title: str, lines: Sequence[str], out: TextIO) -> None:
    if lines:
        print(f"\n{title}", file=out)
        for line in lines:
            print(f"  {line}", file=out)


def _table(report: Report, schedule: Schedule, out: TextIO) -> None:
    cells = {(f.line, f.column): f for f in report.facts if f.schedule == schedule.key}
    print(f"\n{schedule.title}", file=out)
    for block in schedule.blocks:
        columns = [column.label for column in block.columns]
        print(
            "  " + _padded("", _WIDEST) + "".join(_padded(label, _width(label) + 2) for label in columns),
            file=out,
        )
        for line, depth in _lines(block):
            label = _cut("  " * depth + line.label, _WIDEST - 2)
            values = (
                _padded(_shown(cells.get((line.key, column.key))), _width(column.label) + 2)
                for column in (block.columns if not line.parts else ())
            )
            print(("  " + _padded(label, _WIDEST) + "".join(values)).rstrip(), file=out)


def _lines(block: Block) -> list[tuple[Item, int]]:
    def walk(items: Sequence[Item], depth: int) -> list[tuple[Item, int]]:
        return [pair for item in items for pair in [(item, depth), *walk(item.parts, depth + 1)]]

    return walk(block.lines, 0)


def _shown(fact: Fact | None) -> str:
    if fact is None:
        return "·"
    if fact.value is not None:
        return str(_number(fact.value))
    return {"blank": "（空）", "dashed": fact.text, "illegible": "（难辨）"}[fact.state.value]


def _width(text: str) -> int:
    return sum(2 if unicodedata.east_asian_width(letter) in "WF" else 1 for letter in text)


def _padded(text: str, width: int) -> str:
    return text + " " * max(width - _width(text), 1)


def _cut(text: str, width: int) -> str:
    while _width(text) > width:
        text = text[:-2] + "…"
    return text


def tally(done: "Tally", out: TextIO, err: TextIO) -> None:
    """What a build did: one line a problem on `err`, the closing tally on `out`."""
    if done.unchanged:
        print(f"{done.files} 个文件，没有变化，数据库保持不变。", file=out)
        return
    for path, problem in done.problems:
        print(f"{path}：{remedies.sentence(problem)}", file=err)
    print(
        f"{done.files} 个文件，新读 {done.read} 个；年报 {done.reports} 份，"
        f"核查结果 {done.findings} 条，问题 {len(done.problems)} 个。",
        file=out,
    )
