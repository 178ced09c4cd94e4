"""Number formats of sheets: what a cell shows of its number, where that is other than the number itself."""

import re
from collections.abc import Iterator
from decimal import ROUND_HALF_UP, Decimal
from functools import lru_cache
from typing import NamedTuple

from etl.readers.showing import DOUBT, Showing, taken

_PIECE = re.compile(
    r'"(?P<quoted>[^"]*)"|\\(?P<escaped>.)|[_*].|\[(?P<bracket>[^\]]*)\]|(?P<end>;)|(?P<general>General|@)'
    r"|(?P<places>[0#?][0#?,.]*|\.[0#?]+|,)|(?P<other>.)",
    re.IGNORECASE | re.DOTALL,
)
_DATE = re.compile(r"[ymd]|[hms]+", re.IGNORECASE)
_CURRENCY = re.compile(r"\$([^-]*)")
# Conditions, figures written as words, white.
_STRANGE = ("<", ">", "=", "dbnum", "white", "白", "color2", "颜色2")
_MOST = Decimal(10) ** 15
GENERAL = "General"
_LONGEST = 255


class _Section(NamedTuple):
    """The words before and after the number, its places such as `#,##0.00`, and whether it is shown otherwise than so."""

    before: str
    places: str
    after: str
    percent: bool
    strange: bool


@lru_cache(maxsize=256)
def _sections(code: str) -> tuple[_Section, ...] | None:
    """The parts of a format, for positive numbers, negative ones, zero and text; None for a date or a time."""
    pieces = list(_PIECE.finditer(code[:_LONGEST]))
    if any(_DATE.fullmatch(piece["other"] or piece["bracket"] or "") for piece in pieces):
        return None
    parts: list[list[re.Match[str]]] = [[]]
    for piece in pieces:
        if piece["end"]:
            parts.append([])
        else:
            parts[-1].append(piece)
    return tuple(map(_section, parts))


def _section(pieces: list[re.Match[str]]) -> _Section:
    before, places, after = "", "", ""
    strange = False
    for piece in pieces:
        if found := piece["places"] or piece["general"]:
            strange = strange or bool(places and found != ",") or found == ","
            places = places or found
            continue
        if piece["bracket"] is not None:
            currency = _CURRENCY.match(piece["bracket"])
            strange = strange or piece["bracket"].lower().startswith(_STRANGE)
            text = currency[1] if currency else ""
        else:
            text = piece["quoted"] or piece["escaped"] or piece["other"] or ""
            strange = strange or (piece["other"] or "") in ("E", "e", "/")
        before, after = (before, after + text) if places else (before + text, after)
    percent = any(piece["other"] == "%" for piece in pieces)
    return _Section(before, places, after, percent, strange or places.endswith(","))


def shown(value: Decimal, code: str) -> str | None:
    """What a format shows of a number, with `DOUBT` where that cannot be told; None for a date or a time."""
    sections = _sections(code)
    if sections is None:
        return None
    section, own_sign = _chosen(sections, value)
    if section.strange or abs(value) >= _MOST:
        return f"{value:f}{DOUBT}"
    if not section.places:
        return (section.before + section.after).strip()
    number = _placed(abs(value) * (100 if section.percent else 1), section.places)
    sign = "-" if value < 0 and not own_sign and number.strip("0.") else ""
    return f"{sign}{section.before}{number}{section.after}".strip()


def seen(number: Decimal, code: str, showing: Showing, zeros: bool) -> str | None:
    """What is taken of a cell's number, None where it is simply itself, or a date; with `zeros` false, zeros are not shown."""
    if (number == 0 and not zeros) or not number.is_finite():
        return ""
    if showing is Showing.SHOWN:
        return shown(number, code) if code else None
    text = shown(number, code or GENERAL)
    return taken(f"{number:f}{DOUBT}" if text is None else text, showing)


def hides_text(code: str) -> bool:
    """Whether a format shows nothing of a text."""
    sections = _sections(code)
    return bool(sections and len(sections) > 3 and not any(sections[3][:3]))


def _chosen(sections: tuple[_Section, ...], value: Decimal) -> tuple[_Section, bool]:
    """The section for a number, and whether it writes the sign itself."""
    if value < 0 and len(sections) > 1:
        return sections[1], True
    if value == 0 and len(sections) > 2:
        return sections[2], True
    return sections[0], False


def _placed(value: Decimal, places: str) -> str:
    """A number not below zero in places such as `#,##0.0#`."""
    if places.lower() in ("general", "@"):
        return f"{value.normalize():f}"
    whole, _, decimals = places.partition(".")
    rounded = value.quantize(Decimal(1).scaleb(-len(decimals)), ROUND_HALF_UP)
    digits, _, fraction = f"{rounded:f}".partition(".")
    least = whole.count("0")
    digits = ("" if digits == "0" and not least else digits).rjust(least, "0")
    if "," in whole and digits:
        digits = "".join(_grouped(digits))
    kept = fraction.rstrip("0").ljust(decimals.count("0"), "0") if "." in places else ""
    return f"{digits}.{kept}" if kept else digits


def _grouped(digits: str) -> Iterator[str]:
    for at, digit in enumerate(digits):
        yield digit
        if (rest := len(digits) - at - 1) and rest % 3 == 0:
            yield ","
