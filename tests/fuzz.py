"""Coverage-guided fuzzing of every reader: `make fuzz`, not a part of `make test`.

Each target is one part of a file as it is before packing (an XML part, a stream, a page's content): what is changed in
it reaches the reader behind checksums and compression. A finding is anything but a document or a sentence, more than
a gigabyte, or more than a minute. What was found stays in the folder, and a later run goes on from there.
"""

import argparse
import ast
import io
import re
import subprocess
import sys
import zipfile
from collections.abc import Callable, Iterator
from contextlib import nullcontext, suppress
from functools import partial
from pathlib import Path
from typing import NamedTuple

import atheris
from lxml import etree

# The process that only starts others has nothing to guide.
with atheris.instrument_imports(include=["etl"]) if "--target" in sys.argv else nullcontext():
    from etl import archive, codec, reading, workbook_form
    from etl.readers import scan, sniffing

from fuzz_seeds import SEEDS, sheet_text
from small_filings import PICTURES, SMALL
from word_binary import container

from etl import readers
from etl.document import UnreadableFile
from etl.readers import ole

_MEMORY_MB, _PATIENCE_S, _LONGEST = 1_300, 60, 60_000
_STREAMS = ("WordDocument", "1Table", "Data", "Workbook")
_PAGE = re.compile(
    rb"(?s)(?P<before>.*/Length )\d+(?P<between>\s*>>\s*stream\n)(?P<content>.*?)(?P<after>endstream.*)"
)
_PLAIN = re.compile(r"[\x21-\x7e]{2,30}")


class Target(NamedTuple):
    """What is mutated, what the mutations start from, and how a file is made of one."""

    name: str
    seeds: tuple[bytes, ...]
    made: Callable[[bytes], bytes] = bytes


def targets() -> Iterator[Target]:
    """Every format whole, and its parts one by one."""
    for kind, data in {**SMALL, "sheet-xml": sheet_text()}.items():
        made = _well_formed if data.startswith(b"<?xml") else bytes
        yield Target(kind, (data, SEEDS[kind]) if kind in SEEDS else (data,), made)
    for kind, data in PICTURES.items():
        yield Target(f"picture-{kind}", (data,))
    form = workbook_form.blank("云岭县", "白石镇人民政府", 2023)
    for kind, data in {**SEEDS, "form": form}.items():
        if zipfile.is_zipfile(io.BytesIO(data)):
            yield from _parts(kind, data)
    for kind, data in {"doc": SMALL["doc"], "xls": SMALL["xls"], "rich-doc": SEEDS["doc"]}.items():
        streams = ole.streams(data, _STREAMS)
        for name, stream in streams.items():
            yield Target(f"{kind}:{name}", (stream,), partial(_rebuilt, streams, name))
    whole = _PAGE.fullmatch(SEEDS["pdf"])
    assert whole
    yield Target("pdf:page", (whole["content"],), partial(_printed, whole))


def _parts(kind: str, data: bytes) -> Iterator[Target]:
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        parts = {name: package.read(name) for name in package.namelist()}
    for name in parts:
        if name.endswith(".xml") and not name.startswith(("docProps", "xl/theme", "[")):
            yield Target(f"{kind}:{name}", (parts[name],), partial(_repacked, parts, name))


def _repacked(parts: dict[str, bytes], name: str, content: bytes) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as package:
        for part, sound in parts.items():
            package.writestr(part, _well_formed(content) if part == name else sound)
    return buffer.getvalue()


def _well_formed(content: bytes) -> bytes:
    """The XML with its damage closed: what is not well formed is refused at once, and no reader would see it."""
    with suppress(etree.XMLSyntaxError):
        root = etree.fromstring(content, etree.XMLParser(recover=True, resolve_entities=False))
        content = content if root is None else etree.tostring(root)
    return content


def _rebuilt(streams: dict[str, bytes], name: str, content: bytes) -> bytes:
    return container(streams | {name: content})


def _printed(whole: re.Match[bytes], content: bytes) -> bytes:
    return b"%s%d%s%s%s" % (whole["before"], len(content), whole["between"], content, whole["after"])


def hold(data: bytes) -> None:
    """A file, or each entry of an archive, must come to a report or to a sentence, and be cached and found again."""
    if any(start.match(data) for *_, start in sniffing.PICTURES):
        with suppress(UnreadableFile):
            scan.blocks(data)
        return
    file = io.BytesIO(data)
    if archive.is_archive(file):
        for entry in archive.entries(file):
            assert entry.refusal or reading.read(archive.read(file, entry.number))
        return
    for found in reading.read(data):
        assert found.report or (found.refusal and found.message)
        assert codec.unpack(reading.Reading, codec.pack(found)) == found


def words() -> str:
    """What the readers look for, as libFuzzer's dictionary: the plain strings in their code."""
    found: set[str] = set()
    for path in Path(readers.__file__).parent.rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Constant) and isinstance(node.value, str | bytes):
                text = node.value if isinstance(node.value, str) else node.value.decode("latin-1")
                found.update(_PLAIN.findall(text) if _PLAIN.fullmatch(text) else ())
    return "".join('"{}"\n'.format(word.replace("\\", "\\\\").replace('"', '\\"')) for word in sorted(found))


def fuzz(target: Target, seconds: int, folder: Path) -> None:
    """Mutate for so long, in this process, which ends with it."""
    corpus = folder / re.sub(r"\W", "_", target.name)
    corpus.mkdir(parents=True, exist_ok=True)
    for number, seed in enumerate(target.seeds):
        (corpus / f"seed{number}").write_bytes(seed)
    (folder / "words").write_text(words(), encoding="utf-8")
    bounds = (f"-max_total_time={seconds}", f"-timeout={_PATIENCE_S}", f"-rss_limit_mb={_MEMORY_MB}")
    places = (f"-artifact_prefix={corpus}.", f"-dict={folder / 'words'}", str(corpus))
    atheris.Setup(["fuzz", *bounds, f"-max_len={_LONGEST}", *places], lambda data: hold(target.made(data)))
    atheris.Fuzz()


def outcome(target: Target, seconds: int, folder: Path) -> bool:
    """Mutate in a process of its own and tell what came of it; true when there was no finding."""
    command = [
        sys.executable,
        __file__,
        "--target",
        target.name,
        "--seconds",
        str(seconds),
        "--folder",
        str(folder),
    ]
    done = subprocess.run(command, capture_output=True, check=False)
    said = done.stderr.decode("utf-8", "replace") + done.stdout.decode("utf-8", "replace")
    runs = re.findall(r"^(?:Done |#)(\d+)", said, re.MULTILINE)
    covered = re.findall(r"cov: (\d+)", said)
    print(
        f"{target.name:40} {runs[-1] if runs else 0:>8} mutations, {covered[-1] if covered else 0} edges, ",
        end="",
    )
    print("no finding" if done.returncode == 0 else f"FOUND\n{said[-3000:]}", flush=True)
    return done.returncode == 0


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seconds", type=int, default=20, help="for each target")
    parser.add_argument("--only", default="", help="targets whose name begins so")
    parser.add_argument(
        "--folder", type=Path, default=Path(".fuzz"), help="what was found, and where to go on from"
    )
    parser.add_argument("--target", default="", help=argparse.SUPPRESS)
    options = parser.parse_args()
    known = {target.name: target for target in targets()}
    if options.target:
        fuzz(known[options.target], options.seconds, options.folder)
    chosen = [target for name, target in known.items() if name.startswith(options.only)]
    outcomes = [outcome(target, options.seconds, options.folder) for target in chosen]
    return int(not all(outcomes))


if __name__ == "__main__":
    sys.exit(main())
