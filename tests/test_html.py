import json
from pathlib import Path

import pytest
from grids import outline, paragraphs, rows, tables

from etl import readers
from etl.document import UnreadableFile
from etl.readers.html import read


def page(body: str) -> bytes:
    return f"<html><head><title>年报</title></head><body>{body}</body></html>".encode()


@pytest.mark.parametrize("declared", ["gb2312", "gbk", "utf-8", "iso-8859-1", ""])
@pytest.mark.parametrize("encoding", ["utf-8", "gb18030", "utf-8-sig", "utf-16"])
def test_the_bytes_decide_the_encoding_whatever_the_page_declares(declared: str, encoding: str) -> None:
    text = f'<html><head><meta charset="{declared}"></head><body><p>青溪镇𥔲口村年度报告，公开3件</p></body></html>'
    assert paragraphs(read(text.encode(encoding))) == ["青溪镇𥔲口村年度报告，公开3件"]


def test_a_damaged_character_does_not_turn_the_page_into_another_encoding() -> None:
    data = ("<p>" + "政府信息公开年度报告" * 30 + "</p>").encode() + b"\xe6\x94"
    assert "政府信息公开年度报告" in paragraphs(read(data))[0]


def test_bytes_in_no_encoding_are_refused() -> None:
    with pytest.raises(UnreadableFile, match="编码"):
        read(b"<html><body><p>" + bytes(range(128, 256)) * 20 + b"\xff\x80" * 300)


def test_spans_are_placed_as_a_browser_places_them() -> None:
    document = read(
        page(
            """<table><tr><td rowspan=2>组<td colspan=2>头<tr><td>甲<td>1
            <tr><td rowspan="0">尾<td>乙<td>2<tr><td>丙<td>3</table>"""
        )
    )
    assert rows(tables(document)[0]) == [
        *(["0*2 组", "1+2 头"], ["1 甲", "2 1"], ["0*2 尾", "1 乙", "2 2"], ["1 丙", "2 3"]),
    ]


def test_a_span_wider_than_the_table_ends_with_the_table() -> None:
    document = read(
        page('<table><tr><td colspan="1000">头<tr><td>甲<td>1<tr><td>乙<td rowspan="9">2</table>')
    )
    assert rows(tables(document)[0]) == [["0+2 头"], ["0 甲", "1 1"], ["0 乙", "1 2"]]


def test_head_and_foot_stand_where_a_browser_shows_them() -> None:
    document = read(
        page(
            """<table><tfoot><tr><td>总计<td>9</tfoot><tbody><tr><td>甲<td>1</tbody>
            <thead><tr><th>项<th>数</thead></table>"""
        )
    )
    assert rows(tables(document)[0]) == [["0 项", "1 数"], ["0 甲", "1 1"], ["0 总计", "1 9"]]


def test_rows_in_a_misplaced_form_and_cells_without_a_row_are_read() -> None:
    document = read(
        page("<table><form><tr><td>甲<td>1</tr></form><tbody><td>乙</td><td>2</td></tbody></table>")
    )
    assert rows(tables(document)[0]) == [["0 甲", "1 1"], ["0 乙", "1 2"]]


def test_a_word_page_loses_its_scaffolding_only() -> None:
    document = read(
        page(
            """<!--[if gte mso 9]><xml>x</xml><![endif]--><p class=MsoNormal><b>一、</b><span lang=EN-US>2023</span>年政府信
            息公开<o:p>&nbsp;</o:p></p><table class=MsoTableGrid><tr><td><p class=MsoNormal><span>商业<br>企业<o:p></o:p></span></p>
            <td><p><span style='mso-hide:all'>7</span>1</p></tr>
            <![if !supportMisalignedColumns]><tr height=0><td width=9></td><td></td></tr><![endif]></table>"""
        )
    )
    assert paragraphs(document) == ["一、2023年政府信息公开"]
    assert rows(tables(document)[0]) == [["0 商业\n企业", "1 1"]]


@pytest.mark.parametrize(
    "struck",
    [
        '<td><span style="text-decoration:line-through">5</span>7</td><td>8</td>',
        '<td><span class="gone">5</span>7</td><td>8</td>',
        '<td><font style="text-decoration-line: underline line-through">5</font>7</td><td>8</td>',
        '<td><p style="TEXT-DECORATION: line-through red"><b>5</b>6</p>7</td><td>8</td>',
        '<td class="gone"><b>5</b>6</td><td>8</td>',
        '<td style="text-decoration: line-through">5</td><td>8</td>',
    ],
)
def test_figures_struck_through_do_not_count_and_cells_stay_in_their_columns(struck: str) -> None:
    style = "<style>.gone { color: red; text-decoration: line-through }</style>"
    (table,) = tables(read(page(f"{style}<table><tr><td>甲</td>{struck}</tr></table>")))
    found = {cell.column: cell.text.strip() for cell in table.cells}
    assert found.get(1, "") == ("7" if "7" in struck else "")
    assert found[2] == "8"


def test_nothing_hidden_is_read() -> None:
    document = read(
        page(
            """<p style="DISPLAY: none">藏</p><script>var x = 1</script><div hidden>藏</div><p>见<del>删</del></p>
            <table><tr><td>甲<td>1<tr style="display:none"><td>乙<td>2</table>"""
        )
    )
    assert outline(document) == ["见", "[2]"]


def test_the_figures_of_a_row_that_a_class_hides_are_doubted() -> None:
    """A script may show the row again."""
    style = "<style>.template { display: none }</style>"
    lines = "<tr class=template><td>规章<td>5<tr><td>规章<td>7"
    assert rows(tables(read(page(f"{style}<table>{lines}</table>")))[0]) == [
        ["0 规章", "1 5?"],
        ["0 规章", "1 7"],
    ]


def test_a_note_mark_is_no_digit_of_the_figure() -> None:
    document = read(page("<table><tr><td>54<sup>1</sup><td>7<sup>[2]</sup><td><sup>3</sup></table>"))
    assert rows(tables(document)[0]) == [["0 54", "1 7", "2 3"]]


def test_figures_in_form_fields_are_read() -> None:
    document = read(page('<table><tr><td>甲<td><input value="12"><input type="hidden" value="9"></table>'))
    assert rows(tables(document)[0]) == [["0 甲", "1 12"]]


def test_invisible_characters_go_and_spaces_run_together() -> None:
    assert paragraphs(read(page("<p>\u200b一、\ufeff总体&nbsp;&nbsp;情况 \u3000</p>"))) == ["一、总体 情况"]


def test_line_breaks_and_lists_make_lines_and_menus_one() -> None:
    body = "<ul><li><a>首页</a></li><li><a>公开</a></li></ul><div>行一<br>行二</div><ul><li>甲<li>乙</ul>"
    assert paragraphs(read(page(body))) == ["首页 公开", "行一", "行二", "甲", "乙"]


def test_a_report_laid_out_in_a_table_flows_with_its_own_tables() -> None:
    figures = "<table><tr><td>甲<td>1<tr><td>乙<td>2</table>"
    body = f"<table><tr><td>菜单<td><p>二、主动公开</p>{figures}<p>三、收到</p></table>"
    assert outline(read(page(body))) == ["菜单", "二、主动公开", "[4]", "三、收到"]


def test_an_article_in_a_table_cell_flows_without_tables_in_it() -> None:
    prose = "<p>政府信息公开工作情况。</p>" * 40
    document = read(page(f"<table><tr><td>导航<td>位置<tr><td colspan=2>{prose}</table>"))
    assert outline(document) == ["导航", "位置", *["政府信息公开工作情况。"] * 40]


def test_a_whole_report_in_one_table_stays_a_table() -> None:
    prose = "工作情况。" * 80
    lines = "".join(f"<tr><td>项{n}<td>{n}" for n in range(12))
    document = read(page(f"<table><tr><td colspan=2>{prose}{lines}</table>"))
    assert len(tables(document)[0].cells) == 25


@pytest.mark.parametrize("cell", ["甲", "<p>甲</p>", "<br>甲"])
def test_markdown_with_a_table_in_tags_keeps_its_lines(cell: str) -> None:
    text = (
        f"一、总体情况\n\n二、主动公开\n<table><tr><td>{cell}</td><td>1</td></tr></table>\n三、收到\n四、复议"
    )
    assert outline(read(text.encode())) == ["一、总体情况", "二、主动公开", "[2]", "三、收到", "四、复议"]


@pytest.mark.parametrize(
    ("markup", "published"),
    [
        ('<meta name="PubDate" content="2024-01-18 16:32:00">', "2024-01-18"),
        ('<meta property="article:published_time" content="2024-01-18T08:00:00+08:00">', "2024-01-18"),
        ("<p>发布时间：2024年1月18日 来源：青溪镇</p>", "2024-01-18"),
        ("<span>时间: 2024/01/18</span>", "2024-01-18"),
        ("<table><tr><td>索引号<td>1<td>发布日期<td>2024-01-18 16:32</table>", "2024-01-18"),
        ("<p>统计时间：2023-01-01</p><p>发布日期：2024-13-41</p>", None),
    ],
)
def test_the_day_of_publication_is_found_where_pages_put_it(markup: str, published: str | None) -> None:
    assert dict(read(page(markup)).properties).get("published") == published


def test_a_page_says_its_title_address_and_pictures() -> None:
    data = b"<!-- saved from url=(0030)https://www.example.gov.cn/a.html -->" + page(
        "<p>x</p><img src=a><img src=b>"
    )
    assert dict(read(data).properties) == {
        "title": "年报",
        "url": "https://www.example.gov.cn/a.html",
        "pictures": "2",
    }


@pytest.mark.parametrize(
    "name",
    [
        *(
            "spans.html",
            "empty_cells.html",
            "numbering_comma.html",
            "mixed_23_rows_web.html",
            "form_2019.html",
        ),
        *("wrong_totals.html", "html_named_doc.doc", "tables_as_pictures.html", "web_page_gb18030.html"),
    ],
)
def test_every_figure_of_a_web_filing_is_read_in_order(shared: Path, name: str) -> None:
    path = shared / "variants" / name
    _, document = readers.read(path.read_bytes())
    facts = json.loads(path.with_name(f"{path.stem}.truth.json").read_text(encoding="utf-8"))["facts"]
    cells = [cell.text for table in tables(document) for cell in table.cells]
    printed = [
        text for text in cells if text.removeprefix("-").removesuffix("元").replace(".", "").isdecimal()
    ]
    assert printed == [fact["text"] for fact in facts if fact["state"] != "blank"]


@pytest.mark.parametrize(
    ("style", "body"),
    [
        ("", "<div style='display: flex'><span>规章</span><span>5</span><b>31</b></div>"),
        ("", "<div style='display:grid'><span>规章</span><span>5</span><b>31</b></div>"),
        (".row { display: inline-flex }", "<div class='row'><span>规章</span><span>5</span><b>31</b></div>"),
        (
            "",
            "<div><span style='display:table-cell'>规章</span><span style='display:table-cell'>5</span><b>31</b></div>",
        ),
    ],
)
def test_words_set_in_boxes_beside_each_other_do_not_run_together(style: str, body: str) -> None:
    assert paragraphs(read(page(f"<style>{style}</style>{body}"))) == ["规章", "5", "31"]


def test_words_that_are_only_formatted_run_together() -> None:
    body = (
        "<style>.row { display: flex }</style><p>共<span style='display:inline-block'>12</span><b>件</b></p>"
    )
    assert paragraphs(read(page(body))) == ["共12件"]
