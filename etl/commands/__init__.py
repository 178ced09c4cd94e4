"""The commands of `python -m etl`, one module each: `add` declares its arguments, its `run` does it."""

import argparse
import os
import sys
from pathlib import Path

DATA = Path(__file__).resolve().parents[2] / "data"
DATABASE = Path(os.environ.get("OVERSIGHT_DATABASE", DATA / "database"))
CACHE = Path(os.environ.get("OVERSIGHT_CACHE", DATA / "cache")) / "readings.sqlite"

Subparsers = argparse._SubParsersAction  # argparse has no public name for what add_subparsers returns


def refuse(sentence: str) -> int:
    """Say on standard error what could not be done; the exit code for that."""
    print(sentence, file=sys.stderr)
    return 2
