"""What the pages of an OFD refer to: parameters of drawing (GB/T 33190, 8.2) and pictures."""

import io
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from lxml import etree

from etl.readers.ofd.parts import OfdPackage, Part, name_of
from etl.readers.scan import DAMAGE

if TYPE_CHECKING:
    from numpy import uint8
    from numpy.typing import NDArray

_DEEPEST, _MOST_PIXELS, _MOST_FILES = 12, 40_000_000, 20
_FORMATS = ("JPEG", "PNG", "TIFF", "BMP", "GIF")


@dataclass(frozen=True, slots=True)
class Resources:
    """The parameters by their numbers, the names of pictures by theirs, and how the bytes of a name are found."""

    parameters: Mapping[str, etree._Element]
    pictures: Mapping[str, str]
    data: Callable[[str], bytes | None]

    def with_more(self, own: "Resources") -> "Resources":
        """These, and those of a page of its own."""
        return Resources({**self.parameters, **own.parameters}, {**self.pictures, **own.pictures}, self.data)

    def colour(self, item: etree._Element, kind: str) -> etree._Element | None:
        """The colour ("FillColor", "StrokeColor") in which an object is drawn; None for the usual black.

        Its own, or that of the parameters it names, or else of those its layer names.
        """
        own = item.find(f"{{*}}{kind}")
        if own is not None:
            return own
        for named in (item, *item.iterancestors("{*}Layer")):
            for parameters in self._lineage(named.get("DrawParam")):
                if (colour := parameters.find(f"{{*}}{kind}")) is not None:
                    return colour
        return None

    def _lineage(self, name: str | None) -> Iterator[etree._Element]:
        """The parameters of a number, and those they are relative to."""
        for _ in range(_DEEPEST):
            found = self.parameters.get(name or "")
            if found is None:
                return
            yield found
            name = found.get("Relative")

    def opacity(self, item: etree._Element) -> "NDArray[uint8] | None":
        """How opaque each point of a picture is; None where it is so throughout, or where that cannot be told."""
        data = self.data(self.pictures.get(item.get("ResourceID", ""), ""))
        return None if data is None or item.get("ImageMask") else _opacity(data)


def _opacity(data: bytes) -> "NDArray[uint8] | None":
    import numpy as np
    from PIL import Image

    try:
        with Image.open(io.BytesIO(data), formats=_FORMATS) as image:
            if image.width * image.height > _MOST_PIXELS or not image.has_transparency_data:
                return None
            return np.asarray(image.convert("RGBA").getchannel("A"))
    except (*DAMAGE, Image.DecompressionBombError):
        return None


def resources(parts: OfdPackage, owner: Part, path: str) -> Resources:
    """What the whole document or a page of its own may refer to."""
    files = [
        name_of(owner.folder, listed.text)
        for holder in owner.root.findall(path)
        for listed in holder.iterchildren("{*}PublicRes", "{*}DocumentRes", "{*}PageRes")
    ]
    parameters: dict[str, etree._Element] = {}
    pictures: dict[str, str] = {}
    for file in files[:_MOST_FILES]:
        if (part := parts.find(file)) is not None:
            folder = name_of(part.folder, part.root.get("BaseLoc"))
            listed = part.root.iterfind("{*}DrawParams/{*}DrawParam")
            parameters |= {item.get("ID", ""): item for item in listed}
            pictures |= {
                item.get("ID", ""): name_of(folder, item.findtext("{*}MediaFile"))
                for item in part.root.iterfind("{*}MultiMedias/{*}MultiMedia")
            }
    return Resources(parameters, pictures, parts.data)
