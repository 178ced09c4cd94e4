"""page: what the filing page shows of an original, drawn in a process of its own."""

import argparse
import sys

from etl import page_picture
from etl.commands import Subparsers, refuse


def add(commands: "Subparsers[argparse.ArgumentParser]") -> None:
    """Declare page."""
    command = commands.add_parser("page", help="draw a page of a PDF or picture (used by the filing page)")
    command.add_argument("page", type=int, metavar="N")
    command.set_defaults(run=run)


def run(options: argparse.Namespace) -> int:
    """A file from standard input, its page as a PNG to standard output."""
    try:
        picture = page_picture.draw(sys.stdin.buffer.read(), options.page)
    except ValueError as error:
        return refuse(f"这一页画不出来（{error}）")
    sys.stdout.buffer.write(picture)
    return 0
