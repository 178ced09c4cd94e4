"""A page of the original as a picture: what a person compares a cell in doubt with."""

import io

import pytest
from PIL import Image
from reportlab.pdfgen.canvas import Canvas
from small_filings import text

from dashboard import original
from dashboard.determining import picture


def pdf(pages: int = 2) -> bytes:
    file = io.BytesIO()
    canvas = Canvas(file, (300, 400))
    for number in range(pages):
        canvas.rect(0, 0, 300, 400 - 100 * number, stroke=0, fill=1)
        canvas.showPage()
    canvas.save()
    return file.getvalue()


def tiff() -> bytes:
    file = io.BytesIO()
    first, second = Image.new("1", (40, 20)), Image.new("1", (20, 40))
    first.save(file, "TIFF", save_all=True, append_images=[second])
    return file.getvalue()


def opened(data: bytes | None) -> Image.Image:
    assert data
    return Image.open(io.BytesIO(data))


def test_a_page_of_a_pdf_is_drawn_by_its_number() -> None:
    first, second = (opened(picture.drawn(pdf(), page)) for page in (1, 2))
    assert first.format == second.format == "PNG"
    assert max(first.size) == 1800
    assert first.getpixel((10, 10)) == (0, 0, 0)
    assert second.getpixel((10, 10)) == (255, 255, 255)


def test_a_frame_of_a_picture_of_several_is_drawn() -> None:
    assert [opened(picture.drawn(tiff(), page)).size for page in (1, 2)] == [(40, 20), (20, 40)]


def test_a_page_that_is_looked_at_again_is_not_drawn_again(monkeypatch: pytest.MonkeyPatch) -> None:
    read: list[str] = []

    def reading(filing: dict[str, str]) -> bytes:
        read.append(filing["sha256"])
        return pdf()

    monkeypatch.setattr(original, "read", reading)
    monkeypatch.setattr(picture, "drawn", lambda data, page: None if page > 20 else bytes([page]))
    filing = {"sha256": "a"}
    assert [picture.page_of(filing, page) for page in (1, 2, 1, 2)] == [b"\1", b"\2"] * 2 and len(read) == 2
    # A file that gave nothing is tried again, and no more than a few are kept.
    assert [picture.page_of(filing, 21), picture.page_of(filing, 21)] == [None, None] and len(read) == 4
    for page in range(3, 20):
        picture.page_of(filing, page)
    picture.page_of(filing, 1)
    assert len(read) == 4 + 17 + 1


@pytest.mark.parametrize("data", [b"", b"%PDF-1.7 cut off", text(), tiff()[:50]])
def test_what_cannot_be_drawn_is_none(data: bytes) -> None:
    assert picture.drawn(data, 1) is None


@pytest.mark.parametrize("page", [0, -1, 3, 10**9])
def test_a_page_that_is_not_there_is_none(page: int) -> None:
    assert picture.drawn(pdf(), page) is None
    assert picture.drawn(tiff(), page) is None
