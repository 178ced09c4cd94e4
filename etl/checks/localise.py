"""Where identities fail: the fewest cells whose change would satisfy them all, as a proposal, never as a fact.

The method is minimal-change error localisation after Fellegi and Holt (1976), as a small integer programme.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from etl import forms
from etl.checks.arithmetic import line_totals
from etl.forms import APPLICANTS, PATHS, REQUESTS, RESULTS, REVIEW
from etl.report import Report
from etl.stated import Cells, cells

if TYPE_CHECKING:
    from numpy.typing import NDArray

Cell = tuple[str, str, str]
_MOST_SOLUTIONS = 12
_MOST_CHANGES = 4
_SECONDS = 10


@dataclass(frozen=True, slots=True)
class Change:
    """A cell, what is printed in it, and the number that would make the identities hold."""

    cell: Cell
    printed: Decimal
    proposed: Decimal


# For each independent fault its equally small sets of changes.
Proposals = tuple[tuple[tuple[Change, ...], ...], ...]


@dataclass(frozen=True, slots=True)
class Identity:
    """A sum that must be zero: cells with the sign they are counted with."""

    terms: tuple[tuple[Cell, int], ...]

    def residual(self, values: Cells) -> Decimal | None:
        """What is left over with the printed numbers; None when one of them is missing."""
        known = [(values.get(cell), sign) for cell, sign in self.terms]
        if any(value is None for value, _ in known):
            return None
        return sum((value * sign for value, sign in known if value is not None), Decimal(0))


def identities(report: Report) -> Iterator[Identity]:
    """Every identity of tables 3 and 4 that a report has."""
    generation = dict(report.forms).get(REQUESTS)
    if generation is not None:
        for column in APPLICANTS:
            signs = (("received", 1), ("carried_in", 1), ("closed", -1), ("carried_out", -1))
            yield Identity(tuple(((REQUESTS, line, column), sign) for line, sign in signs))
            for line, parts in line_totals(report):
                yield _sum((REQUESTS, line, column), [(REQUESTS, part, column) for part in parts])
        for line, column in forms.form(generation).schedule(REQUESTS).cells():
            if column == APPLICANTS[-1]:
                yield _sum((REQUESTS, line, column), [(REQUESTS, line, part) for part in APPLICANTS[:-1]])
    for path in PATHS:
        yield _sum((REVIEW, path, RESULTS[-1]), [(REVIEW, path, result) for result in RESULTS[:-1]])


def _sum(whole: Cell, parts: Sequence[Cell]) -> Identity:
    return Identity(((whole, -1), *((part, 1) for part in parts)))


def proposals(report: Report) -> Proposals:
    """For each independent fault all smallest sets of changes that satisfy its identities.

    Table 3 is one fault, each path of table 4 another. Identities with a blank or illegible cell are left out.
    A fault has at most 12 sets, of at most 4 cells each, and none when it would take more cells.
    """
    values = cells(report)
    groups: dict[str, list[tuple[Identity, Decimal]]] = {}
    for identity in identities(report):
        residual = identity.residual(values)
        if residual is not None:
            schedule, line, _ = identity.terms[0][0]
            groups.setdefault(line if schedule == REVIEW else schedule, []).append((identity, residual))
    return tuple(
        tuple(_solutions(values, [identity for identity, _ in _concerned(known)]))
        for known in groups.values()
        if any(residual for _, residual in known)
    )


def _concerned(known: list[tuple[Identity, Decimal]]) -> list[tuple[Identity, Decimal]]:
    """The failing identities, and those that hold but share a cell with one that is concerned."""
    concerned = {cell for identity, residual in known if residual for cell, _ in identity.terms}
    for _ in range(_MOST_CHANGES):
        for identity, _residual in known:
            named = {cell for cell, _ in identity.terms}
            if named & concerned:
                concerned |= named
    return [
        (identity, residual) for identity, residual in known if {c for c, _ in identity.terms} & concerned
    ]


def _solutions(values: Cells, concerned: list[Identity]) -> Iterator[tuple[Change, ...]]:
    import numpy as np

    order = list(dict.fromkeys(cell for identity in concerned for cell, _ in identity.terms))
    at = {cell: number for number, cell in enumerate(order)}
    printed = np.array([float(values[cell] or 0) for cell in order])
    sums = np.zeros((len(concerned), len(order)))
    for row, identity in enumerate(concerned):
        for cell, sign in identity.terms:
            sums[row, at[cell]] = sign
    for changes in _smallest(sums, printed):
        yield tuple(
            Change(order[number], values[order[number]] or Decimal(0), Decimal(round(printed[number] + by)))
            for number, by in changes
        )


def _smallest(sums: "NDArray[Any]", printed: "NDArray[Any]") -> Iterator[list[tuple[int, float]]]:
    """The smallest sets of changes, each as (number of the cell, by how much), after which all sums are zero.

    Of twice as many unknowns as cells the first half is by how much each changes, the second whether it does.
    """
    import numpy as np
    from scipy.optimize import Bounds, LinearConstraint, milp

    count, due = len(printed), -sums @ printed
    # No cell of a smallest set changes by more than all that is left over together; a tight bound keeps this fast.
    most, each = float(np.abs(due).sum()), np.eye(len(printed))
    rules = [
        LinearConstraint(np.hstack([sums, np.zeros_like(sums)]), due, due),
        LinearConstraint(np.hstack([each, most * each]), 0, np.inf),
        LinearConstraint(np.hstack([each, -most * each]), -np.inf, 0),
    ]
    lowest = np.concatenate([-np.minimum(printed, most), np.zeros(count)])
    bounds = Bounds(lowest, np.repeat([most, 1.0], count))
    cost, least = np.repeat([0.0, 1.0], count), _MOST_CHANGES
    limit = {"time_limit": _SECONDS}
    for _ in range(_MOST_SOLUTIONS):
        found = milp(cost, constraints=rules, bounds=bounds, integrality=np.ones(2 * count), options=limit)
        if not found.success or round(found.fun) > least:
            return
        least = round(found.fun)
        chosen = np.round(found.x[count:]).astype(bool)
        yield [(int(number), float(found.x[number])) for number in np.flatnonzero(chosen)]
        rules.append(LinearConstraint(np.concatenate([np.zeros(count), chosen]), -np.inf, least - 1))
