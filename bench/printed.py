"""Invented filings with a figure in nearly every cell, printed on A4 by a browser or by the sample's own printer.

Everything is drawn by chance from a seed: which filing of the sample county, its figures, typefaces, sizes, borders,
margins. A seed never used before is a filing that no reader was made with.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import cache
from random import Random

from playwright.sync_api import sync_playwright

from bench.browser import launched
from data.sample.layouts import render
from data.sample.roster import filings
from data.sample.spec import Printed, ReportSpec, stated

# Whatever stands here that the computer has; the names of other systems' typefaces come first.
_HAN = (
    "SimSun, 'AR PL UMing CN', 'Noto Serif CJK SC'",
    "SimHei, 'WenQuanYi Zen Hei', 'Noto Sans CJK SC'",
    "KaiTi, 'AR PL UKai CN'",
    "FangSong, cwTeXFangSong, 'AR PL UMing CN'",
    "'Microsoft YaHei', 'Noto Sans CJK SC'",
    "'Source Han Serif SC', 'Noto Serif CJK SC'",
)
_DIGITS = (
    "",
    "'Times New Roman', 'Liberation Serif'",
    "Arial, 'Liberation Sans'",
    "Calibri, Carlito, 'DejaVu Sans'",
    "Georgia, P052",
    "'Courier New', 'Liberation Mono'",
    "'Arial Narrow', 'Liberation Sans Narrow'",
)
_DASHES = ("-", "—", "/", "0", "0", "0")
_BY_BROWSER = 0.75


@dataclass(frozen=True, slots=True)
class Filing:
    """A filing as a PDF with text, and what is printed in its cells."""

    seed: int
    pdf: bytes
    cells: dict[tuple[str, str, str], Printed]


def printed(seeds: range) -> Iterator[Filing]:
    """A filing for each seed."""
    with sync_playwright() as tool:
        browser = launched(tool)
        for seed in seeds:
            chance = Random(seed)
            spec = _dense(chance.choice(_sample()), chance)
            if chance.random() < _BY_BROWSER:
                page = browser.new_page()
                page.set_content(_styled(render(spec, "word-web").decode("gb18030"), chance))
                pdf = page.pdf(format="A4", prefer_css_page_size=True)
                page.close()
            else:
                pdf = render(spec, "pdf")
            yield Filing(seed, pdf, spec.cells)


@cache
def _sample() -> list[ReportSpec]:
    return [filing.spec for filing in filings() if filing.spec.parts[-1].paragraphs]


def _dense(spec: ReportSpec, chance: Random) -> ReportSpec:
    """The filing with figures that differ from cell to cell; a few cells are blank or hold a dash."""
    return replace(spec, cells={key: _cell(key[2], chance) for key in spec.cells})


def _cell(column: str, chance: Random) -> Printed:
    kind = chance.random()
    if kind < 0.05:
        return Printed(None, "blank", "")
    if kind < 0.12:
        dash = chance.choice(_DASHES)
        return stated(0) if dash == "0" else Printed(None, "dashed", dash)
    if "amount" in column:
        return stated(Decimal(chance.randint(1, 9999)).scaleb(-2))
    return stated(
        chance.choice((1, 7, chance.randint(2, 99), chance.randint(100, 999), chance.randint(100, 4999)))
    )


def _styled(page: str, chance: Random) -> str:
    """The page in typefaces, sizes and borders of chance."""
    size, border = chance.choice((8.5, 9.0, 10.5)), chance.choice(("0.5pt", "0.75pt", "1pt", "1.5pt"))
    typefaces = ", ".join(filter(None, (chance.choice(_DIGITS), chance.choice(_HAN))))
    align, padding = chance.choice(("center", "center", "left")), chance.uniform(1.5, 5)
    style = (
        f"body *{{font-family:{typefaces}!important;color:#000}} @page{{margin:20mm {chance.randint(12, 20)}mm}}"
        f"table{{width:100%}} td{{border:{border} solid #000;padding:{padding:.1f}pt 2pt}} tr{{break-inside:avoid}}"
        f"td p{{margin:0;text-indent:0!important;font-size:{size}pt;line-height:1.15;text-align:{align}!important}}"
        "td:nth-child(-n+3):nth-last-child(8){width:35%}"
    )
    return re.sub("</head>", f"<style>{style}</style></head>", page, count=1)
