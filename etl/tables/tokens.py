"""A document as a stream of cells in reading order: what every format has, even where columns are lost."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import groupby, takewhile

from etl import counts
from etl.document import Cell, Document, Paragraph, Table
from etl.report import Place, State
from etl.tables import labels, run_together

_SECTION = re.compile(r"\s*(?P<number>[一二三四五六七八九十]{1,3})\s*[、.．]\s*(?P<heading>\S.*)", re.DOTALL)
_LONGEST_HEADING = 32
_TWICE = re.compile(r"\s*(?P<once>\S.+?)\s*(?P=once)\s*", re.DOTALL)
_LONGEST_TWICE = 2 * _LONGEST_HEADING + 8
_JOINED = 8
_FEWEST_VALUES = 2
_LEAST_PROSE = 20
# A value in brackets is no note of the label before it.
_ENCLOSED = re.compile(r"\s*[(（\[【〔]\s*(?:\d[\d,.，．]*|[无零/—－-]+)\s*[)）\]】〕]\s*")
# A head's unit: （单位：万元）.
_NOTE = re.compile(r"(?<=.)[(（][^()（）]*[)）]$")
_SENTENCE = re.compile(r"[。；]")


@dataclass(frozen=True, slots=True)
class Token:
    """A cell or a short paragraph. Tokens with the same `row` stand in one row; None where rows are not known.

    What ran into a label in its cell is a token of its own, `in_label`.
    """

    text: str
    place: Place
    row: tuple[int, int] | None = None
    in_label: bool = False


@dataclass(frozen=True, slots=True)
class Label:
    """A label made of one or more tokens (`商业`, `企业`), with all it may mean."""

    meanings: frozenset[labels.Meaning]
    text: str
    place: Place
    row: tuple[int, int] | None

    def one(self, *roles: labels.Role) -> frozenset[labels.Meaning]:
        """The meanings that have one of these roles."""
        return frozenset(meaning for meaning in self.meanings if meaning.role in roles)


@dataclass(frozen=True, slots=True)
class Break:
    """Running text, or a section's heading: its number and title, and the schedule that the title announces.

    Its place has a row where a report was written into a table.
    """

    text: str
    place: Place
    section: tuple[str, str] | None = None
    schedule: str = ""


def section_heading(text: str) -> tuple[str, str] | None:
    """The number and heading of a section title such as 一、总体情况, None for other text. One printed twice is one."""
    twice = _TWICE.fullmatch(text) if len(text) <= _LONGEST_TWICE else None
    text = twice["once"] if twice else text
    match = _SECTION.fullmatch(text)
    if not match or len(text.strip()) > _LONGEST_HEADING or re.search(r"[。；;]\s*\S|\d{3}$", text):
        return None
    return match["number"], match["heading"].strip().rstrip("。：:")


def stream(document: Document) -> Iterator[Token | Label | Break]:
    """Labels, cells and breaks in reading order; a label that is split over several cells is put together."""
    tokens: list[Token] = []
    for index, block in enumerate(document.blocks):
        if isinstance(block, Table):
            prose = _prose_rows(block)
            for row, cells in groupby(_by_rows(block), lambda cell: cell.row):
                if row in prose:
                    yield from _labelled(tokens)
                    tokens = []
                    yield from (_break(line, Place(index, row)) for line in prose[row])
                else:
                    tokens += _of_row(cells, index, one_column=_is_one_column(block))
        elif token := _of_paragraph(document, index, block.text.strip()):
            tokens += token
        else:
            yield from _labelled(tokens)
            tokens = []
            yield _break(block.text, Place(index))
    yield from _labelled(tokens)


def _break(text: str, place: Place) -> Break:
    heading = section_heading(text)
    return Break(text, place, heading, labels.announced(heading[1]) if heading else "")


def _prose_rows(table: Table) -> dict[int, list[str]]:
    """The lines of the rows that hold running text or a section's title alone, where a report was written into a table."""
    found = {}
    for row, several in groupby(_by_rows(table), lambda cell: cell.row):
        cells = [cell for cell in several if cell.text.strip()]
        lines = [line for cell in cells for line in cell.text.split("\n")]
        alone = len(cells) == 1
        written = any(
            (len(line) >= _LEAST_PROSE and _SENTENCE.search(line)) or (alone and line.endswith("。"))
            for line in lines
        )
        titled = alone and any(section_heading(line) for line in lines)
        if (written or titled) and not any(_is_tabular(cell.text) for cell in cells):
            found[row] = lines
    return found


def _is_tabular(text: str) -> bool:
    return counts.looks_like_a_value(text) or bool(labels.meanings(text))


def _by_rows(table: Table) -> list[Cell]:
    return sorted(table.cells, key=lambda cell: (cell.row, cell.column))


def _is_one_column(table: Table) -> bool:
    return all(cell.column == 0 for cell in table.cells)


def _of_row(cells: Iterable[Cell], index: int, one_column: bool) -> list[Token]:
    return [
        Token(text, Place(index, cell.row, cell.column), None if one_column else (index, cell.row), at > 0)
        for cell in cells
        for at, text in enumerate(run_together.parted(cell.text))
    ]


def _of_paragraph(document: Document, index: int, text: str) -> list[Token]:
    """The paragraph as one cell, or as a label with its numbers; nothing if it is running text."""
    place = Place(index)
    words = [part for word in text.split() for part in run_together.parted(word)]
    if run_together.are_a_table(words):
        return [Token(word, place) for word in words]
    known = labels.meanings(text)
    # 二、上年结转政府信息公开申请数量 with its numbers in the same line looks like a section's title.
    if not known and (row := _of_words(words, place)) and row[0].row:
        return row
    if not known and section_heading(text) and not _begins_a_label(document, index, text):
        return []
    if known or (counts.looks_like_a_value(text) and not _all_values(words)):
        return [Token(text, place)]
    return _of_words(words, place) or ([Token(text, place)] if _may_be_part(text) else [])


def _of_words(words: list[str], place: Place) -> list[Token]:
    """A row printed in one line, its cells apart by blanks: a label with values, heads, or values alone."""
    cut = next((at for at in range(len(words), 0, -1) if not counts.looks_like_a_value(words[at - 1])), 0)
    values = words[cut:]
    # What the line is counted in stands between its label and its numbers.
    cut -= cut > 1 and counts.is_measure(words[cut - 1])
    row = (place.block, 0)
    for start in range(cut if values else 0):
        label = "".join(words[start:cut])
        if labels.meanings(label):
            return [Token(label, place, row), *(Token(value, place, row) for value in values)]
    if len(values) >= _FEWEST_VALUES and _may_be_part("".join(words[:cut])):
        # The label began in the lines above; without a row of their own these words can join it.
        return [Token(word, place) for word in ("".join(words[:cut]), *values) if word]
    # The head of the labels may be any word.
    return (_heads(words, place) or _heads(words[1:], place)) if not values else []


def _heads(words: list[str], place: Place) -> list[Token]:
    """The words as heads side by side, if most of them are (parts of) such, or one is a head over others; else nothing."""
    found, start, strange = list[Token](), 0, 0
    while start < len(words):
        last = min(len(words), start + labels.most())
        end = next((end for end in range(last, start, -1) if labels.meanings("".join(words[start:end]))), 0)
        strange += not end
        end = end or _end_of_word(words, start)
        found.append(Token("".join(words[start:end]), place))
        start = end
    over = any(
        meaning.role is labels.Role.HEAD for word in found[:1] for meaning in labels.meanings(word.text)
    )
    return found if 2 * strange < len(found) + over else []


def _end_of_word(words: list[str], start: int) -> int:
    """Where a word ends whose characters are set apart: 备 注."""
    apart = list(takewhile(lambda word: len(word) == 1, words[start:]))
    return start + max(1, len(apart))


def _all_values(words: list[str]) -> bool:
    return len(words) > 0 and all(counts.read(word)[1] is not State.ILLEGIBLE for word in words)


def _begins_a_label(document: Document, index: int, text: str) -> bool:
    """A line's label broken in two looks like a section's title: 一、本年新 before 收政府信息公开申请数量."""
    following = document.blocks[index + 1 : index + 3]
    texts = [block.text for block in following if isinstance(block, Paragraph)]
    return any(labels.meanings(text + "".join(texts[:count])) for count in range(1, len(texts) + 1))


def _may_be_part(text: str) -> bool:
    return len(text) <= 40 and not re.search(r"[。；：:！？]", _NOTE.sub("", text))


def _labelled(tokens: list[Token]) -> Iterator[Token | Label]:
    at = 0
    while at < len(tokens):
        for end in range(_run(tokens, at), at, -1):
            if label := _join(tokens[at:end]):
                yield label
                at = end
                break
        else:
            yield tokens[at]
            at += 1


def _run(tokens: list[Token], at: int) -> int:
    """The end of the words from `at` on that may be one label: in one row, without a value among them.

    A figure in words before a label, 三, is the number of the line above rather than the label's.
    """
    end = at + 1
    if counts.looks_like_a_value(tokens[at].text) or counts.may_be_a_count(tokens[at].text):
        return end
    while end < min(at + _JOINED, len(tokens)):
        text = tokens[end].text
        if tokens[end].row != tokens[at].row or counts.looks_like_a_value(text) or _ENCLOSED.fullmatch(text):
            break
        end += 1
    return end


def _join(parts: list[Token]) -> Label | None:
    first = parts[0]
    text = "".join(part.text for part in parts)
    found = labels.meanings(text)
    if len(parts) > 1 and found and labels.meanings(first.text) == found:
        # An open bracket of a torn label would take in the next one as its note.
        others = (part.text for part in parts[1:])
        if labels.meanings(parts[-1].text) or any(map(labels.is_numbered, others)):
            return None
    return Label(found, text, first.place, first.row) if found else None
