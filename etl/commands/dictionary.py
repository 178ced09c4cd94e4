"""dictionary: docs/data-dictionary.md, written from the schema's comments."""

import argparse

from etl import dictionary
from etl.commands import Subparsers


def add(commands: "Subparsers[argparse.ArgumentParser]") -> None:
    """Declare dictionary."""
    commands.add_parser("dictionary", help="write docs/data-dictionary.md").set_defaults(run=run)


def run(options: argparse.Namespace) -> int:
    """Write the data dictionary and print its path."""
    dictionary.PATH.write_text(dictionary.text(), encoding="utf-8")
    print(dictionary.PATH)
    return 0
