"""form: the workbook to fill in, the way in for filings on paper."""

import argparse
from pathlib import Path

from etl import documents
from etl.commands import Subparsers, refuse


def add(commands: "Subparsers[argparse.ArgumentParser]") -> None:
    """Declare form."""
    command = commands.add_parser(
        "form", help="write the workbook to fill in, the way in for filings on paper"
    )
    command.add_argument("--out", type=Path, required=True, metavar="FILE")
    command.add_argument("--county", default="", help="filled in on the cover")
    command.add_argument("--government", default="", help="filled in on the cover")
    command.add_argument("--year", type=int, help="filled in on the cover")
    command.set_defaults(run=run)


def run(options: argparse.Namespace) -> int:
    """Write the workbook and print its path."""
    if not (options.county + options.government).isprintable():
        return refuse("县名或机关名称里有看不见的字符，请重新输入")
    options.out.write_bytes(documents.form(options.county, options.government, options.year))
    print(options.out)
    return 0
