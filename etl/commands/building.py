"""build: bring the database up to date with the filings."""

import argparse
import sys
from functools import partial
from pathlib import Path

from tqdm import tqdm

from etl import determining, places, show, workers
from etl.build import Busy, build, code_version
from etl.cluster import Cluster, NoCluster
from etl.commands import CACHE, DATA, DATABASE, Subparsers, refuse
from etl.folders import Folder
from etl.store import Unwritable
from etl.workers import MakeExecutor


def add(commands: "Subparsers[argparse.ArgumentParser]") -> None:
    """Declare build."""
    command = commands.add_parser("build", help="bring the database up to date with the filings")
    command.add_argument("--reports", type=Path, help="folder of filings instead of data/reports")
    command.add_argument("--no-sample", action="store_true", help="leave the invented sample county out")
    command.add_argument("--database", type=Path, default=DATABASE, help="folder of the database")
    command.add_argument("--cache", type=Path, default=CACHE, help="file of what was read before")
    command.add_argument(
        "--scheduler",
        metavar="tcp://…",
        help="read on the workers of a Dask scheduler, see docs/operations.md",
    )
    command.set_defaults(run=run)


def run(options: argparse.Namespace) -> int:
    """Build, with a bar of progress, one line a problem and a closing tally."""
    root = options.reports or DATA / "reports"
    if not root.is_dir():
        return refuse(f"找不到文件夹 {root}，请先建好再把年报放进去")
    try:
        bring_up_to_date(_folders(options), options.database, options.cache, _make(options))
    except (Busy, Unwritable, NoCluster, ValueError) as error:
        return refuse(str(error))
    return 0


def _make(options: argparse.Namespace) -> MakeExecutor:
    return partial(Cluster, options.scheduler, code_version) if options.scheduler else workers.processes


def bring_up_to_date(
    folders: tuple[Folder, ...], database: Path, cache: Path, make: MakeExecutor = workers.processes
) -> None:
    """Build with progress shown, then say what was done. Raises Busy, Unwritable, and ValueError for a wrong register."""
    with tqdm(unit="份", desc="读取年报", disable=not sys.stderr.isatty(), leave=False) as bar:

        def progress(done: int, total: int) -> None:
            bar.total = total
            bar.update(done - bar.n)

        tally = build(folders, database, cache, progress, make, determining.known())
    show.tally(tally, sys.stdout, sys.stderr)


def _folders(options: argparse.Namespace) -> tuple[Folder, ...]:
    beside = options.reports
    given = Folder(beside, beside / "governments.csv", beside / "manifest.csv") if beside else places.own()
    return (given,) if options.no_sample else (given, places.sample())
