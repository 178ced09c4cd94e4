"""OFD (GB/T 33190), the state's format for pages as printed: characters and rules by place, read as a PDF is."""

from collections.abc import Iterable, Iterator

from lxml import etree

from etl.document import Document, Paragraph, Table, UnreadableFile
from etl.readers.geometry import flow, struck
from etl.readers.geometry.glyphs import Glyph
from etl.readers.geometry.ruled import grids, merged
from etl.readers.ofd.annotations import appearances
from etl.readers.ofd.page import MAX_GLYPHS, Drawn, draw
from etl.readers.ofd.parts import DAMAGED, TOO_LARGE, OfdPackage, Part
from etl.readers.ofd.paths import POINTS, numbers
from etl.readers.ofd.resources import Resources, resources

_MAX_PAGES, _MAX_RULES, _MAX_TEMPLATES = 300, 1_500, 10
_TOO_LONG = f"这份 OFD 超过 {_MAX_PAGES} 页的上限，请只上传年度报告本身。"
_NO_TEXT = (
    "这份 OFD 里没有文字（可能是扫描件），请用阅读器打开后另存为 .pdf，或向报送单位索取 Word 或网页版。"
)
_DRAWING = "这份 OFD 的页面线条过多（像是图纸），无法按表格读取，请上传 Word 或网页版。"


def read(data: bytes) -> Document:
    """The document in an OFD; its properties are `title`, `created` (ISO date), `pictures`, `pages_without_text`.

    Raises UnreadableFile for a damaged or immoderate file and for a scan.
    """
    parts = OfdPackage(data)
    entry = parts.part("", "OFD.xml")
    body = entry.root.find("{*}DocBody")
    if body is None:
        raise UnreadableFile(DAMAGED)
    document = parts.part(entry.folder, body.findtext("{*}DocRoot"))
    pages = document.root.findall("{*}Pages/{*}Page")
    if len(pages) > _MAX_PAGES:
        raise UnreadableFile(_TOO_LONG)
    templates = _templates(parts, document)
    usual = _paper(document.root, "{*}CommonData/{*}PageArea")
    common, over = resources(parts, document, "{*}CommonData"), appearances(parts, document)
    sights: list[Drawn] = []
    for page in pages:
        part = parts.part(document.folder, page.get("BaseLoc"))
        own = common.with_more(resources(parts, part, "."))
        sights.append(
            _sight([*_layers(part.root, templates), *over.get(page.get("ID"), [])], part, own, usual)
        )
        if sum(len(sight.glyphs) for sight in sights) > MAX_GLYPHS:
            raise UnreadableFile(TOO_LARGE)
    return Document(_blocks(sights), (*_properties(body), *_shortcomings(sights)))


def _templates(parts: OfdPackage, document: Part) -> dict[str | None, etree._Element]:
    """What pages share (headers, frames), by the number they refer to it with."""
    return {
        item.get("ID"): parts.part(document.folder, item.get("BaseLoc")).root
        for item in document.root.findall("{*}CommonData/{*}TemplatePage")[:_MAX_PAGES]
    }


def _layers(page: etree._Element, templates: dict[str | None, etree._Element]) -> Iterator[etree._Element]:
    """A page between the templates behind it and those in front of it."""
    shared = [
        one for one in page.findall("{*}Template")[:_MAX_TEMPLATES] if one.get("TemplateID") in templates
    ]
    yield from (templates[one.get("TemplateID")] for one in shared if one.get("ZOrder") != "Foreground")
    yield page
    yield from (templates[one.get("TemplateID")] for one in shared if one.get("ZOrder") == "Foreground")


def _sight(layers: Iterable[etree._Element], page: Part, own: Resources, usual: list[float]) -> Drawn:
    drawn = Drawn()
    for content in layers:
        draw(content, drawn, own)
    if paper := _paper(page.root, "{*}Area") or usual:
        drawn.glyphs = [glyph for glyph in drawn.glyphs if _is_on(glyph, paper)]
    return drawn


def _paper(part: etree._Element, area: str) -> list[float]:
    """Width and height of the paper in points, nothing where they are not told."""
    try:
        return [side * POINTS for side in numbers(part.findtext(f"{area}/{{*}}PhysicalBox"))[2:]]
    except ValueError as error:
        raise UnreadableFile(DAMAGED) from error


def _is_on(glyph: Glyph, paper: list[float]) -> bool:
    x, y = (glyph.left + glyph.right) / 2, (glyph.top + glyph.bottom) / 2
    return 0 <= x <= paper[0] and 0 <= y <= paper[-1]


def _blocks(sights: list[Drawn]) -> tuple[Paragraph | Table, ...]:
    letters = [glyph.text for sight in sights for glyph in sight.glyphs]
    # Fonts without an encoding leave private signs where the text should be.
    if (
        sum(not letter.isprintable() or letter in "\ufffd¤" for letter in letters) > 0.2 * len(letters)
        or not letters
    ):
        raise UnreadableFile(_NO_TEXT)
    pages = []
    for number, sight in enumerate(sights, 1):
        horizontal, vertical = merged(sight.horizontal), merged(sight.vertical)
        if max(len(horizontal), len(vertical)) > _MAX_RULES:
            raise UnreadableFile(_DRAWING)
        glyphs = struck.doubted(sight.glyphs, sight.horizontal)
        pages.append(flow.page(glyphs, grids(horizontal, vertical), number))
    return flow.blocks(pages)


def _properties(body: etree._Element) -> Iterator[tuple[str, str]]:
    title = body.findtext("{*}DocInfo/{*}Title")
    if title and title.strip():
        yield "title", title.strip()
    created = body.findtext("{*}DocInfo/{*}CreationDate") or ""
    if len(created) >= 10 and created[:10].replace("-", "").isdecimal():
        yield "created", created[:10]


def _shortcomings(sights: list[Drawn]) -> Iterator[tuple[str, str]]:
    pictures = sum(sight.pictures for sight in sights)
    if pictures:
        yield "pictures", str(pictures)
    blind = [str(number) for number, sight in enumerate(sights, 1) if sight.pictures and not sight.glyphs]
    if blind:
        yield "pages_without_text", ",".join(blind)
