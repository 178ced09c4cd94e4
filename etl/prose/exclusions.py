"""Whose number, and when: other bodies, other years, plans and differences are left alone."""

import re
from dataclasses import dataclass

from etl.prose.phrases import Phrase
from etl.prose.table import word

_PLAN, _PLAN_LEAD = word("{plan}"), word("{plan_lead}")
_LAST_YEAR, _ELSEWHERE = word("{last_year}"), word("{elsewhere}")
_INCREMENT = word(
    "(?:{compare}).*(?:{rise})$|^(?:又|再|净)?(?:{rise})$|(?:{compare})[^#]{0,12}(?:{rise})[^#]{0,3}$"
    "|(?<!新)(?:增加|增长|增多|减少|下降|上升|提升|降低)[了约近]*$|[由从](?:原来|最初|上年)?的?$"
    "|^(?:同比|环比)(?:{rise})(?![^#]*(?:至|为|达))"
)
_COUNTY, _COUNTY_SPEAKS, _TOWNSHIP_SPEAKS = (
    word("{whole_county}"),
    word("{county_speaks}"),
    word("{township_speaks}"),
)
_CUMULATIVE, _THIS_YEAR = word("{cumulative}"), word("{this_year_since}")
# A year that numbers are compared with, or that cases were carried to, is not theirs.
_COMPARED = re.compile(
    r"(?:较|比|与|同|结转|转入|转至|转到|顺延)(?:至|到|入)?(?:20\d\d年度?)+|20\d\d年度?(?=结转|转结|接转|遗留)"
)
_BESIDE = re.compile(r"^(?:较|比|与|同|和)20\d\d年度?(?:同期)?的?$")
_INTO = re.compile(r"(?:结转|转结|接转|转入|转至|转到|顺延|延至)(?:至|到|入)?(20\d\d)年")
_YEAR = re.compile(r"(?<!\d)(20\d\d)年")


@dataclass(frozen=True, slots=True)
class Speaker:
    """The report's own voice: its year, and whether a township speaks, to whom 全县 is another body."""

    year: int | None
    township: bool

    def is_foreign(self, phrase: Phrase) -> bool:
        """Whether the phrase speaks of other bodies: 全县, 39个单位, 据…通报."""
        return bool(_ELSEWHERE.search(phrase.scope)) or (self.township and bool(_COUNTY.search(phrase.scope)))

    def plans(self, text: str) -> bool:
        """Whether the words open a plan, which then fills the sentence."""
        return bool(_PLAN_LEAD.search(text))

    def leaves(self, head: str, before: str) -> bool:
        """Whether a number is of another year or a plan: `head` stands before it, `before` is the sentence up to there."""
        if (
            _LAST_YEAR.search(head)
            or _INCREMENT.search(head)
            or _BESIDE.search(head)
            or _PLAN.search(head)
            or _PLAN_LEAD.search(before)
        ):
            return True
        return self._of_other_year(head, before)

    def carries(self, key: str, phrase: Phrase, before: str) -> str:
        """A key of what was carried over, "" in a sentence of another year.

        结转至2023年 says in the report of 2023 what came in, not what went on.
        """
        if self._of_other_year("", before):
            return ""
        into = _INTO.search(phrase.head)
        return "requests_carried_in" if into and int(into[1]) == self.year else key

    def _of_other_year(self, head: str, before: str) -> bool:
        years = _YEAR.findall(head) or _YEAR.findall(_COMPARED.sub("", before))
        return (
            self.year is not None
            and bool(years)
            and int(years[-1]) in (self.year - 1, self.year - 2, self.year + 1)
        )


def speaker(text: str, year: int | None) -> Speaker:
    """Who speaks in the text. A year the text never names is not its own: then no year is held against it."""
    named = {int(found) for found in _YEAR.findall(text)}
    own = year is not None and (year in named or len(named & {year - 1, year - 2}) > 1)
    township = bool(_TOWNSHIP_SPEAKS.search(text)) and not _COUNTY_SPEAKS.search(text)
    return Speaker(year if own else None, township)


def over_several_years(sentence: str) -> bool:
    """历年累计, 自…以来: not the sum of one year."""
    return bool(_CUMULATIVE.search(_THIS_YEAR.sub("", sentence)))
