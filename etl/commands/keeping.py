"""backup and restore: the filings, what people wrote beside them, and their decisions."""

import argparse
import os
import sys
from pathlib import Path

from etl import backup
from etl.commands import DATA, Subparsers, refuse


def add(commands: "Subparsers[argparse.ArgumentParser]") -> None:
    """Declare backup and restore."""
    making = commands.add_parser(
        "backup", help="keep filings, registers, corrections and decisions in one zip"
    )
    making.add_argument("--out", type=Path, required=True, metavar="FILE")
    making.add_argument("--data", type=Path, default=DATA, help="folder to back up instead of data/")
    making.set_defaults(run=run_backup)
    restoring = commands.add_parser("restore", help="put the files of a backup back")
    restoring.add_argument("backup", type=Path, metavar="FILE")
    restoring.add_argument("--into", type=Path, default=DATA, help="folder to restore into instead of data/")
    restoring.add_argument(
        "--overwrite", action="store_true", help="files that differ give way and are kept aside"
    )
    restoring.set_defaults(run=run_restore)


def run_backup(options: argparse.Namespace) -> int:
    """Write the backup; say so when the decisions are kept elsewhere and are not in it."""
    try:
        number = backup.write(options.data, options.out)
    except OSError as error:
        return refuse(f"备份没有写成：{error.strerror}（{error.filename}）")
    print(f"{options.out}：{number} 个文件")
    if os.environ.get("OVERSIGHT_DECISIONS"):
        print(
            "决定另存在 OVERSIGHT_DECISIONS 指定的数据库里，不在这份备份中，请用该数据库自己的办法备份",
            file=sys.stderr,
        )
    return 0


def run_restore(options: argparse.Namespace) -> int:
    """Restore, and say where files that gave way are now."""
    try:
        number, aside = backup.restore(options.backup, options.into, options.overwrite)
    except backup.Refused as refusal:
        return refuse(str(refusal))
    except OSError as error:
        return refuse(f"恢复没有完成：{error.strerror}（{error.filename}）；已恢复的文件都是完整的，可以再试")
    moved = f"；原来不同的文件移到了 {aside}" if aside else ""
    print(f"恢复了 {number} 个文件{moved}。请再运行 python -m etl build")
    return 0
