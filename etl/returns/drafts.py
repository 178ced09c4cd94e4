"""Sentences offered for the prose of the return: each one figure, with where it comes from, for a person to rewrite."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal

from etl.returns.roll_up import RollUp
from etl.returns.words import number, table, words


@dataclass(frozen=True, slots=True)
class Stated:
    """A number that one unit's prose states, with its sentence."""

    unit: str
    metric: str
    value: Decimal
    approximate: bool
    sentence: str


@dataclass(frozen=True, slots=True)
class Draft:
    """A sentence for a matter of the report, and the statements its figure adds up; none for a figure of the tables."""

    matter: str
    text: str
    sentence: str
    sources: tuple[Stated, ...] = ()


def drafts(rolled: RollUp, stated: Sequence[Stated]) -> tuple[Draft, ...]:
    """A sentence for every figure that is there; where nothing is stated nothing is said."""
    return tuple(draft for entry in words()["drafts"] for draft in _drafts(rolled, stated, **entry))


def _drafts(
    rolled: RollUp,
    stated: Sequence[Stated],
    matter: str,
    text: str,
    metric: str = "",
    cell: Sequence[str] = (),
) -> Iterator[Draft]:
    if cell:
        value = rolled.sums[cell[0], cell[1], cell[2]].value
        source: str = words()["from_table"].format(table=table(cell[0]))
        own: tuple[Stated, ...] = ()
    else:
        counted = {unit.name for unit in rolled.filed}
        own = tuple(one for one in stated if one.metric == metric and one.unit in counted)
        value = sum((one.value for one in own), Decimal(0)) if own else None
        source = _source(own, len(counted))
    if value is not None:
        said = text.format(value=number(value))
        yield Draft(matter, said, words()["draft"].format(text=said, source=source), own)


def _source(own: Sequence[Stated], counted: int) -> str:
    said = words()
    rounded, silent = sum(one.approximate for one in own), counted - len(own)
    text: str = said["from_prose"].format(stated=len(own))
    text += said["from_prose_rounded"].format(n=rounded) if rounded else ""
    text += said["from_prose_silent"].format(silent=silent) if silent else ""
    return text + str(said["from_paper"])
