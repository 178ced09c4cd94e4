"""What is in doubt in a filing, each with what it may be: illegible cells, and numbers of the prose with several readings."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal

from dashboard import db, labels
from dashboard.components import count
from dashboard.text import language, t
from etl import counts, doubts
from etl.determined import BLANK, NONE, VALUE, Subject, candidates, figure
from etl.determining import Wanted
from etl.prose.doubts import RIVALS

# What an address names that asks for the form without saying what of it.
TO_SETTLE = "settle"
# The problems that the form is for.
PROBLEMS = ("prose-unclear", "two-readings", "determination-differs", "determination-lost")
MARKS = "①②③④⑤⑥⑦⑧⑨⑩"


@dataclass(frozen=True, slots=True)
class Choice:
    """One thing that it may be; `wanted` is what is kept of it. With `free` the number is still to be entered."""

    name: str
    wanted: tuple[Wanted, ...]
    free: bool = False


@dataclass(frozen=True, slots=True)
class Doubtful:
    """What is in doubt: `cell` as the address names it, `printed` what we made out, `why` we did not take it.

    `sentences` are those of numbers of the prose; several numbers of one metric of which one is meant are one question.
    """

    cell: str
    name: str
    printed: str
    why: str
    sentences: tuple[str, ...]
    choices: tuple[Choice, ...]
    block: int | None = None

    @property
    def subjects(self) -> tuple[Subject, ...]:
        """What a determination is about; each of the choices settles all of them."""
        return tuple(wanted.subject for wanted in self.choices[0].wanted)


def of(filing: db.Row) -> list[Doubtful]:
    """Everything in doubt, the cells in the order of the form."""
    report = {"report_id": filing["report_id"] or 0}
    facts = [row for row in db.query("filing_facts", **report) if row["state"] == "illegible"]
    groups: dict[object, list[db.Row]] = {}
    for row in db.query("filing_doubts", **report):
        alone = row["kind"] != RIVALS
        groups.setdefault((row["metric"], row["category"], alone and row["ordinal"]), []).append(row)
    cells = [_cell(filing, row) for row in facts]
    return [*cells, *(_numbers(filing["sha256"], rows) for rows in groups.values())]


def opened(found: Iterable[Doubtful], cell: str) -> Doubtful | None:
    """The one that the address names, if any."""
    return next((one for one in found if cell in one.cell.split("+")), None)


def page(filing: db.Row, one: Doubtful) -> int | None:
    """The page of the file on which it stands, from 1; None for formats without pages, and for a cell that was not seen."""
    body = db.body(filing["sha256"])
    if body is None:
        return None
    cells = {".".join(name): block for *name, block, _, _ in body["places"]}
    at = cells.get(one.cell) if one.block is None else one.block - body["first"]
    return None if at is None else body["blocks"][at]["page"]


def _cell(filing: db.Row, row: db.Row) -> Doubtful:
    where = row["schedule"], row["line"], row["column"]
    subject = Subject(filing["sha256"], ".".join(where))
    offered = [
        Choice(count(counts.plain(value)), (Wanted(subject, VALUE, value),))
        for value in candidates(row["text"])
    ]
    return Doubtful(
        subject.place,
        f"{t('schedule.' + row['schedule'])} · {labels.cell(*where)}",
        row["text"],
        t("determine.illegible" if row["text"] else "determine.not_seen"),
        (),
        (
            *offered,
            Choice(t("determine.blank"), (Wanted(subject, BLANK),)),
            Choice(t("determine.other"), (Wanted(subject, VALUE, Decimal(0)),), free=True),
        ),
    )


def _numbers(filing: str, rows: Sequence[db.Row]) -> Doubtful:
    subjects = [
        Subject(filing, row["metric"], figure(row["printed"]), row["sentence"], row["category"] or "")
        for row in rows
    ]
    names = "、".join(f"{count(row['printed'])}{row['unit']}" for row in rows)
    nothing = [Wanted(subject, NONE) for subject in subjects]
    return Doubtful(
        "+".join(f"doubt.{row['ordinal']}" for row in rows),
        f"{t('determine.prose')} · {_metric(rows[0])} {names}",
        names,
        doubts.words()[rows[0]["kind"]][language()],
        tuple(row["sentence"] for row in rows),
        (
            *_offered(rows, subjects, nothing),
            Choice(t("determine.none"), tuple(nothing)),
            Choice(t("determine.other"), (Wanted(subjects[0], VALUE, Decimal(0)), *nothing[1:]), free=True),
        ),
        rows[0]["block"],
    )


def _offered(
    rows: Sequence[db.Row], subjects: Sequence[Subject], nothing: Sequence[Wanted]
) -> Iterator[Choice]:
    """Each number as each metric it may be of; of several numbers the others are left.

    A choice is shown as markup, so that it holds nothing of a filing but the number and its measure word.
    """
    for at, (row, subject) in enumerate(zip(rows, subjects, strict=True)):
        mark = MARKS[at % len(MARKS)] + " " if len(rows) > 1 else ""
        for metric in doubts.may_count_as(row["kind"], row["metric"]):
            taken = Wanted(subject, VALUE, Decimal(subject.printed), metric)
            wanted = (*nothing[:at], taken, *nothing[at + 1 :])
            yield Choice(f"{mark}{labels.metric(metric)} {count(row['printed'])}{row['unit']}", wanted)


def _metric(row: db.Row) -> str:
    return str(row[f"label_{language()}"]) + (f"（{row['category']}）" if row["category"] else "")
