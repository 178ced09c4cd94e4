"""Coverage-guided fuzzing of every reader and of what is made of documents: `make fuzz`, not a part of `make test`.

`fuzz_mutations` changes a file behind its packing and checksums. A finding is anything but a report or a sentence, a
report that states what does not stand in its file, a document beyond what readers may return, more than a gigabyte, or
more than ten seconds of processor time. What was found stays in the folder, and a later run goes on from there.
"""

import argparse
import ast
import io
import itertools
import os
import random
import re
import subprocess
import sys
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import nullcontext, suppress
from functools import partial
from pathlib import Path
from typing import NamedTuple

import atheris

# The process that only starts others has nothing to guide.
with atheris.instrument_imports(include=["etl"]) if "--target" in sys.argv else nullcontext():
    from etl import archive, checks, copied, reading, workbook_form
    from etl.base import codec, rows
    from etl.readers import scan, sniffing

import bounded
from fuzz_mutations import Mutation, any_part, documents
from fuzz_seeds import SEEDS, collections, sheet_text, spread, styled
from small_filings import PICTURES, SMALL

from etl import readers
from etl.document import Document, UnreadableFile
from etl.reading import Reading

_MEMORY_MB, _PATIENCE_S, _SECONDS, _LONGEST = 1_300, 120, 10, 100_000
_PLAIN = re.compile(r"[\x21-\x7e]{2,30}")
_SAMPLE = Path(__file__).parents[1] / "data" / "sample" / "filings"


def file_holds(data: bytes) -> None:
    """A file, or each entry of an archive, comes to a report or a sentence, and is cached and found again."""
    file = io.BytesIO(data)
    if archive.is_archive(file):
        for entry in archive.entries(file):
            if not entry.refusal:
                file_holds(archive.read(file, entry.number))
            assert entry.refusal or entry.sha256
        return
    if not any(start.match(data) for *_, start in sniffing.PICTURES):
        for found in reading.read(data):
            reading_holds(found)


def reading_holds(found: Reading) -> None:
    """What a build makes of a reading can be made."""
    assert found.report or (found.refusal and found.message)
    assert codec.unpack(Reading, codec.pack(found)) == found
    reading.pack(found)
    bounded.hold(found.document)
    if found.report:
        findings = (*checks.run(found.report), *checks.run(found.report, found.report))
        for _, row in rows.of_report(1, found.report, findings, found.proposals):
            for said in row:
                assert not isinstance(said, str) or said.encode() is not None
        copied.digests(found.report)


def picture_holds(data: bytes) -> None:
    """A picture is decoded or refused; what is in it is not recognised, which would take seconds."""
    with suppress(UnreadableFile):
        scan.blocks(data)


def document_holds(data: bytes) -> None:
    """A document, however it came about, is parted, understood, checked and made rows of."""
    try:
        document = codec.unpack(Document, data)
    except (ValueError, TypeError, LookupError):
        return
    for found in reading.understood("0" * 64, "text/plain", document):
        reading_holds(found)


def timely(hold: Callable[[bytes], None], data: bytes) -> None:
    """Whether it holds, and within ten seconds of processor time."""
    began = time.process_time()
    hold(data)
    assert (spent := time.process_time() - began) < _SECONDS, f"{spent:.0f} seconds"


class Target(NamedTuple):
    """What the mutations start from, how they are made, and what must hold of every one."""

    seeds: tuple[bytes, ...]
    change: Mutation = any_part
    hold: Callable[[bytes], None] = file_holds


def targets() -> dict[str, Target]:
    """Every reader, every container, files with several reports, and documents however they came about."""
    whole = {
        suffix: min(_SAMPLE.rglob(f"*2023*.{suffix}")).read_bytes()
        for suffix in ("txt", "pdf", "docx", "html")
    }
    seeds = {kind: [data] for kind, data in {**SMALL, "sheet-xml": sheet_text()}.items()}
    form = workbook_form.blank("云岭县", "白石镇人民政府", 2023)
    for kind, data in (*SEEDS.items(), ("xlsx", form), ("pdf", spread()), ("html", styled())):
        seeds.setdefault(kind, []).append(data)
    seeds["collection"] = list(collections())
    read = [readers.read(data)[1] for data in (*whole.values(), *seeds["collection"][:2], SMALL["xlsx"])]
    return {
        **{kind: Target(tuple(data)) for kind, data in seeds.items()},
        **{f"picture-{kind}": Target((data,), hold=picture_holds) for kind, data in PICTURES.items()},
        "document": Target(tuple(map(codec.pack, read)), documents, document_holds),
    }


def words() -> str:
    """What the readers look for, as libFuzzer's dictionary: the plain strings in their code."""
    found: set[str] = set()
    for path in Path(readers.__file__).parent.rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Constant) and isinstance(node.value, str | bytes):
                text = node.value if isinstance(node.value, str) else node.value.decode("latin-1")
                found.update(_PLAIN.findall(text) if _PLAIN.fullmatch(text) else ())
    return "".join('"{}"\n'.format(word.replace("\\", "\\\\").replace('"', '\\"')) for word in sorted(found))


def fuzz(name: str, seconds: int, folder: Path) -> None:
    """Mutate for so long, in processor time of this process, which ends with it."""
    target, corpus = targets()[name], folder / name
    corpus.mkdir(parents=True, exist_ok=True)
    for number, seed in enumerate(target.seeds):
        (corpus / f"seed{number}").write_bytes(seed)
    dictionary = folder / f"{name}.words"
    dictionary.write_text(words(), encoding="utf-8")
    bounds = (f"-timeout={_PATIENCE_S}", f"-rss_limit_mb={_MEMORY_MB}", f"-max_len={_LONGEST}")
    places = (f"-artifact_prefix={corpus}.", f"-dict={dictionary}", str(corpus))
    runs, end = itertools.count(1), time.process_time() + seconds

    def changed(data: bytes, most: int, seed: int) -> bytes:
        made = target.change(data, most, random.Random(seed))
        return made if len(made) <= most else data

    def hold(data: bytes) -> None:
        timely(target.hold, data)
        run = next(runs)
        if time.process_time() > end:
            print(f"Done {run}", flush=True)
            os._exit(0)

    atheris.Setup(["fuzz", *bounds, *places], hold, custom_mutator=changed)
    atheris.Fuzz()


def outcome(options: argparse.Namespace, name: str) -> bool:
    """Mutate in a process of its own and tell what came of it; true when there was no finding."""
    command = [sys.executable, "-W", "ignore", __file__, "--target", name, "--folder", str(options.folder)]
    command += ["--seconds", str(options.seconds)]
    done = subprocess.run(command, capture_output=True, check=False)
    said = (done.stderr + done.stdout).decode("utf-8", "replace")
    runs = re.findall(r"^(?:Done |#)(\d+)", said, re.MULTILINE)
    covered = re.findall(r"cov: (\d+)", said)
    made = f"{runs[-1] if runs else 0:>8} mutations, {covered[-1] if covered else 0} edges"
    found = "no finding" if done.returncode == 0 else f"FOUND\n{said[-3000:]}"
    print(f"{name:16} {made}, {found}", flush=True)
    return done.returncode == 0


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seconds", type=int, default=180, help="of processor time for each target")
    parser.add_argument("--only", default="", help="targets whose name begins so")
    parser.add_argument("--at-once", type=int, default=2, help="targets at a time")
    parser.add_argument(
        "--folder", type=Path, default=Path(".fuzz"), help="what was found, and where to go on from"
    )
    parser.add_argument("--target", default="", help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.target:
        fuzz(options.target, options.seconds, options.folder)
    chosen = [name for name in targets() if name.startswith(options.only)]
    with ThreadPoolExecutor(options.at_once) as several:
        return int(not all(several.map(partial(outcome, options), chosen)))


if __name__ == "__main__":
    sys.exit(main())
