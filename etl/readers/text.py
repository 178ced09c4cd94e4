"""Plain text: prose, and tables as people and programs flatten them (tabs, pipes, Markdown, page layout)."""

import csv
import io
import re
from collections.abc import Iterable

from etl import counts
from etl.document import Cell, Document, Paragraph, Table, UnreadableFile
from etl.readers import drawn
from etl.readers.blocks import document
from etl.readers.geometry import layout
from etl.readers.sheets.blocks import arrange

_MARKS = ((b"\xef\xbb\xbf", "utf-8"), (b"\xff\xfe", "utf-16-le"), (b"\xfe\xff", "utf-16-be"))
_EDITOR_MARKS = re.compile(r"\[bookmark: [^\]]*\]")
_MARKDOWN_RULE = re.compile(r"\s*\|?\s*:?-{2,}:?\s*(?:\|\s*:?-{2,}:?\s*)*\|?\s*")
# Fewer rows may be parted alike by chance.
_ROWS = 3
# No number is wider, and one row in so many has no blank first cell.
_LONGEST_NUMBER, _USUAL = 8, 4
_FEWEST_FIELDS, _FEWEST_COMMAS = 4, 9
# A row of the widest table: a count for each party and outcome, and a few cells over several lines.
_LONGEST_LED_ROW = 40
# A section's title stands in no cell, though no blank line parts it from the table above.
_HEADING = re.compile(r"[一二三四五六七八九十]{1,2}、")
# Upright strokes that part cells as pipes do, where no frame is drawn with them.
_STROKES = str.maketrans("│┃｜", "|||")
_FRAME = re.compile("[┌┏╔├┣╠└┗╚]")
_HEADING_MARK = re.compile(r"^#{1,6}\s+")
# What Markdown writes around bold words, before characters that would mean something, and for a new line in a cell.
_BOLD = re.compile(r"(?<![*_])(\*\*|__)(?=\S)(.+?)(?<=\S)\1(?![*_])")
_ESCAPED = re.compile(r"\\([.()\[\]*_#+|~-])")
_NEW_LINE = re.compile(r"<br\s*/?>", re.IGNORECASE)

Row = list[str]
Block = Paragraph | Table


def read(data: bytes) -> Document:
    """The text as paragraphs, one a line, and tables where the lines are cells or rows of cells."""
    text = _EDITOR_MARKS.sub("", decode(data)).replace("\r\n", "\n").replace("\r", "\n").replace("\xa0", " ")
    text = text if _FRAME.search(text) else text.translate(_STROKES)
    if rows := _sheet(text):
        return document(arrange(rows, []))
    if unit := _separator(text):
        text = "\n".join(_tabs(line, unit) for line in text.split("\n"))
    if layout.is_page_layout(text):
        return Document(layout.read_layout(text))
    return Document(_blocks(text.split("\n")))


def decode(data: bytes) -> str:
    """The text of `data`: byte order mark, else strict UTF-8, else GB18030; UnreadableFile if none fits."""
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            return _strict(data[len(mark) :], encoding)
    if b"\0" in data[:4096]:
        return _strict(data, "utf-16-le" if data[1:2] == b"\0" else "utf-16-be")
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError:
        return _strict(data, "gb18030")


def _strict(data: bytes, encoding: str) -> str:
    try:
        text = data.decode(encoding)
    except UnicodeDecodeError as error:
        raise UnreadableFile(
            "文字编码无法识别，文件可能已损坏；请用记事本另存为 UTF-8 编码后重新提交"
        ) from error
    if "\0" in text:
        raise UnreadableFile("文件不是纯文本，也不是已知的文档格式；请另存为 .docx 或 .pdf 后重新提交")
    return text


def _sheet(text: str) -> list[Row]:
    """The rows of a sheet saved with commas, each with as many fields; empty for any other text."""
    if text.count(",") < _FEWEST_COMMAS:
        return []
    try:
        rows = [row for row in csv.reader(io.StringIO(text), strict=True) if row]
    except csv.Error:
        return []
    widths = set(map(len, rows))
    return rows if len(widths) == 1 and widths.pop() >= _FEWEST_FIELDS and len(rows) >= _ROWS else []


def _separator(text: str) -> str:
    """The blanks that part the cells of rows, however long their labels, if they do: then they are no columns to go by.

    Twice as many stand beside a blank cell. Columns begin where the longest of their labels end, and few of these are.
    """
    rows = [line.strip() for line in text.split("\n") if _is_row(line)]
    if any(_holds_values(cell) for row in rows for cell in layout.WIDE_GAP.split(row)):
        return ""
    gaps = {gap for row in rows for gap in layout.WIDE_GAP.findall(row)}
    unit = min(gaps, key=len, default="")
    first = [(layout.width(row[: gap.start()]), gap[0]) for row in rows if (gap := _behind_label(row))]
    same = [label for label, gap in first if gap == unit]
    near = [label for label, gap in first if len(gap) <= 2 * len(unit)]
    alike = len(gaps) == 1 and len(rows) >= _ROWS and len(set(same)) > 1
    usual = _USUAL * len(same) > len(rows) and _reach(same) > _LONGEST_NUMBER
    return unit if alike or usual or _reach(near) > _LONGEST_NUMBER + 2 * layout.width(unit) else ""


def _is_row(line: str) -> bool:
    """Whether a line is a label, or several, and what may fill the cells beside it, with wide gaps between them."""
    return _behind_label(line.strip()) is not None


def _behind_label(row: str) -> re.Match[str] | None:
    """The gap between the last of a row's labels and its values."""
    gaps = list(layout.WIDE_GAP.finditer(row))
    values = list(map(counts.looks_like_a_value, layout.WIDE_GAP.split(row)))
    at = next((at for at in range(len(gaps), -1, -1) if not values[at]), len(gaps))
    return gaps[at] if at < len(gaps) else None


def _reach(widths: Iterable[int]) -> int:
    """From the shortest to the longest of labels of which each is little longer than the one before; the most."""
    most, first, last = 0, -_LONGEST_NUMBER, -_LONGEST_NUMBER
    for width in sorted(widths):
        first = first if width - last <= _LONGEST_NUMBER else width
        most, last = max(most, width - first), width
    return most


def _are_of(gap: str, unit: str) -> bool:
    """Whether blanks are these, once or several times."""
    return gap == unit * (len(gap) // len(unit))


def _holds_values(cell: str) -> bool:
    """Whether one blank parts values in what wide gaps part: then a gap is a blank cell among them."""
    return sum(counts.looks_like_a_value(word) for word in cell.split()) > 1


def _tabs(line: str, unit: str) -> str:
    """The line with its cells parted by tabs, the blank ones at its end kept, unless it is a sentence.

    Those of a row with other blanks among them cannot be told apart.
    """
    gaps = layout.WIDE_GAP.findall(line.strip())
    if not gaps or "。" in line:
        return line
    if not all(_are_of(gap, unit) for gap in gaps):
        label, *values = layout.WIDE_GAP.split(line.strip())
        return f"{label}\t{' '.join(values)}" if _is_row(line) else line
    text = layout.WIDE_GAP.sub(lambda gap: "\t" * (len(gap[0]) // len(unit)), line.strip())
    rest = line[len(line.rstrip()) :]
    return text + "\t" * (len(rest) // len(unit) if _are_of(rest, unit) else 0)


def _blocks(lines: list[str]) -> tuple[Block, ...]:
    blocks: list[Block] = []
    start = 0
    while start < len(lines):
        for take in (_drawn, _tabbed, _piped, _led):
            found, end = take(lines, start)
            if end > start:
                blocks += found
                break
        else:
            end = start + 1
            blocks += _paragraph(lines, start)
        start = end
    return tuple(blocks)


def _paragraph(lines: list[str], at: int) -> list[Block]:
    text = _unmarked(_HEADING_MARK.sub("", lines[at].strip().strip("\u3000\xa0\ufeff")))
    if text == "|":
        # A pipe ends a cell; a pipe alone behind another one ends an empty cell.
        before = next((line.rstrip() for line in reversed(lines[:at]) if line.strip()), "")
        return [Paragraph("")] if before.endswith("|") else []
    return [Paragraph(text)] if text else []


def _drawn(lines: list[str], start: int) -> tuple[list[Block], int]:
    found, end = drawn.table(lines, start)
    return [found] if found else [], end


def _tabbed(lines: list[str], start: int) -> tuple[list[Block], int]:
    """Lines with tabs: one cell a line behind a tab, rows apart by blank lines, or one row a line."""
    rows: list[Row] = []
    row: Row = []
    at = start
    while at < len(lines):
        line = lines[at]
        if line.startswith("\t") and "\t" not in line.strip("\t") and line.count("\t") == 1:
            row.append(line[1:])
        elif "\t" in line.strip():
            rows += [row, line.split("\t")]
            row = []
        elif row and line.strip() and not _HEADING.match(line):
            row[-1] += f"\n{line}"
        elif not line.strip() and (row or rows):
            rows.append(row)
            row = []
        else:
            break
        at += 1
    return _table([*rows, row], aligned=False), at


def _piped(lines: list[str], start: int) -> tuple[list[Block], int]:
    """Rows of pipes; with a Markdown rule below the first row the columns are trustworthy."""
    at, rows, ruled = start, [], False
    while at < len(lines) and (lines[at].count("|") > 1 or _is_short_row(lines, at)):
        if _MARKDOWN_RULE.fullmatch(lines[at]):
            ruled = True
        else:
            rows.append(_cells(lines[at]))
        at += 1
    if not ruled and all(len([cell for cell in row if cell]) <= 1 for row in rows):
        # One cell a line with a pipe behind it; lines of pipes only are the rest of merged cells.
        return [Paragraph(cell) for row in rows for cell in row if cell], at
    return _table(rows, aligned=ruled and len({len(row) for row in rows}) == 1), at


def _led(lines: list[str], start: int) -> tuple[list[Block], int]:
    """Rows whose cells but the first stand on a line of their own behind a pipe; a pipe alone ends the row."""
    rows: list[Row] = []
    at = start
    while (end := _end_of_led_row(lines, at)) is not None:
        row = [lines[at].strip()]
        for line in lines[at + 1 : end]:
            if line.lstrip().startswith("|"):
                row.append(line.strip()[1:].strip())
            else:
                row[-1] += f"\n{line.strip()}"
        rows.append(row)
        at = end + 1
    return _table(rows, aligned=False), at


def _end_of_led_row(lines: list[str], start: int) -> int | None:
    """Where the pipe stands that ends such a row; None where no row begins. Pipes before it end blank cells."""
    if start + 1 >= len(lines) or "|" in lines[start] or not lines[start + 1].lstrip().startswith("|"):
        return None
    led = False
    for at in range(start + 1, min(start + _LONGEST_LED_ROW, len(lines))):
        line = lines[at].strip()
        following = lines[at + 1].lstrip() if at + 1 < len(lines) else ""
        if line == "|" and not following.startswith("|"):
            return at if led else None
        if line.count("|") > 1 or (line.endswith("|") and line != "|"):
            return None
        led = led or (line.startswith("|") and line != "|")
    return None


def _is_short_row(lines: list[str], at: int) -> bool:
    """One cell with its pipe, or two with one between them beside other rows."""
    line = lines[at].strip()
    if line.count("|") != 1 or line == "|":
        return False
    beside = (*lines[at - 1 : at], *lines[at + 1 : at + 2])
    return line.endswith("|") or (
        not line.startswith("|") and any("|" in each.strip(" |") for each in beside)
    )


def _cells(line: str) -> Row:
    inner = line.strip().removeprefix("|").removesuffix("|")
    return [_unmarked(_NEW_LINE.sub("\n", cell.strip())) for cell in inner.split("|")]


def _unmarked(text: str) -> str:
    """The words that Markdown's marks stand around, and no backslash before a character that is meant as it is."""
    return _ESCAPED.sub(r"\1", _BOLD.sub(r"\2", text))


def _table(rows: list[Row], aligned: bool) -> list[Block]:
    kept = [row for row in rows if row]
    cells = tuple(
        Cell(text.strip(" \u3000\xa0"), number, column)
        for number, row in enumerate(kept)
        for column, text in enumerate(row)
    )
    return [Table(cells, aligned=aligned)] if cells else []
