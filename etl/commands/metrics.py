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
    """Read {"id","text","year"} lines on standard input, write {"id","metrics":[…]} lines."""
    for line in sys.stdin:
        if line.strip():
            passage = json.loads(line)
            found = [narrative.as_json(m) for m in narrative.metrics(passage["text"], passage["year"])]
            print(json.dumps({"id": passage["id"], "metrics": found}, ensure_ascii=False))
    return 0
