"""What stands on a PDF's page without being part of it: fields filled in, text put over, lines through words."""

from collections.abc import Iterator

import pypdfium2
from pypdfium2 import raw

from etl.readers.geometry.box import Box

_MOST = 2_000
_OVER = (raw.FPDF_ANNOT_STRIKEOUT, raw.FPDF_ANNOT_REDACT, raw.FPDF_ANNOT_FREETEXT)
_WRITTEN = (*_OVER, raw.FPDF_ANNOT_WIDGET, raw.FPDF_ANNOT_LINE)


def placed(pdf: pypdfium2.PdfDocument, index: int) -> tuple[pypdfium2.PdfPage, tuple[Box, ...]]:
    """A page with what is printed on top of it made part of it, and the boxes, y downwards, where that hides what lies beneath."""
    page = pdf[index]
    found = list(_annotations(page))
    boxes = tuple(box for kind, box in found if kind in _OVER)
    if any(kind in _WRITTEN for kind, _ in found):
        raw.FPDFPage_Flatten(page.raw, raw.FLAT_PRINT)
        page.close()
        page = pdf[index]
    return page, boxes


def _annotations(page: pypdfium2.PdfPage) -> Iterator[tuple[int, Box]]:
    height = page.get_bbox()[3]
    for index in range(min(raw.FPDFPage_GetAnnotCount(page.raw), _MOST)):
        annotation, rectangle = raw.FPDFPage_GetAnnot(page.raw, index), raw.FS_RECTF()
        if annotation:
            raw.FPDFAnnot_GetRect(annotation, rectangle)
            kind, flags = raw.FPDFAnnot_GetSubtype(annotation), raw.FPDFAnnot_GetFlags(annotation)
            raw.FPDFPage_CloseAnnot(annotation)
            if not flags & raw.FPDF_ANNOT_FLAG_HIDDEN:
                yield (
                    kind,
                    (rectangle.left, height - rectangle.top, rectangle.right, height - rectangle.bottom),
                )
