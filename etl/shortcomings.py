"""What the readers say they left out of a document, as problems for a person."""

from collections.abc import Iterator

from etl.document import Document
from etl.report import Problem


def problems(document: Document) -> Iterator[Problem]:
    """A problem for hidden sheets, rows and columns, for numbers that only show as ####, for pages that are pictures, and for pictures, recognised or not."""
    told = dict(document.properties)
    if hidden := told.get("hidden_sheets"):
        yield Problem("hidden-sheets", f"隐藏的工作表没有读取：{hidden}")
    if sheets := told.get("hidden_cells"):
        yield Problem("hidden-cells", f"工作表“{sheets}”有隐藏的行或列，其中的数没有采用")
    if sheets := told.get("narrow_columns"):
        yield Problem("narrow-columns", f"工作表“{sheets}”有的列太窄，数字显示为 ####，已按文件里的数值读取")
    if pages := told.get("pages_without_text"):
        yield Problem("unread-pages", f"第 {pages} 页是图片，没有认出文字")
    if read := told.get("pictures_read"):
        yield Problem("pictures-read", f"{read} 张图片里的内容是按扫描件识别的")
    if unread := told.get("unread_pictures"):
        yield Problem("unread-pictures", unread)
