"""Reads files in a process with bounds: ten seconds of processor time a file, one gigabyte of memory beyond its own.

One path a line comes in, one JSON object a line goes out: the sentences of refusal, and how many documents were read.
"""

import io
import json
import resource
import sys
from pathlib import Path

from etl import archive, reading
from etl.document import Document, Table

SECONDS = 10
MEMORY = 1 << 30
# Of a document; a sheet may be as wide as Excel's are.
MOST_CELLS, MOST_ROWS, MOST_COLUMNS = 60_000, 70_000, 16_384


def outcome(data: bytes) -> dict[str, object]:
    """What a filing, or every filing in an archive, came to."""
    file = io.BytesIO(data)
    refusals, read = [], 0
    entries = archive.entries(file) if archive.is_archive(file) else None
    refusals += [entry.refusal for entry in entries or () if entry.refusal]
    contents = (
        [archive.read(file, entry.number) for entry in entries if not entry.refusal]
        if entries is not None
        else [data]
    )
    for content in contents:
        _grant()
        for found in reading.read(content):
            refusals += [found.message] if found.refusal else []
            read += found.report is not None
            hold(found.document)
    return {"refusals": refusals, "read": read}


def hold(document: Document | None) -> None:
    """A document is within what `readers` allows, and its cells have places and spans that a table may have."""
    tables = [block for block in document.blocks if isinstance(block, Table)] if document else []
    cells = [cell for table in tables for cell in table.cells]
    assert len(cells) <= MOST_CELLS
    for cell in cells:
        assert cell.row >= 0 <= cell.column and cell.rows >= 1 <= cell.columns, cell
        assert cell.row + cell.rows <= MOST_ROWS and cell.column + cell.columns <= MOST_COLUMNS, cell


def _grant() -> None:
    """Ten more seconds of processor time, beyond what is spent."""
    used = resource.getrusage(resource.RUSAGE_SELF)
    spent = int(used.ru_utime + used.ru_stime) + 1
    resource.setrlimit(resource.RLIMIT_CPU, (spent + SECONDS, resource.RLIM_INFINITY))


def main() -> None:
    reading.read("暖机".encode())
    own = int(Path("/proc/self/statm").read_text().split()[0]) * resource.getpagesize()
    resource.setrlimit(resource.RLIMIT_AS, (own + MEMORY, own + MEMORY))
    for line in sys.stdin:
        _grant()
        data = Path(line.rstrip("\n")).read_bytes()
        print(json.dumps(outcome(data), ensure_ascii=False), flush=True)


if __name__ == "__main__":
    main()
