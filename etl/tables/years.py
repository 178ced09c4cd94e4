"""Labels that name a year by its number, 2023年制发件数, in the words of the form: 本年制发件数.

Only the report's own year, the one before and the one after are words of the form; columns and lines of any
other year stay unknown.
"""

import re
from dataclasses import replace

from etl.document import Document, Paragraph, Table
from etl.tables import labels

_YEAR = re.compile(r"(?<!\d)(20\d\d)年?(?!\d)")
_PART = re.compile(r"\s*20\d\d\s*年\s*(?:度|新)?\s*")
_LONGEST = 60


def in_words(document: Document, year: int | None) -> Document:
    """The document with 本年, 上年 and 下年 for the report's year and those beside it, where that makes a label."""
    if year is None:
        return document
    own = words(year)
    return replace(document, blocks=tuple(_block(block, own) for block in document.blocks))


def words(year: int) -> dict[str, str]:
    """The form's words for the report's year and those beside it, by their numbers."""
    return {str(year - 1): "上年", str(year): "本年", str(year + 1): "下年"}


def _block(block: Paragraph | Table, words: dict[str, str]) -> Paragraph | Table:
    if isinstance(block, Paragraph):
        text = text_in_words(block.text, words)
        return block if text is block.text else replace(block, text=text)
    if not any(_YEAR.search(cell.text) for cell in block.cells):
        return block
    return replace(
        block, cells=tuple(replace(cell, text=text_in_words(cell.text, words)) for cell in block.cells)
    )


def text_in_words(text: str, words: dict[str, str]) -> str:
    """A text with the form's words for its years, where that makes a label; else as it is."""
    if len(text) > _LONGEST or not _YEAR.search(text) or labels.meanings(text):
        return text
    told = _YEAR.sub(lambda year: words.get(year[1], year[0]), text)
    return told if labels.meanings(told) or _PART.fullmatch(text) else text
