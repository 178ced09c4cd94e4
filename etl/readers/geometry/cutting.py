"""Heads of a table without ruling lines that ran into one word, each put back to its own. Lengths are ems."""

from collections.abc import Iterator, Sequence
from itertools import pairwise

from etl.readers.geometry.glyphs import CJK, Word
from etl.readers.geometry.line import SEVERAL, Line

# How far the ends of two lines of one head stand apart at most, or their middles.
_SAME_EDGE, _SAME_MIDDLE = 0.3, 0.3
# Of a character: letters of a word that stand further apart were set so, or are no word.
_LETTER_SPACED = 1.15


def cut(lines: Sequence[Line], labels_right: float, values_left: float) -> list[Line]:
    """The heads, with a word cut that goes on from the labels to the numbers, and where it is the ends of heads side by side."""
    found: list[Line] = []
    for above, line in pairwise((None, *lines)):
        if line is None:
            continue
        words = [piece for word in line.words for piece in _at_labels(word, labels_right, values_left)]
        if above is not None:
            words = [piece for word in words for piece in _ends(word, above.words)]
        found.append(Line(tuple(words), line.at))
    return found


def _at_labels(word: Word, labels_right: float, values_left: float) -> Iterator[Word]:
    """The word in two where one of its characters begins between the labels and the numbers, and it reaches over both."""
    size = (word.right - word.left) / len(word.text)
    between = (labels_right + values_left) / 2
    reaches = word.left < labels_right - size and word.right > values_left + size / 2
    at = round((between - word.left) / size)
    edge = word.left + at * size
    if (
        reaches
        and all(map(CJK.match, word.text))
        and labels_right < edge < values_left
        and 0 < at < len(word.text)
    ):
        yield word._replace(text=word.text[:at], right=labels_right)
        yield word._replace(text=word.text[at:], left=edge)
    else:
        yield word


def _ends(word: Word, above: Sequence[Word]) -> list[Word]:
    """The letters of a word set apart, where each is the last of a head that stands above it."""
    count = len(word.text)
    pitch = (word.right - word.left - 1) / (count - 1) if count > 1 else 1.0
    if pitch < _LETTER_SPACED or not all(map(CJK.match, word.text)):
        return [word]
    lefts = [word.left + at * pitch for at in range(count)]
    letters = [
        word._replace(text=letter, left=left, right=left + 1)
        for letter, left in zip(word.text, lefts, strict=True)
    ]
    owners = [{at for at, other in enumerate(above) if goes_on(other, letter)} for letter in letters]
    return letters if all(owners) and len(set.union(*owners)) >= count else [word]


def go_on(above: Line, below: Line) -> bool:
    """Whether a line of heads is the next of the one above: several heads, and each stands below one of it."""
    return len(below.words) > SEVERAL and all(
        any(goes_on(over, word) for over in above.words) for word in below.words
    )


def goes_on(above: Word, letter: Word) -> bool:
    """Whether a word begins where the one above it does, or has its middle there."""
    same_middle = abs(above.left + above.right - letter.left - letter.right) / 2 < _SAME_MIDDLE
    return same_middle or abs(above.left - letter.left) < _SAME_EDGE
