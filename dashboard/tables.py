"""Parts laid out as the tables that stand below the charts: heads and rows, every state in words."""

from collections.abc import Callable, Sequence

from dashboard import parts
from dashboard.components import count, shown
from dashboard.parts import Part
from dashboard.text import t

Heads = list[str]
Cells = list[tuple[object, ...]]
Name = Callable[[str], str]


def by_year(
    found: Sequence[Part], keys: Sequence[str], years: Sequence[int], name: Name
) -> tuple[Heads, Cells]:
    """A row a year, a column a key, with how many filings were added."""
    heads = [t("shared.year"), *(name(key) for key in keys), t("shared.filings_added")]
    rows: Cells = []
    for year in years:
        now = parts.of_year(found, year)
        sums = (count(parts.total(parts.of_key(now, key))) for key in keys)
        rows.append((year, *sums, parts.stated(now)))
    return heads, rows


def by_government(
    found: Sequence[Part], keys: Sequence[str], governments: Sequence[str], year: int, name: Name
) -> tuple[Heads, Cells]:
    """A row a government for one year, a column a key."""
    heads = [t("shared.government"), t("shared.year"), *(name(key) for key in keys)]
    rows: Cells = []
    for government in governments:
        own = [part for part in parts.of_year(found, year) if part.government == government]
        rows.append((government, year, *(_sum(parts.of_key(own, key), bool(own)) for key in keys)))
    return heads, rows


def across_years(
    found: Sequence[Part], governments: Sequence[str], years: Sequence[int]
) -> tuple[Heads, Cells]:
    """A row a government, a column a year, and the change between the last two years."""
    heads = [t("shared.government"), *map(str, years), t("shared.change")]
    at = {(part.government, part.year): part for part in found}
    rows: Cells = []
    for government in governments:
        cells = [at.get((government, year)) for year in years]
        rows.append((government, *map(shown, cells), change(cells[-2:])))
    return heads, rows


def change(pair: Sequence[Part | None]) -> str:
    """The difference of two parts with its sign; a dash unless both are stated."""
    values = [part.value for part in pair if part is not None and part.value is not None]
    if len(values) < 2:
        return "—"
    difference = values[1] - values[0]
    return f"+{count(difference)}" if difference > 0 else count(difference).replace("-", "−")


def _sum(own: Sequence[Part], filed: bool) -> str:
    if len(own) == 1:
        return shown(own[0])
    if not own:
        return t("state.unstated") if filed else t("state.missing")
    total = parts.total(own)
    return count(total) if total is not None else t("state.unstated")
