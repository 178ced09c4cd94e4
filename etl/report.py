"""The meaning of a filing: statutory facts, numbers stated in prose, sections, and what was not understood."""

from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum


class State(StrEnum):
    """How a statutory cell was filled in: a blank is not a zero, nor is a dash."""

    STATED = "stated"
    BLANK = "blank"
    DASHED = "dashed"
    ILLEGIBLE = "illegible"


@dataclass(frozen=True, slots=True)
class Place:
    """Where in the document something was read: the block's index and, in a table, the cell's row and column.

    In running text `at` is the character of the block with which a sentence begins.
    """

    block: int
    row: int | None = None
    column: int | None = None
    at: int | None = None


@dataclass(frozen=True, slots=True)
class Fact:
    """One statutory cell, named by the form's schedule, line and column.

    `value` is None unless `state` is STATED; counts are whole numbers, fees are in 10,000 yuan.
    `text` is the cell as printed; `place` is None only when the cell itself was left out of the text.
    """

    schedule: str
    line: str
    column: str
    value: Decimal | None
    state: State
    text: str
    place: Place | None = None


@dataclass(frozen=True, slots=True)
class Metric:
    """One number stated in prose, in the metric's own unit, with the sentence that states it.

    `bound` is "lower" or "upper" for hedged numbers; `scope` is "cumulative" for sums over several years;
    `part_of` names the metric this one is a part of; `category` the content of a `category_items`;
    `basis` is "verbal_zero", "implied_all" or "derived" when no digit says the value; `corrected_by` is the
    person who corrected our reading of it.
    """

    metric: str
    value: Decimal
    unit: str
    approximate: bool
    sentence: str
    bound: str | None = None
    scope: str | None = None
    part_of: str | None = None
    category: str | None = None
    basis: str | None = None
    section: str = ""
    corrected_by: str | None = None
    place: Place | None = None


@dataclass(frozen=True, slots=True)
class Doubt:
    """A number of the prose that allows more than one reading: `metric` is the likeliest, which is not taken.

    `kind` says why: an entry of `lookups/doubts.yaml`.
    """

    metric: Metric
    kind: str


@dataclass(frozen=True, slots=True)
class Correction:
    """What a person corrected in our reading: `read` is None where we missed the number, `right` where there is none.

    `approximate` says whether the filing hedges the right value; `sentence` is an exact quote; `at` is local time in ISO
    form, empty where it is not known. For a statutory cell `cell` is its schedule.line.column and `text` what we read.
    """

    metric: str
    read: Decimal | None
    right: Decimal | None
    approximate: bool
    sentence: str
    why: str
    by: str
    at: str = ""
    cell: str = ""
    text: str = ""


@dataclass(frozen=True, slots=True)
class Section:
    """A numbered part of the report: `number` as printed ("一"), its heading, its text without tables.

    `starts` has for each line where it begins in the text, its block, and its first character there (None in a table).
    """

    number: str
    heading: str
    text: str
    starts: tuple[tuple[int, int, int | None], ...] = ()

    def place(self, at: int) -> Place | None:
        """Where in the document a character of the text stands; None for a section that is of no document."""
        before = [start for start in self.starts if start[0] <= at]
        if not before:
            return None
        line, block, begins = before[-1]
        return Place(block, at=None if begins is None else begins + at - line)


@dataclass(frozen=True, slots=True)
class Leftover:
    """Text that stands in a statutory table and was not understood, and why.

    `suggestion` is the label of the form that the text looks most like: for a person, never used in reading.
    """

    text: str
    reason: str
    place: Place | None = None
    suggestion: str = ""


@dataclass(frozen=True, slots=True)
class TableReading:
    """How a statutory table was read: the block and page its first cell stands in, None where it has no place.

    `by_order` and `by_grid` count the cells that each way of reading made out, `confirmed` those on which both agree.
    """

    schedule: str
    form: str
    block: int | None
    page: int | None
    by_order: int
    by_grid: int
    confirmed: int


@dataclass(frozen=True, slots=True)
class Problem:
    """A failure of ours, or a choice only a person can make: `kind` is a stable id, `detail` the fact in one sentence.

    What to do about it is told by `remedies`, by the kind.
    """

    kind: str
    detail: str


@dataclass(frozen=True, slots=True)
class Source:
    """Where a report came from; `sha256` identifies the filing, `published` is an ISO date when known."""

    sha256: str
    path: str
    media_type: str
    url: str | None = None
    published: str | None = None
    published_from: str | None = None


@dataclass(frozen=True, slots=True)
class Claim:
    """What the filing says about itself: `subject` is government, county or year; `origin` is where it stands.

    Origins: title, heading, body, period, signature, url, file-name, folder, register, manifest.
    """

    subject: str
    value: str
    origin: str
    text: str


@dataclass(frozen=True, slots=True)
class Report:
    """A filing understood. `forms` gives the generation of each schedule found; `form` is that of table 2.

    `government`, `county` and `year` are None where nothing says, or the claims disagree.
    """

    government: str | None
    county: str | None
    year: int | None
    form: str | None
    forms: tuple[tuple[str, str], ...]
    facts: tuple[Fact, ...]
    metrics: tuple[Metric, ...]
    sections: tuple[Section, ...]
    leftovers: tuple[Leftover, ...]
    problems: tuple[Problem, ...]
    claims: tuple[Claim, ...]
    source: Source
    readings: tuple[TableReading, ...] = ()
    corrections: tuple[Correction, ...] = ()
    doubts: tuple[Doubt, ...] = ()
