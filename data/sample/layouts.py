"""The layouts a filing can be given: name → file extension and writer."""

from collections.abc import Callable

from data.sample import paper, plain, web, word
from data.sample.spec import ReportSpec

LAYOUTS: dict[str, tuple[str, Callable[[ReportSpec], bytes]]] = {
    "docx": ("docx", word.docx),
    "web": ("html", web.utf8),
    "web-undeclared": ("html", web.undeclared),
    "web-gb2312": ("html", web.gb2312),
    "word-web": ("htm", web.saved_by_word),
    "pdf": ("pdf", paper.pdf),
    "tabs": ("txt", plain.tabs),
    "blank-lines": ("txt", plain.blank_lines),
    "pipe-lines": ("txt", plain.pipe_lines),
    "pipe-rows": ("txt", plain.pipe_rows),
    "page": ("txt", plain.page),
    "utf16": ("txt", plain.utf16),
    "gb18030": ("txt", plain.gb18030),
}


def render(spec: ReportSpec, layout: str) -> bytes:
    """The filing as a file in one of LAYOUTS; KeyError for another name."""
    return LAYOUTS[layout][1](spec)
