"""The commands of `python -m etl`, one module each: `add` declares its arguments, its `run` does it."""

import argparse
import sys

from etl import places

DATA, DATABASE, CACHE = places.data(), places.database(), places.cache()

Subparsers = argparse._SubParsersAction  # argparse has no public name for what add_subparsers returns


NO_DATABASE = "还没有数据库，请先运行 python -m etl build"


def refuse(sentence: str) -> int:
    """Say on standard error what could not be done; the exit code for that."""
    print(sentence, file=sys.stderr)
    return 2
