"""Mutates small sound filings of every format and reads what comes of it: `make fuzz`, not a part of `make test`.

A finding is anything but a document or a sentence: another exception than UnreadableFile and UnknownForm.
"""

import argparse
import io
import sys
import time
import zipfile
from collections.abc import Callable, Iterator
from contextlib import suppress
from functools import partial

from hypothesis import HealthCheck, given, seed, settings
from hypothesis import strategies as st
from ooxml import zipped
from PIL import Image, ImageDraw
from small_filings import SMALL

from etl import archive, codec, reading
from etl.document import UnreadableFile
from etl.readers import scan, sniffing

_WORDS = (
    b"\0",
    b"\xff\xff\xff\xff",
    b"\x7f\xff\xff\xff",
    b"-1",
    b"99999999999",
    b"<",
    b">",
    b"{",
    b"}",
    b"|",
    b"\t",
    b"endobj",
    b"\\cell",
    b'rowspan="100000"',
    "规章".encode(),
    "一、".encode("utf-16-le"),
)
_PIECE = 400
_PARTS = (
    ("docx", "word/document.xml"),
    ("docx", "word/_rels/document.xml.rels"),
    ("xlsx", "xl/worksheets/sheet1.xml"),
    ("xlsx", "xl/workbook.xml"),
    ("xlsx", "xl/styles.xml"),
)


@st.composite
def edits(draw: st.DrawFn, size: int) -> list[tuple[int, int, bytes]]:
    """Places, how much to cut there, and what to put in its stead."""
    put = st.one_of(st.binary(max_size=8), st.sampled_from(_WORDS))
    edit = st.tuples(st.integers(0, size), st.integers(0, _PIECE), put)
    return draw(st.lists(edit, min_size=1, max_size=6))


def mutated(data: bytes, changes: list[tuple[int, int, bytes]]) -> bytes:
    """The data with each change made; one that cuts nothing overwrites as many bytes as it puts."""
    for at, cut, put in changes:
        data = data[:at] + put + data[at + (cut or len(put)) :]
    return data


def repacked(kind: str, part: str, content: bytes) -> bytes:
    """A sound zip with one part exchanged, so that mutations reach behind its checksums."""
    with zipfile.ZipFile(io.BytesIO(SMALL[kind])) as package:
        parts: dict[str, str | bytes] = {name: package.read(name) for name in package.namelist()}
    return zipped(parts | {part: content})


def picture(kind: str) -> bytes:
    """A picture that is decoded but too small to be recognised: seconds a mutation would be lost on that."""
    image = Image.new("RGB", (150, 50), "white")
    ImageDraw.Draw(image).rectangle((20, 10, 120, 40), outline="black")
    buffer = io.BytesIO()
    image.save(buffer, kind)
    return buffer.getvalue()


def targets() -> Iterator[tuple[str, bytes, Callable[[bytes], bytes]]]:
    """What is mutated, by name, and how a file is made of it."""
    for kind, data in SMALL.items():
        yield kind, data, bytes
    for kind in scan.FORMATS:
        yield f"picture:{kind}", picture(kind), bytes
    for kind, part in _PARTS:
        with zipfile.ZipFile(io.BytesIO(SMALL[kind])) as package:
            yield f"{kind}:{part}", package.read(part), partial(repacked, kind, part)


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


def run(sound: bytes, made: Callable[[bytes], bytes], examples: int, number: int) -> None:
    """Read so many mutations; Hypothesis shrinks the first that comes to a bad end, and raises it."""

    @seed(number)
    @settings(max_examples=examples, deadline=None, database=None, suppress_health_check=list(HealthCheck))
    @given(edits(len(sound)))
    def reads(changes: list[tuple[int, int, bytes]]) -> None:
        hold(made(mutated(sound, changes)))

    reads()


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--examples", type=int, default=1500, help="mutations of each format")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--only", default="", help="formats whose name begins so")
    options = parser.parse_args()
    failed = 0
    for kind, sound, made in targets():
        if not kind.startswith(options.only):
            continue
        begun = time.monotonic()
        try:
            run(sound, made, options.examples, options.seed)
            outcome = "ok"
        except Exception as error:  # noqa: BLE001 -- every kind of error is what is looked for
            failed += 1
            outcome = f"{type(error).__name__}: {error}\n{''.join(getattr(error, '__notes__', []))}"
        print(
            f"{kind:36} {options.examples} mutations, {time.monotonic() - begun:.0f} s, {outcome}", flush=True
        )
    return int(failed > 0)


if __name__ == "__main__":
    sys.exit(main())
