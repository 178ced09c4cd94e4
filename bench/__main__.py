"""One Markdown table of measurements: python -m bench [reading | checking | building | scale | browser | load …].

Without names all of them run but `scale`, which takes long. A full run, and one of `scale`, leave their rows in
docs/bench-history.csv.
"""

import csv
import sys
from collections.abc import Iterator
from datetime import date
from importlib import import_module
from pathlib import Path

from bench.timing import Row

PARTS = ("reading", "checking", "building", "browser", "load")
HISTORY = Path(__file__).resolve().parent.parent / "docs" / "bench-history.csv"


def main() -> None:
    """Run the named parts, or all of them, and print a table of each."""
    named = sys.argv[1:]
    rows = [(part, *row) for part in named or PARTS for row in _printed(part)]
    if not named or named == ["scale"]:
        _remember(rows)


def _printed(part: str) -> Iterator[Row]:
    print(f"\n## {part}\n\n| what | measured | reference | ratio | budget |\n|---|---|---|---|---|")
    for row in import_module(f"bench.{part}").rows():
        print(f"| {' | '.join(row)} |", flush=True)
        yield row


def _remember(rows: list[tuple[str, ...]]) -> None:
    new = not HISTORY.exists()
    with HISTORY.open("a", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerows([("date", "part", "what", "measured", "reference", "ratio", "budget")] * new)
        writer.writerows((date.today().isoformat(), *row) for row in rows)


if __name__ == "__main__":
    main()
