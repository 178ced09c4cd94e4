"""What a style does to words, by its declarations: takes them off the page, hides, squeezes, strikes, raises or whitens them."""

import re
from enum import Enum, auto

_ABSENT = re.compile(r"display\s*:\s*none|mso-hide\s*:\s*all", re.IGNORECASE)
_UNSEEN = re.compile(
    r"visibility\s*:\s*(?:hidden|collapse)|(?:font-size|opacity)\s*:\s*0(?![.\d]*[1-9])|font-size\s*:\s*1px\b"
    r"|clip\s*:\s*rect\(\s*(?:0|1px)[\s,]+(?:0|1px)[\s,]+(?:0|1px)|clip-path\s*:\s*(?:inset\(\s*(?:50|100)%|circle\(\s*0)"
    r"|(?:text-indent|left|top|right|margin-\w+)\s*:\s*-(?:9\d\d|\d{5})|transform\s*:\s*scale\(\s*0\s*[,)]"
    r"|(?:(?<![-\w])|text-fill-)color\s*:\s*(?:transparent\b|rgba\([^)]{0,40},\s*0(?:\.0+)?%?\s*\)|#(?:[\da-f]{3}0|[\da-f]{6}00)\b)",
    re.IGNORECASE,
)
_NONE = r"\s*:\s*0(?:\.0*)?(?:px|pt|em|%)?\s*(?:;|$|!)"
_NO_ROOM = re.compile(rf"(?<!line-)(?:height|width){_NONE}", re.IGNORECASE)
_NO_WIDTH = re.compile(rf"(?<![\w-])width{_NONE}", re.IGNORECASE)
_NOTHING = re.compile(r"\s*0+(?:\.0*)?\s*(?:px|pt|em|%)?\s*")
_CUT_OFF = re.compile(r"overflow(?:-[xy])?\s*:\s*(?:hidden|clip)", re.IGNORECASE)
_STRUCK = re.compile(r"text-decoration(?:-line)?\s*:[^;}]{0,100}line-through", re.IGNORECASE)
_RAISED = re.compile(r"vertical-align\s*:\s*(?:super|sub)\b", re.IGNORECASE)
_BARE = r"(?:#f[a-f]f[a-f]f[a-f]\b|#fff\b|white\b|rgb\(\s*25[0-5]\s*,\s*25[0-5]\s*,\s*25[0-5]\s*\))"
_WHITE = re.compile(rf"(?<![-\w])color\s*:\s*{_BARE}", re.IGNORECASE)
_GROUND = re.compile(
    rf"background(?:-color|-image)?\s*:\s*(?!\s|{_BARE}|none\b|transparent\b|inherit\b|initial\b)",
    re.IGNORECASE,
)


class Effect(Enum):
    """What becomes of the words. SQUEEZED ones are left no height, NARROWED ones no width, and what is beyond is cut off.

    NARROW is no width alone: it means something to columns, and to nothing else that holds words.
    """

    ABSENT = auto()
    UNSEEN = auto()
    NARROWED = auto()
    SQUEEZED = auto()
    STRUCK = auto()
    RAISED = auto()
    WHITE = auto()
    NARROW = auto()


def effect(style: str) -> Effect | None:
    """What a style does, the gravest of several things."""
    if _ABSENT.search(style):
        return Effect.ABSENT
    if _UNSEEN.search(style):
        return Effect.UNSEEN
    if cuts_off(style) and _NO_ROOM.search(style):
        return Effect.NARROWED if _NO_WIDTH.search(style) else Effect.SQUEEZED
    if _STRUCK.search(style):
        return Effect.STRUCK
    if _RAISED.search(style):
        return Effect.RAISED
    if _WHITE.search(style):
        return Effect.WHITE
    return Effect.NARROW if _NO_WIDTH.search(style) else None


def cuts_off(style: str) -> bool:
    """Whether what has no room is not shown."""
    return bool(_CUT_OFF.search(style))


def fills_ground(style: str) -> bool:
    """Whether a style gives words a ground that is not white."""
    return bool(_GROUND.search(style))


def is_white(colour: str | None) -> bool:
    """Whether a colour, as an attribute has it, is white."""
    return bool(colour and _WHITE.match(f"color:{colour}"))


def is_nothing(length: str | None) -> bool:
    """Whether a length, as an attribute has it, is none."""
    return bool(length and _NOTHING.fullmatch(length))
