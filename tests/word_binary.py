"""A small writer of Word 97 files, for tests: every paragraph has a page of properties of its own."""

import struct
from collections.abc import Sequence
from dataclasses import dataclass

SECTOR = 512
TEXT_AT = 2048
END_OF_CHAIN, FREE, FAT_SECTOR = 0xFFFFFFFE, 0xFFFFFFFF, 0xFFFFFFFD


@dataclass(frozen=True)
class Line:
    """A paragraph: runs of text with their character properties, its mark, and its own properties."""

    runs: Sequence[tuple[str, bytes]]
    mark: str = "\r"
    properties: bytes = b""
    mark_look: bytes = b""
    style: int = 0


def plain(text: str, mark: str = "\r", properties: bytes = b"") -> Line:
    return Line(((text, b""),), mark, properties)


def sprm(code: int, operand: bytes) -> bytes:
    sized = struct.pack("<B", len(operand)) if code >> 13 == 6 and code != 0xD608 else b""
    return struct.pack("<H", code) + sized + operand


IN_TABLE, ENDS_ROW = sprm(0x2416, b"\1"), sprm(0x2417, b"\1")
DELETED, HIDDEN, STRUCK, RAISED = (
    sprm(0x0800, b"\1"),
    sprm(0x083C, b"\1"),
    sprm(0x0837, b"\1"),
    sprm(0x2A48, b"\1"),
)


def depth(level: int) -> bytes:
    return sprm(0x6649, struct.pack("<i", level))


def definition(edges: Sequence[int], flags: Sequence[int] | None = None) -> bytes:
    count = len(edges) - 1
    cells = b"".join(struct.pack("<H18x", flag) for flag in flags or [0] * count)
    operand = struct.pack(f"<B{count + 1}h", count, *edges) + cells
    return sprm(0xD608, struct.pack("<H", len(operand) + 1) + operand)


def row(
    cells: Sequence[str], edges: Sequence[int], flags: Sequence[int] | None = None, deleted: bool = False
) -> list[Line]:
    end = Line((), "\x07", IN_TABLE + ENDS_ROW + definition(edges, flags), DELETED if deleted else b"")
    return [*(plain(text, "\x07", IN_TABLE) for text in cells), end]


def word(
    lines: Sequence[Line],
    lengths: Sequence[int] | None = None,
    compressed: Sequence[int] = (),
    shuffled: bool = False,
    added: tuple[int, bytes] | None = None,
    parts: dict[int, bytes] | None = None,
    after_lists: bytes = b"",
    data: bytes = b"",
    flags: int = 0,
    version: int = 0xC1,
) -> bytes:
    """A file of one piece a line; those in `compressed` have 8 bits a character, `shuffled` writes them backwards.

    `added` gives one piece properties of its own; `parts` are further parts of the table stream by number.
    """
    text = bytearray()
    places: dict[int, int] = {}
    order = range(len(lines))
    for index in reversed(order) if shuffled else order:
        places[index] = TEXT_AT + len(text)
        written = "".join(run for run, _ in lines[index].runs) + lines[index].mark
        text += written.encode("cp1252" if index in compressed else "utf-16-le")
        text += bytes(len(text) % 2)
    pages, characters, paragraphs = _pages(lines, places, compressed, TEXT_AT + len(text))
    main = bytearray(TEXT_AT) + text
    main += bytes(-len(main) % SECTOR)
    first_page = len(main) // SECTOR
    main += b"".join(pages)
    sizes = [sum(len(run) for run, _ in line.runs) + 1 for line in lines]
    table = {
        12: _table_of_pages(characters, first_page),
        13: _table_of_pages(paragraphs, first_page),
        33: _pieces(sizes, places, compressed, added),
        **(parts or {}),
    }
    stream = _header(main, table, lengths or [sum(sizes)], flags, version, after_lists)
    return container({"WordDocument": bytes(main), "1Table": stream, "Data": data})


def _pages(
    lines: Sequence[Line], places: dict[int, int], compressed: Sequence[int], end: int
) -> tuple[list[bytes], list[tuple[int, int]], list[tuple[int, int]]]:
    """The pages of properties, and (start, page) for characters and paragraphs, in the order of their bytes."""
    pages: list[bytes] = []
    characters: list[tuple[int, int]] = []
    paragraphs: list[tuple[int, int]] = []
    for index in sorted(places, key=lambda index: places[index]):
        line, at, width = lines[index], places[index], 1 if index in compressed else 2
        stop = at + width * (sum(len(run) for run, _ in line.runs) + 1)
        described = struct.pack("<H", line.style) + line.properties
        described += bytes(len(described) % 2 == 0)
        paragraphs.append((at, len(pages)))
        pages.append(_page(at, stop, bytes(((len(described) + 1) // 2,)) + described, 13))
        for run, look in (*line.runs, (line.mark, line.mark_look)):
            characters.append((at, len(pages)))
            pages.append(_page(at, at + width * len(run), bytes((len(look),)) + look, 1))
            at += width * len(run)
    return pages, [*characters, (end, 0)], [*paragraphs, (end, 0)]


def _page(start: int, stop: int, entry: bytes, step: int) -> bytes:
    at = 500 - len(entry)
    at -= at % 2
    head = struct.pack("<IIB", start, stop, at // 2).ljust(8 + step, b"\0")
    return (head.ljust(at, b"\0") + entry).ljust(511, b"\0") + b"\1"


def _table_of_pages(places: list[tuple[int, int]], first_page: int) -> bytes:
    starts = struct.pack(f"<{len(places)}I", *(start for start, _ in places))
    return starts + struct.pack(f"<{len(places) - 1}I", *(first_page + page for _, page in places[:-1]))


def _pieces(
    sizes: list[int], places: dict[int, int], compressed: Sequence[int], added: tuple[int, bytes] | None
) -> bytes:
    bounds = [sum(sizes[:index]) for index in range(len(sizes) + 1)]
    pieces = struct.pack(f"<{len(bounds)}I", *bounds)
    for index in range(len(sizes)):
        place = places[index] * 2 | 1 << 30 if index in compressed else places[index]
        pieces += struct.pack("<HIH", 0, place, 1 if added and added[0] == index else 0)
    extra = struct.pack("<BH", 1, len(added[1])) + added[1] if added else b""
    return extra + struct.pack("<BI", 2, len(pieces)) + pieces


def _header(
    main: bytearray,
    parts: dict[int, bytes],
    lengths: Sequence[int],
    flags: int,
    version: int,
    after_lists: bytes,
) -> bytes:
    """Write the head of the main stream, and return the table stream."""
    struct.pack_into("<HH", main, 0, 0xA5EC, version)
    struct.pack_into("<H", main, 10, 0x0200 | flags)
    struct.pack_into(f"<{len(lengths)}i", main, 0x4C, *lengths)
    stream = b""
    for number, part in parts.items():
        struct.pack_into("<II", main, 0x9A + 8 * number, len(stream), len(part))
        stream += part + (after_lists if number == 73 else b"")
    return stream


def container(streams: dict[str, bytes]) -> bytes:
    """An OLE container with the streams in its root, each padded so that it needs no short sectors."""
    padded = {name: data.ljust(4096, b"\0") for name, data in streams.items()}
    padded = {name: data + bytes(-len(data) % SECTOR) for name, data in padded.items()}
    total = sum(len(data) for data in padded.values()) // SECTOR
    fats = next(count for count in range(1, 110) if count * 128 >= count + 2 + total)
    chains = [*[FAT_SECTOR] * fats, fats + 1, END_OF_CHAIN]
    entries = [_entry("Root Entry", 5, 1, END_OF_CHAIN, 0)]
    for number, (name, data) in enumerate(padded.items(), 1):
        start, count = len(chains), len(data) // SECTOR
        chains += [*range(start + 1, start + count), END_OF_CHAIN]
        following = number + 1 if number < len(padded) else FREE
        entries.append(_entry(name, 2, FREE, start, len(data), following))
    chains += [FREE] * (fats * 128 - len(chains))
    header = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(16)
    header += struct.pack("<HHHHH6x", 0x3E, 3, 0xFFFE, 9, 6)
    header += struct.pack("<IIIIIIIII", 0, fats, fats, 0, 4096, END_OF_CHAIN, 0, END_OF_CHAIN, 0)
    header += struct.pack("<109I", *range(fats), *[FREE] * (109 - fats))
    directory = b"".join(entries).ljust(2 * SECTOR, b"\0")
    return header + struct.pack(f"<{len(chains)}I", *chains) + directory + b"".join(padded.values())


def _entry(name: str, kind: int, child: int, start: int, size: int, right: int = FREE) -> bytes:
    written = name.encode("utf-16-le") + b"\0\0"
    return (
        written.ljust(64, b"\0")
        + struct.pack("<HBBIII36x", len(written), kind, 1, FREE, right, child)
        + struct.pack("<IQ", start, size)
    )
