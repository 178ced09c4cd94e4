"""metrics: the numbers of passages of prose, JSON lines in and out."""

import argparse
import json
import sys
from contextlib import suppress

from etl import narrative
from etl.commands import Subparsers, refuse

_FORM = '应是 {"id":…,"text":"…","year":2023} 的样子（year 可以是 null），请改正后重试'


def add(commands: "Subparsers[argparse.ArgumentParser]") -> None:
    """Declare metrics."""
    commands.add_parser("metrics", help="JSON lines in, JSON lines out").set_defaults(run=run)


def run(options: argparse.Namespace) -> int:
    """Read {"id","text","year"} lines on standard input, write {"id","metrics":[…]} lines, with "doubts":[…] where there are."""
    try:
        for number, line in enumerate(sys.stdin, 1):
            if not line.strip():
                continue
            if (passage := _passage(line)) is None:
                return refuse(f"第 {number} 行{_FORM}")
            print(json.dumps(_said(*passage), ensure_ascii=False))
    except UnicodeDecodeError:
        return refuse("输入不是 UTF-8 编码的文字，请转换后重试")
    return 0


def _passage(line: str) -> tuple[object, str, int | None] | None:
    """A line's id, text and year; None for a line that does not have them."""
    with suppress(ValueError, RecursionError, TypeError, LookupError):
        passage = json.loads(line)
        name, text, year = passage["id"], passage["text"], passage["year"]
        if isinstance(text, str) and isinstance(year, int | None):
            return name, text, year
    return None


def _said(name: object, text: str, year: int | None) -> dict[str, object]:
    sure, doubts = narrative.read(text, year)
    found: dict[str, object] = {"id": name, "metrics": [narrative.as_json(metric) for metric in sure]}
    if doubts:
        found["doubts"] = [narrative.doubt_as_json(doubt) for doubt in doubts]
    return found
