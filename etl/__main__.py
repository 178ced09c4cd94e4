"""The command line: python -m etl COMMAND."""

import argparse
import os
import sys
from importlib import import_module

from etl.commands import refuse

# A command's module in etl/commands/, and the names it goes by: only the module asked for is imported.
COMMANDS = {
    "building": ("build",),
    "reading": ("show", "check"),
    "metrics": ("metrics",),
    "exporting": ("export",),
    "briefing": ("briefing",),
    "form": ("form",),
    "returning": ("return",),
    "keeping": ("backup", "restore"),
    "intake": ("receive", "publish"),
    "picturing": ("page",),
    "dictionary": ("dictionary",),
}


def main(arguments: list[str] | None = None) -> int:
    """Run one command; the exit code is 0, 1 for errors found by `check`, 2 for what could not be done."""
    for stream in (sys.stdout, sys.stderr):
        # A file's name may hold bytes that are no text.
        stream.reconfigure(encoding="utf-8", errors="backslashreplace")  # type: ignore[union-attr]
    sys.stdin.reconfigure(encoding="utf-8")  # type: ignore[union-attr]
    given = sys.argv[1:] if arguments is None else arguments
    options = _parser(given[0] if given else "").parse_args(given)
    try:
        code: int = options.run(options)
    except BrokenPipeError:
        raise
    except OSError as error:
        place = f"{error.filename}：" if error.filename else ""
        return refuse(f"{place}文件打不开或写不进去（{error.strerror}），请检查路径、权限和磁盘空间")
    return code


def _parser(asked: str) -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m etl", description=__doc__)
    commands = parser.add_subparsers(required=True, metavar="COMMAND")
    wanted = [module for module, names in COMMANDS.items() if asked in names] or list(COMMANDS)
    for module in wanted:
        import_module(f"etl.commands.{module}").add(commands)
    return parser


if __name__ == "__main__":
    try:
        sys.exit(main())
    except BrokenPipeError:
        # The reader of a pipe, such as head, has seen enough; nothing is left to say it to.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
