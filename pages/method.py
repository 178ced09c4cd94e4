"""How does a number get here?"""

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace

import streamlit as st

from dashboard import charts, components, db, files, findings, indicators, labels, measures, parts, room, told
from dashboard.components import NOWHERE, Table, count, section
from dashboard.parts import Part
from dashboard.selection import Selection
from dashboard.text import language, t
from etl import forms

STEPS = ("found", "read", "understood", "checked", "stored", "shown")
LIMITS = ("forms", "prose", "scans", "dates", "copies", "proposals", "county")
GENERATIONS = ("2021", "2019", "2014", "mixed", "none", "missing")
MISSING = "form_missing"


def main() -> None:
    chosen = components.head("method")
    left, right = room.columns(2)
    with left:
        way(chosen)
    with right:
        limits()
    coverage(chosen)
    generations()
    comparable()
    rules(chosen)
    metrics()


def way(chosen: Selection) -> None:
    """From the file to the screen, and which build this is."""
    (build,) = db.query("build")
    found = Counter({row["status"]: row["files"] for row in _files(chosen)})
    at = build["built_at"].strftime("%Y-%m-%d %H:%M")
    words = t("method.build", at=at, version=build["reader_version"], schema=build["schema_version"])
    with components.card(t("method.way"), words):
        st.text("\n".join(f"{n}. {t(f'method.step_{step}')}" for n, step in enumerate(STEPS, 1)))
        others = found.total() - found["report"]
        st.text(t("method.files", n=found.total(), reports=found["report"], others=others))


def _files(chosen: Selection) -> Sequence[db.Row]:
    return db.query("files_found", county=chosen.county, sample=chosen.sample)


def limits() -> None:
    with components.card(t("method.limits"), t("method.limits_words")):
        st.text("\n".join(f"· {t(f'method.limit_{name}')}" for name in LIMITS))


def coverage(chosen: Selection) -> None:
    """Years × governments, coloured by the generation of the form."""
    rows = chosen.rows("coverage")
    governments = measures.governments(chosen)
    used = {(row["government"], row["year"]) for row in rows}
    found = [_filing(row) for row in rows]
    points = [charts.Point(part.government, part.year, part.key, None, part.path) for part in found]
    owing = [(row["government"], row["year"]) for row in chosen.rows("owing")]
    points += [charts.Point(*at, MISSING, None, "") for at in owing if at not in used]
    seen = [name for name in GENERATIONS if any(point.key == f"form_{name}" for point in points)]
    names = {f"form_{name}": t(f"generation.{name}") for name in seen}
    drawn = charts.grid(points, names, governments, chosen.years, components.style())
    words = t(
        "method.coverage_words",
        years=chosen.span,
        due=len(owing),
        filed=sum(at in used for at in owing),
        governments=len(governments),
    )
    section(
        "method-coverage",
        t("method.coverage"),
        words,
        drawn,
        by_generation(found, owing, names, chosen.years, lambda: tidy(chosen, rows)),
        found,
    )


def _filing(row: db.Row) -> Part:
    """A filing by the generation of its form."""
    return replace(parts.of_filing(row), key=f"form_{row['generation']}")


def by_generation(
    found: Sequence[Part],
    owing: Sequence[tuple[str, int]],
    names: Mapping[str, str],
    years: Sequence[int],
    long: Callable[[], files.Sheet],
) -> Table:
    """A row a year: how many filings were due, how many use each generation, how many are missing."""
    at = {(part.government, part.year) for part in found}
    rows, origins = [], []
    for year in years:
        due = [who for who, of in owing if of == year]
        now = parts.of_year(found, year)
        missing = sum((who, year) not in at for who in due)
        behind = [parts.of_key(now, key) for key in names]
        counts = [missing if key == MISSING else len(few) for key, few in zip(names, behind, strict=True)]
        rows.append((year, len(due), *counts))
        origins.append([now, now, *behind])
    return Table([t("shared.year"), t("method.due"), *names.values()], rows, origins, long)


def tidy(chosen: Selection, rows: Sequence[db.Row]) -> files.Sheet:
    heads = [t(f"shared.{name}") for name in ("county", "government", "year", "form", "source")]
    entries = [
        (chosen.county, row["government"], row["year"], t(f"generation.{row['generation']}"), row["path"])
        for row in rows
    ]
    return files.Sheet(t("shared.long"), heads, entries)


def generations() -> None:
    heads = [t("shared.form"), t("method.notice"), t("method.since"), t("method.tables"), t("method.cells")]
    rows = [
        (
            form.key,
            form.notice,
            str(form.first_year),
            t("shared.comma").join(t(f"schedule.{schedule.key}") for schedule in form.schedules),
            t("shared.comma").join(str(len(list(schedule.cells()))) for schedule in form.schedules),
        )
        for form in forms.load()
    ]
    with components.card(t("method.generations"), t("method.generations_words")):
        components.plain_table(heads, rows)


def comparable() -> None:
    """What may be followed from one form to the next: what has the same key on both."""
    known = [one for one in indicators.every().values() if not one.metric]
    newer, older = (form.key for form in reversed(forms.having(forms.REQUESTS)))
    both = [one for one in known if indicators.on_every_form(one)]
    apart = [one for one in known if one not in both]
    heads = [t("shared.indicator"), older, newer, t("method.joined")]
    marks = {True: t("method.on_form"), False: "—"}
    rows = [
        (one.name, *(marks[indicators.on_form(one, key)] for key in (older, newer)), marks_of(one in both))
        for one in [*apart, *both]
    ]
    words = t("method.comparable_words", both=len(both), apart=len(apart), older=older, newer=newer)
    with components.card(t("method.comparable"), words):
        components.plain_table(heads, rows)


def marks_of(joined: bool) -> str:
    return t("shared.yes") if joined else t("shared.no")


def rules(chosen: Selection) -> None:
    """Every rule with its basis, and how often the filings of the selection break it."""
    broken: dict[str, list[Part]] = {}
    for row in chosen.rows("findings"):
        broken.setdefault(row["check_id"], []).append(findings.origin(row))
    listed = db.query("rules")
    heads = [t(f"shared.{name}") for name in ("kind", "severity", "check", "basis")]
    heads.append(t("method.times"))
    rows = [
        (
            t(f"kind.{row['kind']}"),
            t(f"severity.{row['severity']}"),
            row[f"message_{language()}"],
            told.said(row["basis"]),
            len(broken.get(row["check_id"], ())),
        )
        for row in listed
    ]
    words = t(
        "method.rules_words", n=len(listed), broken=len(broken), found=count(sum(map(len, broken.values())))
    )
    origins = [[broken.get(row["check_id"], [])] * len(heads) for row in listed]
    with components.card(t("method.rules"), words):
        components.table_of_cells("method-rules-list", heads, rows, origins)
        components.downloads("method-rules", t("method.rules"), Table(heads, rows, NOWHERE))


def metrics() -> None:
    listed = db.query("metric_labels")
    core = sum(row["tier"] == "core" for row in listed)
    heads = [t("shared.metric"), t("shared.unit"), t("method.tier")]
    rows = [
        (labels.metric(row["metric"]), labels.metric_unit(row["metric"]), t(f"tier.{row['tier']}"))
        for row in listed
    ]
    with components.card(t("method.metrics"), t("method.metrics_words", n=len(listed), core=core)):
        components.plain_table(heads, rows)


main()
