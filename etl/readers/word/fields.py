"""Fields of Word files: what stands before a field's result is a command and does not show."""

import re

BEGIN, RESULT, END = "\ue010", "\ue011", "\ue012"
MARKS = {"begin": BEGIN, "separate": RESULT, "end": END}
_PARTS = re.compile("([\ue010-\ue012])")


def results(text: str) -> str:
    """The text of a paragraph with its fields' marks in it, as it shows: only their results are left.

    A field that does not end in the paragraph is shown as it is, lest a damaged one hide all that follows.
    """
    if BEGIN not in text and RESULT not in text and END not in text:
        return text
    shown: list[str] = []
    open_fields: list[tuple[int, bool]] = []
    for part in _PARTS.split(text):
        if part == BEGIN:
            open_fields.append((len(shown), False))
        elif part == RESULT and open_fields:
            start, _ = open_fields[-1]
            del shown[start:]
            open_fields[-1] = start, True
        elif part == END and open_fields:
            start, has_result = open_fields.pop()
            del shown[start if not has_result else len(shown) :]
        elif part not in (RESULT, END):
            shown.append(part)
    return "".join(shown)
