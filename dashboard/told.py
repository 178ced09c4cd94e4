"""What reading, importing and checks tell in Chinese sentences, in the language of the session."""

import re
import tomllib
from functools import cache, lru_cache
from pathlib import Path

from dashboard import db, labels
from dashboard.text import language, load, t
from etl import doubts, forms, narrative, remedies

_ENGLISH = Path(__file__).parent / "text" / "told.en.toml"
_BLANK = re.compile(r"\\\{(\w+)\\\}")
_NUMBER, _TEXT = "-?[0-9.,]+", ".+?"
# Parts of a sentence that are ours; others quote a file and stay as they are.
_OURS = ("place", "table", "line", "column", "metric", "why", "read")


def problem(row: db.Row) -> str:
    """What is the matter with a filing, and what can be done about it."""
    fact, remedy = said(row["detail"]), remedies.of(row["kind"], language())
    return t("shared.and_remedy", fact=fact.removesuffix("."), remedy=remedy) if remedy else fact


def said(sentence: str) -> str:
    """The sentence in the language of the session, with what it quotes as it stands; one without English stays Chinese."""
    return sentence if language() == "zh" else english(sentence) or sentence


@lru_cache(maxsize=4096)
def english(sentence: str) -> str | None:
    """The English of a Chinese sentence, or of a name of the form; None where it has none."""
    if sentence in _names():
        return _names()[sentence]
    for pattern, words in _sentences():
        if found := pattern.fullmatch(sentence):
            return words.format_map({name: _part(name, text) for name, text in found.groupdict().items()})
    return None


def listed() -> dict[str, str]:
    """The Chinese sentences that have English, with blanks for what differs from file to file."""
    found: dict[str, str] = tomllib.loads(_ENGLISH.read_text(encoding="utf-8"))
    return found


def _part(name: str, text: str) -> str:
    return (english(text) or text) if name in _OURS else text


@cache
def _sentences() -> tuple[tuple[re.Pattern[str], str], ...]:
    """Each Chinese sentence as a pattern, with its English."""
    return tuple(
        (re.compile(_BLANK.sub(_any, re.escape(chinese)), re.DOTALL), words)
        for chinese, words in listed().items()
    )


def _any(blank: re.Match[str]) -> str:
    name = blank[1]
    return rf"(?P<{name}>{_NUMBER if name.split('_')[0] == 'n' else _TEXT})"


@cache
def _names() -> dict[str, str]:
    """What sentences name: tables, lines and columns of the forms, metrics, and why a number was not taken."""
    names = {words["zh"]: words["en"] for words in doubts.words().values()}
    names |= {metric.label_zh: metric.label_en for metric in narrative.definitions()}
    for form in forms.load():
        for schedule in form.schedules:
            names |= labels.english(schedule.key)
            names[schedule.title] = load("en")[f"schedule.{schedule.key}"]
    return names
