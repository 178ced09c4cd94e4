"""Word files as one XML text (.xml, .doc): the form of Word 2003, and today's package unpacked ("Flat OPC").

Office systems fill in templates of this kind and name the result .doc. Both become the parts that .docx has.
"""

import base64
import binascii

from lxml import etree

from etl.document import Document
from etl.readers import docx
from etl.readers.container import Parts, parse_xml
from etl.readers.word.numbering import W, marked

_FLAT = "{http://schemas.microsoft.com/office/2006/xmlPackage}"
_OLD = "http://schemas.microsoft.com/office/word/2003/wordml"
_AML, _HINT = (
    "{http://schemas.microsoft.com/aml/2001/core}",
    "{http://schemas.microsoft.com/office/word/2003/auxHint}",
)
_PICTURE = "{urn:schemas-microsoft-com:vml}imagedata"
_REFERENCE = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"
_RELATIONS = "http://schemas.openxmlformats.org/package/2006/relationships"
_MAIN, _STYLES, _FOOTNOTES = "word/document.xml", "word/styles.xml", "word/footnotes.xml"
_RELATED = "word/_rels/document.xml.rels"
# The form of 2003 writes some names otherwise than today's.
_RENAMED = {f"{W}vmerge": f"{W}vMerge", f"{W}hmerge": f"{W}hMerge"}


def read(data: bytes) -> Document:
    """The document as printed with all changes accepted; raises UnreadableFile with the reason."""
    root = parse_xml(data.replace(_OLD.encode(), W[1:-1].encode()))
    return docx.read_parts(Parts(_unpacked(root) if root.tag == f"{_FLAT}package" else _converted(root)))


def _unpacked(package: etree._Element) -> dict[str, bytes]:
    """The parts of a package, each an element in the file."""
    parts = {}
    for part in package.iterchildren(f"{_FLAT}part"):
        name, xml = part.get(f"{_FLAT}name", "").lstrip("/"), part.find(f"{_FLAT}xmlData/*")
        parts[name] = _decoded(part.findtext(f"{_FLAT}binaryData")) if xml is None else etree.tostring(xml)
    return parts


def _decoded(text: str | None) -> bytes:
    try:
        return base64.b64decode(text or "")
    except (binascii.Error, ValueError):
        return b""


def _converted(root: etree._Element) -> dict[str, bytes]:
    """The parts that Word would save a document of 2003 as."""
    for element in list(root.iter(*_RENAMED)):
        element.tag = _RENAMED[str(element.tag)]
    for annotation in list(root.iter(f"{_AML}annotation")):
        _accept(annotation)
    # Running heads stand within the text, in the properties of its sections.
    for element in list(root.iter(f"{W}hdr", f"{W}ftr")):
        _take_out(element)
    for paragraph in root.iter(f"{W}p"):
        _number(paragraph)
    parts = _with_pictures(root)
    if (styles := root.find(f"{W}styles")) is not None:
        parts[_STYLES] = etree.tostring(styles)
    if (body := root.find(f"{W}body")) is not None:
        parts[_FOOTNOTES] = etree.tostring(_notes(body))
        parts[_MAIN] = etree.tostring(body)
    return parts


def _accept(annotation: etree._Element) -> None:
    """What was deleted is marked as today's form marks it; of a comment nothing is left."""
    kind = annotation.get(f"{W}type")
    if kind == "Word.Deletion":
        annotation.tag = f"{W}del"
    elif kind == "Word.Comment":
        _take_out(annotation)


def _take_out(element: etree._Element) -> None:
    parent = element.getparent()
    if parent is not None:
        parent.remove(element)


def _number(paragraph: etree._Element) -> None:
    """Write the number of a paragraph into its text: Word has noted it as printed beside the rules for counting."""
    noted = paragraph.find(f"{W}pPr/{W}listPr/{_HINT}t")
    first = next((text for text in paragraph.iter(f"{W}t") if text.text), None)
    if noted is not None and first is not None:
        first.text = marked(noted.get(f"{_HINT}val", ""), first.text or "")


def _notes(body: etree._Element) -> etree._Element:
    """The footnotes and endnotes, taken out of the lines they are anchored in."""
    notes = etree.Element(f"{W}footnotes")
    for note in list(body.iter(f"{W}footnote", f"{W}endnote")):
        notes.append(note)
    return notes


def _with_pictures(root: etree._Element) -> dict[str, bytes]:
    """The pictures as parts, and the part that says which is which, and where styles and notes are."""
    for shown in root.iter(_PICTURE):
        shown.set(_REFERENCE, shown.get("src", ""))
    relations = etree.Element(f"{{{_RELATIONS}}}Relationships")
    targets = [("styles", "styles", _STYLES), ("notes", "footnotes", _FOOTNOTES)]
    parts = {}
    for number, picture in enumerate(root.iter(f"{W}binData")):
        part = f"word/media/{number}"
        parts[part] = _decoded(picture.text)
        targets.append((picture.get(f"{W}name", ""), "image", part))
    for name, kind, part in targets:
        attributes = {"Id": name, "Type": f"/{kind}", "Target": f"/{part}"}
        etree.SubElement(relations, f"{{{_RELATIONS}}}Relationship", attributes)
    return parts | {_RELATED: etree.tostring(relations)}
