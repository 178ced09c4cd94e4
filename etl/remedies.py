"""What a person can do about a problem: apart from the problem, since it differs by the place that tells of it."""

from functools import cache
from pathlib import Path

import yaml

from etl.report import Problem

_REMEDIES = Path(__file__).parent / "lookups" / "remedies.yaml"


@cache
def load() -> dict[str, dict[str, str]]:
    """The remedies by kind and language; empty where the problem's own words say it."""
    found: dict[str, dict[str, str]] = yaml.safe_load(_REMEDIES.read_text(encoding="utf-8"))
    return found


def of(kind: str, language: str = "zh") -> str:
    """The remedy where filings lie in folders; KeyError for a kind that is not listed."""
    return load()[kind][language]


def sentence(problem: Problem) -> str:
    """The problem with that remedy, in one sentence."""
    return "；".join(filter(None, (problem.detail, of(problem.kind))))
