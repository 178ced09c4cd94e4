"""The command line: python -m etl build | show | metrics | check | export | form | dictionary."""

import argparse
import json
import os
import sys
from collections.abc import Iterator
from pathlib import Path

from etl import archive, checks, identity, reading, show
from etl.register import Government, governments
from etl.report import Report

DATA = Path(__file__).resolve().parent.parent / "data"
DATABASE = Path(os.environ.get("OVERSIGHT_DATABASE", DATA / "database"))
CACHE = Path(os.environ.get("OVERSIGHT_CACHE", DATA / "cache")) / "readings.sqlite"


def main(arguments: list[str] | None = None) -> int:
    """Run one command; the exit code is 0, 1 for errors found by `check`, 2 for what could not be done."""
    for stream in (sys.stdout, sys.stderr, sys.stdin):
        stream.reconfigure(encoding="utf-8")  # type: ignore[union-attr]
    options = _parser().parse_args(arguments)
    code: int = options.run(options)
    return code


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m etl", description=__doc__)
    commands = parser.add_subparsers(required=True, metavar="COMMAND")
    build = commands.add_parser("build", help="bring the database up to date with the filings")
    build.add_argument("--reports", type=Path, help="folder of filings instead of data/reports")
    build.add_argument("--no-sample", action="store_true", help="leave the invented sample county out")
    build.add_argument("--database", type=Path, default=DATABASE, help="folder of the database")
    build.add_argument("--cache", type=Path, default=CACHE, help="file of what was read before")
    build.set_defaults(run=_build)
    for name, run, text in (
        ("show", _show, "what is read in filings, nothing stored"),
        ("check", _check, "what is wrong in filings; exit code 1 if there is an error"),
    ):
        command = commands.add_parser(name, help=text)
        command.add_argument("files", nargs="+", type=Path, metavar="FILE")
        command.add_argument("--json", action="store_true", help="one JSON object a line")
        command.set_defaults(run=run)
    commands.add_parser("metrics", help="JSON lines in, JSON lines out").set_defaults(run=_metrics)
    export = commands.add_parser("export", help="write the database's tables to files")
    export.add_argument("--format", choices=["csv", "xlsx", "parquet"], default="csv")
    export.add_argument("--out", type=Path, required=True, metavar="DIR")
    export.add_argument("--database", type=Path, default=DATABASE, help="folder of the database")
    export.set_defaults(run=_export)
    form = commands.add_parser("form", help="write the workbook to fill in, the way in for filings on paper")
    form.add_argument("--out", type=Path, required=True, metavar="FILE")
    form.add_argument("--county", default="", help="filled in on the cover")
    form.add_argument("--government", default="", help="filled in on the cover")
    form.add_argument("--year", type=int, help="filled in on the cover")
    form.set_defaults(run=_form)
    commands.add_parser("dictionary", help="write docs/data-dictionary.md").set_defaults(run=_dictionary)
    return parser


def _build(options: argparse.Namespace) -> int:
    from tqdm import tqdm

    from etl.build import Busy, build
    from etl.folders import Folder

    root = options.reports or DATA / "reports"
    folders = [Folder(root, DATA / "governments.csv", DATA / "manifest.csv")]
    if options.reports:
        folders = [Folder(root, root / "governments.csv", root / "manifest.csv")]
    sample = DATA / "sample"
    if not options.no_sample:
        folders.append(
            Folder(sample / "filings", sample / "governments.csv", sample / "manifest.csv", sample=True)
        )
    if not root.is_dir():
        return _refuse(f"找不到文件夹 {root}，请先建好再把年报放进去")
    with tqdm(unit="份", desc="读取年报", disable=not sys.stderr.isatty(), leave=False) as bar:

        def progress(done: int, total: int) -> None:
            bar.total = total
            bar.update(done - bar.n)

        try:
            tally = build(tuple(folders), options.database, options.cache, progress)
        except (Busy, ValueError) as error:
            return _refuse(str(error))
    show.tally(tally, sys.stdout, sys.stderr)
    return 0


def _refuse(sentence: str) -> int:
    print(sentence, file=sys.stderr)
    return 2


def _register() -> tuple[Government, ...]:
    found: list[Government] = []
    for path in (DATA / "governments.csv", DATA / "sample" / "governments.csv"):
        if path.exists():
            found += governments(path.read_text(encoding="utf-8-sig"), path.name)
    return tuple(found)


def _contents(files: list[Path], refused: list[Path]) -> Iterator[tuple[Path, str, bytes]]:
    """Every filing with its path below the file's folder and its bytes; an archive's entries one by one."""
    for path in files:
        try:
            with path.open("rb") as file:
                if not archive.is_archive(file):
                    file.seek(0)
                    yield path, path.name, file.read()
                    continue
                for entry in archive.entries(file):
                    inside = path / entry.path
                    if entry.refusal:
                        _refuse(f"{inside}：{entry.refusal}")
                        refused.append(inside)
                    else:
                        yield inside, f"{path.name}/{entry.path}", archive.read(file, entry.number)
        except OSError as error:
            _refuse(f"{path}：文件打不开（{error.strerror}）")
            refused.append(path)


def _reports(files: list[Path], refused: list[Path]) -> Iterator[tuple[Path, Report]]:
    """The reports of the files; one sentence on standard error for each that is none."""
    from dataclasses import replace

    register = _register()
    for path, below, data in _contents(files, refused):
        found = reading.read(data)
        if found.report is None:
            _refuse(f"{path}：{found.message}")
            refused.append(path)
            continue
        source = replace(found.report.source, path=below)
        yield path, identity.settle(replace(found.report, source=source), register)


def _show(options: argparse.Namespace) -> int:
    refused: list[Path] = []
    for path, report in _reports(options.files, refused):
        findings = checks.run(report)
        if options.json:
            print(json.dumps(show.as_json(path, report, findings), ensure_ascii=False))
        else:
            show.readable(path, report, findings, sys.stdout)
    return 2 if refused else 0


def _check(options: argparse.Namespace) -> int:
    refused: list[Path] = []
    severity = {check.id: check.severity for check in checks.CHECKS}
    errors = 0
    for path, report in _reports(options.files, refused):
        findings = checks.run(report)
        errors += sum(severity[finding.check] == "error" for finding in findings)
        if options.json:
            printed = show.as_json(path, report, findings)
            print(json.dumps({"file": printed["file"], "findings": printed["findings"]}, ensure_ascii=False))
        else:
            show.findings(path, findings, sys.stdout)
    return 2 if refused else int(errors > 0)


def _metrics(options: argparse.Namespace) -> int:
    from etl import narrative

    for line in sys.stdin:
        if line.strip():
            passage = json.loads(line)
            found = [narrative.as_json(m) for m in narrative.metrics(passage["text"], passage["year"])]
            print(json.dumps({"id": passage["id"], "metrics": found}, ensure_ascii=False))
    return 0


def _export(options: argparse.Namespace) -> int:
    from etl import export, store

    current = store.published(options.database)
    if current is None:
        return _refuse("还没有数据库，请先运行 python -m etl build")
    options.out.mkdir(parents=True, exist_ok=True)
    for path in export.write_all(current.path, options.format, options.out):
        print(path)
    return 0


def _form(options: argparse.Namespace) -> int:
    from etl import workbook_form

    options.out.write_bytes(workbook_form.blank(options.county, options.government, options.year))
    print(options.out)
    return 0


def _dictionary(options: argparse.Namespace) -> int:
    from etl import dictionary

    dictionary.PATH.write_text(dictionary.text(), encoding="utf-8")
    print(dictionary.PATH)
    return 0


if __name__ == "__main__":
    try:
        sys.exit(main())
    except BrokenPipeError:
        # The reader of a pipe, such as head, has seen enough; nothing is left to say it to.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
