"""What the shared filters select, and how pages and links speak of it."""

from collections.abc import Iterable
from dataclasses import asdict, dataclass, replace
from typing import Any

import streamlit as st

from dashboard import db
from dashboard.parts import Part

_EVER: dict[str, Any] = {"first": 0, "last": 9999, "governments": ()}


@dataclass(frozen=True, slots=True)
class Selection:
    """A county, a range of years and some of its governments; no governments named means all of them."""

    county: str
    first: int
    last: int
    governments: tuple[str, ...]
    sample: bool
    owing: int

    def parameters(self) -> dict[str, Any]:
        """The selection as the parameters of queries."""
        return asdict(self)

    def rows(self, query: str) -> list[db.Row]:
        """The rows of a query that fall in the selection.

        The database is asked for the whole county once, so that a change of filter asks nothing.
        """
        county = db.query(query, county=self.county, sample=self.sample, **_EVER)
        first, last, governments = self.first, self.last, frozenset(self.governments)
        return [
            row
            for row in county
            if first <= row["year"] <= last and (not governments or row["government"] in governments)
        ]

    @property
    def ever(self) -> "Selection":
        """The whole county in all years: what is made of it once serves every filter."""
        return replace(self, **_EVER)

    def of(self, found: Iterable[Part]) -> list[Part]:
        """The parts that fall in the selection."""
        first, last, governments = self.first, self.last, frozenset(self.governments)
        return [
            part
            for part in found
            if first <= part.year <= last and (not governments or part.government in governments)
        ]

    @property
    def span(self) -> str:
        """The years as people write them."""
        return f"{self.first}–{self.last}" if self.first < self.last else str(self.last)

    @property
    def years(self) -> list[int]:
        """Every year of the range, filed for or not."""
        return list(range(self.first, self.last + 1))


def keep(selection: Selection) -> None:
    """Make the selection known to the page about to run."""
    st.session_state["selection"] = selection


def current() -> Selection:
    """The selection of this run, as the frame has set it."""
    chosen: Selection = st.session_state["selection"]
    return chosen
