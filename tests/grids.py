"""Documents written down briefly, to compare at a glance."""

from etl.document import Document, Paragraph, Table


def paragraphs(document: Document) -> list[str]:
    return [block.text for block in document.blocks if isinstance(block, Paragraph)]


def tables(document: Document) -> list[Table]:
    return [block for block in document.blocks if isinstance(block, Table)]


def rows(table: Table) -> list[list[str]]:
    """Each row's cells as "column+columns*rows text", spans of 1 left out."""
    found: dict[int, list[str]] = {}
    for cell in table.cells:
        across = f"+{cell.columns}" if cell.columns > 1 else ""
        down = f"*{cell.rows}" if cell.rows > 1 else ""
        found.setdefault(cell.row, []).append(f"{cell.column}{across}{down} {cell.text}".strip())
    return list(found.values())


def texts(table: Table) -> list[list[str]]:
    """The texts row by row, a merged cell where it begins."""
    found: dict[int, list[str]] = {}
    for cell in table.cells:
        found.setdefault(cell.row, []).append(cell.text)
    return [found[row] for row in sorted(found)]


def outline(document: Document) -> list[str]:
    return [
        block.text if isinstance(block, Paragraph) else f"[{len(block.cells)}]" for block in document.blocks
    ]
