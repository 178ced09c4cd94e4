"""A batch of uploads on disk, under names of our own making; what people called them is only written down."""

import json
import secrets
import shutil
import time
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from etl.archive import safe_path
from etl.intake import Refused

MOST_FILES = 500
MOST_BYTES = 300_000_000
# Bytes of a batch's name, which is written in sixteens.
_TOKEN = 8
_SECONDS_KEPT = 2 * 24 * 3600
_UPLOADS, _CONTENTS, _NAMES, _UNDERSTOOD = "uploads", "contents", "names.json", "understood.jsonl"


@dataclass(frozen=True, slots=True)
class Understood:
    """A filing in an upload or in an archive's entry, as it was read; with a `refusal` there is nothing else to know.

    `sha256` is its key, `content` the SHA-256 of the file it stands in.
    `by_itself` says that the filing, stored under our own path, counts and is understood in the same way without a ruling.
    `cells` counts the numbers read, `doubtful` tells what was not read surely, each in a sentence, `errors` and
    `findings` count what the checks say.
    """

    name: str
    sha256: str = ""
    refusal: str = ""
    media_type: str = ""
    government: str = ""
    county: str = ""
    year: int | None = None
    published: str = ""
    form: str = ""
    cells: int = 0
    doubtful: tuple[str, ...] = ()
    errors: int = 0
    findings: int = 0
    unsettled: tuple[str, ...] = ()
    by_itself: bool = False
    content: str = ""

    @property
    def one_of_several(self) -> bool:
        """Whether there are other reports in its file."""
        return self.content != self.sha256


def create(incoming: Path) -> Path:
    """A new batch; those that nobody has come back to for two days are removed."""
    incoming.mkdir(parents=True, exist_ok=True)
    for old in incoming.iterdir():
        if old.is_dir() and time.time() - old.stat().st_mtime > _SECONDS_KEPT:
            discard(old)
    place = incoming / secrets.token_hex(_TOKEN)
    (place / _UPLOADS).mkdir(parents=True)
    (place / _CONTENTS).mkdir()
    return place


def find(incoming: Path, token: str) -> Path | None:
    """The batch of a token as it stands in an address; None for none of ours."""
    known = token.isalnum() and len(token) == 2 * _TOKEN and (incoming / token / _NAMES).is_file()
    return incoming / token if known else None


def put(place: Path, files: Sequence[tuple[str, bytes]]) -> None:
    """Put uploads (name, bytes) down. Raises Refused beyond the limits, OSError when the disk does not take them."""
    size = sum(len(data) for _, data in files)
    if len(files) > MOST_FILES or size > MOST_BYTES:
        most = MOST_BYTES // 1_000_000
        raise Refused(
            f"一次最多 {MOST_FILES} 个文件、{most} MB，这次有 {len(files)} 个、{size // 1_000_000} MB；请分几次导入"
        )
    for number, (_, data) in enumerate(files):
        (place / _UPLOADS / f"{number:04d}").write_bytes(data)
    names = [safe_path(name) for name, _ in files]
    (place / _NAMES).write_text(json.dumps(names, ensure_ascii=False), "utf-8")


def uploads(place: Path) -> Iterator[tuple[str, Path]]:
    """Every upload's name and where it lies."""
    for number, name in enumerate(json.loads((place / _NAMES).read_text("utf-8"))):
        yield name, place / _UPLOADS / f"{number:04d}"


def content(place: Path, sha256: str) -> Path:
    """Where the bytes of an understood file lie."""
    return place / _CONTENTS / sha256


def note(place: Path, file: Understood) -> None:
    """Write down how a file was understood."""
    with (place / _UNDERSTOOD).open("a", encoding="utf-8") as listed:
        listed.write(json.dumps(asdict(file), ensure_ascii=False) + "\n")


def understood(place: Path) -> tuple[Understood, ...]:
    """The files understood so far; a line still being written is left for the next look."""
    try:
        lines = (place / _UNDERSTOOD).read_text("utf-8").split("\n")[:-1]
    except FileNotFoundError:
        return ()
    return tuple(Understood(**_with_tuples(json.loads(line))) for line in lines)


def _with_tuples(row: dict[str, Any]) -> dict[str, Any]:
    return {name: tuple(value) if isinstance(value, list) else value for name, value in row.items()}


def discard(place: Path) -> None:
    """Remove a batch; what was accepted of it has its own copy."""
    shutil.rmtree(place, ignore_errors=True)
