"""A figure of the newest year for each township: as the county lies where its outlines are given, in tiles where not."""

from collections.abc import Sequence

import streamlit as st

from dashboard import boundaries, charts, components, db, indicators, link, measures, parts
from dashboard.boundaries import Outlines
from dashboard.components import Table, count, shown
from dashboard.indicators import Indicator
from dashboard.parts import Part
from dashboard.selection import Selection
from dashboard.text import t

FIGURES = (
    "metric.items_published",
    "metric.website_items",
    "requests.received",
    "requests.closed",
    "review_litigation.any.total",
    "proactive.licensing.decisions",
)
# Tiles of a row at least, and the room each takes, in pixels.
_FEWEST, _TILE = 4, 78


def show(chosen: Selection) -> None:
    """The card, with a choice of figures that lives in the address."""
    known = indicators.every()
    names = {key: t(f"short_indicator.{key}") for key in FIGURES}
    key = link.one("map", t("map.indicator"), names, "requests.received")
    indicator, year = known[key], chosen.last
    found = parts.of_year(indicators.of(chosen, indicator), year)
    governments = _ordered(chosen)
    at = {part.government: part for part in found}
    points = [
        charts.Point(who, year, "", at[who].value if who in at else None, at[who].path if who in at else "")
        for who in governments
    ]
    outlines = boundaries.of(chosen)
    for fault, values in outlines.faults:
        st.warning(t(f"map.{fault}", **values))
    style = components.style()
    if any(who in outlines.rings for who in governments):
        figure = charts.outlined(points, outlines.rings, indicator.unit, t("map.none"), style)
    else:
        figure = charts.tiles(points, indicator.unit, t("map.none"), max(_FEWEST, style.room // _TILE), style)
    name = names[key]
    heads = [t("shared.government"), t("shared.year"), name, t("shared.source")]
    rows = [(who, year, shown(at.get(who)), at[who].path if who in at else "—") for who in governments]
    words = _words(chosen, indicator, name, found)
    origins = [[[at[who]] if who in at else []] * len(heads) for who in governments]
    table = Table(heads, rows, origins, lambda: indicators.tidy(chosen, {indicator: found}))
    title = t("map.title", name=name, year=year)
    components.section("overview-map", title, words, figure, table, found, fill=False)
    if shape := _where(outlines, governments):
        st.caption(shape)


def _ordered(chosen: Selection) -> list[str]:
    """The governments of the newest year in the order of the register, those that are not on it last."""
    listed = [row["government"] for row in db.query("register", county=chosen.county)]
    return sorted(
        measures.governments(chosen, chosen.last),
        key=lambda who: listed.index(who) if who in listed else len(listed),
    )


def _words(chosen: Selection, indicator: Indicator, name: str, found: Sequence[Part]) -> str:
    total, owing = parts.total(found), measures.owing(chosen, chosen.last)
    if total is None:
        return t("map.nothing", year=chosen.last, of=owing, name=name)
    stated, unit = parts.stated(found), indicator.unit
    words = t("map.words", year=chosen.last, n=stated, of=owing, name=name, total=count(total), unit=unit)
    if total and stated > 1:
        most = max(found, key=lambda part: part.value or 0)
        words += t("map.most", most=charts.short(most.government), value=count(most.value), unit=unit)
    return words + t("shared.stop")


def _where(outlines: Outlines, governments: Sequence[str]) -> str:
    """What the picture shows of the county's shape."""
    if not any(who in outlines.rings for who in governments):
        return t("map.tiles")
    missing = [charts.short(who) for who in governments if who not in outlines.rings]
    return t("map.without", names=t("shared.comma").join(missing)) if missing else ""
