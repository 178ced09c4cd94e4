"""网站、公众号分别公开62条、118条: each number is handed to its member of the list."""

import re
from dataclasses import replace

from etl.prose.phrases import Phrase
from etl.prose.table import word

_SHARED_OUT = re.compile("^(.{2,60}?)分别(?:为|是|有)?(.*)$")
_BETWEEN = word("、|和|以及|及|与|(?<=微博)(?=微信)|(?<=微信)(?=微博)")
_NO_MEMBER = re.compile("^(?:其中|包括|按|从|具体)")


def hand_out(phrases: tuple[Phrase, ...]) -> tuple[Phrase, ...]:
    """The phrases with each head of a 分别 list spelt out; lists which do not match their numbers stay."""
    result = list(phrases)
    for order, phrase in enumerate(phrases):
        found = _SHARED_OUT.match(phrase.head)
        if found is None or phrase.quantity is None or _NO_MEMBER.match(found[1]):
            continue
        members = [member for member in _BETWEEN.split(found[1]) if member]
        run = phrases[order : order + len(members)]
        if len(members) > 1 and len(run) == len(members) and all(_bare(part) for part in run[1:]):
            for offset, (member, part) in enumerate(zip(members, run, strict=True)):
                result[order + offset] = replace(part, head=member + found[2], start=phrase.start)
    return tuple(result)


def _bare(phrase: Phrase) -> bool:
    return phrase.quantity is not None and _BETWEEN.sub("", phrase.head).strip() == ""
