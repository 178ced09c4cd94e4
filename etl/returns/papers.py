"""The documents of a return, by what they are for: each with the name of its file and a maker of its bytes."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial

from etl import documents
from etl.returns import paper, working_paper
from etl.returns.whole import CountyReturn
from etl.returns.words import words


@dataclass(frozen=True, slots=True)
class Paper:
    """A document: `kind` is word, excel, working_paper or figures; `make` can be called in another process."""

    kind: str
    name: str
    make: Callable[[], bytes]


def papers(made: CountyReturn) -> tuple[Paper, ...]:
    """The report in Word, its tables in Excel, the working paper, and every unit's figures."""
    rolled = made.rolled
    makers: dict[str, tuple[str, Callable[[], bytes]]] = {
        "word": ("docx", partial(paper.word, rolled, made.drafts, made.sample)),
        "excel": ("xlsx", partial(documents.county_tables, rolled, made.sample)),
        "working_paper": ("docx", partial(working_paper.word, made)),
        "figures": ("xlsx", partial(_figures, made)),
    }
    return tuple(Paper(kind, _name(made, kind, ending), make) for kind, (ending, make) in makers.items())


def _name(made: CountyReturn, kind: str, ending: str) -> str:
    mark: str = words()["sample"] if made.sample else ""
    named: str = words()["files"][kind].format(county=made.rolled.county, year=made.rolled.year)
    return f"{mark}{named}.{ending}"


def _figures(made: CountyReturn) -> bytes:
    said = words()["paper"]
    sheets = [
        (title, [said["unit"], *heads], rows) for title, heads, rows in working_paper.tables(made.rolled)
    ]
    long = (said["long"], said["long_heads"], list(working_paper.long_rows(made.rolled)))
    return documents.workbook([long, *sheets])
