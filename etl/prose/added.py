"""A number that adds up others: …，共计395条, 以上合计214条."""

import re

from etl.prose.channels import channels, together
from etl.prose.numbers import Quantity
from etl.prose.phrases import Phrase
from etl.prose.publication import Publication
from etl.prose.reading import Reading
from etl.prose.table import CHANNELS, word
from etl.prose.wholes import CONTENTS

SUM = re.compile(
    "^(?:全年|以上|[两二三四]者|各渠道|(?:以上|上述)?[两二三四五六七八]大?(?:项|类|个?渠道|个?平台|种方式))?(?:共计|合计|总计|总共|共)(?:公开|发布)?(?:各类|政府|政务)?(?:信息)?$"
)
_SOMEWHERE = word("{somewhere}")


def added_up(
    order: int,
    quantity: Quantity,
    phrases: tuple[Phrase, ...],
    readings: list[Reading],
    accounts: frozenset[str],
) -> Publication | None:
    """What the number adds up: the channels or contents of its clause, or the channels of its sentence.

    Contents of one channel add up to the channel's number.
    """
    phrase = phrases[order]
    first, stops = order, "\n" if phrase.head.startswith(("以上", "上述")) else ";。\n"
    while first and phrases[first].opener not in stops:
        first -= 1
    here = [reading for reading in readings if reading.order >= first]
    contents = [reading.value for reading in here if reading.metric in CONTENTS]
    if len(contents) > 1 and sum(contents) == quantity.value:
        clause = "".join(part.head for part in phrases[first:order])
        named = channels(clause, accounts)
        key = together(named) if named else None if _SOMEWHERE.search(clause) else "items_published"
        return Publication(key) if key else None
    if len({reading.metric for reading in here if reading.metric in CHANNELS}) > 1:
        return Publication("items_published")
    through = [
        reading.value
        for reading in readings
        if reading.metric in CHANNELS and phrases[reading.order].sentence == phrase.sentence
    ]
    return Publication("items_published") if len(through) > 1 and sum(through) == quantity.value else None
