"""The findings of the selection, each with how it stands and which cell is most likely wrong."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from dashboard import db, labels
from dashboard.components import count
from dashboard.parts import Part
from dashboard.selection import Selection
from dashboard.text import language, load, t
from etl import decisions
from etl.decisions import Standing, Subject

SEVERITIES = ("error", "doubt", "hint")
_UNSETTLED = ("open", "reopened", "returned")
_SHOWN = 3
# Letters of a sentence that stand in a table; its row leads to the whole of it.
_QUOTED = 32
COPIED = "copied-text"
_REVIEW = "review_litigation"

# For one fault its equally small sets of changes.
Sets = Sequence[Sequence[db.Row]]
Place = Callable[[str, str, str], str]


@dataclass(frozen=True, slots=True)
class Found:
    """A finding of a current filing; `sets` are the changes that would put it right, empty when none is proposed."""

    row: db.Row
    subject: Subject
    standing: Standing
    sets: Sets

    @property
    def place(self) -> str:
        """Where a click leads: the cell, else the sentence."""
        return where(self.row)

    @property
    def rule(self) -> str:
        """The rule that is broken, in the language of the screen."""
        return str(self.row[f"message_{language()}"])

    @property
    def printed(self) -> str:
        """What is printed at the place; of copied text, which share is a copy."""
        share = self.row["kind"] == COPIED and self.row["actual"] is not None
        return count(self.row["actual"]) + ("%" if share else "")

    @property
    def expected(self) -> float | None:
        """What the rule makes of the rest; None for a number nobody can have meant, such as fewer than none."""
        value: float | None = self.row["expected"]
        return None if value is not None and value < 0 and self.row["column"] != "change" else value


def origin(row: db.Row) -> Part:
    """The printed number or sentence that a finding is about."""
    at = row["government"], row["year"], row["check_id"], row["actual"], "stated", row["sha256"]
    return Part(*at, where(row), row["path"])


def where(row: db.Row) -> str:
    """The place in the filing that a finding leads to: its cell, or where it names none the sentence that it quotes."""
    if row["quote"] and not row["column"]:
        return f"finding.{row['ordinal']}"
    return ".".join(filter(None, (row["schedule"], row["line"], row["column"])))


def described(found: Found) -> Iterator[object]:
    """What every list of findings says of one before the rule: year, gravity, standing, place, what is printed and expected."""
    row = found.row
    yield row["year"]
    yield t(f"severity.{row['severity']}")
    yield t(f"standing.{found.standing.state}")
    yield labels.place(row["schedule"], row["line"], row["column"])
    yield found.printed
    yield count(found.expected)


def quoted(rule: str, quote: str | None) -> str:
    """A rule with the sentence that breaks it, if it is one: so much of it as a table has room for."""
    if not quote:
        return rule
    return f"{rule} “{quote if len(quote) <= _QUOTED else quote[:_QUOTED] + '……'}”"


def of(chosen: Selection) -> list[Found]:
    """Every finding of the current filings of the selection: newest year first, in it the gravest first."""
    rows = sorted(db.query("findings", **chosen.parameters()), key=_order)
    subjects = [decisions.subject(row) for row in rows]
    stands = decisions.standings(subjects, decisions.trail(chosen.county))
    faults = _faults(db.query("proposals", **chosen.parameters()))
    return [
        Found(row, subject, stands[subject.digest], _sets(row, faults))
        for row, subject in zip(rows, subjects, strict=True)
    ]


def to_be_mended(found: Found) -> bool:
    """Whether somebody has to mend it: no hint, and not decided otherwise."""
    return found.row["severity"] != "hint" and found.standing.state in _UNSETTLED


def likely(sets: Sets) -> str:
    """The most likely cell in the language of the screen; empty when nothing is proposed."""
    return _likely(sets, labels.cell, load(language()), "{change}")


def likely_in_chinese(sets: Sets) -> str:
    """The same for official letters."""
    words = load("zh")
    return _likely(sets, labels.in_chinese, words, words["findings.likely"])


def _likely(sets: Sets, place: Place, words: Mapping[str, str], single: str) -> str:
    if not sets:
        return ""
    said = [words["findings.together"].join(_change(row, place, words) for row in one) for one in sets]
    if len(said) == 1:
        return single.format(change=said[0])
    shown = words["findings.or"].join(said[:_SHOWN])
    more = words["findings.and_more"].format(n=len(said)) if len(said) > _SHOWN else ""
    return words["findings.likely_of"].format(n=len(said), changes=shown + more)


def _change(row: db.Row, place: Place, words: Mapping[str, str]) -> str:
    where = place(row["schedule"], row["line"], row["column"])
    return words["findings.change"].format(
        place=where, printed=count(row["printed"]), proposed=count(row["proposed"])
    )


def _order(row: db.Row) -> tuple[int, int, str, int]:
    return -row["year"], SEVERITIES.index(row["severity"]), row["government"], row["ordinal"]


def _faults(rows: Sequence[db.Row]) -> dict[tuple[int, str], list[list[db.Row]]]:
    """The proposals of each fault: table 3 of a report is one fault, each path of its table 4 another."""
    faults: dict[tuple[int, str], dict[int, list[db.Row]]] = {}
    for row in rows:
        name = row["line"] if row["schedule"] == _REVIEW else row["schedule"]
        fault = faults.setdefault((row["report_id"], name), {})
        fault.setdefault(row["alternative"], []).append(row)
    return {key: list(sets.values()) for key, sets in faults.items()}


def _sets(row: db.Row, faults: Mapping[tuple[int, str], Sets]) -> Sets:
    if row["kind"] != "arithmetic":
        return ()
    name = row["line"] if row["schedule"] == _REVIEW else row["schedule"]
    return faults.get((row["report_id"], name), ())
