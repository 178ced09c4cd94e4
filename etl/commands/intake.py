"""receive and publish: what the import page has done in processes of its own."""

import argparse
from pathlib import Path

from filelock import Timeout

from etl import folders, places
from etl.commands import Subparsers, refuse
from etl.intake import publishing, task, understanding, unkept


def add(commands: "Subparsers[argparse.ArgumentParser]") -> None:
    """Declare receive and publish."""
    receiving = commands.add_parser("receive", help="understand a batch of uploads (used by the import page)")
    receiving.add_argument("batch", type=Path, metavar="DIR")
    receiving.set_defaults(run=run_receive)
    publish = commands.add_parser(
        "publish", help="build once no other build is under way, telling how far it is"
    )
    publish.add_argument("--no-sample", action="store_true", help="leave the invented sample county out")
    publish.set_defaults(run=run_publish)


def run_receive(options: argparse.Namespace) -> int:
    """Note in the batch how each of its files is understood."""
    try:
        with task.held(options.batch, patience=0):
            own = places.own()
            understanding.understand(options.batch, folders.register(own), folders.manifest(own))
    except Timeout:
        return refuse("这一批文件正在读取")
    except OSError as error:
        return _refused(options.batch, f"读取没有完成：{unkept(error)}，再把没有读完的文件重新上传")
    except ValueError as error:
        return _refused(options.batch, str(error))
    return 0


def _refused(place: Path, message: str) -> int:
    task.tell(place, "refused", message=message)
    return refuse(message)


def run_publish(options: argparse.Namespace) -> int:
    """Build, and leave how it went beside the uploads."""
    own = places.own()
    sources = (own,) if options.no_sample else (own, places.sample())
    refusal = publishing.publish(places.incoming(), sources, places.database(), places.cache())
    return refuse(refusal) if refusal else 0
