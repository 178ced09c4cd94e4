"""metrics: the numbers of passages of prose, JSON lines in and out."""

import argparse
import json
import sys

from etl import narrative
from etl.commands import Subparsers


def add(commands: "Subparsers[argparse.ArgumentParser]") -> None:
    """Declare metrics."""
    commands.add_parser("metrics", help="JSON lines in, JSON lines out").set_defaults(run=run)


def run(options: argparse.Namespace) -> int:
    """Read {"id","text","year"} lines on standard input, write {"id","metrics":[…]} lines, with "doubts":[…] where there are."""
    for line in sys.stdin:
        if line.strip():
            passage = json.loads(line)
            sure, doubts = narrative.read(passage["text"], passage["year"])
            found = {"id": passage["id"], "metrics": [narrative.as_json(metric) for metric in sure]}
            if doubts:
                found["doubts"] = [narrative.doubt_as_json(doubt) for doubt in doubts]
            print(json.dumps(found, ensure_ascii=False))
    return 0
