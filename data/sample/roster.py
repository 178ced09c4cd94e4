"""All filings of the invented county, each with its layout, its file name and what is wrong with it."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from decimal import Decimal
from random import Random

from data.sample import audit
from data.sample.compose import Writer
from data.sample.county import COUNTY, MISSING, MIXED_FORM, OLD_FORM, TOWNSHIPS, YEARS, Township
from data.sample.faults import Fault, changed, faults
from data.sample.figures import Figures, history, said_by_tables
from data.sample.layouts import LAYOUTS
from data.sample.spec import Key, Part, Printed, ReportSpec, stated
from etl.forms import PROACTIVE, REQUESTS, REVIEW

_NONE = Fault("", 0, "")
_SHARES = {
    "docx": 26,
    "pdf": 22,
    "web": 10,
    "web-undeclared": 6,
    "web-gb2312": 8,
    "word-web": 3,
    "tabs": 6,
    "blank-lines": 3,
    "pipe-lines": 3,
    "pipe-rows": 3,
    "page": 3,
    "utf16": 2,
    "gb18030": 3,
}
_FULL_WIDTH = str.maketrans("0123456789.", "０１２３４５６７８９．")
_NAMES = (
    "{full}{year}年政府信息公开工作年度报告",
    "{name}{year}年度政府信息公开工作年度报告",
    "{county}{name}{year}年政府信息公开年报",
    "{year}年{full}信息公开年度报告",
    "{name}{year}年年报",
)


@dataclass(frozen=True, slots=True)
class Filing:
    """A filing to be written: its path below the folder of filings, its layout, and what checks must find."""

    path: str
    layout: str
    spec: ReportSpec
    note: str = ""
    rows: tuple[audit.Row, ...] = ()


def filings() -> Iterator[Filing]:
    """Every filing, by township and year; a refiling follows what it corrects."""
    layouts = _layouts()
    for township in TOWNSHIPS:
        before: ReportSpec | None = None
        for year, figures in history(township).items():
            if (township.name, year) in MISSING:
                before = None
                continue
            fault = faults().get((township.name, year), _NONE)
            layout = fault.layout or layouts[township.name, year]
            versions = list(_versions(township, year, figures, fault, layout))
            for filing in versions:
                yield replace(filing, rows=tuple(_rows(filing.spec, before, fault)))
            before = versions[-1].spec


def _layouts() -> dict[tuple[str, int], str]:
    names = [name for name, share in _SHARES.items() for _ in range(share)]
    places = [(township.name, year) for township in TOWNSHIPS for year in YEARS]
    return dict(zip(places, Random("layouts").sample(names, len(names)), strict=True))


def _versions(township: Township, year: int, figures: Figures, fault: Fault, layout: str) -> Iterator[Filing]:
    spec = make(township, year, figures, fault, layout)
    path = _path(township, year, layout, fault)
    yield Filing(path, layout, spec, fault.note)
    if fault.refiled:
        mended = make(township, year, figures, replace(_NONE, published=fault.refiled), layout)
        stem, _, ending = path.rpartition(".")
        yield Filing(f"{stem}（更正）.{ending}", layout, mended, "更正后重报")


def _path(township: Township, year: int, layout: str, fault: Fault) -> str:
    ending = LAYOUTS[layout][0]
    names = Writer(township, year, {}, True)
    if fault.yearless:
        return names.fill(f"补报/{{name}}年报.{ending}")
    template = _NAMES[Random(f"{township.name} {year} name").randrange(len(_NAMES))]
    return f"{year}/{names.fill(template)}.{ending}"


def make(township: Township, year: int, figures: Figures, fault: Fault, layout: str) -> ReportSpec:
    """What the filing says, with the fault in it."""
    forms = _forms(township.name, year)
    figures = changed(figures, fault.figures)
    prose = {**figures.prose, **said_by_tables(figures.cells), **fault.prose}
    prose |= {name: prose[name] + more for name, more in fault.add.items()}
    writer = Writer(township, year, prose, forms[PROACTIVE] == "2021", fault.use, fault.drop, fault.like)
    spec = ReportSpec(
        government=township.government(year),
        county=COUNTY,
        year=year,
        title=writer.title(),
        opening=(writer.sentence("opening"),),
        parts=writer.parts(),
        forms=forms,
        cells=_cells(changed(figures, fault.misprint), forms, fault, Random(f"{township.name} {year} print")),
        labels=writer.pick("labels"),
        numbers=tuple(writer.numbers),
        published=_published(year, fault, layout, township),
    )
    spec = replace(spec, signature=_signature(spec, Random(f"{township.name} {year} sign"), fault))
    return _without_year(spec) if fault.yearless else spec


def _forms(name: str, year: int) -> dict[str, str]:
    old = year < 2021 or (name, year) in OLD_FORM
    lines = "2019" if old or (name, year) in MIXED_FORM else "2021"
    newest = "2019" if old else "2021"
    return {PROACTIVE: newest, REQUESTS: lines, REVIEW: newest}


def _cells(figures: Figures, forms: dict[str, str], fault: Fault, random: Random) -> dict[Key, Printed]:
    style = random.choice(("plain",) * 7 + ("thousands", "full-width", "note"))
    cells = {}
    for schedule, form in forms.items():
        for key, value in figures.cells[schedule, form].items():
            cells[key] = stated(value, _text(key, value, style))
            if fault.blank == schedule:
                cells[key] = Printed(None, "blank", "")
            elif schedule in fault.zeros and not value:
                cells[key] = Printed(None, "dashed", fault.zeros[schedule])
    return cells


def _text(key: Key, value: Decimal, style: str) -> str:
    if style == "thousands":
        return f"{value:,}"
    if (
        style == "note"
        and key[1:] in (("normative_documents", "issued"), ("normative_documents", "newly_made"))
        and value
    ):
        return f"{value}（其中修订1件）"
    return str(value).translate(_FULL_WIDTH) if style == "full-width" else str(value)


def _published(year: int, fault: Fault, layout: str, township: Township) -> str | None:
    if fault.published:
        return fault.published
    if not layout.startswith("web"):
        return None
    return f"{year + 1}-01-{Random(f'{township.name} {year} date').randrange(8, 30):02d}"


def _signature(spec: ReportSpec, random: Random, fault: Fault) -> tuple[str, ...]:
    day = int(spec.published[-2:]) if spec.published else random.randrange(8, 30)
    if fault.published or fault.yearless or random.random() < 0.5:
        return ()
    return spec.government, f"{spec.year + 1}年1月{day}日"


def _without_year(spec: ReportSpec) -> ReportSpec:
    """The filing with every mention of its year taken out."""

    def plain(text: str) -> str:
        return text.replace(f"{spec.year}年度", "本年度").replace(f"{spec.year}年", "本年")

    parts = tuple(
        Part(part.heading, tuple(map(plain, part.paragraphs)), part.schedule) for part in spec.parts
    )
    opening = (f"{spec.government}依照《中华人民共和国政府信息公开条例》编制本报告。",)
    title = (spec.government, "政府信息公开工作年度报告")
    return replace(spec, title=title, opening=opening, parts=parts, signature=(), published=None)


def _rows(spec: ReportSpec, before: ReportSpec | None, fault: Fault) -> Iterator[audit.Row]:
    yield from audit.arithmetic(spec)
    yield from audit.law(spec)
    if before:
        yield from audit.continuity(spec, before)
    yield from audit.prose(spec)
    if spec.year > 2020 and "2019" in spec.forms.values():
        yield audit.Row("outdated-form")
    if fault.refiled and spec.published == fault.refiled:
        return
    for check, *place in fault.rows:
        schedule, line, column, expected, actual = (*place, "", "", "", "", "")[:5]
        key = (schedule, line, column)
        printed = audit.values(spec).get(key)
        found = Decimal(actual) if actual else printed
        yield audit.Row(check, *key, Decimal(expected) if expected else None, found)
