"""The structure of a filing, the same for every file format: paragraphs and tables in reading order."""

from dataclasses import dataclass


class UnreadableFile(Exception):
    """A file that cannot be read; the message is one Chinese sentence saying what is wrong and what to do."""


@dataclass(frozen=True, slots=True)
class Cell:
    """A table cell: `row` and `column` count from 0, `rows` and `columns` are its spans."""

    text: str
    row: int
    column: int
    rows: int = 1
    columns: int = 1


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A line or paragraph of running text; `page` counts from 1 where the format has pages."""

    text: str
    page: int | None = None


@dataclass(frozen=True, slots=True)
class Table:
    """Cells in reading order, merged cells once.

    `aligned` is false where the source gives the cells of a row only in their order (text with one cell
    a line, ragged rows of pipes): equal column numbers then do not mean the same column.
    """

    cells: tuple[Cell, ...]
    page: int | None = None
    aligned: bool = True


@dataclass(frozen=True, slots=True)
class Document:
    """The blocks of a filing, and what the file says about itself outside them.

    `properties` are (name, text) pairs in the words of the format: `title`, `published`, `url`, `pictures`.
    """

    blocks: tuple[Paragraph | Table, ...]
    properties: tuple[tuple[str, str], ...] = ()
