"""A small writer of OFD documents, for tests: text and strokes at places in millimetres."""

from collections.abc import Mapping, Sequence
from types import MappingProxyType
from xml.sax.saxutils import escape

from ooxml import zipped

SPACE = 'xmlns:ofd="http://www.ofdspec.org/2016"'
SIZE = 4.0
WIDTHS = (30, 60, 20, 20, 20)


def text(x: float, y: float, written: str, more: str = "", step: str | None = None) -> str:
    """A line of text whose first character's left end is at x, its base line at y."""
    deltas = (
        step if step is not None else " ".join("4" if letter > "\xff" else "2" for letter in written[:-1])
    )
    return (
        f'<ofd:TextObject ID="1" Boundary="{x} {y - SIZE} 100 6" Font="1" Size="{SIZE}" {more}>'
        f'<ofd:TextCode X="0" Y="{SIZE}" DeltaX="{deltas}">{escape(written)}</ofd:TextCode></ofd:TextObject>'
    )


def stroke(x0: float, y0: float, x1: float, y1: float) -> str:
    """A line drawn within a box of its own."""
    return (
        f'<ofd:PathObject ID="2" Boundary="{x0} {y0} {x1 - x0 + 0.2} {y1 - y0 + 0.2}" LineWidth="0.2">'
        f"<ofd:AbbreviatedData>M 0 0 L {x1 - x0} {y1 - y0}</ofd:AbbreviatedData></ofd:PathObject>"
    )


def bar(x0: float, y0: float, x1: float, y1: float) -> str:
    """The same line as a thin box that is filled."""
    w, h = max(x1 - x0, 0.2), max(y1 - y0, 0.2)
    return (
        f'<ofd:PathObject ID="3" Boundary="{x0} {y0} {w} {h}" Stroke="false" Fill="true">'
        f"<ofd:AbbreviatedData>M 0 0 L {w} 0 L {w} {h} L 0 {h} C</ofd:AbbreviatedData></ofd:PathObject>"
    )


def frame(x0: float, y0: float, x1: float, y1: float) -> str:
    """Four sides in one path, moved to their place by a matrix."""
    w, h = x1 - x0, y1 - y0
    return (
        f'<ofd:PathObject ID="4" Boundary="0 0 210 297" CTM="2 0 0 2 {x0} {y0}">'
        f"<ofd:AbbreviatedData>M 0 0 L {w / 2} 0 L {w / 2} {h / 2} L 0 {h / 2} C</ofd:AbbreviatedData></ofd:PathObject>"
    )


def sides(x0: float, y0: float, x1: float, y1: float) -> str:
    return stroke(x0, y0, x1, y0) + stroke(x0, y1, x1, y1) + stroke(x0, y0, x0, y1) + stroke(x1, y0, x1, y1)


def bars(x0: float, y0: float, x1: float, y1: float) -> str:
    return bar(x0, y0, x1, y0) + bar(x0, y1, x1, y1) + bar(x0, y0, x0, y1) + bar(x1, y0, x1, y1)


def page(*objects: str, template: str = "") -> str:
    return f"<ofd:Page {SPACE}>{template}<ofd:Content><ofd:Layer>{''.join(objects)}</ofd:Layer></ofd:Content></ofd:Page>"


def ofd(
    pages: Sequence[str],
    templates: Sequence[str] = (),
    absolute: bool = False,
    resources: str = "",
    pictures: Mapping[str, bytes] = MappingProxyType({}),
    over: str = "",
) -> bytes:
    """The document of the pages; `absolute` writes places from the root of the package.

    `resources` are parameters of drawing and the like; `pictures` get the numbers 50, 51 and so on, by their file names;
    `over` are remarks on the first page.
    """
    start = "/Doc_0/" if absolute else ""
    listed = "".join(
        f'<ofd:Page ID="{n}" BaseLoc="{start}Pages/Page_{n}/Content.xml"/>' for n in range(len(pages))
    )
    shared = "".join(
        f'<ofd:TemplatePage ID="{900 + n}" BaseLoc="Tpls/Tpl_{n}/Content.xml"/>'
        for n in range(len(templates))
    )
    media = "".join(
        f'<ofd:MultiMedia ID="{n}" Type="Image"><ofd:MediaFile>{name}</ofd:MediaFile></ofd:MultiMedia>'
        for n, name in enumerate(pictures, 50)
    )
    shared += "<ofd:PublicRes>PublicRes.xml</ofd:PublicRes>" if resources or pictures else ""
    remarks = "<ofd:Annotations>Annots/Annotations.xml</ofd:Annotations>" if over else ""
    parts: dict[str, str | bytes] = {
        "OFD.xml": f'<ofd:OFD {SPACE} Version="1.1"><ofd:DocBody><ofd:DocInfo><ofd:Title>年度报告</ofd:Title>'
        "<ofd:CreationDate>2024-01-15</ofd:CreationDate></ofd:DocInfo>"
        "<ofd:DocRoot>Doc_0/Document.xml</ofd:DocRoot></ofd:DocBody></ofd:OFD>",
        "Doc_0/Document.xml": f"<ofd:Document {SPACE}><ofd:CommonData>{shared}</ofd:CommonData>"
        f"<ofd:Pages>{listed}</ofd:Pages>{remarks}</ofd:Document>",
    }
    parts |= {f"Doc_0/Pages/Page_{n}/Content.xml": content for n, content in enumerate(pages)}
    parts |= {f"Doc_0/Tpls/Tpl_{n}/Content.xml": content for n, content in enumerate(templates)}
    parts["Doc_0/Annots/Annotations.xml"] = (
        f'<ofd:Annotations {SPACE}><ofd:Page PageID="0"><ofd:FileLoc>Page_0.xml</ofd:FileLoc></ofd:Page></ofd:Annotations>'
    )
    parts["Doc_0/Annots/Page_0.xml"] = f"<ofd:PageAnnot {SPACE}>{over}</ofd:PageAnnot>"
    parts["Doc_0/PublicRes.xml"] = (
        f'<ofd:Res {SPACE} BaseLoc="Res"><ofd:DrawParams>{resources}</ofd:DrawParams>'
        f"<ofd:MultiMedias>{media}</ofd:MultiMedias></ofd:Res>"
    )
    parts |= {f"Doc_0/Res/{name}": picture for name, picture in pictures.items()}
    return zipped(parts)
