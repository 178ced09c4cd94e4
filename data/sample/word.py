"""A filing as a Word document: merged cells by gridSpan and vMerge, the same bytes every time."""

import io
import zipfile
from collections.abc import Iterator
from xml.sax.saxutils import escape

from data.sample.grid import Box, size, tables
from data.sample.spec import ReportSpec

_NAMESPACE = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_TYPES = (
    '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>'
    '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
    '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    '<Default Extension="xml" ContentType="application/xml"/>'
    '<Override PartName="/word/document.xml" ContentType='
    '"application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/>'
    '<Override PartName="/docProps/core.xml" ContentType='
    '"application/vnd.openxmlformats-package.core-properties+xml"/></Types>'
)
_LINKS = (
    '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>'
    '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
    '<Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/'
    'officeDocument" Target="word/document.xml"/>'
    '<Relationship Id="rId2" Type="http://schemas.openxmlformats.org/package/2006/relationships/metadata/'
    'core-properties" Target="docProps/core.xml"/></Relationships>'
)
_CORE = (
    '<?xml version="1.0" encoding="UTF-8" standalone="yes"?><cp:coreProperties xmlns:cp='
    '"http://schemas.openxmlformats.org/package/2006/metadata/core-properties" '
    'xmlns:dc="http://purl.org/dc/elements/1.1/"><dc:description>示例（虚构）</dc:description>'
    "</cp:coreProperties>"
)
_EPOCH = (2020, 1, 1, 0, 0, 0)
_PAGE_WIDTH = 9000
_LABEL_SHARE = 0.52


def docx(spec: ReportSpec) -> bytes:
    """The filing in the manner of the official template: 仿宋 text, ruled tables."""
    return _document("".join(_body(spec)))


def _document(body: str) -> bytes:
    page = (
        '<w:sectPr><w:pgSz w:w="11906" w:h="16838"/>'
        '<w:pgMar w:top="1440" w:right="1440" w:bottom="1440" w:left="1440" '
        'w:header="850" w:footer="992" w:gutter="0"/></w:sectPr>'
    )
    document = (
        '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>'
        f'<w:document xmlns:w="{_NAMESPACE}"><w:body>{body}{page}</w:body></w:document>'
    )
    parts = {"[Content_Types].xml": _TYPES, "_rels/.rels": _LINKS, "docProps/core.xml": _CORE}
    return _archive({**parts, "word/document.xml": document})


def _archive(parts: dict[str, str]) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        for name, text in parts.items():
            entry = zipfile.ZipInfo(name, _EPOCH)
            entry.compress_type = zipfile.ZIP_DEFLATED
            archive.writestr(entry, text.encode())
    return buffer.getvalue()


def _body(spec: ReportSpec) -> Iterator[str]:
    for line in spec.title:
        yield _paragraph(line, "center", "方正小标宋简体", 44)
    for line in spec.opening:
        yield _paragraph(line)
    grids = tables(spec)
    for part in spec.parts:
        yield _paragraph(part.heading, font="黑体")
        for text in part.paragraphs:
            yield _paragraph(text)
        for boxes in grids.get(part.schedule or "", ()):
            yield _table(boxes)
    for line in spec.signature:
        yield _paragraph(line, "right")


def _paragraph(text: str, align: str = "both", font: str = "仿宋_GB2312", half_points: int = 32) -> str:
    indent = '<w:ind w:firstLineChars="200" w:firstLine="640"/>' if align == "both" else ""
    return (
        f'<w:p><w:pPr><w:spacing w:line="560" w:lineRule="exact"/>{indent}<w:jc w:val="{align}"/></w:pPr>'
        f"{_run(text, font, half_points)}</w:p>"
    )


def _run(text: str, font: str, half_points: int) -> str:
    style = f'<w:rFonts w:ascii="{font}" w:hAnsi="{font}" w:eastAsia="{font}"/><w:sz w:val="{half_points}"/>'
    return f'<w:r><w:rPr>{style}</w:rPr><w:t xml:space="preserve">{escape(text)}</w:t></w:r>'


def _table(boxes: tuple[Box, ...]) -> str:
    rows, columns = size(boxes)
    widths = _widths(boxes, columns)
    owner = {
        (row, column): box
        for box in boxes
        for row in range(box.row, box.row + box.rows)
        for column in range(box.column, box.column + box.columns)
    }
    borders = "".join(
        f'<w:{side} w:val="single" w:sz="4" w:space="0" w:color="000000"/>'
        for side in ("top", "left", "bottom", "right", "insideH", "insideV")
    )
    grid = "".join(f'<w:gridCol w:w="{width}"/>' for width in widths)
    lines = "".join(_row(owner, row, columns, widths) for row in range(rows))
    look = f'<w:tblW w:w="{sum(widths)}" w:type="dxa"/><w:jc w:val="center"/><w:tblBorders>{borders}</w:tblBorders>'
    layout = '<w:tblLayout w:type="fixed"/>'
    return f"<w:tbl><w:tblPr>{look}{layout}</w:tblPr><w:tblGrid>{grid}</w:tblGrid>{lines}</w:tbl><w:p/>"


def _widths(boxes: tuple[Box, ...], columns: int) -> list[int]:
    """Label columns take half of the page in table 3; elsewhere all columns are equal."""
    labels = min(box.column for box in boxes if box.value)
    if labels < 2:
        return [_PAGE_WIDTH // columns] * columns
    shares = (0.16, 0.24, 0.60)
    wide = [int(_PAGE_WIDTH * _LABEL_SHARE * share) for share in shares]
    return wide + [int(_PAGE_WIDTH * (1 - _LABEL_SHARE) / (columns - labels))] * (columns - labels)


def _row(owner: dict[tuple[int, int], Box], row: int, columns: int, widths: list[int]) -> str:
    cells, column = [], 0
    while column < columns:
        box = owner[row, column]
        cells.append(_cell(box, row, sum(widths[column : column + box.columns])))
        column += box.columns
    return f'<w:tr><w:trPr><w:trHeight w:val="400"/></w:trPr>{"".join(cells)}</w:tr>'


def _cell(box: Box, row: int, width: int) -> str:
    span = f'<w:gridSpan w:val="{box.columns}"/>' if box.columns > 1 else ""
    first = row == box.row
    kind = ' w:val="restart"' if first else ""
    merge = f"<w:vMerge{kind}/>" if box.rows > 1 else ""
    align = "center" if box.centred else "left"
    runs = _run(box.text, "宋体", 18) if first and box.text else ""
    return (
        f'<w:tc><w:tcPr><w:tcW w:w="{width}" w:type="dxa"/>{span}{merge}<w:vAlign w:val="center"/></w:tcPr>'
        f'<w:p><w:pPr><w:jc w:val="{align}"/></w:pPr>{runs}</w:p></w:tc>'
    )


def notice(county: str) -> bytes:
    """A county office's notice about the reports, which is none itself."""
    lines = (
        f"{county}人民政府办公室关于做好2023年政府信息公开工作年度报告编制发布工作的通知",
        "各乡镇人民政府、街道办事处：",
        "为做好年度报告编制发布工作，现将有关事项通知如下。",
        "一、各单位对照新版格式编制报告，认真核对数据之间的勾稽关系，文字与表格保持一致。",
        "二、请于2024年1月20日前将报告报县政府办公室审核，1月31日前在县政府网站发布。",
        "三、报告发布后一般不再改动，确需更正的须书面说明原因。",
    )
    return _document(
        "".join([_paragraph(lines[0], "center", "方正小标宋简体", 44), *map(_paragraph, lines[1:])])
    )
