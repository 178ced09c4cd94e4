"""The names of lines, columns and metrics in the language of the session.

Chinese labels are the law's and come from the forms; the English ones are ours.
"""

import tomllib
from functools import cache, lru_cache
from pathlib import Path

from dashboard import db
from dashboard.text import language, load, t
from etl import forms
from etl.paper.statutory_layout import Slot

_ENGLISH = Path(__file__).parent / "text" / "form_labels.en.toml"


def line(schedule: str, key: str) -> str:
    """The label of a line of the form."""
    return _form(schedule, "line", key)


def column(schedule: str, key: str) -> str:
    """The label of a column of the form."""
    return _form(schedule, "column", key)


def printed(schedule: str, slot: Slot) -> str:
    """A label of a statutory table where it stands in its layout, with its number and its note."""
    if language() == "zh" or slot.name is None:
        return slot.text
    kind, key = slot.name
    words = _english()[f"{schedule}.{kind}"][key]
    if slot.number is None:
        return words
    at, depth = slot.number
    number = f"({at + 1})" if depth == 1 else f"{at + 1}."
    return f"{number} {words}{_english().get(f'{schedule}.note', {}).get(key, '')}"


def metric(key: str) -> str:
    """The name of a metric of the prose."""
    names = "label_zh" if language() == "zh" else "label_en"
    return str(next(row[names] for row in db.query("metric_labels") if row["metric"] == key))


def metric_unit(key: str) -> str:
    """The unit of a metric of the prose."""
    if f"unit.{key}" in load(language()):
        return t(f"unit.{key}")
    unit = next(row["unit"] for row in db.query("metric_labels") if row["metric"] == key)
    return t(f"measure_word.{unit}")


def rule(check: str) -> str:
    """What a check says."""
    found = next(row for row in db.query("rules") if row["check_id"] == check)
    return str(found[f"message_{language()}"])


def cell(schedule: str, line_key: str, column_key: str) -> str:
    """Where a cell stands, in words: line · column."""
    return f"{line(schedule, line_key)} · {column(schedule, column_key)}"


def place(schedule: str | None, line_key: str | None, column_key: str | None) -> str:
    """Where a finding points to: a cell, a line, a schedule, or the report as a whole."""
    if schedule is None:
        return t("shared.whole_report")
    if line_key and column_key:
        return cell(schedule, line_key, column_key)
    return line(schedule, line_key) if line_key else t(f"schedule.{schedule}")


def in_chinese(schedule: str | None, line_key: str | None, column_key: str | None) -> str:
    """Where a finding points to in the law's own words, whatever the language of the screen: for official letters."""
    words = load("zh")
    if schedule is None:
        return words["shared.whole_report"]
    found = words[f"schedule.{schedule}"]
    if line_key:
        found += f"“{_chinese(schedule, 'line', line_key)}”"
    return f"{found}（{_chinese(schedule, 'column', column_key)}）" if column_key else found


def english(schedule: str) -> dict[str, str]:
    """The English of the labels of a table's lines and columns, by what the forms print."""
    lines, columns = forms.names(schedule)
    known = (("line", lines), ("column", columns))
    return {
        label: _english()[f"{schedule}.{kind}"][key]
        for kind, printed in known
        for key, label in printed.items()
        if key in _english()[f"{schedule}.{kind}"]
    }


def _form(schedule: str, kind: str, key: str) -> str:
    if language() == "en":
        return _english()[f"{schedule}.{kind}"][key]
    return _chinese(schedule, kind, key)


def _chinese(schedule: str, kind: str, key: str) -> str:
    return _printed(db.build())[schedule, kind, key]


@lru_cache(maxsize=2)
def _printed(build: Path | None) -> dict[tuple[str, str, str], str]:
    """The labels as printed, by schedule, kind and key, of a build."""
    return {(row["schedule"], row["kind"], row["key"]): str(row["label"]) for row in db.query("labels")}


@cache
def _english() -> dict[str, dict[str, str]]:
    raw = tomllib.loads(_ENGLISH.read_text(encoding="utf-8"))
    return {f"{schedule}.{kind}": words for schedule, kinds in raw.items() for kind, words in kinds.items()}
