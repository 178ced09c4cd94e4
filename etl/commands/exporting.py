"""export: the database's tables as files."""

import argparse
from pathlib import Path

from etl import export_base
from etl.base import pointer
from etl.commands import DATABASE, NO_DATABASE, Subparsers, refuse


def add(commands: "Subparsers[argparse.ArgumentParser]") -> None:
    """Declare export."""
    command = commands.add_parser("export", help="write the database's tables to files")
    command.add_argument("--format", choices=["csv", "xlsx", "parquet"], default="csv")
    command.add_argument("--out", type=Path, required=True, metavar="DIR")
    command.add_argument("--database", type=Path, default=DATABASE, help="folder of the database")
    command.set_defaults(run=run)


def run(options: argparse.Namespace) -> int:
    """Write every table of the published build, and print the paths."""
    current = pointer.published(options.database)
    if current is None:
        return refuse(NO_DATABASE)
    options.out.mkdir(parents=True, exist_ok=True)
    try:
        for path in export_base.write_all(current, options.format, options.out):
            print(path)
    except ValueError as error:
        return refuse(str(error))
    return 0
