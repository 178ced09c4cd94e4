"""The words of the briefing, and how a sentence is made of them: text and figures, each figure with its origins."""

from collections.abc import Iterable
from functools import cache
from pathlib import Path
from string import Formatter
from typing import Any

import yaml

from etl.briefing.figures import Figure

_WORDS = Path(__file__).resolve().parent.parent / "lookups" / "briefing.yaml"

Said = tuple[str | Figure, ...]
Filling = str | int | Figure | Said


def say(key: str, **values: Filling) -> Said:
    """The sentence of a key, its places filled; figures stay figures, for their sources to be numbered."""
    pieces: list[str | Figure] = []
    for text, place, _, _ in Formatter().parse(words()[key]):
        pieces.append(text)
        if place:
            value = values[place]
            pieces.extend(
                value if isinstance(value, tuple) else [value if isinstance(value, Figure) else str(value)]
            )
    return tuple(piece for piece in pieces if piece != "")


def joined(said: Iterable[Said], separator: str = "separator") -> Said:
    """Several phrases as one."""
    pieces: list[str | Figure] = []
    for phrase in said:
        pieces += ([words()[separator]] if pieces else []) + list(phrase)
    return tuple(pieces)


def short(government: str) -> str:
    """A government's name without the words that all of them share."""
    for ending in words()["endings"]:
        if government.endswith(ending) and len(government) > len(ending) + 1:
            return government.removesuffix(ending)
    return government


def names(governments: Iterable[str]) -> str:
    """Governments named one after another."""
    return str(words()["separator"]).join(map(short, governments))


@cache
def words() -> dict[str, Any]:
    """The document's words."""
    found: dict[str, Any] = yaml.safe_load(_WORDS.read_text(encoding="utf-8"))
    return found
