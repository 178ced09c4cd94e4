"""Tables known only by where their words stand, in monospaced text and in print without ruling lines."""

import json
from collections.abc import Sequence
from pathlib import Path

import grids
import pytest

from etl.document import Paragraph, Table
from etl.readers.geometry.glyphs import Word
from etl.readers.geometry.layout import is_page_layout, read_layout, tables

WRAPPED = """\
一、总体情况
  全年收到政府信息公开申请三件。

                                        自然人   商业企   总计
                                                 业

一、本年新收政府信息公开申请数量        3        0        3

      （三）不
      予公开
              1.属于国家秘密            450      170      620
三、

              2.申请人逾期未按收费
本            通知要求缴纳费用、行      467      20       487
              政机关不再处理
年
              3.要求提供公开出版
                                        1        2        3
              物

      （四）无


                              -2-
      法提供
              1.本机关不掌握相关政      8        9        17
              府信息

四、结转下年度继续办理                  308      93       401

四、政府信息公开行政复议、行政诉讼情况
"""


def only_table(text: str) -> Table:
    (table,) = [block for block in read_layout(text) if isinstance(block, Table)]
    return table


def test_a_label_wrapped_round_its_numbers_is_one_cell() -> None:
    labelled = {row[-4]: row[-3:] for row in grids.texts(only_table(WRAPPED)) if len(row) > 3}
    assert labelled == {
        "一、本年新收政府信息公开申请数量": ["3", "0", "3"],
        "1.属于国家秘密": ["450", "170", "620"],
        "2.申请人逾期未按收费通知要求缴纳费用、行政机关不再处理": ["467", "20", "487"],
        "3.要求提供公开出版物": ["1", "2", "3"],
        "1.本机关不掌握相关政府信息": ["8", "9", "17"],
        "四、结转下年度继续办理": ["308", "93", "401"],
    }


def test_a_group_written_down_the_side_spans_its_rows_over_a_page_break() -> None:
    groups = {cell.text: cell.rows for cell in only_table(WRAPPED).cells if cell.rows > 1}
    assert groups == {"三、本年": 4, "（三）不予公开": 3}
    assert "（四）无法提供" in [cell.text for cell in only_table(WRAPPED).cells]


def test_a_head_wrapped_over_two_lines_is_one_head_of_its_column() -> None:
    assert [cell.text for cell in only_table(WRAPPED).cells if cell.row == 0] == [
        "自然人",
        "商业企业",
        "总计",
    ]


def test_the_text_round_a_table_stays_text_and_the_page_number_goes() -> None:
    texts = [block.text for block in read_layout(WRAPPED) if isinstance(block, Paragraph)]
    assert texts == [
        "一、总体情况",
        "全年收到政府信息公开申请三件。",
        "四、政府信息公开行政复议、行政诉讼情况",
    ]


def test_a_column_left_blank_in_one_row_does_not_shift_the_others() -> None:
    text = """\
信息内容          本年制发件数    本年废止件数    现行有效件数

规章              7               5               46

行政规范性文件                    8               153

其他文件          2               0               9
"""
    assert grids.texts(only_table(text))[2] == ["行政规范性文件", "", "8", "153"]


def test_new_heads_begin_a_new_table_and_the_line_between_is_a_caption() -> None:
    text = """\
信息内容          本年制发件数    本年废止件数    现行有效件数

规章              7               5               46

第二十条第（五）项

信息内容          本年处理决定数量

行政许可          1216
"""
    first, caption, second = read_layout(text)
    assert isinstance(first, Table) and isinstance(second, Table)
    assert caption == Paragraph("第二十条第（五）项", 1)
    assert grids.texts(second) == [["信息内容", "本年处理决定数量"], ["行政许可", "1216"]]


def test_a_value_between_two_columns_is_given_to_neither() -> None:
    text = """\
信息内容          制发      废止      有效

规章              7         5         46

规范性文件             8              153

其他文件          2         0         9
"""
    assert grids.texts(only_table(text))[2] == ["规范性文件", "8 153"]


def test_heads_over_several_columns_span_them() -> None:
    text = """\
行政复议                         行政诉讼

                                 未经复议直接起诉                 复议后起诉

结果   结果   总计               结果   结果   总计               结果   结果   总计
维持   纠正                      维持   纠正                      维持   纠正

9      17     26                 30     4      34                 35     39     74
"""
    cells = {(cell.row, cell.column): (cell.text, cell.columns) for cell in only_table(text).cells}
    assert cells[0, 0] == ("行政复议", 3)
    assert cells[0, 3] == ("行政诉讼", 6)
    assert cells[1, 3] == ("未经复议直接起诉", 3)
    assert cells[1, 6] == ("复议后起诉", 3)
    assert [cells[2, column][0] for column in range(3, 9)] == ["结果维持", "结果纠正", "总计"] * 2


@pytest.mark.parametrize("align", ["left", "middle", "right"])
def test_columns_are_found_by_any_alignment_of_print(align: str) -> None:
    shown = (("规章", "7", "5", "46"), ("行政规范性文件", "1900", "8", "153"), ("其他文件", "20", "0", "9"))
    found = tables([word for index, row in enumerate(shown) for word in _set(row, 700 + 24 * index, align)])
    assert [grids.texts(table) for table in found] == [[list(row) for row in shown]]


def _set(row: Sequence[str], top: float, align: str) -> list[Word]:
    """Words of a printed row in 10 points, the label at the left and the values as told."""
    label, *values = row
    words = [Word(label, 80, 80 + 10 * len(label), top, top + 12, 1)]
    for place, value in zip((250, 320, 390), values, strict=True):
        shift = {"left": 0.0, "middle": 2.5 * len(value), "right": 5.0 * len(value)}[align]
        words.append(Word(value, place - shift, place - shift + 5 * len(value), top, top + 12, 1))
    return words


@pytest.mark.parametrize(
    ("text", "layout"),
    [
        (WRAPPED, True),
        ("规章\t7\t5\t46\n行政许可\t1\n行政处罚\t2\n行政强制\t3\n", False),
        ("| 规章 | 7 | 5 | 46 |\n| 行政许可 | 1 |\n", False),
        ("规章\n7\n5\n46\n", False),
        ("", False),
    ],
)
def test_only_a_text_in_columns_of_blanks_is_a_page_layout(text: str, layout: bool) -> None:
    assert is_page_layout(text) is layout


def test_the_page_layout_of_a_whole_report_gives_every_figure_with_its_label(shared: Path) -> None:
    text = (shared / "variants" / "page_layout.txt").read_text(encoding="utf-8")
    truth = json.loads((shared / "variants" / "page_layout.truth.json").read_text(encoding="utf-8"))
    found = [block for block in read_layout(text) if isinstance(block, Table)]
    values = [cell.text for table in found for cell in table.cells if cell.text.replace(".", "", 1).isdigit()]
    assert values == [fact["text"] for fact in truth["facts"]]
    labels = {cell.text for table in found for cell in table.cells}
    assert "2.申请人逾期未按收费通知要求缴纳费用、行政机关不再处理其政府信息公开申请" in labels
    assert {
        "（三）不予公开",
        "（四）无法提供",
        "（五）不予处理",
        "（六）其他处理",
        "三、本年度办理结果",
    } <= labels


def test_page_layout_is_told_from_the_other_texts(shared: Path) -> None:
    told = {
        path.stem
        for path in (shared / "variants").glob("*.txt")
        if path.stem != "utf16_crlf" and is_page_layout(path.read_text(encoding="utf-8"))
    }
    assert told == {"page_layout"}
