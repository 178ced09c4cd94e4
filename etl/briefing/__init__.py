"""The year's briefing: a Word document that a leader can sign, every number in it computed and traced to its filing."""

from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from etl import decisions, documents
from etl.briefing import content, figures, tables
from etl.briefing.figures import County, Figure
from etl.briefing.wording import Said, words
from etl.paper.slips import on

if TYPE_CHECKING:
    from etl.paper.style import Letter

_PUBLISHED_MM = (22, 14, 13, 12, 10, 12, 12, 12, 12, 12, 12, 15)
_REQUESTED_MM = (22, *(10.5,) * 13)
_FILED_MM = (40, 30, 36, 16, 16, 18)
_SOURCE_MM = (12, 16, 128)
_FILING_MM = (26, 14, 116)
_SENTENCE_MM = (26, 14, 116)


def document(build: Path, county: str, year: int, dated: date) -> tuple[str, bytes]:
    """The briefing on a county's year from a published build: its file name and its bytes.

    Raises LookupError, in words for people, when the build has nobody of the county who owes a report on the year.
    """
    found = figures.load(build, county, year, decisions.trail(county))
    return name(county, year, found.sample), _word(found, dated, words()["sample"] if found.sample else "")


def name(county: str, year: int, sample: bool) -> str:
    """The file name of a briefing."""
    made: str = words()["file"].format(county=county, year=year)
    return words()["sample"] + made if sample else made


def _word(county: County, dated: date, mark: str) -> bytes:
    named = {"county": county.county, "year": county.year}
    letter = documents.letter((mark + "\n" if mark else "") + words()["title"].format(**named))
    notes = _Notes()
    letter.title()
    letter.paragraph(words()["opening"].format(**named))
    for section in content.sections(county, dated):
        letter.heading(section.heading)
        for said in section.said:
            letter.noted(notes.marked(said))
        for chart in section.charts:
            letter.chart(chart)
    letter.annexes(words()["annexes"])
    letter.signature(words()["office"].format(**named), on(dated))
    _by_unit(letter, county)
    _sources(letter, notes.figures, county.year)
    return letter.bytes()


def _by_unit(letter: "Letter", county: County) -> None:
    made = (
        ("published", words()["published_heads"], tables.published(county), _PUBLISHED_MM),
        ("requested", words()["requested_heads"], tables.requested(county), _REQUESTED_MM),
        ("checked", words()["findings_heads"], tables.filed(county), _FILED_MM),
    )
    for number, (key, heads, rows, widths) in enumerate(made, 1):
        letter.annex(words()["annex"].format(number=number), words()["tables"][key])
        letter.table(heads, rows, widths, small=True)
        letter.note(words()["table_note"])


def _sources(letter: "Letter", numbered: Sequence[Figure], year: int) -> None:
    letter.annex(words()["annex"].format(number=4), words()["tables"]["sources"])
    letter.table(
        words()["source_heads"], list(tables.sources(numbered, year)), _SOURCE_MM, 2, small=True, short=0
    )
    letter.caption(words()["tables"]["sentences"])
    letter.table(words()["sentence_heads"], tables.sentences(numbered), _SENTENCE_MM, 2, small=True, short=0)
    letter.caption(words()["tables"]["filings"])
    letter.table(words()["filing_heads"], tables.filings(numbered), _FILING_MM, 2, small=True, short=0)


class _Notes:
    """The figures in the order in which the text names them, each once."""

    def __init__(self) -> None:
        self.figures: list[Figure] = []

    def marked(self, said: Said) -> list[tuple[str, str]]:
        """The sentence in pieces, each with the mark of its note, empty for plain text."""
        return [(piece, "") if isinstance(piece, str) else (piece.shown, self._mark(piece)) for piece in said]

    def _mark(self, figure: Figure) -> str:
        if figure not in self.figures:
            self.figures.append(figure)
        return tables.mark(self.figures.index(figure) + 1, figure)
