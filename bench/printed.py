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
from pypdfium2 import PdfDocument

from bench.browser import launched
from data.sample.layouts import render
from data.sample.roster import filings
from data.sample.spec import Key, Printed, ReportSpec, stated
from etl import forms
from etl.forms import STATISTICS, Item

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
# How tables may be drawn beside the plain rules that chance chooses: style sheets, by name.
LOOKS = {
    "touching": "td{padding:0} td p{line-height:1!important} td:nth-last-child(odd){vertical-align:bottom}"
    "td:nth-last-child(odd):not(:first-child) p{position:relative;top:1.5pt}"
    "td:nth-last-child(3n+2):not(:first-child) p{text-align:left!important;margin-left:-1pt!important}",
    "double": "td{border:3pt double #000}",
    "thick": "td{border:3pt solid #000}",
    "dotted": "td{border:1pt dotted #000}",
    "dashed": "td{border:0.75pt dashed #000}",
    "three-line": "td{border:0} tr td{border-bottom:0.5pt solid #999} tr:first-child td{border-top:1.5pt solid #000}"
    "tr:last-child td{border-bottom:1.5pt solid #000}",
    "filled": "tr:nth-child(-n+2) td,td:first-child{background:#bdd7ee;-webkit-print-color-adjust:exact}",
    "dark": "tr:first-child td{background:#1f4e79;-webkit-print-color-adjust:exact} tr:first-child td p{color:#fff}",
    "wide": "@page{size:A3 landscape}",
    "corrected": "",
    "2014": "",
}
# Of the figures of a filing that somebody corrects by pen: so many, and between what they lie, as no others do.
_CORRECTED, _CORRECTED_FIGURES = 8, (5000, 9999)
_DASHES = ("-", "—", "/", "0", "0", "0")
_BY_BROWSER = 0.75


@dataclass(frozen=True, slots=True)
class Filing:
    """A filing as a PDF with text, what is printed in its cells, and in which of them somebody corrects it by pen."""

    seed: int
    pdf: bytes
    cells: dict[Key, Printed]
    corrected: frozenset[Key] = frozenset()


def printed(seeds: range, look: str = "") -> Iterator[Filing]:
    """A filing for each seed, its tables drawn as chance has it or in one of the `LOOKS`."""
    with sync_playwright() as tool:
        browser = launched(tool)
        for seed in seeds:
            chance = Random(seed)
            spec = _dense(chance.choice(_sample()), chance)
            corrected: frozenset[Key] = frozenset()
            if look == "corrected":
                spec, corrected = _corrected(spec, chance)
            if look == "2014":
                spec = _of_2014(spec, chance)
            if look or chance.random() < _BY_BROWSER:
                page = browser.new_page()
                content = _statistics(spec) if look == "2014" else render(spec, "word-web").decode("gb18030")
                page.set_content(_styled(content, chance, look))
                pdf = page.pdf(format="A4", prefer_css_page_size=True)
                page.close()
            else:
                pdf = render(spec, "pdf")
            yield Filing(seed, pdf, spec.cells, _unfolded(pdf, spec, corrected))


def _unfolded(pdf: bytes, spec: ReportSpec, corrected: frozenset[Key]) -> frozenset[Key]:
    """Of the cells to correct those whose figure stands in one line: no pen goes through a folded one."""
    with PdfDocument(pdf) as pages:
        texts = [page.get_textpage() for page in pages]
        figures = {key: spec.cells[key].text for key in corrected}
        return frozenset(
            key
            for key, figure in figures.items()
            if any(text.search(figure, match_whole_word=True).get_next() for text in texts)
        )


@cache
def _sample() -> list[ReportSpec]:
    return [filing.spec for filing in filings() if filing.spec.parts[-1].paragraphs]


def _dense(spec: ReportSpec, chance: Random) -> ReportSpec:
    """The filing with figures that differ from cell to cell; a few cells are blank or hold a dash."""
    return replace(spec, cells={key: _cell(key[2], chance) for key in spec.cells})


def _of_2014(spec: ReportSpec, chance: Random) -> ReportSpec:
    """The filing with the statistical table of 2014 to 2018 in place of its tables."""
    (block,) = forms.form("2014").schedule(STATISTICS).blocks
    cells = {(STATISTICS, line.key, "count"): _cell("count", chance) for line in block.leaves()}
    return replace(spec, year=2016, forms={STATISTICS: "2014"}, cells=cells)


def _statistics(spec: ReportSpec) -> str:
    """The page with the statistical table as the notice of 2014 draws it: a line, its unit, its count."""
    (block,) = forms.form("2014").schedule(STATISTICS).blocks
    rows = [
        "<td><p>统计指标</p></td><td><p>单位</p></td><td><p>统计数</p></td>",
        *_lines(block.lines, spec, 0),
    ]
    table = "".join(f"<tr>{row}</tr>" for row in rows)
    title = f"{spec.government}{spec.year}年政府信息公开工作年度报告"
    head = f"<html><head><title>{title}</title></head>"
    return f"{head}<body><p>{title}</p><p>政府信息公开情况统计表</p><table>{table}</table></body></html>"


def _lines(items: tuple[Item, ...], spec: ReportSpec, depth: int) -> Iterator[str]:
    for number, item in enumerate(items, 1):
        mark = (f"{'一二三四五六七八九'[number % 10 - 1]}、", f"（{number}）", f"{number}.")[depth]
        cell = spec.cells.get((STATISTICS, item.key, "count"))
        texts = f"{mark}{item.label}{item.note}", item.unit or "——", cell.text if cell else ""
        yield "".join(f"<td><p>{text}</p></td>" for text in texts)
        yield from _lines(item.parts, spec, depth + 1)


def _corrected(spec: ReportSpec, chance: Random) -> tuple[ReportSpec, frozenset[Key]]:
    """The filing with some figures that stand nowhere else in it, and where they stand."""
    keys = chance.sample([key for key in spec.cells if "amount" not in key[2]], _CORRECTED)
    figures = chance.sample(range(*_CORRECTED_FIGURES), _CORRECTED)
    new = {key: stated(figure) for key, figure in zip(keys, figures, strict=True)}
    return replace(spec, cells=spec.cells | new), frozenset(keys)


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


def _styled(page: str, chance: Random, look: str) -> str:
    """The page in typefaces, sizes and borders of chance."""
    size, border = chance.choice((8.5, 9.0, 10.5)), chance.choice(("0.5pt", "0.75pt", "1pt", "1.5pt"))
    typefaces = ", ".join(filter(None, (chance.choice(_DIGITS), chance.choice(_HAN))))
    align, padding = chance.choice(("center", "center", "left")), chance.uniform(1.5, 5)
    style = (
        f"body *{{font-family:{typefaces}!important;color:#000}} @page{{margin:20mm {chance.randint(12, 20)}mm}}"
        f"table{{width:100%}} td{{border:{border} solid #000;padding:{padding:.1f}pt 2pt}} tr{{break-inside:avoid}}"
        f"td p{{margin:0;text-indent:0!important;font-size:{size}pt;line-height:1.15;text-align:{align}!important}}"
        f"td:nth-child(-n+3):nth-last-child(8){{width:35%}} {LOOKS.get(look, '')}"
    )
    return re.sub("</head>", f"<style>{style}</style></head>", page, count=1)
