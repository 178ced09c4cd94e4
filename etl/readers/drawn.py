"""Tables drawn with characters, +---+ or ┌──┬──┐, as programs without tables of their own print them."""

import re
from collections.abc import Iterator, Sequence
from itertools import groupby, zip_longest

from etl.document import Cell, Table

_SIDES = "|│┃║"
_CORNERS = "+┌┏╔├┠┣╠└┗╚╟╞┐┓╗┤┨┫╣┘┛╝╢╡"
_JOINTS = "┬┳╦┼╋╬┴┻╩┯┷┿╪╤╧"
_LINE = "[-=─━═]"
_RULE = re.compile(rf"[{_CORNERS}](?:{_LINE}+[{_JOINTS}{_CORNERS}])+")
# Where a cell reaches over several rows the rule between them is drawn beside it only.
_PART = re.compile(rf"(?=.*{_LINE}{{2}})(?:{_LINE}|[ {_SIDES}{_CORNERS}{_JOINTS}])+")
_SIDE = re.compile(f"[{_SIDES}]")
_FEWEST_RULES, _FEW_RULES = 2, 3


def begins(line: str) -> bool:
    """Whether a line may be the first of a table."""
    return line[:1] in _CORNERS and _is_rule(line)


def table(lines: Sequence[str], start: int) -> tuple[Table | None, int]:
    """The table drawn from that line on, and the first line behind it; None where none is."""
    end = start
    while end < len(lines) and (_is_rule(lines[end]) or _is_row(lines[end])):
        end += 1
    rules = sum(map(_is_rule, lines[start:end]))
    if rules < _FEWEST_RULES or not _is_rule(lines[start]):
        return None, start
    rows = list(_rows(lines[start:end], one_a_line=rules <= _FEW_RULES))
    cells = (Cell(text, row, column) for row, texts in enumerate(rows) for column, text in enumerate(texts))
    return Table(tuple(cells), aligned=len({len(row) for row in rows}) == 1), end


def _is_rule(line: str) -> bool:
    text = line.strip()
    return text[:1] in _SIDES + _CORNERS and bool(_RULE.fullmatch(text) or _PART.fullmatch(text))


def _is_row(line: str) -> bool:
    text = line.strip()
    return len(text) > 1 and text[0] in _SIDES and text[-1] in _SIDES


def _rows(lines: Sequence[str], one_a_line: bool) -> Iterator[list[str]]:
    """The rows between the rules: of several lines where cells are wrapped, or where few rules are drawn one a line."""
    groups = [[_parts(line) for line in group] for is_rule, group in groupby(lines, _is_rule) if not is_rule]
    numbered = [count for count in map(_numbered_lines, groups) if count]
    one_a_line = one_a_line or 2 * sum(count > 1 for count in numbered) >= len(numbered) > 0
    for group in groups:
        if one_a_line or len({len(parts) for parts in group}) > 1:
            yield from ([part.strip() for part in parts] for parts in group)
        else:
            yield [_joined(wrapped) for wrapped in zip(*group, strict=True)]


def _parts(line: str) -> list[str]:
    return _SIDE.split(line.strip()[1:-1])


def _numbered_lines(group: list[list[str]]) -> int:
    """How many lines of a group have a number of their own in one column: a row has one, wrapped or not."""
    return max(sum(part.strip().isdigit() for part in column) for column in zip_longest(*group, fillvalue=""))


def _joined(wrapped: Sequence[str]) -> str:
    """The text of a cell; two numbers below each other are not made one."""
    texts = [part.strip() for part in wrapped if part.strip()]
    return ("\n" if all(text.isdigit() for text in texts) else "").join(texts)
