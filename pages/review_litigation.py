"""Were decisions challenged, and did they hold?"""

from collections.abc import Sequence
from dataclasses import replace

from dashboard import charts, components, labels, measures, parts, room, tables
from dashboard.components import count, section
from dashboard.parts import Part
from dashboard.selection import Selection
from dashboard.text import t

REVIEW = "review_litigation"
PATHS = ("reconsideration", "direct_suit", "suit_after_reconsideration")
RESULTS = ("upheld", "corrected", "other_result", "pending")


def main() -> None:
    chosen = components.head(REVIEW)
    found = measures.cells(chosen, REVIEW, "review", RESULTS, "column")
    for column, path in zip(room.columns(3), PATHS, strict=True):
        with column:
            by_path(chosen, path, [part for part in found if part.cell.split(".")[1] == path])
    left, right = room.columns(2)
    with left:
        by_government(chosen, found)
        listed(chosen, parts.of_year(found, chosen.last), "pending")
    with right:
        listed(chosen, found, "corrected")


def by_path(chosen: Selection, path: str, found: Sequence[Part]) -> None:
    series = components.sums(found, RESULTS, chosen.years, result_name)
    figure = charts.by_year(series, chosen.years, t("unit.cases"), components.style(), height=225)
    now = parts.of_year(found, chosen.last)
    n, corrected = parts.total(now), parts.total(parts.of_key(now, "corrected"))
    words = t("review_litigation.path_none", year=chosen.last, of=measures.owing(chosen, chosen.last))
    if n is not None:
        words = t("review_litigation.path_words", year=chosen.last, n=count(n))
        words += components.compared(n, parts.total(parts.of_year(found, chosen.last - 1)))
        if n:
            words += t("review_litigation.path_corrected", corrected=count(corrected))
        words += t("shared.stop")
    table = tables.by_year(found, RESULTS, chosen.years, result_name)
    long = components.long_of(chosen, REVIEW, [path], [*RESULTS, "total"])
    section(f"review-{path}", labels.line(REVIEW, path), words, figure, replace(table, long=long), found)


def by_government(chosen: Selection, found: Sequence[Part]) -> None:
    totals = {
        who: parts.total(p for p in found if p.government == who) for who in measures.governments(chosen)
    }
    order = sorted((who for who in totals if totals[who]), key=lambda who: -(totals[who] or 0))
    series = [charts.Series(key, result_name(key), over_range(found, key, order)) for key in RESULTS]
    figure = charts.by_government(series, order, t("unit.cases"), components.style())
    words = t("review_litigation.governments_none", years=chosen.span)
    if order:
        words = t(
            "review_litigation.governments_words",
            years=chosen.span,
            n=len(order),
            of=len(totals),
            most=charts.short(order[0]),
            cases=count(totals[order[0]]),
        )
    filled = [part for part in found if part.value]
    table = replace(
        tables.over_all_years(found, RESULTS, list(totals), result_name),
        long=components.long_of(chosen, REVIEW, [], [*RESULTS, "total"]),
    )
    section(
        "review-governments",
        t("review_litigation.governments"),
        words,
        figure if order else None,
        table,
        filled,
    )


def over_range(found: Sequence[Part], key: str, order: Sequence[str]) -> list[charts.Point]:
    points = []
    for who in order:
        own = [part for part in found if part.government == who and part.key == key]
        points.append(charts.Point(who, 0, key, parts.total(own), t("shared.sum_of", n=parts.stated(own))))
    return points


def listed(chosen: Selection, found: Sequence[Part], result: str) -> None:
    cases = sorted(
        (part for part in found if part.key == result and part.value),
        key=lambda part: (-part.year, part.government),
    )
    years = {"years": chosen.span, "last": chosen.last}
    words = t(f"review_litigation.{result}_none", **years)
    if cases:
        n, where = count(parts.total(cases)), len({part.government for part in cases})
        words = t(f"review_litigation.{result}_words", n=n, governments=where, **years)
    with components.card(t(f"review_litigation.{result}"), words):
        if cases:
            heads = [t("shared.government"), t("shared.year"), t("shared.path"), t("shared.cases")]
            rows = [(part.government, part.year, path_name(part), count(part.value)) for part in cases]
            components.table_of_parts(f"review-{result}", heads, rows, cases)


def path_name(part: Part) -> str:
    return labels.line(REVIEW, part.cell.split(".")[1])


def result_name(key: str) -> str:
    return labels.column(REVIEW, key)


main()
