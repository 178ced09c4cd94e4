"""The county's circular: who filed when, which faults are frequent, who does well."""

import zipfile
from dataclasses import replace
from datetime import date
from io import BytesIO

from docx import Document
from lxml import etree

from etl import checks
from etl.paper import circular
from etl.paper.circular import Circular, Kind, Unit

UNITS = (
    Unit("白石镇人民政府", "in_time", date(2025, 1, 20), 0, 0, 0),
    Unit("黑石乡人民政府", "late", date(2025, 3, 26), 54, 0, 0),
    Unit("青石镇人民政府", "undated", None, 0, 2, 1),
    Unit("红石乡人民政府", "missing", None, 0, 0, 0),
)
KINDS = (
    Kind("arithmetic", "每一行的总计，应等于六类申请人之和", 2, 1),
    Kind("completeness", "缺少规定的章节", 1, 1),
)
CIRCULAR = Circular("云岭县", 2024, date(2025, 1, 31), UNITS, KINDS, "云岭县人民政府办公室", date(2025, 4, 1))


def text_of(written: Circular) -> str:
    return "\n".join(paragraph.text for paragraph in Document(BytesIO(circular.word(written))).paragraphs)


def test_it_counts_who_filed_and_names_who_did_not_and_who_was_late() -> None:
    text = text_of(CIRCULAR)
    assert "应报送年报4份，截至2025年4月1日已报送3份，未报送1份" in text
    assert "未报送的单位：红石乡人民政府。" in text
    assert "黑石乡人民政府（2025年3月26日公布，晚54天）" in text
    assert "违" not in text


def test_only_who_filed_was_not_late_and_has_nothing_to_mend_does_well() -> None:
    text = text_of(CIRCULAR)
    assert "下列1个单位没有晚于规定日期，核查也没有发现差错和疑问：白石镇人民政府。" in text
    assert "没有既不晚于规定日期" in text_of(replace(CIRCULAR, units=UNITS[1:]))


def test_it_counts_what_is_to_be_mended() -> None:
    assert "1个单位的年报有3处差错或疑问尚待核对改正，其中差错2处、疑问1处" in text_of(CIRCULAR)
    assert "没有尚待改正的差错和疑问" in text_of(replace(CIRCULAR, units=UNITS[:2], kinds=()))


def test_its_tables_have_a_row_for_each_unit_and_each_rule() -> None:
    units, kinds = Document(BytesIO(circular.word(CIRCULAR))).tables
    rows = [[cell.text for cell in row.cells] for row in units.rows]
    assert rows[1] == ["1", "白石镇人民政府", "2025-01-20", "按时", "0", "0"]
    assert rows[4] == ["4", "红石乡人民政府", "—", "未报送", "—", "—"]
    assert [cell.text for cell in kinds.rows[1].cells] == ["1", "勾稽", KINDS[0].rule, "2", "1"]


def test_it_knows_a_name_for_every_kind_of_check() -> None:
    kinds = tuple(Kind(kind, "规则", 1, 1) for kind in {check.kind for check in checks.CHECKS})
    assert text_of(replace(CIRCULAR, kinds=kinds))


def test_the_circular_of_the_invented_county_says_so() -> None:
    assert text_of(replace(CIRCULAR, sample=True)).startswith("【示例（虚构）】")


def test_its_charts_hold_the_numbers_of_its_tables() -> None:
    at_fault = [unit for unit in CIRCULAR.units if unit.errors + unit.doubts]
    by_unit, by_kind = charts_of(circular.word(CIRCULAR))
    assert by_unit == [
        [unit.errors for unit in at_fault],
        [unit.doubts for unit in at_fault],
        [unit.errors + unit.doubts for unit in at_fault],
    ]
    assert sum(by_kind[0]) == sum(kind.findings for kind in CIRCULAR.kinds)


def charts_of(document: bytes) -> list[list[list[float]]]:
    """The numbers of each series of each chart, as Word draws them without opening the workbook behind."""
    with zipfile.ZipFile(BytesIO(document)) as package:
        charts = [
            etree.fromstring(package.read(name))
            for name in package.namelist()
            if name.startswith("word/charts/chart") and name.endswith(".xml")
        ]
    return [
        [
            [float(str(value.text)) for value in series.iterfind(".//{*}numCache/{*}pt/{*}v")]
            for series in chart.iter("{*}ser")
        ]
        for chart in charts
    ]
