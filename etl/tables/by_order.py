"""Reading the statutory tables by the order of their cells: a label, then as many values as it is due."""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from itertools import takewhile

from etl import counts
from etl.forms import PATHS, PROACTIVE, REQUESTS, RESULTS, REVIEW
from etl.report import Leftover
from etl.tables import labels
from etl.tables.labels import Meaning, Role, is_numbered, is_numbered_by_digit
from etl.tables.rows import OTHER_LINES, OTHERWISE, Reading, Row, Strange
from etl.tables.tokens import Break, Label, Token

_HEAD_ROLES = (Role.COLUMN, Role.HEAD, Role.BASIS)


def rows(stream: Iterable[Token | Label | Break]) -> Reading:
    """The lines of every schedule in the stream, each with its heads and its cells, and what was left over."""
    reading, items = Reading(), list(stream)
    at = 0
    while at < len(items):
        item = items[at]
        if isinstance(item, Break):
            if item.section:
                reading.schedule = item.schedule
                reading.open_heads()
            at += 1
        elif isinstance(item, Label):
            at = _label(reading, items, at, item)
        elif _is_head(reading, items, at, item):
            ends = _ends_heads(items, at)
            reading.strange.append(Strange(len(reading.heads), item.text.strip(), ends))
            at += 1
        else:
            at = _stray(reading, items, at)
    reading.rows = [_third(row, reading) for row in reading.rows]
    return reading


def _third(row: Row, reading: Reading) -> Row:
    """The line 其他, not taken for its group 其他处理 where that one stands by itself, nor where some line is not known.

    The group's own numbers are no line's beside those of its lines.
    """
    named = {meaning.key for meaning in labels.meanings(row.label)}
    if row.line != "otherwise_closed":
        return row
    if "other_reason" not in named or named & OTHERWISE:
        divided = any(other.line in OTHER_LINES and _numbered(other.cells) for other in reading.rows)
        return replace(row, line="?") if divided else row
    if (REQUESTS, "otherwise") in reading.seen:
        return replace(row, line="other_reason")
    unknown = any(other.line == "?" and other.schedule == REQUESTS for other in reading.rows)
    return replace(row, line="?") if unknown else row


def _is_head(reading: Reading, items: Sequence[Token | Label | Break], at: int, item: Token) -> bool:
    """Whether words that are not known stand among the heads, beside no value."""
    if not (reading.schedule and reading.in_heads and item.text.strip()):
        return False
    beside = items[at + 1] if at + 1 < len(items) else None
    is_label = isinstance(beside, Token) and beside.row == item.row and counts.looks_like_a_value(beside.text)
    numbers = any(counts.read(word)[0] is not None for word in item.text.split())
    return not is_label and not numbers and not counts.looks_like_a_value(item.text)


def _ends_heads(items: Sequence[Token | Label | Break], at: int) -> bool:
    """Whether known heads stand before a word in its row, or in its line of text, and none behind it."""
    here = items[at].place

    def in_row(beside: Iterable[Token | Label | Break]) -> bool:
        row = takewhile(lambda item: (item.place.block, item.place.row) == (here.block, here.row), beside)
        return any(isinstance(item, Label) for item in row)

    return in_row(reversed(items[:at])) and not in_row(items[at + 1 :])


def _label(reading: Reading, items: Sequence[Token | Label | Break], at: int, label: Label) -> int:
    meaning = _choose(reading, label, _is_among_heads(items, at, label))
    head_elsewhere = meaning and meaning.role is Role.COLUMN and meaning.schedule != reading.schedule
    if (meaning is None or head_elsewhere) and _has_numbers(items, at, label):
        return _unknown(reading, items, at, label)
    if meaning is None:
        return at + 1
    if meaning.schedule != reading.schedule:
        reading.schedule = meaning.schedule
        reading.open_heads()
    if meaning.role in (Role.HEAD, Role.BASIS):
        if meaning.schedule == REVIEW or (meaning.schedule == REQUESTS and reading.in_heads):
            _head(reading, meaning.key, label)
        else:
            reading.open_heads()
    elif meaning.role is Role.COLUMN:
        if not reading.in_heads:
            reading.open_heads()
        _head(reading, meaning.key, label)
    elif meaning.role is Role.LINE and meaning.schedule != REVIEW:
        cells, end = _cells(items, at + 1, label.row)
        reading.in_heads = False
        _keep(reading, meaning, label, cells)
        return end
    elif meaning.role is Role.HEADING:
        return _heading(reading, items, at, label, meaning)
    elif meaning.schedule == REVIEW:
        return _path(reading, items, at, label, meaning)
    return at + 1


def _has_numbers(items: Sequence[Token | Label | Break], at: int, label: Label) -> bool:
    """Whether a number stands beside the label in its row, as beside no head."""
    beside = items[at + 1] if at + 1 < len(items) else None
    if label.row is None or not isinstance(beside, Token) or beside.row != label.row:
        return False
    return counts.read(beside.text)[0] is not None


def _unknown(reading: Reading, items: Sequence[Token | Label | Break], at: int, label: Label) -> int:
    """A label that names no line of the schedule at hand, with the numbers beside it: a line of somebody's own."""
    cells, end = _cells(items, at + 1, label.row)
    if reading.schedule:
        reading.keep("?", label.text, label.place, cells)
    return end


def _head(reading: Reading, key: str, label: Label) -> None:
    reading.heads.append(key)
    reading.loose |= label.row is None
    reading.seen.add((reading.schedule, key))


def _is_among_heads(items: Sequence[Token | Label | Break], at: int, label: Label) -> bool:
    """Whether a head stands right behind a label, as behind the total's of heads printed again on the next page."""
    beside = items[at + 1] if at + 1 < len(items) else None
    return (
        isinstance(beside, Label)
        and beside.row == label.row
        and any(meaning.role is Role.COLUMN for meaning in beside.meanings)
    )


def _choose(reading: Reading, label: Label, among_heads: bool) -> Meaning | None:
    """The meaning that fits where the stream stands: heads before lines, the schedule at hand before others."""
    heads_first = (reading.in_heads or among_heads) and not is_numbered(label.text)
    here = [meaning for meaning in label.meanings if meaning.schedule == reading.schedule]
    if not here and len({meaning.schedule for meaning in label.meanings}) > 1:
        return None
    return min(
        here or label.meanings,
        key=lambda m: ((m.role not in _HEAD_ROLES) == heads_first, m.role is Role.LINE, m.key),
    )


def _keep(reading: Reading, meaning: Meaning, label: Label, cells: tuple[Token, ...]) -> None:
    if meaning.schedule == PROACTIVE and not reading.heads:
        _leave(reading, (Token(label.text, label.place, label.row), *cells))
        return
    numbered = is_numbered_by_digit(label.text)
    if meaning.key == "other_reason" and not any((REQUESTS, key) in reading.seen for key in OTHERWISE):
        key = "otherwise_closed" if not numbered else meaning.key if labels.is_third(label.text) else "?"
        meaning = Meaning(REQUESTS, Role.LINE, key)
    reading.seen.add((meaning.schedule, meaning.key))
    reading.keep(meaning.key, label.text, label.place, cells)


def _heading(
    reading: Reading, items: Sequence[Token | Label | Break], at: int, label: Label, meaning: Meaning
) -> int:
    """A heading; the one that is a line of its own in the older form is a line if it has numbers."""
    reading.in_heads = False
    leaf = next((m for m in label.one(Role.LINE) if m.key == "otherwise_closed"), None)
    if leaf:
        cells, end = _cells(items, at + 1, label.row)
        beside = items[at + 1] if at + 1 < len(items) else None
        # Words before the numbers are the label of the first part, misprinted.
        worded = isinstance(beside, Token) and not counts.may_stand_for_values(beside.text)
        parts = _parts(items, end)
        if not worded and (parts is None or (_numbered(cells) and not _numbered(parts))):
            _keep(reading, leaf, label, cells)
            return end
    reading.seen.add((meaning.schedule, meaning.key))
    return at + 1


def _parts(items: Sequence[Token | Label | Break], at: int) -> tuple[Token, ...] | None:
    """The cells of the lines of 其他处理 that follow each other from there on, None where none does."""
    found: tuple[Token, ...] | None = None
    while at < len(items):
        label = items[at]
        if not isinstance(label, Label) or all(m.key not in OTHER_LINES for m in label.meanings):
            break
        cells, at = _cells(items, at + 1, label.row)
        found = (*(found or ()), *cells)
    return found


def _numbered(cells: tuple[Token, ...]) -> bool:
    return any(counts.read(cell.text)[0] is not None for cell in cells)


def _cells(
    items: Sequence[Token | Label | Break], start: int, row: tuple[int, int] | None
) -> tuple[tuple[Token, ...], int]:
    """The cells behind a label: the rest of its row, or, where rows are not known, all up to the next label.

    What a line is counted in, written there in a cell of its own, is none of them.
    """
    first = items[start] if start < len(items) else None
    if row is None and isinstance(first, Token) and first.row is None and counts.is_measure(first.text):
        start += 1
    end = start
    while end < len(items):
        item = items[end]
        if not isinstance(item, Token) or item.row != row:
            break
        if row is None and not (counts.looks_like_a_value(item.text) or counts.may_be_a_count(item.text)):
            break
        end += 1
    return tuple(item for item in items[start:end] if isinstance(item, Token)), end


def _path(
    reading: Reading, items: Sequence[Token | Label | Break], at: int, label: Label, meaning: Meaning
) -> int:
    """A path of table 4: a head above its results, or a row of its own with five values behind it."""
    cells, end = _cells(items, at + 1, label.row)
    numbers = [cell for cell in cells if cell.text.strip()]
    if len(numbers) == len(RESULTS) and set(RESULTS) <= set(reading.heads):
        reading.keep(meaning.key, label.text, label.place, cells)
        return end
    _head(reading, meaning.key, label)
    return at + 1


def _stray(reading: Reading, items: Sequence[Token | Label | Break], at: int) -> int:
    """Cells without a label before them: the one row of table 4, or a line whose label is not known."""
    first = items[at]
    assert isinstance(first, Token)
    cells, end = _cells(items, at, first.row)
    if not cells:
        _leave(reading, (first,))
        return at + 1
    label = "" if counts.looks_like_a_value(first.text) else first.text
    if reading.schedule == REVIEW and {*RESULTS, *PATHS} <= set(reading.heads):
        _results(reading, label, cells)
        return end
    if reading.schedule == REVIEW and not _are_beside_heads(items, at, end) and _paths_alone(reading, cells):
        return end
    rest = cells[bool(label) :]
    if reading.schedule and any(cell.text.strip() for cell in rest):
        reading.keep("?", label, first.place, rest)
    else:
        _leave(reading, cells)
    return end


def _results(reading: Reading, label: str, cells: tuple[Token, ...]) -> None:
    """The one row of table 4, behind a word of its own or none; below it a row of blanks is an empty row of a sheet, words a note."""
    due, first = len(PATHS) * len(RESULTS), cells[0]
    known = any(row.schedule == REVIEW for row in reading.rows)
    filled = [cell.text for cell in cells if cell.text.strip()]
    if known and not any(map(counts.looks_like_a_value, filled)):
        _leave(reading, cells)
    elif filled or (len(cells) >= due and not known):
        behind = bool(label) and len(cells) > due
        reading.keep("", label if behind else "", first.place, cells[behind:])


def _paths_alone(reading: Reading, cells: tuple[Token, ...]) -> bool:
    """Whether the cells are those of a path or two in a table, or in rows, of their own; the heads of the next follow."""
    due, paths = len(RESULTS), [head for head in reading.heads if head in PATHS]
    whole = bool(paths) and tuple(reading.heads[-due * len(paths) :]) == len(paths) * RESULTS
    if not whole or (len(paths) > 1 and len(cells) != due * len(paths)):
        return False
    for at, path in enumerate(paths):
        share = cells[due * at : due * (at + 1)] if len(paths) > 1 else cells
        reading.rows.append(Row(REVIEW, path, "", cells[0].place, RESULTS, share))
    reading.open_heads()
    return True


def _are_beside_heads(items: Sequence[Token | Label | Break], at: int, end: int) -> bool:
    """Whether heads stand before or behind cells in their row."""
    around = (*items[max(at - 1, 0) : at], *items[end : end + 1])
    row = items[at].place.row
    return row is not None and any(isinstance(item, Label) and item.place.row == row for item in around)


def _leave(reading: Reading, tokens: tuple[Token, ...]) -> None:
    text = " ".join(token.text.strip() for token in tokens if token.text.strip())
    if reading.schedule and any(letter.isdigit() for letter in text):
        suggestion = labels.nearest(tokens[0].text, reading.schedule)
        reading.leftovers.append(Leftover(text, "unknown-label", tokens[0].place, suggestion))
