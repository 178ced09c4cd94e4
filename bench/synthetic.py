"""An office of any size without reading: files that hold a number alone, and a cache that already has their readings.

Each reading is one of the sample county's under another county's and township's name, with characters of its prose
exchanged so that townships do not seem to copy one another. What is measured over it is everything but reading.
Where whole readings would take hours to make, only the first prefecture has them and the others an outline: the
report without its cells, numbers, text and document. Whatever is asked of the first prefecture is as in a full base.

    python -m bench.synthetic FOLDER FILINGS    makes such an office, the first prefecture whole, and its database

`OVERSIGHT_DATA=FOLDER streamlit run app.py` then serves it.
"""

import hashlib
import json
import os
import subprocess
import sys
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from functools import cache, partial
from pathlib import Path

import zstandard

from etl import identity, reading
from etl.base import codec
from etl.base.cache import Cache
from etl.build import code_version
from etl.reading import Packed, pack
from etl.register import governments

ROOT = Path(__file__).resolve().parent.parent
SAMPLE = ROOT / "data" / "sample"
_UNITS, _COUNTIES, _PREFECTURES = 14, 9, 11
_AT_ONCE = 100
_FIRST_HAN, _HAN = 0x4E00, 20_000
# Characters of most sentences of the prose, and of no name.
_EXCHANGED = "信公工务"


@dataclass(frozen=True, slots=True)
class Township:
    """An invented township, known by its number among all of them."""

    number: int

    @property
    def county(self) -> str:
        return f"{_han(self.number // _UNITS)}县"

    @property
    def name(self) -> str:
        return f"{_han(self.number)}镇"

    @property
    def code(self) -> str:
        county, unit = divmod(self.number, _UNITS)
        prefecture, within = divmod(county, _COUNTIES)
        province, city = divmod(prefecture, _PREFECTURES)
        return f"{province + 11}{city + 1:02d}{within + 1:02d}{unit + 1:03d}"


def _han(number: int) -> str:
    one, other = divmod(number, 900)
    return f"某{chr(_FIRST_HAN + 3_000 + one)}{chr(_FIRST_HAN + 5_000 + other)}"


@dataclass(frozen=True, slots=True)
class _Template:
    """A filing of the sample county, packed but for the compression, with what is its own in it."""

    unit: str
    year: int
    sha256: str
    texts: tuple[str, str, str]


def office(root: Path, filings: int, outlines: bool = False) -> list[Township]:
    """Write as many filings or a few more below `root` as below data/, their register, and the cache that knows them."""
    townships = _enough(filings)
    rows = (f"{each.county},{each.name}人民政府,township,{each.code}" for each in townships)
    reports = root / "reports"
    reports.mkdir(parents=True)
    register(root).write_text("\n".join(["county,name,level,code", *rows]), encoding="utf-8")
    memory = Cache(root / "cache" / "readings.sqlite", code_version())
    parts = [townships[at : at + _AT_ONCE] for at in range(0, len(townships), _AT_ONCE)]
    with ProcessPoolExecutor() as executor:
        for packed in executor.map(partial(_write, reports, outlines), parts):
            memory.keep(packed)
    memory.forget_other_versions()
    memory.close()
    return townships


def first_prefecture() -> list[Township]:
    """The townships whose filings are whole in a base of outlines."""
    return [Township(number) for number in range(_UNITS * _COUNTIES)]


def _enough(filings: int) -> list[Township]:
    """Townships that have so many filings together."""
    townships: list[Township] = []
    held = 0
    while held < filings:
        townships.append(Township(len(townships)))
        held += held_by(townships[-1])
    return townships


def held_by(township: Township) -> int:
    """How many filings a township has: not one of every year, since its model in the sample county has not."""
    return len(_templates()[township.number % _UNITS])


def register(root: Path) -> Path:
    """The office's register."""
    return root / "governments.csv"


def building(root: Path, *options: str) -> subprocess.Popen[bytes]:
    """The command that brings the office's database up to date, running."""
    return subprocess.Popen(
        [sys.executable, "-m", "etl", "build", *options],
        cwd=ROOT,
        env=os.environ | {"OVERSIGHT_DATA": str(root)},
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )


def refile(root: Path, township: Township) -> None:
    """Replace a township's filing on 2024 by one that has to be read."""
    unit = "杳溪镇"
    text = (SAMPLE / "filings" / "2024" / f"{unit}2024年年报.txt").read_text(encoding="utf-8")
    own = text.replace("栖禾县", township.county).replace(unit, township.name)
    _folder(root / "reports", township).joinpath("2024.txt").write_text(own, encoding="utf-8")


def _folder(reports: Path, township: Township) -> Path:
    return reports / township.code[:2] / township.county / township.name


def _write(reports: Path, outlines: bool, townships: list[Township]) -> list[Packed]:
    first = set(first_prefecture())
    return [
        packed
        for township in townships
        for packed in _filings(township, reports, outlines and township not in first)
    ]


def _filings(township: Township, reports: Path, outline: bool) -> Iterator[Packed]:
    folder = _folder(reports, township)
    folder.mkdir(parents=True)
    own = (chr(_FIRST_HAN + (township.number * 4 + at) % _HAN) for at in range(len(_EXCHANGED)))
    letters = str.maketrans(dict(zip(_EXCHANGED, own, strict=True)))
    for template in _templates()[township.number % _UNITS]:
        data = f"{township.number} {template.year}".encode()
        (folder / f"{template.year}.txt").write_bytes(data)
        digest = hashlib.sha256(data).hexdigest()
        whole, head, body = template.texts
        named = (
            text.translate(letters)
            .replace(template.sha256, digest)
            .replace("栖禾县", township.county)
            .replace(template.unit, township.name)
            for text in ((head, head) if outline else (whole, head, body))
        )
        parts = [zstandard.compress(text.encode()) for text in named]
        yield Packed(digest, digest, 0, *(parts if len(parts) == 3 else (*parts, b"")))


@cache
def _templates() -> list[list[_Template]]:
    """The sample county's filings by unit, one a year."""
    units = governments((SAMPLE / "governments.csv").read_text(encoding="utf-8"))
    found: dict[str, dict[int, _Template]] = {}
    for path in sorted(path for path in (SAMPLE / "filings").rglob("*.*") if path.is_file()):
        read = reading.read(path.read_bytes())[0]
        settled = read.report and identity.settle(read.report, units)
        if settled and settled.government and settled.year:
            packed = pack(read)
            unit = identity.core(settled.government)
            texts = _text(packed.whole), _text(packed.head), _text(packed.body)
            template = _Template(unit, settled.year, read.sha256, texts)
            found.setdefault(unit, {}).setdefault(settled.year, template)
    return [list(found[unit].values()) for unit in sorted(found)][:_UNITS]


def _text(packed: bytes) -> str:
    return json.dumps(codec.decompress(packed), ensure_ascii=False, separators=(",", ":"))


if __name__ == "__main__":
    office(Path(sys.argv[1]), int(sys.argv[2]), outlines=True)
    sys.exit(building(Path(sys.argv[1]), "--no-sample").wait())
