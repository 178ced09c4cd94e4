"""Each hostile file ends in a report or in a sentence, within ten seconds and a gigabyte, in a process that lives on."""

import io
import json
import os
import re
import subprocess
import sys
from collections.abc import Hashable, Iterator
from contextlib import suppress
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from hostile_files import every
from small_filings import PICTURES, SMALL

from etl import archive, reading
from etl.document import UnreadableFile
from etl.readers import scan

ROOT = Path(__file__).resolve().parents[1]
FILES = dict(every())
PATIENCE = 120

pytestmark = [
    pytest.mark.skipif(not Path("/proc/self/statm").exists(), reason="the bounds on memory are Linux's"),
    pytest.mark.xdist_group("hostile"),
]


class Reader:
    """The bounded process; a new one takes the place of one that died."""

    def __init__(self) -> None:
        self._process: subprocess.Popen[str] | None = None

    def read(self, path: Path) -> dict[str, Any]:
        if self._process is None or self._process.poll() is not None:
            environment = os.environ | {"PYTHONPATH": str(ROOT)}
            self._process = subprocess.Popen(
                [sys.executable, ROOT / "tests" / "bounded.py"],
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                env=environment,
                encoding="utf-8",
            )
        assert self._process.stdin and self._process.stdout
        self._process.stdin.write(f"{path}\n")
        self._process.stdin.flush()
        line = self._process.stdout.readline()
        if not line:
            pytest.fail(f"the reading process died of it, exit code {self._process.wait(PATIENCE)}")
        outcome: dict[str, Any] = json.loads(line)
        return outcome

    def close(self) -> None:
        if self._process and self._process.stdin:
            self._process.stdin.close()
            self._process.wait(PATIENCE)


@pytest.fixture(scope="module")
def reader() -> Iterator[Reader]:
    reader = Reader()
    yield reader
    reader.close()


@pytest.mark.parametrize("kind", SMALL)
def test_the_sound_file_is_read(kind: str, reader: Reader, tmp_path: Path) -> None:
    (tmp_path / "file").write_bytes(SMALL[kind])
    outcome = reader.read(tmp_path / "file")
    assert (outcome["refusals"], bool(outcome["read"])) == ([], True)


@pytest.mark.parametrize("name", FILES)
def test_a_hostile_file_ends_in_a_report_or_a_sentence(name: str, reader: Reader, tmp_path: Path) -> None:
    (tmp_path / "file").write_bytes(FILES[name])
    outcome = reader.read(tmp_path / "file")
    assert outcome["read"] or outcome["refusals"]
    for sentence in outcome["refusals"]:
        assert re.search(r"[\u4e00-\u9fff]{4}", sentence) and "Error" not in sentence


def numbers(data: bytes) -> dict[Hashable, Decimal]:
    """The numbers of the reports in a file, or in the entries of an archive; each file comes to a report or a sentence."""
    file = io.BytesIO(data)
    if archive.is_archive(file):
        entries = [entry for entry in archive.entries(file) if not entry.refusal]
        contents = [(entry.path, archive.read(file, entry.number)) for entry in entries]
    else:
        contents = [("", data)]
    read = [(path, found) for path, content in contents for found in reading.read(content)]
    assert all(found.report or found.message for _, found in read)
    return {
        (path, fact.schedule, fact.line, fact.column): fact.value
        for path, found in read
        for fact in (found.report.facts if found.report else ())
        if fact.value is not None
    }


@pytest.mark.parametrize("kind", SMALL)
def test_a_file_cut_at_any_tenth_byte_states_no_number_that_it_does_not_hold(kind: str) -> None:
    data = SMALL[kind]
    # Nothing tells that a plain text ends within its last number.
    end = len(data) - 5 if kind in ("txt", "utf16") else len(data)
    whole = numbers(data)
    for at in range(0, end, 10):
        assert numbers(data[:at]).items() <= whole.items(), at


@pytest.mark.parametrize("kind", PICTURES)
def test_a_picture_cut_at_any_tenth_byte_is_decoded_or_refused(kind: str) -> None:
    for at in range(0, len(PICTURES[kind]), 10):
        with suppress(UnreadableFile):
            scan.blocks(PICTURES[kind][:at])


@pytest.mark.parametrize("kind", ["html", "mht"])
def test_a_page_that_breaks_off_within_a_number_does_not_state_it(kind: str) -> None:
    within = SMALL[kind].index(b"32</td>") + 1
    whole = numbers(SMALL[kind])
    assert numbers(SMALL[kind][:within]).items() < whole.items()
