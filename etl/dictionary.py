"""The data dictionary, made from the comments of the schema and of the views."""

from pathlib import Path

from etl import store

PATH = Path(__file__).resolve().parent.parent / "docs" / "data-dictionary.md"
_SQL = Path(__file__).parent / "sql"


def text() -> str:
    """The dictionary as Markdown: every table with its columns, every view with its purpose."""
    parts = ["# Data dictionary\n\nGenerated from `etl/sql/` by `make dictionary`; do not edit.\n"]
    for table, comment, columns in store.described():
        parts.append(f"\n## {table}\n\n{comment}.\n\n| column | type | meaning |\n|---|---|---|\n")
        parts += [f"| `{name}` | {kind} | {meaning} |\n" for name, kind, meaning in columns]
    parts.append("\n## Views\n\n| view | what it shows |\n|---|---|\n")
    for view in sorted((_SQL / "views").glob("*.sql")):
        lines = view.read_text(encoding="utf-8").splitlines()
        meaning = " ".join(line.removeprefix("--").strip() for line in lines if line.startswith("--"))
        parts.append(f"| `{view.stem}` | {meaning} |\n")
    return "".join(parts)
