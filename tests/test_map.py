"""A figure for each township: on the map where a county gives its outlines, in tiles where not; what is wrong with them."""

import json
from pathlib import Path
from typing import Any

import pytest
from plotly import graph_objects
from streamlit.testing.v1 import AppTest

from dashboard import boundaries, charts
from dashboard.text import load
from etl import places

ROOT = Path(__file__).resolve().parents[1]
REGISTER = (("霁桥镇人民政府", "SAMPLE001"), ("蓼湾镇人民政府", "SAMPLE002"))


def square(west: float, **properties: str) -> dict[str, Any]:
    ring = [[west, 30.0], [west + 1, 30.0], [west + 1, 31.0], [west, 31.0], [west, 30.0]]
    return {
        "type": "Feature",
        "properties": properties,
        "geometry": {"type": "Polygon", "coordinates": [ring]},
    }


def collection(*features: dict[str, Any]) -> bytes:
    return json.dumps({"type": "FeatureCollection", "features": features}, ensure_ascii=False).encode()


def points(*values: int | None) -> list[charts.Point]:
    return [charts.Point(f"第{at}镇", 2025, "", value, "") for at, value in enumerate(values)]


def test_a_township_is_known_by_its_code_its_name_or_its_short_name() -> None:
    for properties in ({"code": "SAMPLE001"}, {"name": "霁桥镇人民政府"}, {"name": "霁桥镇"}):
        found = boundaries.read(collection(square(110, **properties)), REGISTER)
        assert list(found.rings) == ["霁桥镇人民政府"]
        assert found.faults == []


@pytest.mark.parametrize(
    ("data", "fault"),
    [
        (b"\xff\xfe broken", "no_json"),
        (b'{"type": "FeatureCollection"', "no_json"),
        (b"[" * 100_000, "no_json"),
        (b'{"type": "Polygon"}', "no_features"),
        (b"[]", "no_features"),
        (collection(square(110)), "nameless"),
        (collection(square(110, name="别处镇")), "unknown"),
        (collection(square(110, code="SAMPLE001"), square(111, code="SAMPLE001")), "twice"),
        (collection(square(38_500_000, code="SAMPLE001")), "no_degrees"),
        (collection(square(110, code="SAMPLE001") | {"geometry": None}), "no_polygon"),
        (
            collection(
                square(110, code="SAMPLE001") | {"geometry": {"type": "Point", "coordinates": [1, 2]}}
            ),
            "no_polygon",
        ),
        (
            collection(
                square(110, code="SAMPLE001")
                | {"geometry": {"type": "Polygon", "coordinates": [[[float("nan"), 1]] * 4]}}
            ),
            "no_degrees",
        ),
    ],
)
def test_what_is_wrong_with_a_boundary_is_told_in_a_sentence(data: bytes, fault: str) -> None:
    found = boundaries.read(data, REGISTER)
    assert [name for name, _ in found.faults] == [fault]
    for code in ("zh", "en"):
        assert all(load(code)[f"map.{name}"].format(**values) for name, values in found.faults)


def test_one_bad_feature_leaves_the_others_standing() -> None:
    found = boundaries.read(collection(square(110), square(111, code="SAMPLE002")), REGISTER)
    assert list(found.rings) == ["蓼湾镇人民政府"]


def test_zero_and_missing_have_a_look_of_their_own() -> None:
    figure = charts.tiles(points(0, 1, 7, None, 30, 400), "件", "没有数", 3, charts.LIGHT)
    graph_objects.Figure(figure)
    names = {trace["name"]: trace for trace in figure["data"]}
    assert names["0"]["text"] == ["第0镇<br>0"]
    assert names["没有数"]["text"] == ["第3镇<br>—"]
    assert names["没有数"]["marker"]["color"] == charts.LIGHT.paper
    assert names["0"]["marker"]["color"] != charts.LIGHT.paper


def test_every_number_falls_in_one_class_and_only_one() -> None:
    for values in ([0], [5], [1, 1, 1], [0, 1, 2], list(range(40)), [0, 0, 0, 9], [None], [3, None, 0]):
        drawn = charts.tiles(points(*values), "件", "没有数", 5, charts.DARK)
        assert sum(len(trace["x"]) for trace in drawn["data"]) == len(values)


@pytest.fixture
def overview(sample_database: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The sample county, with a folder of data in which boundaries may lie; returns where."""
    monkeypatch.setenv("OVERSIGHT_DATABASE", str(sample_database))
    monkeypatch.setattr(places, "ROOT", tmp_path)
    (tmp_path / "data" / "sample").mkdir(parents=True)
    return tmp_path / "data" / "sample" / "boundaries.geojson"


def opened() -> AppTest:
    return AppTest.from_file(str(ROOT / "dashboard" / "frame.py"), default_timeout=90).run()


def test_without_boundaries_the_overview_shows_tiles_and_says_that_they_are_no_map(overview: Path) -> None:
    app = opened()
    assert not app.exception
    assert any("位置不代表地理" in str(text.value) for text in app.caption)
    tiles = json.loads(app.get("plotly_chart")[1].proto.spec)
    assert sum(len(trace["x"]) for trace in tiles["data"]) == 14


def test_with_boundaries_the_overview_draws_the_townships_as_they_lie(overview: Path) -> None:
    overview.write_bytes(collection(square(110, code="SAMPLE001"), square(111, name="蓼湾镇"), square(112)))
    app = opened()
    assert any("第 3 个要素没有 code 或 name 属性" in str(warning.value) for warning in app.warning)
    figure = json.loads(app.get("plotly_chart")[1].proto.spec)
    graph_objects.Figure(figure)
    assert sum(trace.get("fill") == "toself" for trace in figure["data"]) == 2
    assert figure["layout"]["yaxis"]["scaleanchor"] == "x"
    assert any("没有边界、未画出的" in str(text.value) for text in app.caption)
