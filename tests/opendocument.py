"""OpenDocument files written part by part."""

import io
import zipfile

_SPACES = " ".join(
    f'xmlns:{prefix}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"'
    for prefix, name in (
        ("office", "office"),
        ("text", "text"),
        ("table", "table"),
        ("style", "style"),
        ("draw", "drawing"),
        ("fo", "xsl-fo-compatible"),
    )
)
_MORE = 'xmlns:xlink="http://www.w3.org/1999/xlink"'


def content(body: str, styles: str = "", kind: str = "text", root: str = "document-content") -> str:
    return (
        f'<?xml version="1.0" encoding="UTF-8"?><office:{root} {_SPACES} {_MORE}>'
        f"<office:automatic-styles>{styles}</office:automatic-styles>"
        f"<office:body><office:{kind}>{body}</office:{kind}></office:body></office:{root}>"
    )


def odf(body: str, styles: str = "", kind: str = "text", **parts: str | bytes) -> bytes:
    """A file of a kind, "text" or "spreadsheet"; more parts by name, a double underscore for a slash, a single for a dot."""
    more = {name.replace("__", "/").replace("_", "."): part for name, part in parts.items()}
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as package:
        # The kind stands first and bare, so that it can be told without unpacking.
        kind_of_file = f"application/vnd.oasis.opendocument.{kind}"
        package.writestr("mimetype", kind_of_file, zipfile.ZIP_STORED)
        for name, part in ({"content.xml": content(body, styles, kind)} | more).items():
            package.writestr(name, part)
    return buffer.getvalue()


def flat(body: str, styles: str = "", kind: str = "text") -> bytes:
    """The same as one XML text."""
    mark = f'document office:mimetype="application/vnd.oasis.opendocument.{kind}"'
    return content(body, styles, kind, mark).replace(f"</office:{mark}>", "</office:document>").encode()


def paragraph(text: str) -> str:
    return f"<text:p>{text}</text:p>"


def cell(text: str = "", look: str = "") -> str:
    return f"<table:table-cell {look}>{paragraph(text) if text else ''}</table:table-cell>"


COVERED = "<table:covered-table-cell/>"


def row(*cells: str, look: str = "") -> str:
    return f"<table:table-row {look}>{''.join(cells)}</table:table-row>"


def table(*rows: str, look: str = "", columns: str = "") -> str:
    return f'<table:table table:name="表" {look}>{columns}{"".join(rows)}</table:table>'
