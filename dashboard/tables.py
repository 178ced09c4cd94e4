"""Parts laid out as the tables that stand below the charts: heads and rows, every state in words."""

from collections.abc import Callable, Mapping, Sequence, Set

from dashboard import parts
from dashboard.components import Table, count, shown
from dashboard.parts import Part
from dashboard.text import t

Rows = list[tuple[object, ...]]
Origins = list[list[Sequence[Part]]]
Name = Callable[[str], str]


def by_year(found: Sequence[Part], keys: Sequence[str], years: Sequence[int], name: Name) -> Table:
    """A row a year, a column a key, with how many filings were added."""
    heads = [t("shared.year"), *(name(key) for key in keys), t("shared.filings_added")]
    rows: Rows = []
    origins: Origins = []
    for year in years:
        now = parts.of_year(found, year)
        behind = [parts.of_key(now, key) for key in keys]
        rows.append((year, *(count(parts.total(own)) for own in behind), parts.stated(now)))
        origins.append([now, *behind, now])
    return Table(heads, rows, origins)


def by_government(
    found: Sequence[Part], keys: Sequence[str], governments: Sequence[str], year: int, name: Name
) -> Table:
    """A row a government for one year, a column a key."""
    heads = [t("shared.government"), t("shared.year"), *(name(key) for key in keys)]
    rows: Rows = []
    origins: Origins = []
    for government in governments:
        own = [part for part in parts.of_year(found, year) if part.government == government]
        behind = [parts.of_key(own, key) for key in keys]
        rows.append((government, year, *(_sum(few, bool(own)) for few in behind)))
        origins.append([own, own, *behind])
    return Table(heads, rows, origins)


def over_all_years(
    found: Sequence[Part], keys: Sequence[str], governments: Sequence[str], name: Name
) -> Table:
    """A row a government, a column a key: the sum of its years. What is nought leads to the years that print it."""
    heads = [t("shared.government"), *(name(key) for key in keys)]
    rows: Rows = []
    origins: Origins = []
    for government in governments:
        own = [part for part in found if part.government == government]
        behind = [parts.of_key(own, key) for key in keys]
        rows.append((government, *(count(parts.total(few)) for few in behind)))
        origins.append([own, *behind])
    return Table(heads, rows, origins)


def across_years(
    found: Sequence[Part], governments: Sequence[str], years: Sequence[int], owed: Set[tuple[str, int]]
) -> Table:
    """A row a government, a column a year, and the change between the last two years; `owed` tells what was due."""
    heads = [t("shared.government"), *map(str, years), t("shared.change")]
    at = {(part.government, part.year): part for part in found}
    rows: Rows = []
    origins: Origins = []
    for government in governments:
        cells = [at.get((government, year)) for year in years]
        said = (shown(part, (government, year) in owed) for part, year in zip(cells, years, strict=True))
        rows.append((government, *said, change(cells[-2:])))
        behind = [[part] if part else [] for part in cells]
        origins.append([[part for few in behind for part in few], *behind, behind[-1]])
    return Table(heads, rows, origins)


def by_square(
    found: Sequence[Part],
    governments: Sequence[str],
    years: Sequence[int],
    said: Mapping[tuple[str, int], str],
) -> Table:
    """A row a government, a column a year, each square in the words of `said`; without any nothing was due."""
    at = {(part.government, part.year): part for part in found}
    rows: Rows = []
    origins: Origins = []
    for who in governments:
        rows.append((who, *(said.get((who, year), t("status.not_due")) for year in years)))
        behind = [[at[who, year]] if (who, year) in at else [] for year in years]
        origins.append([[part for few in behind for part in few], *behind])
    return Table([t("shared.government"), *map(str, years)], rows, origins)


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
