"""show and check: what is read in single filings, and what is wrong in them; nothing is stored."""

import argparse
import json
import sys
from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from pathlib import Path

from etl import (
    archive,
    checks,
    corrections,
    determined,
    determining,
    folders,
    identity,
    places,
    reading,
    several,
    show,
)
from etl.commands import Subparsers, refuse
from etl.folders import Folder
from etl.register import Government
from etl.report import Report


def add(commands: "Subparsers[argparse.ArgumentParser]") -> None:
    """Declare show and check."""
    _declare(commands, "show", run_show, "what is read in filings, nothing stored")
    _declare(commands, "check", run_check, "what is wrong in filings; exit code 1 if there is an error")


def _declare(
    commands: "Subparsers[argparse.ArgumentParser]",
    name: str,
    run: Callable[[argparse.Namespace], int],
    text: str,
) -> None:
    command = commands.add_parser(name, help=text)
    command.add_argument("files", nargs="+", type=Path, metavar="FILE")
    command.add_argument("--json", action="store_true", help="one JSON object a line")
    command.set_defaults(run=run)


def run_show(options: argparse.Namespace) -> int:
    """Print each report; exit code 2 when a file was refused."""
    refused: list[Path] = []
    for path, report in _reports(options.files, refused):
        findings = checks.run(report)
        if options.json:
            print(json.dumps(show.as_json(path, report, findings), ensure_ascii=False))
        else:
            show.readable(path, report, findings, sys.stdout)
    return 2 if refused else 0


def run_check(options: argparse.Namespace) -> int:
    """Print the findings of each report; exit code 1 when one is an error, 2 when a file was refused."""
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


def _reports(files: list[Path], refused: list[Path]) -> Iterator[tuple[Path, Report]]:
    """The reports of the files; one sentence on standard error for each that is none."""
    kept = (places.own(), places.sample())
    register = tuple(government for folder in kept for government in folders.register(folder))
    for path, below, data in _contents(files, refused):
        for found in reading.read(data):
            named = Path(several.path(str(path), found.ordinal))
            if found.report is None:
                refuse(f"{named}：{found.message}")
                refused.append(named)
                continue
            source = replace(found.report.source, path=several.path(below, found.ordinal))
            yield named, _as_built(replace(found.report, source=source), kept, register)


def _as_built(report: Report, kept: Iterable[Folder], register: tuple[Government, ...]) -> Report:
    """The report as a build has it: with what people ruled, corrected and read in the filing of this path or content."""
    source = report.source
    manifest = {name: ruling for folder in kept for name, ruling in folders.manifest(folder).items()}
    ruling = manifest.get(source.path) or manifest.get(source.sha256)
    report = identity.settle(report, register, ruling)
    try:
        report = corrections.apply(report, [entry for folder in kept for entry in folders.ledger(folder)])
    except corrections.Unmatched as unmatched:
        refuse(str(unmatched))
    return determined.apply(report, determining.known().get(source.sha256, ()))


def _below(path: Path) -> str:
    """The path as a build names it, if the file lies among the filings of a build."""
    for folder in (places.own(), places.sample()):
        if path.resolve().is_relative_to(folder.filings.resolve()):
            return path.resolve().relative_to(folder.filings.resolve()).as_posix()
    return path.name


def _contents(files: list[Path], refused: list[Path]) -> Iterator[tuple[Path, str, bytes]]:
    """Every filing with its path below the file's folder and its bytes; an archive's entries one by one."""
    for path in files:
        try:
            with path.open("rb") as file:
                if not archive.is_archive(file):
                    file.seek(0)
                    yield path, _below(path), file.read()
                    continue
                for entry in archive.entries(file):
                    inside = path / entry.path
                    if entry.refusal:
                        refuse(f"{inside}：{entry.refusal}")
                        refused.append(inside)
                    else:
                        yield inside, f"{_below(path)}/{entry.path}", archive.read(file, entry.number)
        except OSError as error:
            refuse(f"{path}：文件打不开（{error.strerror}）")
            refused.append(path)
