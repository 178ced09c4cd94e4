"""A filing as a web page: inside a government's site, or as Word saves it."""

from collections.abc import Callable, Iterator
from html import escape

from data.sample.grid import Box, size, tables
from data.sample.spec import ReportSpec

_MENU = ("网站首页", "走进栖禾", "政务公开", "办事服务", "互动交流", "专题专栏")
_BESIDE = ("政府信息公开指南", "政府信息公开制度", "法定主动公开内容", "政府信息公开年报", "依申请公开")
_Writer = Callable[[str, str], str]
_TableWriter = Callable[[tuple[Box, ...]], str]
_CellWriter = Callable[[Box], str]
_STYLE = (
    "body{font:16px/1.8 simsun;margin:0}.nav li{float:left;width:120px;list-style:none}.crumb{clear:both}"
    ".about td{padding:4px 10px;border:1px solid #ddd}#zoom table{border-collapse:collapse;width:100%}"
    "#zoom td{border:1px solid #333;padding:3px;font-size:13px}h1{text-align:center}"
)


def utf8(spec: ReportSpec) -> bytes:
    """The page in UTF-8, said so."""
    return _page(spec, '<meta charset="utf-8">').encode()


def undeclared(spec: ReportSpec) -> bytes:
    """The page in GB18030, nothing said about it."""
    return _page(spec, "").encode("gb18030")


def gb2312(spec: ReportSpec) -> bytes:
    """The page in GB18030, said to be gb2312."""
    declared = '<meta http-equiv="Content-Type" content="text/html; charset=gb2312">'
    return _page(spec, declared).encode("gb18030")


def saved_by_word(spec: ReportSpec) -> bytes:
    """What Word writes when a filing is saved as a web page."""
    head = (
        '<html xmlns:o="urn:schemas-microsoft-com:office:office" xmlns:w="urn:schemas-microsoft-com:office:word" '
        'xmlns="http://www.w3.org/TR/REC-html40">\r\n<head><meta http-equiv=Content-Type content="text/html; '
        'charset=gb2312"><meta name=ProgId content=Word.Document><meta name=Generator content="Microsoft Word 15">'
        f"<title>{escape(''.join(spec.title))}</title><!--[if gte mso 9]><xml><w:WordDocument><w:View>Print</w:View>"
        "</w:WordDocument></xml><![endif]--><style><!-- p.MsoNormal {mso-style-unhide:no; text-align:justify; "
        "font-size:16.0pt; font-family:仿宋_GB2312;} --></style></head>\r\n"
    )
    body = "\r\n".join(_content(spec, _word_paragraph, _word_table))
    page = f"{head}<body lang=ZH-CN style='tab-interval:21.0pt'><div class=WordSection1>\r\n{body}\r\n</div></body></html>"
    return page.encode("gb18030")


def _page(spec: ReportSpec, charset: str) -> str:
    title = "".join(spec.title)
    date = f'<meta name="PubDate" content="{spec.published} 16:32">' if spec.published else ""
    content = "\n".join(_content(spec, _paragraph, _table))
    return (
        f"<!DOCTYPE html>\n<html><head>{charset}<title>{escape(title)}_{spec.county}人民政府</title>"
        f'<meta name="ColumnName" content="政府信息公开年报">{date}<style>{_STYLE}</style></head>\n<body>'
        f'<div class="top">{spec.county}人民政府门户网站（示例，虚构）　无障碍　长者模式</div>\n'
        f'<ul class="nav">{_links(_MENU)}</ul>\n'
        f'<div class="crumb">当前位置：首页 &gt; 政务公开 &gt; 政府信息公开年报 &gt; 乡镇（街道）</div>\n'
        f'<ul class="side">{_links(_BESIDE)}</ul>\n{_about(spec)}\n<h1>{escape(title)}</h1>'
        f'<div class="tools">字号：[大 中 小]　打印本页　分享到：</div>\n<div id="zoom">\n{content}\n</div>\n'
        '<div class="files">附件：<a href="#">年度报告.docx</a></div>'
        '<div class="pages">上一篇：<a href="#">没有了</a>　下一篇：<a href="#">返回列表</a></div>\n'
        f'<div class="foot">主办：{spec.county}人民政府办公室　联系我们　网站地图<br>本页为示例（虚构）</div></body></html>'
    )


def _links(texts: tuple[str, ...]) -> str:
    return "".join(f'<li><a href="#">{text}</a></li>' for text in texts)


def _about(spec: ReportSpec) -> str:
    """The table about the page, which is none of the report's."""
    date = spec.published or ""
    rows = (
        (
            "索引号",
            f"QH{sum(map(ord, spec.government)):06d}/{spec.year + 1}-00012",
            "信息分类",
            "政府信息公开年报",
        ),
        ("发布机构", spec.government, "发布日期", date),
        ("文　　号", "", "主题词", "政府信息公开　年报"),
    )
    lines = ("".join(f"<td>{escape(text)}</td>" for text in row) for row in rows)
    return f'<table class="about">{"".join(f"<tr>{line}</tr>" for line in lines)}</table>'


def _content(spec: ReportSpec, paragraph: _Writer, table: _TableWriter) -> Iterator[str]:
    for line in spec.title:
        yield paragraph(line, "center")
    for line in spec.opening:
        yield paragraph(line, "left")
    grids = tables(spec)
    for part in spec.parts:
        yield paragraph(part.heading, "left")
        for text in part.paragraphs:
            yield paragraph(text, "left")
        for boxes in grids.get(part.schedule or "", ()):
            yield table(boxes)
    for line in spec.signature:
        yield paragraph(line, "right")


def _paragraph(text: str, align: str) -> str:
    indent = "" if align == "center" else "　　"
    return f'<p style="text-align:{align}">{indent}{escape(text)}</p>'


def _table(boxes: tuple[Box, ...]) -> str:
    return f'<table border="1">\n{_rows(boxes, _cell)}\n</table>'


def _rows(boxes: tuple[Box, ...], cell: _CellWriter) -> str:
    rows = range(size(boxes)[0])
    by_row = ([box for box in boxes if box.row == row] for row in rows)
    return "\n".join(
        f"<tr>{''.join(cell(box) for box in sorted(row, key=lambda box: box.column))}</tr>" for row in by_row
    )


def _spans(box: Box) -> str:
    rows = f' rowspan="{box.rows}"' if box.rows > 1 else ""
    return rows + (f' colspan="{box.columns}"' if box.columns > 1 else "")


def _cell(box: Box) -> str:
    align = ' align="center"' if box.centred else ""
    return f"<td{_spans(box)}{align}>{escape(box.text)}</td>"


def _word_paragraph(text: str, align: str) -> str:
    return (
        f"<p class=MsoNormal align={align} style='text-indent:32.0pt'><span style='font-size:16.0pt'>"
        f"{escape(text)}<span lang=EN-US><o:p></o:p></span></span></p>"
    )


def _word_table(boxes: tuple[Box, ...]) -> str:
    return (
        "<table class=MsoTableGrid border=1 cellspacing=0 cellpadding=0 style='border-collapse:collapse'>\r\n"
        f"{_rows(boxes, _word_cell)}\r\n</table>"
    )


def _word_cell(box: Box) -> str:
    text = escape(box.text) or "<span lang=EN-US><o:p>&nbsp;</o:p></span>"
    return f"<td{_spans(box)} valign=center><p class=MsoNormal align=center>{text}</p></td>"
