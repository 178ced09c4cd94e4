"""OFD (GB/T 33190), the state's format for pages as printed: characters and rules by place, read as a PDF is."""

import posixpath
from collections.abc import Iterator
from typing import NamedTuple

from lxml import etree

from etl.document import Document, Paragraph, Table, UnreadableFile
from etl.readers.container import Package, parse_xml
from etl.readers.geometry import flow, struck
from etl.readers.geometry.glyphs import Glyph
from etl.readers.geometry.ruled import grids, merged
from etl.readers.ofd_page import MAX_GLYPHS, Drawn, draw
from etl.readers.ofd_paths import POINTS, numbers
from etl.readers.ofd_resources import Resources

_MAX_PAGES, _MAX_RULES, _MAX_TEMPLATES, _MAX_RESOURCES, _MAX_BYTES = 300, 1_500, 10, 20, 60_000_000
_DAMAGED = "这份 OFD 已损坏或不完整，请重新取得原文件，或用阅读器打开后另存为 .pdf。"
_TOO_LONG = f"这份 OFD 超过 {_MAX_PAGES} 页的上限，请只上传年度报告本身。"
_TOO_LARGE = "这份 OFD 大得不像一份年报，没有读取。"
_NO_TEXT = (
    "这份 OFD 里没有文字（可能是扫描件），请用阅读器打开后另存为 .pdf，或向报送单位索取 Word 或网页版。"
)
_DRAWING = "这份 OFD 的页面线条过多（像是图纸），无法按表格读取，请上传 Word 或网页版。"


class _Part(NamedTuple):
    """A part of the package and the folder that places in it are reckoned from."""

    root: etree._Element
    folder: str


class _Parts:
    """The parts of a package, no more of them than a report has."""

    def __init__(self, data: bytes) -> None:
        self._package = Package(data)
        self._left = _MAX_BYTES

    def part(self, folder: str, place: str | None) -> _Part:
        """The part at a place, reckoned from a folder unless it begins with a slash."""
        name = _name(folder, place)
        data = self.data(name)
        if data is None:
            raise UnreadableFile(_DAMAGED)
        return _Part(parse_xml(data), posixpath.dirname(name))

    def data(self, name: str) -> bytes | None:
        """The bytes of a part by its name, None when there is no such part."""
        data = self._package.read(name)
        self._left -= len(data or b"")
        if self._left < 0:
            raise UnreadableFile(_TOO_LARGE)
        return data


def _name(folder: str, place: str | None) -> str:
    return posixpath.normpath(posixpath.join("/", folder, (place or "").strip()))[1:]


def read(data: bytes) -> Document:
    """The document in an OFD; its properties are `title`, `created` (ISO date), `pictures`, `pages_without_text`.

    Raises UnreadableFile for a damaged or immoderate file and for a scan.
    """
    parts = _Parts(data)
    entry = parts.part("", "OFD.xml")
    body = entry.root.find("{*}DocBody")
    if body is None:
        raise UnreadableFile(_DAMAGED)
    document = parts.part(entry.folder, body.findtext("{*}DocRoot"))
    pages = document.root.findall("{*}Pages/{*}Page")
    if len(pages) > _MAX_PAGES:
        raise UnreadableFile(_TOO_LONG)
    templates = _templates(parts, document)
    usual = _paper(document.root, "{*}CommonData/{*}PageArea")
    common = _resources(parts, document, "{*}CommonData")
    sights: list[Drawn] = []
    for page in pages:
        part = parts.part(document.folder, page.get("BaseLoc"))
        sights.append(_sight(part, templates, usual, common.with_more(_resources(parts, part, "."))))
        if sum(len(sight.glyphs) for sight in sights) > MAX_GLYPHS:
            raise UnreadableFile(_TOO_LARGE)
    return Document(_blocks(sights), (*_properties(body), *_shortcomings(sights)))


def _templates(parts: _Parts, document: _Part) -> dict[str | None, etree._Element]:
    """What pages share (headers, frames), by the number they refer to it with."""
    return {
        item.get("ID"): parts.part(document.folder, item.get("BaseLoc")).root
        for item in document.root.findall("{*}CommonData/{*}TemplatePage")[:_MAX_PAGES]
    }


def _resources(parts: _Parts, owner: _Part, path: str) -> Resources:
    """What the whole document or a page of its own may refer to."""
    files = [
        _name(owner.folder, listed.text)
        for holder in owner.root.findall(path)
        for listed in holder.iterchildren("{*}PublicRes", "{*}DocumentRes", "{*}PageRes")
    ]
    parameters: dict[str, etree._Element] = {}
    pictures: dict[str, str] = {}
    for file in files[:_MAX_RESOURCES]:
        if (data := parts.data(file)) is not None:
            root = parse_xml(data)
            folder = _name(posixpath.dirname(file), root.get("BaseLoc"))
            parameters |= {item.get("ID", ""): item for item in root.iterfind("{*}DrawParams/{*}DrawParam")}
            pictures |= {
                item.get("ID", ""): _name(folder, item.findtext("{*}MediaFile"))
                for item in root.iterfind("{*}MultiMedias/{*}MultiMedia")
            }
    return Resources(parameters, pictures, parts.data)


def _sight(
    page: _Part, templates: dict[str | None, etree._Element], usual: list[float], resources: Resources
) -> Drawn:
    drawn = Drawn()
    shared = page.root.findall("{*}Template")[:_MAX_TEMPLATES]
    above = [reference for reference in shared if reference.get("ZOrder") == "Foreground"]
    below = [reference for reference in shared if reference not in above]
    known = [[templates.get(one.get("TemplateID")) for one in side] for side in (below, above)]
    for content in (*known[0], page.root, *known[1]):
        if content is not None:
            draw(content, drawn, resources)
    if paper := _paper(page.root, "{*}Area") or usual:
        drawn.glyphs = [glyph for glyph in drawn.glyphs if _is_on(glyph, paper)]
    return drawn


def _paper(part: etree._Element, area: str) -> list[float]:
    """Width and height of the paper in points, nothing where they are not told."""
    try:
        return [side * POINTS for side in numbers(part.findtext(f"{area}/{{*}}PhysicalBox"))[2:]]
    except ValueError as error:
        raise UnreadableFile(_DAMAGED) from error


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
