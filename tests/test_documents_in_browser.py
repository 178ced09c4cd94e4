"""Every button that hands out a document, pressed in a browser: what comes opens, with what belongs in it."""

import re
import zipfile
from io import BytesIO

import pytest
from docx import Document
from on_screen import charts, downloaded
from openpyxl import load_workbook
from playwright.sync_api import Page
from pyarrow import parquet

pytestmark = pytest.mark.xdist_group("browser")


def bytes_of(page: Page, label: str | re.Pattern[str]) -> bytes:
    return downloaded(page, page.get_by_role("button", name=label).first)


def words_in(data: bytes) -> str:
    document = Document(BytesIO(data))
    cells = (cell.text for table in document.tables for row in table.rows for cell in row.cells)
    return "\n".join([*(paragraph.text for paragraph in document.paragraphs), *cells])


def test_a_chart_and_its_table_are_taken_away_as_a_workbook_and_for_programs(page: Page, server: str) -> None:
    page.goto(f"{server}/requests")
    charts(page, 6)
    page.get_by_text("数据表与下载").first.click()
    book = load_workbook(BytesIO(bytes_of(page, "Excel")))
    assert any(sheet._charts for sheet in book.worksheets)
    assert "2025" in str([cell.value for cell in book.worksheets[0]["A"]])
    rows = parquet.read_table(BytesIO(bytes_of(page, "Parquet"))).to_pylist()
    assert {row["年度"] for row in rows} >= {2019, 2025}


def test_the_briefing_and_the_page_on_one_sheet_come_from_the_overview(page: Page, server: str) -> None:
    page.goto(server)
    charts(page, 1)
    assert "2025年" in words_in(bytes_of(page, "2025 年情况简报（Word）"))
    page.get_by_role("link", name="依申请公开").click()
    charts(page, 6)
    sheet = bytes_of(page, "一页简报（Word）")
    assert "依申请公开" in words_in(sheet)
    assert any("charts/chart" in name for name in zipfile.ZipFile(BytesIO(sheet)).namelist())


def test_the_return_comes_with_its_tables_its_paper_and_the_letters(page: Page, server: str) -> None:
    page.goto(f"{server}/county_return")
    assert "依申请公开" in words_in(bytes_of(page, "年度报告（Word）"))
    assert len(load_workbook(BytesIO(bytes_of(page, "三张表（Excel）"))).worksheets) == 4
    assert "霁桥镇" in words_in(bytes_of(page, "汇总底稿（Word）"))
    assert len(load_workbook(BytesIO(bytes_of(page, "各单位数字（Excel）"))).worksheets) > 3
    letters = zipfile.ZipFile(BytesIO(bytes_of(page, re.compile("退回修改通知（.+份）"))))
    assert all("修改" in words_in(letters.read(name)) for name in letters.namelist())


def test_the_circular_the_form_and_the_whole_base_are_handed_out(page: Page, server: str) -> None:
    page.goto(f"{server}/submissions")
    assert "霁桥镇人民政府" in words_in(bytes_of(page, "下载通报（Word）"))
    page.goto(f"{server}/downloads")
    assert load_workbook(BytesIO(bytes_of(page, "下载空白填报工作簿（Excel）"))).worksheets[0].title == "封面"
    assert "requests" in load_workbook(BytesIO(bytes_of(page, "下载工作簿（Excel）"))).sheetnames
