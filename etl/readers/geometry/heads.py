"""The heads of a table without ruling lines: each belongs to the columns it stands over. Lengths are ems."""

from collections import Counter
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from functools import reduce
from itertools import combinations, pairwise

from etl.document import Cell
from etl.readers.geometry.columns import NEAR, Column, column_of
from etl.readers.geometry.glyphs import Word, is_value, join
from etl.readers.geometry.leaves import leaves
from etl.readers.geometry.line import CLOSE, TIGHT, Line
from etl.readers.geometry.spanning import line_blocks, owner, spread
from etl.readers.geometry.stack import Stack

REACH = 0.3
# How wide a figure is at most, and of the room from column to column how near to another none stands.
_FIGURE, _PARTED = 0.75, 0.6
# Columns that show how far apart they are.
_PITCH = 2


@dataclass(frozen=True, slots=True)
class Head:
    """The cells of the heads, and the columns with those added that have a head but no value.

    Not `sure` where the heads of two columns were taken as one or one was torn, a head stands beside all columns given to it, a number
    stands among them, single figures without one are nearer to others than columns are, or some column has only values and another
    only a head: whose values are whose cannot be told. Nor is it by their place where some head is not `over` its own column,
    nor much nearer to it than to others, nor all as far away.
    """

    cells: tuple[Cell, ...]
    columns: tuple[Column, ...]
    sure: bool
    over: bool


def read(
    lines: Sequence[Line], columns: tuple[Column, ...], levels: int, values_left: float, labels_left: float
) -> Head:
    """The heads over the columns, and in the first `levels` columns, from `labels_left` on, the text beside them."""
    words = [(word, line.at) for line in lines for word in line.words]
    beside = [piece for piece in words if levels and _beside(piece[0], columns, values_left)]
    if levels and not beside:
        beside = _of_labels(words, columns, labels_left)
    over = [piece for piece in words if piece not in beside]
    row = _one_for_each(over, columns) or leaves(over, columns)
    valued = set(columns)
    if not row:
        columns = tuple(sorted([*columns, *_empty(over, columns)], key=lambda column: column.usual[1]))
    # From below: what stands next to the values names its column, the rest spans columns.
    lowest = row or _leaves(over, columns)
    taken = {id(word) for leaf in lowest for word, _ in leaf.pieces}
    upper = spread([piece for piece in over if id(piece[0]) not in taken], columns, lowest)
    height = len(upper) + bool(lowest)
    cells = [*_upper_cells(upper, levels), *_leaf_cells(lowest, upper, levels)]
    if beside:
        text = reduce(join, (word.text for word, _ in beside))
        cells.append(Cell(text, 0, 0, max(height, 1), levels))
    headless = valued - {columns[leaf.first] for leaf in lowest}
    # Characters that stand apart as heads of their own are pieces of heads.
    torn = any(
        len(one.text) == len(next_one.text) == 1
        for row in (lowest, *upper)
        for one, next_one in pairwise(row)
    )
    doubtful = torn or any(map(_is_of_two, lowest)) or any(_is_number(word.text) for word, _ in over)
    doubtful = doubtful or _are_parted(columns, {leaf.first for leaf in lowest})
    aside = any(_is_beside_its_columns(block, columns, lowest) for blocks in upper for block in blocks)
    sure = (
        not doubtful and not aside and not _overlap(cells) and (len(valued) == len(columns) or not headless)
    )
    return Head(tuple(cells), columns, sure, _are_over(lowest, columns, valued))


def _are_parted(columns: Sequence[Column], headed: Collection[int]) -> bool:
    """Whether a column of single figures without a head stands nearer to another than columns do: one of a number set apart."""
    middles = [column.middle for column in columns]
    steps = sorted(middles[at + 1] - middles[at] for at in headed if at + 1 in headed)
    usual = steps[len(steps) // 2] if steps else 0.0
    bare = {at for at, column in enumerate(columns) if column.right - column.left < _FIGURE} - set(headed)
    near = (at for at, (before, after) in enumerate(pairwise(middles)) if after - before < _PARTED * usual)
    return any({at, at + 1} & bare for at in near)


def _overlap(cells: Sequence[Cell]) -> bool:
    """Whether two heads were given the same place."""
    taken = [
        (row, column)
        for cell in cells
        for row in range(cell.row, cell.row + cell.rows)
        for column in range(cell.column, cell.column + cell.columns)
    ]
    return len(taken) > len(set(taken))


def _are_over(leaves: Sequence[Stack], columns: Sequence[Column], valued: Collection[Column]) -> bool:
    """Whether each head stands over its own column more than over others, or much nearer to it, and it to the head.

    As well if all stand as far from the edges or the middles of their values, where several have some.
    """
    edges = [
        (min(word.left for word, _ in leaf.pieces), max(word.right for word, _ in leaf.pieces))
        for leaf in leaves
    ]
    middles = {leaf.first: (left + right) / 2 for leaf, (left, right) in zip(leaves, edges, strict=True)}
    beside_values = [at for at in middles if columns[at] in valued]
    aways = [[columns[at].usual[edge] - middles[at] for at in beside_values] for edge in range(3)]
    if len(beside_values) > _PITCH and any(max(away) - min(away) < NEAR for away in aways):
        return True
    for leaf, (left, right) in zip(leaves, edges, strict=True):
        own, middle = columns[leaf.first], middles[leaf.first]
        shared = [min(column.right, right) - max(column.left, left) for column in columns]
        away = abs(own.middle - middle)
        beside = [abs(column.middle - middle) for column in columns if column is not own]
        beside += [abs(own.middle - other) for at, other in middles.items() if at != leaf.first]
        over = 0 < shared[leaf.first] == max(shared)
        if not over and any(2 * away > other for other in beside):
            return False
    return True


def _is_number(text: str) -> bool:
    return is_value(text) and any(map(str.isdecimal, text))


def _is_beside_its_columns(block: Stack, columns: Sequence[Column], leaves: Sequence[Stack]) -> bool:
    """Whether a head over several columns stands over none of them, nor of their own heads."""
    own = [word for leaf in leaves if block.first <= leaf.first <= block.last for word, _ in leaf.pieces]
    theirs = columns[block.first : block.last + 1]
    left = min([column.left for column in theirs] + [word.left for word in own]) - NEAR
    right = max([column.right for column in theirs] + [word.right for word in own]) + NEAR
    return block.pieces[-1][0].right < left or block.pieces[0][0].left > right


def _is_of_two(leaf: Stack) -> bool:
    """Whether words of a head stand side by side, as those of two heads do; but for letters set apart."""
    return any(
        abs(at - other_at) < CLOSE and max(word.left, other.left) > min(word.right, other.right)
        for (word, at), (other, other_at) in combinations(leaf.pieces, 2)
        if len(word.text) > 1 or len(other.text) > 1
    )


def _beside(word: Word, columns: Sequence[Column], values_left: float) -> bool:
    """Whether a word of the heads stands over the labels: left of the values and over no column of them."""
    middle = (word.left + word.right) / 2
    return middle < values_left - 0.5 and all(column.overlap(word) <= 0 for column in columns)


def _of_labels(
    over: Sequence[tuple[Word, float]], columns: Sequence[Column], left: float
) -> list[tuple[Word, float]]:
    """The first of the heads in the last line if it is one more than there are columns, and that of the labels.

    That is certain if it stands in the middle between where the labels begin and where the next head's column does.
    """
    last = max((at for _, at in over), default=0.0)
    blocks = line_blocks([word for word, at in over if at == last], last)
    if len(blocks) != len(columns) + 1 or len(columns) < _PITCH:
        return []
    first, second, third = (block.pieces[0][0].left + block.pieces[-1][0].right for block in blocks[:3])
    start = (second - (third - second) / 2) / 2
    own = abs((left + start) / 2 - first / 2) < NEAR and blocks[0].pieces[-1][0].right < columns[0].left
    return blocks[0].pieces if own else []


def _one_for_each(over: Sequence[tuple[Word, float]], columns: Sequence[Column]) -> list[Stack]:
    """The heads of a last line that has as many as there are columns: theirs in order, however they are aligned."""
    last = max((at for _, at in over), default=0.0)
    low = [(word, at) for word, at in over if last - at < TIGHT]
    lowest = [word for word, at in low if last - at < 0.5]
    blocks = line_blocks(lowest, last)
    if len(lowest) == len(columns):
        # Heads may stand as near to each other as the words of one.
        blocks = [Stack([(word, last)]) for word in sorted(lowest, key=lambda word: word.left)]
    above = line_blocks([word for word, at in low if last - at >= 0.5], last)
    # One head over several columns may stand right above theirs; else these are wrapped.
    level = not above or (len(above) == 1 and len(columns) > 1) or _repeat(blocks, len(above))
    if len(blocks) != len(columns) or not level:
        return []
    return [Stack(block.pieces, index, index) for index, block in enumerate(blocks)]


def _repeat(blocks: Sequence[Stack], times: int) -> bool:
    """Whether the same heads stand in a row so many times, as below as many heads that have them in common."""
    texts = [block.text for block in blocks]
    count = len(texts) // times
    return times > 1 and count > 1 and texts == texts[:count] * times


def _empty(over: Sequence[tuple[Word, float]], columns: Sequence[Column]) -> list[Column]:
    """Columns that show a head in the last line of heads but no value anywhere."""
    last = max((at for _, at in over), default=0.0)
    bare = [
        word
        for word, at in over
        if last - at < TIGHT and all(column.overlap(word) <= 0 for column in columns)
    ]
    named = [
        word
        for word, _ in over
        if any(column.overlap(word) > 0 for column in columns) and not _spans(word, columns)
    ]
    return [
        column_of([word])
        for word in bare
        if not any(_above(word, other) for other in bare) and not any(_goes_on(one, word) for one in named)
    ]


def _goes_on(word: Word, below: Word) -> bool:
    """Whether a word is the next line of a head that is wrapped, whose first line stands over a column."""
    middles = word.left + word.right - below.left - below.right
    near = 0 < below.middle - word.middle < 1.5 * (word.bottom - word.top)
    return near and (abs(word.left - below.left) < 0.3 or abs(middles) < 0.6)


def _above(word: Word, other: Word) -> bool:
    return word.top < other.top and word.left < other.right and other.left < word.right


def _leaves(over: Sequence[tuple[Word, float]], columns: Sequence[Column]) -> list[Stack]:
    """For each column the lowest head over it, with the lines it wraps over."""
    homes = _homes([word for word, _ in over], columns)
    found = []
    for index in range(len(columns)):
        mine = [piece for piece in over if homes.get(id(piece[0]), owner(piece[0], columns)) == index]
        pieces: list[tuple[Word, float]] = []
        for piece in reversed(mine):
            if pieces and (_below(piece, pieces[0]) > TIGHT or _spans(piece[0], columns)):
                break
            pieces.insert(0, piece)
        if pieces:
            pieces.sort(key=lambda piece: (piece[1], piece[0].left))
            found.append(Stack(pieces, index, index))
    return _without_repeated(found, {at for word, at in over if _spans(word, columns)})


def _below(upper: tuple[Word, float], lower: tuple[Word, float]) -> float:
    """How far a word stands below another, by their own middles, for their lines are of words that differ a little."""
    if upper[0].page == lower[0].page:
        return lower[0].middle - upper[0].middle
    return lower[1] - upper[1]


def _homes(words: Sequence[Word], columns: Sequence[Column]) -> dict[int, int]:
    """The columns of the words, by their ids, that stand over one column alone, or over what does, from below."""
    edges = [(column.left, column.right) for column in columns]
    found: dict[int, int] = {}
    open_, settled = list(reversed(words)), True
    while settled:
        settled = False
        for word in list(open_):
            over = [
                index for index, (left, right) in enumerate(edges) if word.left < right and left < word.right
            ]
            if over:
                open_.remove(word)
            if len(over) == 1:
                found[id(word)] = over[0]
                left, right = edges[over[0]]
                edges[over[0]] = min(left, word.left), max(right, word.right)
                settled = True
    return found


def _without_repeated(leaves: Sequence[Stack], spanning: Collection[float]) -> list[Stack]:
    """The heads, without lines above a text that is the whole head of others, or of one if a head over several is beside."""
    settled = False
    while not settled:
        settled, whole = True, Counter(leaf.text for leaf in leaves)
        for leaf in leaves:
            for start in range(1, len(leaf.pieces)):
                beside = leaf.pieces[start - 1][1] in spanning
                if whole[Stack(leaf.pieces[start:]).text] > (not beside):
                    leaf.pieces, settled = leaf.pieces[start:], False
                    break
    return list(leaves)


def _spans(word: Word, columns: Sequence[Column]) -> bool:
    """Whether a word reaches over the values of several columns."""
    shared = (min(column.right, word.right) - max(column.left, word.left) for column in columns)
    return sum(width > REACH for width in shared) > 1


def _upper_cells(rows: Sequence[Sequence[Stack]], levels: int) -> Iterator[Cell]:
    for row, blocks in enumerate(rows):
        for block in blocks:
            # What stands beside heads of a line above, and below none of them, is of both rows.
            over = (at for at in range(row) if any(_share(block, other) for other in rows[at]))
            top = max(over, default=-1) + 1
            yield Cell(block.text, top, levels + block.first, row - top + 1, block.last - block.first + 1)


def _share(one: Stack, other: Stack) -> bool:
    return one.first <= other.last and other.first <= one.last


def _leaf_cells(leaves: Sequence[Stack], upper: Sequence[Sequence[Stack]], levels: int) -> Iterator[Cell]:
    for leaf in leaves:
        row = 0
        for index, blocks in enumerate(upper):
            if any(block.first <= leaf.first <= block.last for block in blocks):
                row = index + 1
        yield Cell(leaf.text, row, levels + leaf.first, len(upper) + 1 - row)
