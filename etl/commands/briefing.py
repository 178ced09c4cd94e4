"""briefing: a county's year as a Word document to be signed."""

import argparse
from datetime import date
from pathlib import Path

from etl import briefing, store
from etl.commands import DATABASE, NO_DATABASE, Subparsers, refuse


def add(commands: "Subparsers[argparse.ArgumentParser]") -> None:
    """Declare briefing."""
    command = commands.add_parser("briefing", help="write a county's briefing on a year as a Word document")
    command.add_argument("--county", required=True)
    command.add_argument("--year", type=int, required=True)
    command.add_argument("--out", type=Path, required=True, metavar="DIR")
    command.add_argument("--database", type=Path, default=DATABASE, help="folder of the database")
    command.set_defaults(run=run)


def run(options: argparse.Namespace) -> int:
    """Write the briefing of the published build, and print its path."""
    current = store.published(options.database)
    if current is None:
        return refuse(NO_DATABASE)
    try:
        name, made = briefing.document(
            current.holding(options.county), options.county, options.year, date.today()
        )
    except LookupError as error:
        return refuse(str(error))
    options.out.mkdir(parents=True, exist_ok=True)
    path = options.out / name
    path.write_bytes(made)
    print(path)
    return 0
