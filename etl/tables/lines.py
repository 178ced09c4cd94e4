"""From lines with their cells to facts: which column each cell belongs to, or that it cannot be told."""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from etl import counts, forms
from etl.forms import APPLICANTS, PATHS, PROACTIVE, REQUESTS, RESULTS, REVIEW
from etl.readers.showing import DOUBT
from etl.report import Fact, Leftover, Place, Problem, State
from etl.tables import by_position, strange_heads
from etl.tables.foreign.unknown_heads import without_those_behind
from etl.tables.row_cells import damage, may_have_moved, values, without_merged
from etl.tables.rows import Reading, Row
from etl.tables.tokens import Token

_HEADS_ENOUGH = 4
_LEAST_ROW = {PROACTIVE: 1, REQUESTS: len(APPLICANTS), REVIEW: len(RESULTS)}


@dataclass(frozen=True, slots=True)
class Read:
    """Facts with the generation of the form they were read by, and what could not be read."""

    facts: tuple[Fact, ...]
    forms: tuple[tuple[str, str], ...]
    leftovers: tuple[Leftover, ...]
    problems: tuple[Problem, ...]


def read(reading: Reading) -> Read:
    """The facts of all lines of `reading`."""
    own = [without_those_behind(row) for row in reading.rows]
    rows, leftovers, problems = by_position.lines(without_merged([row for row, _ in own]))
    problems += [problem for _, told in own for problem in told]
    damaged, broken, swallowed = damage(rows), _broken(rows), _swallowed(rows)
    facts: list[Fact] = []
    generations: dict[str, set[str]] = {}
    for line in rows:
        form, found = _facts(line, reading, damaged)
        row, doubtful, told = strange_heads.placed(line, found)
        if row is not line:
            form, found = _facts(row, reading, damaged)
        moved = row.place in swallowed or (row.schedule == REVIEW and row.place.block in broken)
        found = [_not_taken(fact) if moved or fact.column in doubtful else fact for fact in found]
        generations.setdefault(row.schedule, set()).update(form)
        facts += found
        problems += told
        unread = not found and any(cell.text.strip() for cell in row.cells)
        if unread or any(fact.state is State.ILLEGIBLE for fact in found):
            leftovers.append(Leftover(row.text, "cells-do-not-fit", row.place))
    facts += _review_left_out(reading, facts)
    leftovers = [*reading.leftovers, *leftovers]
    return Read(
        tuple(_not_left_out(facts, leftovers)),
        tuple(_generations(facts, generations, reading)),
        tuple(leftovers),
        tuple(dict.fromkeys(problems)),
    )


def _facts(row: Row, reading: Reading, damaged: dict[int, set[int]]) -> tuple[set[str], list[Fact]]:
    """The facts of a line, and the forms whose block of table 2 it is of."""
    if row.schedule == PROACTIVE:
        return _proactive(row)
    return set(), _requests(row, reading, damaged) if row.schedule == REQUESTS else _review(row)


def _broken(rows: Sequence[Row]) -> set[int]:
    """The blocks in which the one row of table 4 goes on in another, with a blank cell in between: some numbers have moved."""
    own = [row for row in rows if row.schedule == REVIEW and not row.line and row.place.row is not None]
    numbered = Counter(
        row.place.block for row in own if any(counts.read(cell.text)[0] is not None for cell in row.cells)
    )
    blank = {row.place.block for row in own if not all(cell.text.strip() for cell in row.cells)}
    return {block for block, count in numbered.items() if count > 1 and block in blank}


def _swallowed(rows: Sequence[Row]) -> set[Place]:
    """Lines without a number, and without the cells due, right below one that lacks cells: its values may be merged over them."""
    found, lacks = set[Place](), ""
    for row in rows:
        short = row.schedule if len(row.cells) < _LEAST_ROW[row.schedule] else ""
        if any(cell.text.strip() for cell in row.cells):
            lacks = short
        elif short == lacks == REQUESTS:
            found.add(row.place)
        else:
            lacks = ""
    return found


def _not_taken(fact: Fact) -> Fact:
    return replace(fact, value=None, state=State.ILLEGIBLE)


def _not_left_out(facts: Sequence[Fact], leftovers: Sequence[Leftover]) -> Iterator[Fact]:
    """A line without a cell behind it is not blank where numbers stand below its table's heads that no line has.

    Nor is a table without a cell behind any of its lines if as many numbers as one of its rows is due stand elsewhere.
    """
    placed = {fact.schedule for fact in facts if fact.place}
    firsts = sorted({(fact.place.block, fact.schedule) for fact in facts if fact.place})
    astray = {
        max((first for first in firsts if first[0] <= left.place.block), default=(0, ""))[1]
        for left in leftovers
        if left.place and _numbers(left)
    }
    elsewhere = sum(map(_numbers, leftovers))
    for fact in facts:
        moved = fact.schedule not in placed and elsewhere >= _LEAST_ROW[fact.schedule]
        unseen = fact.place is None and fact.schedule in astray
        yield _not_taken(fact) if moved or unseen else fact


def _numbers(leftover: Leftover) -> int:
    words = (word.removesuffix(DOUBT) for word in leftover.text.split())
    return sum(counts.read(word)[0] is not None for word in words)


def _generations(
    facts: Sequence[Fact], proactive: dict[str, set[str]], reading: Reading
) -> Iterator[tuple[str, str]]:
    found = proactive.get(PROACTIVE, set())
    if found:
        yield PROACTIVE, max(found, key=lambda key: (_distinct(key, facts), key))
    lines = {fact.line for fact in facts if fact.schedule == REQUESTS}
    if lines:
        yield REQUESTS, "2019" if "otherwise_closed" in lines else forms.load()[-1].key
    if any(fact.schedule == REVIEW for fact in facts):
        yield REVIEW, max(found, default=forms.load()[-1].key)


def _distinct(form: str, facts: Sequence[Fact]) -> int:
    cells = set(forms.form(form).schedule(PROACTIVE).cells())
    return sum((fact.line, fact.column) in cells for fact in facts if fact.schedule == PROACTIVE)


def _proactive(row: Row) -> tuple[set[str], list[Fact]]:
    """The facts of a line of table 2, by the block of the form whose columns are the heads above it."""
    fitting = [
        (key, block)
        for key, block in forms.blocks(PROACTIVE, row.line)
        if set(row.heads) <= {column.key for column in block.columns}
    ]
    if not fitting:
        return set(), []
    least = min(len(block.columns) for _, block in fitting)
    best = [(key, block) for key, block in fitting if len(block.columns) == least]
    if len({tuple(column.key for column in block.columns) for _, block in best}) != 1:
        return set(), []
    due = tuple(column.key for column in best[0][1].columns)
    printed = _printed_order(row, due)
    in_doubt = row.loose and printed != due
    return {key for key, _ in best}, _unread(row, due) if in_doubt else _in_order(row, printed)


def _printed_order(row: Row, due: tuple[str, ...]) -> tuple[str, ...]:
    printed = tuple(dict.fromkeys(row.heads))
    return printed if set(printed) == set(due) else due


def _requests(row: Row, reading: Reading, damaged: dict[int, set[int]]) -> list[Fact]:
    heads = [key for schedule, key in reading.seen if schedule == REQUESTS and key in APPLICANTS]
    moved = may_have_moved(row, damaged.get(row.place.block, set()))
    columns = () if moved or len(heads) < _HEADS_ENOUGH else _columns(row, reading)
    return _in_order(row, columns) if columns else _unread(row, APPLICANTS)


def _columns(row: Row, reading: Reading) -> tuple[str, ...]:
    """The columns of a row of table 3: those of its heads; without any, those that all others have, if none is unknown."""
    if set(row.heads) & set(APPLICANTS):
        columns = _applicants(row.heads)
        kinds = tuple(key for key in columns if key in APPLICANTS[1:-1])
        return () if row.loose and kinds != APPLICANTS[1:-1] else columns
    headed = (other.heads for other in reading.rows if other.schedule == REQUESTS)
    whole = {heads: set(APPLICANTS) <= set(heads) for heads in headed if set(heads) & set(APPLICANTS)}
    found = {_applicants(heads) if known else () for heads, known in whole.items()}
    return found.pop() if len(found) == 1 else () if found else APPLICANTS


def _applicants(heads: Sequence[str]) -> tuple[str, ...]:
    """The columns of table 3 from left to right: the kinds of organisations stand below their common head.

    Empty where that head comes first: it may stand left of the natural persons, or in a line above them; and where
    some kinds were not understood and the others stand in another order than the form's.
    """
    if tuple(heads[-len(APPLICANTS) :]) == APPLICANTS:
        return APPLICANTS
    kinds = [key for key in dict.fromkeys(heads) if key in APPLICANTS[1:-1]]
    top = [key for key in dict.fromkeys(heads) if key not in kinds]
    if len(kinds) != len(APPLICANTS) - 2:
        return APPLICANTS if kinds == [key for key in APPLICANTS if key in kinds] else ()
    if not {APPLICANTS[0], APPLICANTS[-1]} <= set(top):
        return (APPLICANTS[0], *kinds, APPLICANTS[-1])
    common, natural = forms.load()[-1].schedule(REQUESTS).heads[-1], top.index(APPLICANTS[0])
    at = top.index(common) if common in top else natural
    columns = top[: at + 1] + kinds + top[at + 1 :]
    return () if at < natural else tuple(key for key in columns if key in APPLICANTS)


def _review(row: Row) -> list[Fact]:
    """Table 4: the results of one path, or of all three in one row, in the order of their heads."""
    results = tuple(head for head in row.heads if head in RESULTS)
    # The last heads stand right above the numbers; those of the first path may have been broken by a page.
    in_order = RESULTS in (results[-len(RESULTS) :], tuple(dict.fromkeys(results)))
    if row.line:
        return _in_order(row, RESULTS) if in_order else _unread(row, RESULTS)
    cells = values(row, len(PATHS) * len(RESULTS))
    # No label stands before them that may have been merged: any blank one may be the one too many.
    if cells is not None and len(row.cells) > len(cells) and not all(cell.text.strip() for cell in cells):
        cells = None
    suits = [head for head in row.heads if head in PATHS[1:]]
    if cells is None or suits != list(PATHS[1:]) or not in_order:
        return [fact for path in PATHS for fact in _unread(replace(row, line=path), RESULTS)]
    (both_suits,) = forms.load()[-1].schedule(REVIEW).heads
    first = next((head for head in row.heads if head in (both_suits, PATHS[0])), PATHS[0])
    above = row.heads[: row.heads.index(PATHS[1])]
    # Results that stand right of the suits have no head before theirs; else a head over them was not understood.
    unsure = row.loose or PATHS[0] not in above or set(RESULTS) & set(above)
    if first == both_suits and unsure:
        return [fact for path in PATHS for fact in _unread(replace(row, line=path), RESULTS)]
    paths = PATHS if first == PATHS[0] else (*PATHS[1:], PATHS[0])
    columns = [(path, result) for path in paths for result in RESULTS]
    return [_fact(REVIEW, path, result, cell) for (path, result), cell in zip(columns, cells, strict=True)]


def _review_left_out(reading: Reading, facts: Sequence[Fact]) -> list[Fact]:
    """Table 4 printed without any cell below its heads: all its cells are blank."""
    due = {(REVIEW, key) for key in (*RESULTS, *PATHS)}
    if not due <= reading.seen or any(fact.schedule == REVIEW for fact in facts):
        return []
    return [Fact(REVIEW, path, result, None, State.BLANK, "") for path in PATHS for result in RESULTS]


def _in_order(row: Row, columns: Sequence[str]) -> list[Fact]:
    cells = values(row, len(columns)) or _merged(row, columns)
    if cells is None:
        return _unread(row, columns)
    return [_fact(row.schedule, row.line, column, cell) for column, cell in zip(columns, cells, strict=True)]


def _merged(row: Row, columns: Sequence[str]) -> tuple[Token, ...] | None:
    """The cells of a row in which a program wrote merged cells once for each column, as it did with the heads."""
    heads = [head for head in row.heads if head in columns]
    if len(heads) != len(row.cells) or len(set(heads)) == len(heads) or set(heads) != set(columns):
        return None
    found: dict[str, Token] = {}
    for head, cell in zip(heads, row.cells, strict=True):
        if found.setdefault(head, cell).text.strip() != cell.text.strip():
            return None
    return tuple(found[column] for column in columns)


def _fact(schedule: str, line: str, column: str, cell: Token) -> Fact:
    value, state = counts.read(cell.text)
    return Fact(schedule, line, column, value, state, cell.text.strip(), cell.place)


def _unread(row: Row, columns: Iterable[str]) -> list[Fact]:
    """Cells that were left out are blank, nor were any seen if all are empty; those that cannot be told apart are illegible."""
    text = " ".join(cell.text.strip() for cell in row.cells).strip()
    state, place = (State.ILLEGIBLE, row.place) if text else (State.BLANK, None)
    return [Fact(row.schedule, row.line, column, None, state, text, place) for column in columns]
