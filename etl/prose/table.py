"""The metric table and the words of the register, read once and compiled."""

import re
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

_LOOKUPS = Path(__file__).parent.parent / "lookups"
_MACRO = re.compile(r"\{([a-z_]+)\}")
_WORDS: dict[str, Any] = yaml.safe_load((_LOOKUPS / "prose.yaml").read_text(encoding="utf-8"))

MEASURES: tuple[str, ...] = tuple(sorted(_WORDS["measures"].split(), key=len, reverse=True))
PUBLICATION_MEASURES = frozenset(_WORDS["publication_measures"].split()) | {""}
SIMPLIFIED = {ord(pair[0]): pair[1] for pair in _WORDS["traditional"].split()}
HEDGES: dict[str, str] = _WORDS["hedges"]


def word(text: str) -> re.Pattern[str]:
    """The pattern with each {name} replaced by the words of the register behind it; a fault names the entry."""
    expanded = text
    while _MACRO.search(expanded):
        expanded = _MACRO.sub(_expansion, expanded)
    try:
        return re.compile(expanded)
    except re.error as fault:
        raise ValueError(f"etl/lookups: cannot read the pattern {text!r}: {fault}") from fault


def _expansion(name: re.Match[str]) -> str:
    return "(?:" + re.sub(r"\s+", "", _WORDS["words"][name[1]]) + ")"


@dataclass(frozen=True, slots=True)
class Rule:
    """A metric of the table. Patterns see a phrase with # for its quantity; `within` needs its object named before."""

    key: str
    zh: str
    en: str
    unit: str
    tier: str
    says: re.Pattern[str] | None
    within: tuple[tuple[str, re.Pattern[str]], ...]
    never: re.Pattern[str] | None
    measures: frozenset[str]
    zero: re.Pattern[str] | None
    content: re.Pattern[str] | None
    channel: str | None


def _rule(entry: dict[str, Any]) -> Rule:
    measures = str(entry.get("measures", "")).replace(
        "{case}", _WORDS["words"]["case_measure"].replace("|", " ")
    )
    return Rule(
        key=entry["key"],
        zh=entry["zh"],
        en=entry["en"],
        unit=entry["unit"],
        tier=entry["tier"],
        says=_optional(entry, "says"),
        within=tuple((topic, word(pattern)) for topic, pattern in entry.get("within", {}).items()),
        never=_optional(entry, "never"),
        measures=frozenset(part.strip("'") for part in measures.split()),
        zero=_optional(entry, "zero"),
        content=_optional(entry, "content"),
        channel=entry.get("channel"),
    )


def _optional(entry: dict[str, Any], name: str) -> re.Pattern[str] | None:
    return word(entry[name]) if name in entry else None


def _read_rules() -> tuple[Rule, ...]:
    entries = yaml.safe_load((_LOOKUPS / "metrics.yaml").read_text(encoding="utf-8"))
    return tuple(_rule(entry) for entry in entries)


RULES = _read_rules()
RULE = {rule.key: rule for rule in RULES}
_CHANNELS = [(rule.key, rule.channel) for rule in RULES if rule.channel] + list(_WORDS["carriers"].items())
CHANNELS = frozenset(rule.key for rule in RULES if rule.channel) | {"bulletin_items", "traditional_items"}
CHANNEL = word("|".join(f"(?P<{key}>{pattern})" for key, pattern in _CHANNELS))
_WORDS["words"]["channel"] = "|".join(f"(?:{pattern})" for _, pattern in _CHANNELS)
TOPICS = tuple(
    (name.removeprefix("topic_"), word(f"{{{name}}}"))
    for name in _WORDS["words"]
    if name.startswith("topic_")
)


@dataclass(frozen=True, slots=True)
class DoubtWords:
    """A row of `doubts.yaml`: numbers of these metrics and measure words, none named meaning all, are in doubt where every pattern fits."""

    kind: str
    metrics: frozenset[str]
    units: frozenset[str]
    patterns: tuple[tuple[str, re.Pattern[str]], ...]
    unless: re.Pattern[str] | None


def _doubt_words(row: dict[str, str]) -> DoubtWords:
    metrics = frozenset(row["of"].split()) if "of" in row else frozenset(RULE)
    return DoubtWords(
        kind=row["kind"],
        metrics=metrics - frozenset(row.get("not_of", "").split()),
        units=frozenset(row.get("units", "").split()),
        patterns=tuple(
            (name, word(row[name])) for name in ("head", "tail", "sentence", "category") if name in row
        ),
        unless=_optional(row, "unless"),
    )


_DOUBTS: dict[str, Any] = yaml.safe_load((_LOOKUPS / "doubts.yaml").read_text(encoding="utf-8"))
DOUBT_KINDS: dict[str, dict[str, str]] = _DOUBTS["kinds"]
DOUBTS = tuple(_doubt_words(row) for row in _DOUBTS["words"])
