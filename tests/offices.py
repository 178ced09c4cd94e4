"""An office with a base that is divided: counties of three prefectures, filings put in and taken out."""

from dataclasses import dataclass
from pathlib import Path
from typing import Any

from filings import page

from etl import store
from etl.build import Tally, build
from etl.folders import Folder

REGISTER = """county,name,level,code,former_names
云岭县,白石镇人民政府,township,330102001,
云岭县,黑石乡人民政府,township,330102002,
松江县,白石镇人民政府,township,330205001,
松江县,长桥镇人民政府,township,330205002,短桥镇人民政府
临海县,金沙镇人民政府,township,440103001,
"""


@dataclass(frozen=True)
class Office:
    """A folder of filings with what people keep beside them, and the database made of them."""

    root: Path

    @property
    def database(self) -> Path:
        return self.root / "database"

    def put(self, path: str, content: str) -> Path:
        file = self.root / "reports" / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(content, encoding="utf-8")
        return file

    def keep(self, name: str, text: str) -> None:
        (self.root / name).write_text(text, encoding="utf-8")

    def build(self, name: str = "database", cache: str = "cache.sqlite") -> Tally:
        reports = self.root / "reports"
        reports.mkdir(parents=True, exist_ok=True)
        folder = Folder(reports, self.root / "governments.csv", self.root / "manifest.csv")
        return build((folder,), self.root / name, self.root / cache)

    def published(self, name: str = "database") -> store.Published:
        found = store.published(self.root / name)
        assert found
        return found

    def files(self) -> dict[str, str]:
        """The file of each division."""
        return {part.division: part.file for part in self.published().partitions}

    def compared(self) -> dict[str, str]:
        """The file of each province."""
        return {one.province: one.file for one in self.published().comparisons}

    def ask(self, query: str, division: str = "") -> list[tuple[Any, ...]]:
        with store.attach(self.published().of_division(division)) as base:
            return base.execute(query).fetchall()


def divided(root: Path) -> Office:
    """Three prefectures, four townships, a filing of each; and a file that is no report."""
    office = Office(root)
    office.keep("governments.csv", REGISTER)
    office.put("云岭县/白石镇2023.html", page("云岭县白石镇人民政府"))
    office.put("松江县/白石镇2023.html", page("松江县白石镇人民政府"))
    office.put("松江县/长桥镇2023.html", page("松江县长桥镇人民政府"))
    office.put("临海县/金沙镇2023.html", page("临海县金沙镇人民政府"))
    office.put("通知.txt", "关于做好年度报告编制工作的通知")
    office.build()
    return office


def contents(base: store.Published) -> dict[tuple[str, str], list[tuple[Any, ...]]]:
    """Every table of every file of a base but for the time of the build, rows in no order."""
    found: dict[tuple[str, str], list[tuple[Any, ...]]] = {}
    compared = [(base.folder / one.file, f"province {one.province}") for one in base.comparisons]
    parts = [(base.of_division(division), division) for division in base.divisions]
    for path, name in [(base.catalogue, "catalogue"), *parts, *compared]:
        with store.attach(path) as opened:
            for table in store.table_names(opened):
                if table != "builds":
                    found[name, table] = sorted(
                        opened.execute(f'select * from "{table}"').fetchall(), key=repr
                    )
    return found
