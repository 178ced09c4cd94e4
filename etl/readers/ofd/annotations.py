"""What stands over the pages of an OFD without being part of them (GB/T 33190, 15): lines drawn, pictures put on."""

from lxml import etree

from etl.document import UnreadableFile
from etl.readers.ofd.parts import DAMAGED, OfdPackage, Part, name_of
from etl.readers.ofd.paths import numbers

_MOST = 2_000


def appearances(parts: OfdPackage, document: Part) -> dict[str | None, list[etree._Element]]:
    """What is drawn over each page, by the page's number; words of remarks and watermarks are no part of a report.

    Raises UnreadableFile when it is damaged.
    """
    found: dict[str | None, list[etree._Element]] = {}
    listed = parts.find(name_of(document.folder, document.root.findtext("{*}Annotations")))
    if listed is None:
        return found
    for page in listed.root.findall("{*}Page")[:_MOST]:
        annotations = parts.find(name_of(listed.folder, page.findtext("{*}FileLoc")))
        shown = annotations.root.findall("{*}Annot")[:_MOST] if annotations else []
        looks = [one.find("{*}Appearance") for one in shown if one.get("Visible") != "false"]
        found.setdefault(page.get("PageID"), []).extend(
            _on_the_page(look) for look in looks if look is not None
        )
    return found


def _on_the_page(look: etree._Element) -> etree._Element:
    """The lines and pictures of an appearance, moved from its own place to the page's."""
    etree.strip_elements(look, "{*}TextObject", with_tail=False)
    try:
        left, top = (numbers(look.get("Boundary")) or [0.0, 0.0])[:2]
        for item in look.iter("{*}PathObject", "{*}ImageObject"):
            x, y, width, height = numbers(item.get("Boundary"))
            item.set("Boundary", f"{x + left} {y + top} {width} {height}")
    except ValueError as error:
        raise UnreadableFile(DAMAGED) from error
    return look
