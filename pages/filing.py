"""What does the filing itself say?"""

from collections.abc import Callable, Sequence

import streamlit as st

from dashboard import (
    components,
    db,
    findings,
    labels,
    original,
    paper,
    parts,
    room,
    told,
    unclear,
    updating,
)
from dashboard.components import count, table_of_parts
from dashboard.determining import doubtful as determining
from dashboard.determining import form, settled
from dashboard.determining.doubtful import TO_SETTLE, Doubtful, opened
from dashboard.parts import Part
from dashboard.text import language, t

STATES = ("stated", "blank", "dashed", "illegible")


def main() -> None:
    chosen = components.head("filing")
    listed = db.query("filings", **chosen.parameters())
    opened, cell = components.opened()
    filing = choose(listed, opened)
    if filing is None:
        st.info(t("filing.none"))
        return
    heading(filing)
    left, right = room.columns([4, 3])
    doubtful = determining.of(filing)
    with left:
        document(filing, cell)
    with right:
        beside(filing, doubtful, cell)


def choose(listed: Sequence[db.Row], opened: str) -> db.Row | None:
    """The filing to show: the one the address names, else the newest of the selection."""
    rows = {row["sha256"]: row for row in listed}
    asked = db.query("filing", prefix=f"{opened}%") if opened else ()
    if not asked and "filing" in st.query_params:
        st.warning(t("filing.gone"))
    rows |= {row["sha256"]: row for row in asked}
    if not rows:
        return None
    order = list(rows)
    current = asked[0]["sha256"] if asked else order[0]
    name = f"filing.{current[:12]}"

    def follow() -> None:
        st.query_params["filing"] = st.session_state[name][:12]
        st.query_params.pop("cell", None)

    picked = st.selectbox(
        t("filing.choose"),
        order,
        order.index(current),
        format_func=lambda sha: title(rows[sha]),
        key=name,
        on_change=follow,
    )
    return next(iter(db.query("filing", prefix=picked)), None)


def title(row: db.Row) -> str:
    if row["government"] is None:
        return t("filing.unplaced", path=row["path"])
    words = f"{row['government']} · {row['year']}"
    if row["refiling"] and row["refiling"] > 1:
        words += " · " + t("filing.refiling", n=row["refiling"])
    return words if row["current"] else words + " · " + t("filing.superseded")


def heading(filing: db.Row) -> None:
    published = filing["published"].isoformat() if filing["published"] else t("filing.no_date")
    generations = sorted(
        {filing[key] for key in ("form", "form_requests", "form_review_litigation") if filing[key]}
    )
    forms = t("filing.forms", forms="、".join(generations)) if generations else t("filing.no_form")
    with st.container(horizontal=True, vertical_alignment="center"):
        st.text(t("filing.about", path=filing["path"], published=published, forms=forms), width="stretch")
        found = original.read(filing)
        if found is None:
            st.caption(t("filing.original_gone"))
        else:
            name = original.name(filing)
            st.download_button(
                t("filing.original"), found, name, "application/octet-stream", on_click="ignore"
            )


def document(filing: db.Row, cell: str) -> None:
    body = db.body(filing["sha256"])
    if body is None:
        st.error(t("filing.unreadable"))
        for problem in db.query("filing_problems", sha256=filing["sha256"]):
            st.text(told.problem(problem))
        return
    report = {"report_id": filing["report_id"] or 0}
    metrics = db.query("filing_metrics", **report)
    breaches = db.query("filing_findings", **report)
    doubts = db.query("filing_doubts", **report)
    facts = db.query("filing_facts", **report)
    paper.show(body, paper.marks(body, metrics, breaches, doubts, facts), cell)
    st.caption(t("filing.legend"))


def beside(filing: db.Row, doubtful: Sequence[Doubtful], cell: str) -> None:
    report = {"report_id": filing["report_id"] or 0}
    breaches = db.query("filing_findings", **report)
    metrics = db.query("filing_metrics", **report)
    leftovers = db.query("filing_leftovers", **report)
    problems = db.query("filing_problems", sha256=filing["sha256"])
    doubts = db.query("filing_doubts", **report)
    names = [
        t("filing.findings", n=len(breaches)),
        t("filing.metrics", n=len(metrics) + len(doubts)),
        t("filing.cells"),
        t("filing.leftovers", n=len(leftovers) + len(problems)),
        t("filing.history"),
        t("determine.tab"),
    ]
    shown: tuple[Callable[[], None], ...] = (
        lambda: found(filing, breaches),
        lambda: said(filing, metrics),
        lambda: cells(filing),
        lambda: left_over(filing, leftovers, problems),
        lambda: history(filing),
        lambda: settling(filing, doubtful, cell),
    )
    # What the address asks for is in doubt, or was settled by a person: then that is what stands open.
    asked = cell == TO_SETTLE or opened(doubtful, cell) or settled.concerns(filing["sha256"], cell)
    first = names[-1] if asked else None
    tabs = st.tabs(names, default=first, key=f"beside.{filing['sha256'][:12]}", on_change="rerun")
    for tab, show in zip(tabs, shown, strict=True):
        if tab.open:
            with tab:
                show()


def settling(filing: db.Row, doubtful: Sequence[Doubtful], cell: str) -> None:
    """What is in doubt with the form that settles it, and what people have settled."""
    updating.show(settled.waiting(filing["sha256"]))
    form.show(filing, doubtful, cell)
    settled.show(filing, named=bool(doubtful))


def found(filing: db.Row, breaches: Sequence[db.Row]) -> None:
    if not breaches:
        st.text(t("filing.findings_none"))
        return
    heads = [t(f"shared.{name}") for name in ("place", "finding", "printed", "expected")]
    rows = [
        (
            labels.place(row["schedule"], row["line"], row["column"]),
            findings.quoted(row[f"message_{language()}"], row["quote"]),
            count(row["actual"]),
            count(row["expected"]),
        )
        for row in breaches
    ]
    where = [here(filing, findings.where(row)) for row in breaches]
    table_of_parts("filing-findings", heads, rows, where)


def said(filing: db.Row, metrics: Sequence[db.Row]) -> None:
    unclear.show(filing, db.query("filing_doubts", report_id=filing["report_id"] or 0))
    if not metrics:
        st.text(t("filing.metrics_none"))
        return
    names = "label_zh" if language() == "zh" else "label_en"
    heads = [t("shared.metric"), t("shared.value"), t("shared.unit"), t("shared.sentence")]
    rows = [
        (
            row[names] + (f"（{row['category']}）" if row["category"] else ""),
            ("≈" if row["approximate"] else "") + count(row["value"]),
            row["unit"],
            row["sentence"],
        )
        for row in metrics
    ]
    where = [here(filing, f"sentence.{row['ordinal']}") for row in metrics]
    table_of_parts("filing-metrics", heads, rows, where)


def cells(filing: db.Row) -> None:
    rows = db.query("filing_facts", report_id=filing["report_id"] or 0)
    heads = [t("shared.line"), t("shared.column"), t("shared.value"), t("shared.state")]
    table = [
        (
            labels.line(row["schedule"], row["line"]),
            labels.column(row["schedule"], row["column"]),
            row["text"] or "",
            read_by(row),
        )
        for row in rows
    ]
    where = [here(filing, f"{row['schedule']}.{row['line']}.{row['column']}") for row in rows]
    table_of_parts("filing-cells", heads, table, where)


def read_by(row: db.Row) -> str:
    """How a cell was filled in, and who read it where we could not."""
    state = t(f"state.{row['state']}")
    return t("determine.by", state=state, who=row["corrected_by"]) if row["corrected_by"] else state


def left_over(filing: db.Row, leftovers: Sequence[db.Row], problems: Sequence[db.Row]) -> None:
    """How each table was read, what was not understood, and what only a person can settle."""
    readings(db.query("filing_readings", report_id=filing["report_id"] or 0))
    if not leftovers and not problems:
        st.text(t("filing.leftovers_none"))
    if problems:
        st.text(t("filing.problems"))
        components.plain_table(
            [t("shared.kind"), t("shared.detail")],
            [(t(f"problem.{row['kind']}"), told.problem(row)) for row in problems],
        )
    if leftovers:
        st.text(t("filing.leftovers_words"))
        components.plain_table(
            [t("shared.text"), t("shared.detail"), t("filing.suggestion")],
            [(row["text"], t(f"problem.{row['reason']}"), row["suggestion"] or "—") for row in leftovers],
        )


def readings(read: Sequence[db.Row]) -> None:
    """A column for each statutory table: how it was read, and the cells of each state."""
    if not read:
        return
    st.text(t("filing.readings"))
    told = [
        (t("filing.form"), [row["form"] for row in read]),
        (t("filing.page"), [str(row["page"] or "—") for row in read]),
        (t("filing.read_by"), [t(f"filing.by_{row['read_by']}") for row in read]),
        (t("filing.cell_count"), [count(row["cells"]) for row in read]),
        (t("filing.confirmed"), [count(row["confirmed"]) for row in read]),
        *((t(f"state.{state}"), [count(row[state]) for row in read]) for state in STATES),
    ]
    heads = [t("filing.table"), *(t(f"schedule.{row['schedule']}") for row in read)]
    components.plain_table(heads, [(name, *values) for name, values in told])


def history(filing: db.Row) -> None:
    if filing["government"] is None:
        st.text(t("filing.unplaced_words"))
        claimed(filing)
        return
    rows = db.query(
        "refilings", county=filing["county"], government=filing["government"], year=filing["year"]
    )
    heads = [t("shared.refiling"), t("shared.published"), t("shared.counts"), t("shared.source")]
    table = [
        (
            row["refiling"],
            str(row["published"] or "—"),
            t("shared.yes") if row["current"] else t("shared.no"),
            row["path"],
        )
        for row in rows
    ]
    table_of_parts("filing-history", heads, table, list(map(parts.of_filing, rows)))
    claimed(filing)


def claimed(filing: db.Row) -> None:
    """What the filing says of whose report it is: why its place was settled, or was not."""
    rows = db.query("filing_claims", sha256=filing["sha256"])
    if rows:
        st.text(t("filing.claims"))
        components.plain_table(
            [t("filing.claim_subject"), t("filing.claim_value"), t("filing.claim_origin"), t("shared.text")],
            [(t(f"claim.{r['subject']}"), r["value"], t(f"claim.{r['origin']}"), r["text"]) for r in rows],
        )


def here(filing: db.Row, cell: str) -> Part:
    return Part("", 0, "", None, "stated", filing["sha256"], cell, filing["path"])


main()
