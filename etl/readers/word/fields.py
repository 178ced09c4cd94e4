"""Fields of Word files: what stands before a field's result is a command and does not show."""

import re

from etl.readers.showing import DOUBT

BEGIN, RESULT, END, DRAWN = "\ue010", "\ue011", "\ue012", "\ue013"
MARKS = {"begin": BEGIN, "separate": RESULT, "end": END}
_LABEL = re.compile(r"\?\D*[\u4e00-\u9fff]{3}")
_PARTS = re.compile("([\ue010-\ue013])")
_DRAWN = re.compile(r"\s*(?:FORMDROPDOWN|EQ|SYMBOL|AUTONUM(?:LGL|OUT)?|LISTNUM|MACROBUTTON)\b", re.IGNORECASE)


def draws(command: str) -> bool:
    """Whether a field shows something without a result: the choice from a list, figures set over each other, a number."""
    return _DRAWN.match(command) is not None


def joined(pieces: list[str]) -> str:
    """The pieces of a paragraph, of which a lone doubt was drawn by a field: before words it is a label's number."""
    text = "".join(pieces)
    return text.removeprefix(DOUBT) if pieces[:1] == [DOUBT] and _LABEL.match(text) else text


def results(text: str) -> str:
    """The text of a paragraph with its fields' marks in it, as it shows: only their results are left.

    One that draws what it shows, `DRAWN` among its commands, is in doubt. A field that does not end in the paragraph is shown as it is, lest a damaged one hide all that follows.
    """
    if not _PARTS.search(text):
        return text
    shown: list[str] = []
    open_fields: list[tuple[int, bool]] = []
    for part in _PARTS.split(text):
        if part == BEGIN:
            open_fields.append((len(shown), False))
        elif part == RESULT and open_fields:
            start, _ = open_fields[-1]
            shown[start:] = [DRAWN] * (DRAWN in shown[start:])
            open_fields[-1] = start, True
        elif part == END and open_fields:
            start, has_result = open_fields.pop()
            drawn, result = DRAWN in shown[start:], "".join(shown[start:]).replace(DRAWN, "") * has_result
            shown[start:] = [result or DOUBT * drawn]
        elif part not in (RESULT, END):
            shown.append(part)
    return joined([part for part in shown if part not in ("", DRAWN)])
