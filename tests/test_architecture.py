"""What ARCHITECTURE.md says of the tree is so: a reader who follows it finds the file."""

import re
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
TEXT = (ROOT / "ARCHITECTURE.md").read_text(encoding="utf-8")
NAMED = re.compile(
    r"`((?:[\w.-]+/)*[\w-]+(?:/|\.(?:py|yaml|md|js|css|sql|csv|bat|geojson|toml|txt|sqlite)))`"
)
IN_AN_OFFICE = {"boundaries.geojson", "corrections.csv", "data/decisions.sqlite", "secrets.toml"}


def test_every_file_and_room_named_exists() -> None:
    found = {path.relative_to(ROOT).as_posix() for path in _of_the_tree()}
    missing = [
        name
        for name in NAMED.findall(TEXT)
        if name not in IN_AN_OFFICE and not any(f"/{path}".endswith(f"/{name.rstrip('/')}") for path in found)
    ]
    assert not missing
    assert len(NAMED.findall(TEXT)) > 100


def _of_the_tree() -> list[Path]:
    tops = [path for path in ROOT.iterdir() if not path.name.startswith(".")]
    below = [path for top in tops if top.name != "data" for path in top.rglob("*")]
    return [path for path in (*tops, *below) if "__pycache__" not in path.parts]
