"""A column of remarks, 备注, right of the numbers of a table without ruling lines."""

from collections.abc import Sequence
from functools import reduce

from etl.document import Paragraph
from etl.readers.geometry.glyphs import is_value, join
from etl.readers.geometry.line import SEVERAL, Line


def without_remarks(lines: Sequence[Line]) -> tuple[list[Line], list[Paragraph]]:
    """The lines without a column of words right of all values, if words stand there beside or below rows; and its words."""
    ends = [_values_end(line) for line in lines]
    full = [at for at, end in enumerate(ends) if end is not None]
    edge = max((end for end in ends if end is not None), default=float("inf"))
    beyond = [
        [word for word in line.words if word.left >= edge and not is_value(word.text)] for line in lines
    ]
    if not any(beyond[full[0] :] if full else ()):
        return list(lines), []
    kept = [
        tuple(word for word in line.words if word not in out) for line, out in zip(lines, beyond, strict=True)
    ]
    remarks = [Paragraph(reduce(join, (word.text for word in out)), out[0].page) for out in beyond if out]
    return [Line(words, line.at) for words, line in zip(kept, lines, strict=True) if words], remarks


def _values_end(line: Line) -> float | None:
    """Where several values of a line end that follow each other, alone or before words."""
    last = max((at for at, word in enumerate(line.words) if is_value(word.text)), default=-1) + 1
    values = Line(line.words[:last], line.at).values if last else ()
    return values[-1].right if len(values) >= SEVERAL else None
