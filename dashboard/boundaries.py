"""The outlines of townships, if a county gives them: boundaries.geojson, beside the register.

Features are polygons in degrees; `code` or `name` among their properties says whose they are. What is wrong is told
in a sentence each, and the rest is drawn.
"""

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

from dashboard import db
from dashboard.charts import short
from dashboard.selection import Selection
from etl import places

NAME = "boundaries.geojson"
_MOST_BYTES, _LONGEST_NAME = 30_000_000, 40

Ring = list[tuple[float, float]]
Fault = tuple[str, Mapping[str, object]]


@dataclass(frozen=True, slots=True)
class Outlines:
    """The rings of each government, in degrees east and north; `faults` name a sentence of the words and its values."""

    rings: Mapping[str, Sequence[Ring]]
    faults: Sequence[Fault] = ()
    given: bool = True


def of(chosen: Selection) -> Outlines:
    """The outlines of the selection's county; none `given` where there is no file."""
    folder = places.sample() if chosen.sample else places.own()
    path = folder.register.with_name(NAME)
    if not path.is_file():
        return Outlines({}, given=False)
    status = path.stat()
    if status.st_size > _MOST_BYTES:
        return Outlines({}, [("too_big", {"megabytes": _MOST_BYTES // 1_000_000})])
    register = db.query("register", county=chosen.county)
    return _outlines(
        path, status.st_mtime_ns, tuple((row["government"], row["code"] or "") for row in register)
    )


@lru_cache(maxsize=4)
def _outlines(path: Path, changed: int, register: Sequence[tuple[str, str]]) -> Outlines:
    """As read when the file was `changed`."""
    return read(path.read_bytes(), register)


def read(data: bytes, register: Sequence[tuple[str, str]]) -> Outlines:
    """The outlines of the governments of a register (name, code) in a GeoJSON file."""
    try:
        found = json.loads(data.decode("utf-8-sig"))
    except (ValueError, RecursionError):
        return Outlines({}, [("no_json", {})])
    if not isinstance(found, dict) or not isinstance(found.get("features"), list):
        return Outlines({}, [("no_features", {})])
    rings: dict[str, Sequence[Ring]] = {}
    faults: list[Fault] = []
    for number, feature in enumerate(found["features"], 1):
        government, outline, fault = _feature(feature, register)
        if fault:
            faults.append((fault, {"number": number, "name": government}))
        elif government in rings:
            faults.append(("twice", {"number": number, "name": government}))
        else:
            rings[government] = outline
    return Outlines(rings, faults)


def _feature(feature: Any, register: Sequence[tuple[str, str]]) -> tuple[str, Sequence[Ring], str]:
    """Whose it is, its rings, and what is wrong with it: a key of the words, empty for nothing."""
    properties = feature.get("properties") if isinstance(feature, dict) else None
    named = (
        [str(properties[key]) for key in ("code", "name") if properties.get(key)]
        if isinstance(properties, dict)
        else []
    )
    if not named:
        return "", (), "nameless"
    government = next((name for name, code in register if {name, short(name), code} & set(named)), "")
    if not government:
        return named[-1][:_LONGEST_NAME], (), "unknown"
    try:
        rings = list(_rings(feature["geometry"]))
    except (LookupError, TypeError, ValueError, OverflowError):
        return government, (), "no_polygon"
    if any(not (-180 <= x <= 180 and -90 <= y <= 90) for ring in rings for x, y in ring):
        return government, (), "no_degrees"
    return government, rings, ""


def _rings(geometry: Mapping[str, Any]) -> Iterator[Ring]:
    """The rings of a polygon or of several. Raises LookupError, TypeError, ValueError or OverflowError for all else."""
    polygons = {"Polygon": [geometry["coordinates"]], "MultiPolygon": geometry["coordinates"]}[
        geometry["type"]
    ]
    for polygon in polygons:
        for ring in polygon:
            if len(ring) < 4:
                raise ValueError("a ring has four corners at least, the last being the first")
            yield [(float(corner[0]), float(corner[1])) for corner in ring]
