"""A township's year put into words: the title, the opening, the prose of sections one, five and six."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from random import Random
from typing import Any

import yaml

from data.sample.county import COUNTY, Township
from data.sample.spec import Number, Part
from etl.forms import PROACTIVE, REQUESTS, REVIEW

_SLOT = re.compile(r"\{(\w+)(?::([\w-]+))?\}|\[(\w+)\]")
_HAN_NUMBERS = "一二三四五六"
_HAN_DIGITS = "〇一二三四五六七八九"
_LEADS = ("（{n}）{m}情况。", "{d}.{m}。", "{n}是{m}方面。", "（{n}）{m}", "{m}方面，", "（{n}）{m}情况：")
_BARE = 3


@cache
def wordings() -> dict[str, Any]:
    """The pools of sentences."""
    text = Path(__file__).with_name("wordings.yaml").read_text(encoding="utf-8")
    pools: dict[str, Any] = yaml.safe_load(text)
    return pools


@dataclass(slots=True)
class Writer:
    """Chooses sentences for one filing and fills them in; `use` sets a pool's sentence, `drop` leaves out a section, `likeness` whose choices to repeat."""

    township: Township
    year: int
    prose: dict[str, int]
    newest_form: bool
    use: dict[str, str] = field(default_factory=dict)
    drop: int = 0
    likeness: tuple[str, int] | None = None
    numbers: list[Number] = field(default_factory=list)

    @property
    def source(self) -> tuple[str, int]:
        """Whose choices are made: the filing's own, or those of the one it copies."""
        return self.likeness or (self.township.name, self.year)

    def number(self, pool: str, count: int, shift: int = 0) -> int:
        """Which of `count` is taken: another one every year."""
        name, year = self.source
        order = Random(f"{name} {pool}").sample(range(count), count)
        return order[(year - 2019 + shift) % count]

    def pick(self, pool: str, shift: int = 0) -> Any:
        """The pool's choice of the year, as it stands."""
        choices = wordings()[pool]
        return choices[self.number(pool, len(choices), shift)]

    def sentence(self, pool: str, shift: int = 0) -> str:
        """A sentence of the pool, filled in; its numbers are recorded."""
        template = self.use[pool] if pool in self.use and not shift else self.pick(pool, shift)
        return self.fill(template, f"{pool} {shift}")

    def fill(self, template: str, salt: str = "") -> str:
        """The template with names, topics and numbers in the place of its slots."""
        name, year = self.source
        topics = Random(f"{name} {year} {salt}").sample(wordings()["topics"], 3)
        words: dict[str, str] = {
            **self._names(),
            **{f"topic{at}": topic for at, topic in enumerate(topics, 1)},
        }

        def filled(match: re.Match[str]) -> str:
            slot, metric, zero = match.groups()
            if zero:
                self.numbers.append(Number(zero, 0, "verbal_zero"))
                return ""
            if slot in words:
                return words[slot]
            if metric != "-":
                self.numbers.append(Number(metric or slot, self.prose[slot]))
            return str(self.prose[slot])

        return _SLOT.sub(filled, template)

    def _names(self) -> dict[str, str]:
        government = self.township.government(self.year)
        name = self.township.former if self.year < self.township.renamed else self.township.name
        return {
            "county": COUNTY,
            "full": government,
            "name": name,
            "self": "我" + ("街道" if name.endswith("街道") else name[-1]),
            "year": str(self.year),
            "hanyear": "".join(_HAN_DIGITS[int(digit)] for digit in str(self.year)),
            "account": self.township.account,
        }

    def title(self) -> tuple[str, ...]:
        """The lines of the title."""
        lines = self.use["title"].split("|") if "title" in self.use else self.pick("titles")
        return tuple(self.fill(line) for line in lines)

    def parts(self) -> tuple[Part, ...]:
        """The six sections under the headings of the year's choice."""
        headings = [f"{_HAN_NUMBERS[at]}、{title}" for at, title in enumerate(self.pick("headings"))]
        schedules = (None, PROACTIVE, REQUESTS, REVIEW, None, None)
        writers = {1: self._general, 5: self._outlook, 6: self._rest}
        return tuple(
            Part(heading, tuple(writers[at]()) if at in writers else (), schedule)
            for at, (heading, schedule) in enumerate(zip(headings, schedules, strict=True), 1)
            if at != self.drop
        )

    def _general(self) -> Iterator[str]:
        yield self.sentence("general")
        quiet = "" if self.prose["wechat_items"] else "_quiet"
        texts = (
            self.sentence(f"proactive{quiet}") + self._documents(),
            self._asked(),
            self.sentence("management") + self.sentence("management", 5),
            self.sentence(f"platform{quiet}"),
            self.sentence("supervision") + self.sentence("training"),
        )
        style = self.number("leads", len(_LEADS))
        for at, (matter, text) in enumerate(zip(wordings()["matters"], texts, strict=True)):
            lead = _LEADS[style].format(n=_HAN_NUMBERS[at], d=at + 1, m=matter)
            yield from (lead, text) if style == _BARE else (lead + text,)

    def _documents(self) -> str:
        if "documents" in self.use:
            return self.sentence("documents")
        if not self.prose["normative_documents_issued"]:
            return self.sentence("documents_none")
        return self.sentence("documents") if self.newest_form else ""

    def _asked(self) -> str:
        some = self.prose["requests_received"] or self.prose["requests_carried_in"]
        text = self.sentence("requests_some" if some else "requests_none")
        if self.prose["requests_closed"] > 8:
            text += self.sentence("outcomes")
        reviewed = self.prose["reconsiderations"] or self.prose["suits"]
        return text + self.sentence("reviews_some" if reviewed else "reviews_none")

    def _outlook(self) -> Iterator[str]:
        yield self.sentence("problems")
        yield self.sentence("measures") + self.sentence("measures", 4)

    def _rest(self) -> Iterator[str]:
        yield self.sentence("other")
