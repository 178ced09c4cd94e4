"""These townships, side by side."""

from collections.abc import Sequence, Set
from dataclasses import dataclass, replace
from functools import cached_property

import streamlit as st

from dashboard import charts, components, drawing, indicators, link, measures, parts, room, standing, tables
from dashboard.components import NOWHERE, Table, count, section, shown
from dashboard.indicators import Indicator
from dashboard.parts import Part
from dashboard.selection import Selection
from dashboard.text import t

DEFAULT = ("metric.website_items", "requests.received")
MOST = 6
SHARED, OWN = SCALES = ("shared", "own")
# Of many lines the ones that changed most are drawn strongly.
STRONG = 2


@dataclass(frozen=True)
class Compared:
    """An indicator of the chosen governments, with those of the whole county to hold them against.

    `owed` tells who owes a report for which year.
    """

    indicator: Indicator
    governments: Sequence[str]
    owed: Set[tuple[str, int]]
    found: Sequence[Part]
    peers: Sequence[Part]
    years: tuple[int, int]

    @cached_property
    def _at(self) -> dict[tuple[str, int], Part]:
        return {(part.government, part.year): part for part in self.found}

    def owing(self, *years: int) -> int:
        """How many of the governments owe a report for each of these years."""
        return sum(all((who, year) in self.owed for year in years) for who in self.governments)

    def ends(self, government: str) -> list[Part | None]:
        """The parts of the two years compared; None without a filing."""
        return [self._at.get((government, year)) for year in self.years]

    def change(self, government: str) -> float:
        """How far it moved between the two years; nothing where one of them is not stated."""
        before, now = (part.value if part else None for part in self.ends(government))
        return 0 if before is None or now is None else now - before

    def stating_both(self) -> list[str]:
        """The governments that state a number for both years."""
        return [who for who in self.governments if all(p and p.value is not None for p in self.ends(who))]


def main() -> None:
    chosen = components.head("compare")
    known = indicators.every()
    left, measured, first, last = st.columns([11, 4, 2, 2])
    with left:
        names = {key: one.name for key, one in known.items()}
        keys = link.several(
            "show", t("compare.indicators"), names, [key for key in DEFAULT if key in known], MOST
        )
    with measured:
        scales = {name: t(f"compare.scale_{name}") for name in SCALES}
        own = link.one("scale", t("compare.scale"), scales, SHARED) == OWN
    years = two_years(chosen, first, last)
    if not keys:
        st.info(t("compare.nothing"))
    for key in keys:
        compare(chosen, known[key], years, own)


def two_years(
    chosen: Selection, first: st.delta_generator.DeltaGenerator, last: st.delta_generator.DeltaGenerator
) -> tuple[int, int]:
    """The years whose change is shown, the earlier first."""
    options = {str(year): str(year) for year in chosen.years}
    with first:
        one = link.one("from", t("compare.from"), options, str(chosen.first))
    with last:
        other = link.one("to", t("compare.to"), options, str(chosen.last))
    return min(int(one), int(other)), max(int(one), int(other))


def compare(chosen: Selection, indicator: Indicator, years: tuple[int, int], own: bool) -> None:
    county = replace(chosen, governments=())
    compared = Compared(
        indicator,
        measures.governments(chosen),
        measures.owed(chosen),
        indicators.of(chosen, indicator),
        indicators.of(county, indicator),
        years,
    )
    over_years(chosen, compared, own)
    change(chosen, compared)


def over_years(chosen: Selection, compared: Compared, own: bool) -> None:
    """A small chart a government, all on one scale, or each on its `own`: then heights say nothing of each other."""
    key, name = compared.indicator.key, compared.indicator.name
    panels = [
        charts.Series(key, who, parts.over_years(compared.found, who, chosen.years))
        for who in compared.governments
    ]
    middle = [
        charts.Point("", year, "", standing.middle(compared.peers, year)[0], "") for year in chosen.years
    ]
    turned = indicators.breaks(chosen, compared.indicator)
    figure = charts.small_multiples(
        panels,
        chosen.years,
        compared.indicator.unit,
        components.style(),
        5 if own else 7,
        shared=not own,
        middles=[charts.Series("", t("compare.median"), middle)] * len(panels),
        breaks=turned,
        unsaid=t("shared.no_numbers"),
    )
    table = tables.across_years(compared.found, compared.governments, chosen.years, compared.owed)
    median = (t("compare.median"), *(count(point.value) for point in middle), "—")
    words = over_years_words(chosen, compared) + form_words(compared.indicator, turned)
    words += t("compare.kindred") if any(part.kindred for part in compared.found) else ""
    words += t("compare.scale_words") if own else ""
    table = Table(
        table.heads,
        [*table.rows, median],
        [*table.origins, [[] for _ in table.heads]],
        lambda: indicators.long(chosen, compared.indicator),
    )
    section(f"compare-{key}", name, words, figure, table, compared.found, wide=True)


def form_words(indicator: Indicator, turned: dict[str, list[int]]) -> str:
    if not any(turned.values()):
        return ""
    joined = indicators.on_every_form(indicator)
    return t("compare.form_joined" if joined else "compare.form_apart")


def over_years_words(chosen: Selection, compared: Compared) -> str:
    year, unit = chosen.last, compared.indicator.unit
    now = parts.of_year(compared.found, year)
    said = sorted((part for part in now if part.value is not None), key=lambda part: -(part.value or 0))
    if not said:
        return t("compare.none", year=year, of=compared.owing(year))
    words = t("compare.stated", year=year, of=compared.owing(year), n=len(said))
    most, least = said[0], said[-1]
    middle, peers = standing.middle(compared.peers, year)
    if peers == 1:
        return words + t("compare.alone", n=count(most.value), unit=unit)
    if most.value == least.value:
        words += t("compare.alike", n=count(most.value), unit=unit)
    else:
        words += t(
            "compare.most",
            most=charts.short(most.government),
            n=count(most.value),
            least=charts.short(least.government),
            m=count(least.value),
            unit=unit,
        )
    words += t("compare.middle", n=count(middle), unit=unit, peers=peers)
    return words + (t("compare.middle_drawn") if chosen.first < year else "") + t("shared.stop")


def change(chosen: Selection, compared: Compared) -> None:
    """The two years chosen: a line a government, and the change with the place among the county's."""
    key = f"compare-{compared.indicator.key}-change"
    first, last = compared.years
    if first == last:
        return
    title = t("compare.change", name=compared.indicator.name, first=first, last=last)
    words = change_words(compared)
    with components.card(title, words):
        left, right = room.columns([5, 7])
        with left:
            figure = slope(compared) if compared.stating_both() else None
            if figure:
                drawing.draw(key, title, words, figure, leads_on=True)
        with right:
            heads, rows, origins = change_table(compared)
            components.table_of_cells(f"{key}-table", heads, rows, origins)
            components.downloads(key, title, Table(heads, rows, NOWHERE), figure)
    components.open_origins(key, compared.found)


def slope(compared: Compared) -> charts.Figure:
    first, last = compared.years
    lines = [
        charts.Series("", who, parts.over_years(compared.found, who, [first, last]))
        for who in compared.governments
    ]
    moved = sorted(compared.governments, key=lambda who: -abs(compared.change(who)))
    return charts.slope(lines, compared.years, compared.indicator.unit, components.style(), moved[:STRONG])


def change_words(compared: Compared) -> str:
    first, last = compared.years
    both = compared.stating_both()
    if not both:
        return t("compare.change_none", first=first, last=last, of=compared.owing(first, last))
    up, down = (sum(sign * compared.change(who) > 0 for who in both) for sign in (1, -1))
    words = t(
        "compare.change_words",
        n=len(both),
        of=compared.owing(first, last),
        up=up,
        down=down,
        same=len(both) - up - down,
    )
    for name, some, most in (("rose", up, max), ("fell", down, min)):
        if some:
            who = most(both, key=compared.change)
            before, now = compared.ends(who)
            words += t(f"compare.{name}", who=charts.short(who), then=shown(before), now=shown(now))
    return words + t("shared.stop")


def change_table(compared: Compared) -> tuple[list[str], list[tuple[str, ...]], list[list[list[Part]]]]:
    """A row a government, then the county's median."""
    first, last = compared.years
    heads = [
        t("shared.government"),
        str(first),
        str(last),
        t("shared.change"),
        t("compare.percent"),
        t("compare.place", year=last),
    ]
    rows: list[tuple[str, ...]] = []
    origins: list[list[list[Part]]] = []
    for who in compared.governments:
        before, now = compared.ends(who)
        rows.append(
            (
                charts.short(who),
                shown(before, (who, first) in compared.owed),
                shown(now, (who, last) in compared.owed),
                tables.change([before, now]),
                percent(before, now),
                components.placed(now, compared.peers),
            )
        )
        at = [[part] if part else [] for part in (before, now)]
        origins.append([at[1] or at[0], *at, at[1], at[1], at[1]])
    (then, _), (since, stated) = (standing.middle(compared.peers, year) for year in compared.years)
    rows.append((t("compare.median"), count(then), count(since), "—", "—", t("compare.of", n=stated)))
    return heads, rows, [*origins, [[] for _ in heads]]


def percent(before: Part | None, now: Part | None) -> str:
    grown = standing.growth(before.value if before else None, now.value if now else None)
    return "—" if grown is None else f"{grown:+}%".replace("-", "−")


main()
