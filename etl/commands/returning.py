"""return: the county's own return from its units' filings, with letters for those that have something to mend."""

import argparse
import re
import tempfile
from collections.abc import Iterable
from datetime import date, timedelta
from pathlib import Path

from dashboard import db, findings, letters, returns
from dashboard.selection import Selection
from dashboard.text import load
from etl import briefing
from etl.build import Busy
from etl.commands import DATA, DATABASE, NO_DATABASE, Subparsers, refuse
from etl.commands.building import bring_up_to_date
from etl.folders import Folder
from etl.paper import slips
from etl.returns.papers import papers
from etl.returns.whole import CountyReturn
from etl.store import Unwritable

_SAMPLE = DATA / "sample"
_SLIPS = "退回修改通知"


def add(commands: "Subparsers[argparse.ArgumentParser]") -> None:
    """Declare return."""
    command = commands.add_parser(
        "return", help="add the units' tables up into the county's own return, with its documents"
    )
    command.add_argument("--county", required=True)
    command.add_argument("--year", type=int, required=True, help="the year reported on")
    command.add_argument("--out", type=Path, required=True, metavar="DIR")
    command.add_argument("--units", nargs="+", default=[], metavar="NAME", help="only these units")
    command.add_argument(
        "--reports", type=Path, help="go straight from this folder of filings, without a database"
    )
    command.add_argument(
        "--register", type=Path, help="register for --reports; governments.csv in it or in data/"
    )
    command.add_argument("--database", type=Path, default=DATABASE, help="folder of the database")
    command.set_defaults(run=run)


def run(options: argparse.Namespace) -> int:
    """Write every document of the return below the folder asked for, and say what is still in doubt."""
    if options.reports is None:
        return _write(options, options.database)
    if not options.reports.is_dir():
        return refuse(f"找不到文件夹 {options.reports}，请检查路径")
    if options.register and not options.register.is_file():
        return refuse(f"找不到名册 {options.register}，请检查路径")
    with tempfile.TemporaryDirectory() as place:
        try:
            bring_up_to_date((_folder(options),), Path(place, "database"), Path(place, "cache.sqlite"))
        except (Busy, Unwritable, ValueError) as error:
            return refuse(str(error))
        return _write(options, Path(place, "database"))


def _folder(options: argparse.Namespace) -> Folder:
    """The folder of filings, with the register beside them, or else the office's own."""
    root: Path = options.reports
    own = root / "governments.csv"
    register = options.register or (own if own.exists() else DATA / "governments.csv")
    invented = any(path.resolve().is_relative_to(_SAMPLE) for path in (root, register))
    return Folder(root, register, root / "manifest.csv", sample=invented)


def _write(options: argparse.Namespace, database: Path) -> int:
    db.use(database)
    if db.build() is None:
        return refuse(f"{NO_DATABASE}，或用 --reports 指定年报所在的文件夹")
    chosen = _selection(options)
    if isinstance(chosen, str):
        return refuse(chosen)
    made = returns.of(chosen)
    options.out.mkdir(parents=True, exist_ok=True)
    for paper in papers(made):
        _put(options.out / _safe(paper.name), paper.make())
    if not options.units:
        name, data = briefing.document(db.holding(chosen.county), chosen.county, chosen.last, date.today())
        _put(options.out / _safe(name), data)
    sent = _letters(chosen)
    for slip in sent:
        _put(options.out / _SLIPS / _safe(slips.name(slip)), slips.word(slip))
    for sentence in _summary(made, len(sent)):
        print(sentence)
    return 0


def _selection(options: argparse.Namespace) -> Selection | str:
    """What is asked for; a sentence when the base has no such county, year or unit."""
    filed = db.query("return_years", county=options.county)
    years = [row["year"] for row in filed]
    if not options.county or not years:
        counties = [row["county"] for row in db.query("counties") if row["county"]]
        found = f"现有：{'、'.join(counties)}" if counties else "还没有读到写明县区的年报"
        homeless = sum(row["filings"] for row in db.query("return_years", county=""))
        more = f"有 {homeless} 份没有写明所属县区，请在 governments.csv 中登记这些单位。" if homeless else ""
        return f"没有“{options.county}”的年报；{found}。{more}请检查 --county，县名要写全称"
    if options.year not in years:
        return f"没有{options.county}{options.year}年的年报；现有年度：{'、'.join(map(str, years))}。请检查 --year"
    rows = db.query("return_filings", county=options.county, year=options.year)
    strangers = sorted(set(options.units) - {row["unit"] for row in rows})
    if strangers:
        return f"{options.county}{options.year}年没有这些单位：{'、'.join(strangers)}。请检查 --units，名称要写全称"
    sample = all(row["sample"] for row in filed)
    return Selection(options.county, options.year, options.year, tuple(options.units), sample, 0)


def _letters(chosen: Selection) -> tuple[slips.Slip, ...]:
    due = [found for found in findings.of(chosen) if findings.to_be_mended(found)]
    today = date.today()
    office = load("zh")["findings.office_of"].format(county=chosen.county)
    return letters.write(due, office, today, today + timedelta(letters.DAYS_TO_REPLY), chosen.sample)


def _safe(name: str) -> str:
    """A name that every system takes for a file's: a unit's name comes from a filing."""
    return re.sub(r'[\\/:*?"<>|\x00-\x1f]+', "_", name)


def _put(path: Path, data: bytes) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(data)
    print(path)


def _summary(made: CountyReturn, sent: int) -> Iterable[str]:
    """What the return adds up, and what only people can settle."""
    rolled = made.rolled
    yield f"{rolled.county}{rolled.year}年：应计入 {len(rolled.units)} 个单位，已计入 {len(rolled.filed)} 个。"
    if rolled.missing:
        yield f"未报送：{'、'.join(unit.name for unit in rolled.missing)}；汇总数是下限。"
    marked = sum(bool(summed.doubts) for summed in rolled.sums.values())
    others = [doubt for doubt in rolled.doubts if doubt.kind != "missing"]
    if others:
        cells = f"；表中标出 {marked} 格" if marked else ""
        yield f"尚待核实 {len(others)} 项{cells}，原因见汇总底稿。"
    if made.differences:
        yield f"与已报的县级年报有 {len(made.differences)} 格不同，见汇总底稿。"
    if sent:
        yield f"退回修改通知 {sent} 份。"
