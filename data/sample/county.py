"""The invented county: its governments, what they are like, and how each of their filings is laid out."""

from dataclasses import dataclass

COUNTY = "栖禾县"
YEARS = range(2019, 2026)


@dataclass(frozen=True, slots=True)
class Township:
    """A government: `busy` is how many requests it receives a year, `licences` how many it decides."""

    name: str
    busy: float
    licences: int
    penalties: int
    website: int
    boards: int
    account: str
    accounts: int = 1
    account_since: int = 2019
    former: str = ""
    renamed: int = 0

    def government(self, year: int) -> str:
        """The full name it bore in a year."""
        return full_name(self.former if year < self.renamed else self.name)


def full_name(name: str) -> str:
    """霁桥镇 → 霁桥镇人民政府, 望禾街道 → 望禾街道办事处."""
    return name + ("办事处" if name.endswith("街道") else "人民政府")


TOWNSHIPS = (
    Township("霁桥镇", 38, 640, 46, 230, 26, "霁桥发布"),
    Township("蓼湾镇", 27, 410, 38, 190, 22, "蓼湾之声"),
    Township("槿川镇", 4, 205, 17, 150, 18, "槿川微讯"),
    Township("苇渡镇", 2.5, 130, 9, 120, 16, "苇渡发布"),
    Township("樨岭镇", 1.5, 76, 6, 96, 14, "樨岭在线"),
    Township("稔桥镇", 3, 168, 12, 135, 17, "稔桥微报"),
    Township("砚坳镇", 1, 58, 4, 88, 12, "砚坳发布", former="砚坳乡", renamed=2021),
    Township("杳溪镇", 1.8, 94, 8, 104, 15, "清杳溪声"),
    Township("筠坪乡", 0.6, 30, 0, 64, 9, "筠坪乡音"),
    Township("葭洲乡", 0.8, 44, 3, 72, 11, "葭洲微讯", account_since=2021),
    Township("椴坡乡", 0.4, 0, 0, 48, 8, "椴坡之窗"),
    Township("霜禾乡", 0.5, 22, 2, 58, 10, "霜禾发布", account_since=2020),
    Township("望禾街道", 5, 640, 28, 175, 31, "望禾街道", accounts=2),
    Township("芷陌街道", 3.5, 520, 21, 142, 27, "芷陌家园"),
)
MISSING = frozenset({("椴坡乡", 2020), ("筠坪乡", 2022)})
OLD_FORM = frozenset(
    {
        ("砚坳镇", 2021),
        ("霜禾乡", 2021),
        ("椴坡乡", 2021),
        ("椴坡乡", 2022),
        ("杳溪镇", 2021),
        ("葭洲乡", 2022),
    }
)
MIXED_FORM = frozenset(
    {("樨岭镇", 2021), ("苇渡镇", 2022), ("稔桥镇", 2023), ("霜禾乡", 2023), ("筠坪乡", 2024)}
)
