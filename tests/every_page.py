"""The pages of the dashboard, by the names of their files."""

from pathlib import Path

EVERY = sorted(path.stem for path in (Path(__file__).resolve().parents[1] / "pages").glob("*.py"))
# What is put in is no report yet: the page says nothing of those that are there.
OF_REPORTS = [name for name in EVERY if name != "import_filings"]
