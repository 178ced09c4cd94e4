"""The county's figures: what each township did in each year, so that every identity of the forms holds."""

from collections import Counter
from dataclasses import dataclass
from decimal import Decimal
from random import Random

from data.sample.county import YEARS, Township
from etl import forms
from etl.forms import APPLICANTS, PROACTIVE, REQUESTS, RESULTS, REVIEW

Cells = dict[tuple[str, str, str], Decimal]

_SEASON = {2019: 1.0, 2020: 0.72, 2021: 0.88, 2022: 0.95, 2023: 1.12, 2024: 1.3, 2025: 1.38}
_WECHAT = {2019: 0.35, 2020: 0.55, 2021: 0.8, 2022: 1.1, 2023: 1.5, 2024: 1.9, 2025: 2.2}
_KINDS = dict(zip(APPLICANTS, (82, 10, 1, 2, 4, 1), strict=False))
_OUTCOMES = {
    "disclosed": 40,
    "disclosed_in_part": 14,
    "prohibited_by_law": 2,
    "third_party": 5,
    "internal_affairs": 3,
    "process": 4,
    "case_files": 2,
    "registry_inquiry": 3,
    "not_held": 16,
    "to_be_created": 5,
    "unclear": 2,
    "petition": 4,
    "repeated": 2,
    "reissue": 1,
    "uncorrected": 3,
    "other_reason": 2,
}
_MERGED = frozenset({"uncorrected", "unpaid", "other_reason"})
_PATHS = ("reconsideration", "direct_suit", "suit_after_reconsideration")


@dataclass(frozen=True, slots=True)
class Figures:
    """A township's year: the cells of each schedule on each form, and the numbers for its prose."""

    cells: dict[tuple[str, str], Cells]
    prose: dict[str, int]


@dataclass(slots=True)
class _Stock:
    """What a year hands on to the next."""

    pending: Counter[str]
    in_force: int
    disclosed_before: int
    items: dict[str, int]


def history(township: Township) -> dict[int, Figures]:
    """The figures of all years, each year's stock handed on from the year before."""
    first = Random(f"{township.name} stock")
    items = {"licensing": 12, "other_services": 35, "penalties": 20, "compulsion": 6}
    start = {line: count + first.randrange(0, 9) for line, count in items.items()}
    stock = _Stock(Counter(), first.randrange(2, 9), first.randrange(4, 14), start)
    return {year: _year(township, year, stock, Random(f"{township.name} {year}")) for year in YEARS}


def _year(township: Township, year: int, stock: _Stock, random: Random) -> Figures:
    cells = _proactive(township, year, stock, random)
    outcomes = _requests(township, year, stock, random)
    for form in ("2019", "2021"):
        cells[REQUESTS, form] = _as_printed(outcomes, form)
        cells[REVIEW, form] = _reviews(township, Random(f"{township.name} {year} review"))
    return Figures(cells, _prose(township, year, random))


def _near(random: Random, base: float) -> int:
    return round(base * random.uniform(0.86, 1.16))


def _proactive(township: Township, year: int, stock: _Stock, random: Random) -> dict[tuple[str, str], Cells]:
    issued = random.choice((0, 0, 0, 1, 1, 2, 3))
    repealed = min(random.choice((0, 0, 0, 1, 2)), stock.in_force)
    stock.in_force += issued - repealed
    stock.disclosed_before += issued
    decisions = {
        "licensing": _near(random, township.licences * _SEASON[year]),
        "other_services": _near(random, township.licences * 0.6 * _SEASON[year]),
        "penalties": _near(random, township.penalties * _SEASON[year]),
        "compulsion": _near(random, township.penalties * 0.1),
    }
    new: Cells = dict.fromkeys(
        ((PROACTIVE, *cell) for cell in forms.form("2021").schedule(PROACTIVE).cells()), Decimal(0)
    )
    old: Cells = dict.fromkeys(
        ((PROACTIVE, *cell) for cell in forms.form("2019").schedule(PROACTIVE).cells()), Decimal(0)
    )
    for column, value in (("issued", issued), ("repealed", repealed), ("in_force", stock.in_force)):
        new[PROACTIVE, "normative_documents", column] = Decimal(value)
    for column, value in (
        ("newly_made", issued),
        ("newly_disclosed", issued),
        ("total_disclosed", stock.disclosed_before),
    ):
        old[PROACTIVE, "normative_documents", column] = Decimal(value)
    for line, value in decisions.items():
        change = random.choice((0, 0, 0, 1, 2, -1)) if stock.items[line] else 0
        old[PROACTIVE, line, "prior_year_items"] = Decimal(stock.items[line])
        old[PROACTIVE, line, "change"] = Decimal(change)
        old[PROACTIVE, line, "decisions"] = Decimal(value)
        stock.items[line] += change
        if line != "other_services":
            new[PROACTIVE, line, "decisions"] = Decimal(value)
    projects = random.randrange(0, 5)
    old[PROACTIVE, "procurement", "projects"] = Decimal(projects)
    old[PROACTIVE, "procurement", "amount"] = (
        Decimal(sum(random.randrange(45, 990) for _ in range(projects))) / 10
    )
    return {(PROACTIVE, "2019"): old, (PROACTIVE, "2021"): new}


def _requests(township: Township, year: int, stock: _Stock, random: Random) -> dict[str, Counter[str]]:
    """Line → kind of applicant → requests, with the 25 lines of the newer form."""
    expected = township.busy * _SEASON[year]
    count = (
        _near(random, expected) if expected > 10 else sum(random.random() < expected / 6 for _ in range(6))
    )
    received = Counter(random.choices(list(_KINDS), list(_KINDS.values()), k=count))
    lines = {"received": received, "carried_in": stock.pending.copy()}
    open_cases = received + stock.pending
    late = [kind for kind, cases in received.items() for _ in range(cases) if random.random() < 0.07]
    stock.pending = Counter(late)
    lines["carried_out"] = stock.pending.copy()
    for kind, cases in (open_cases - stock.pending).items():
        for outcome in random.choices(list(_OUTCOMES), list(_OUTCOMES.values()), k=cases):
            lines.setdefault(outcome, Counter())[kind] += 1
    return lines


def _as_printed(lines: dict[str, Counter[str]], form: str) -> Cells:
    known = [line for line, column in forms.form(form).schedule(REQUESTS).cells() if column == APPLICANTS[-1]]
    outcomes = {line: counts for line, counts in lines.items() if line in _OUTCOMES}
    merged = sum((counts for line, counts in outcomes.items() if line in _MERGED), Counter[str]())
    rows = {**lines, "otherwise_closed": merged, "closed": sum(outcomes.values(), Counter[str]())}
    cells: Cells = {}
    for line in known:
        counts = rows.get(line, Counter[str]())
        for column in APPLICANTS[:-1]:
            cells[REQUESTS, line, column] = Decimal(counts[column])
        cells[REQUESTS, line, APPLICANTS[-1]] = Decimal(counts.total())
    return cells


def _reviews(township: Township, random: Random) -> Cells:
    chance = min(township.busy / 40, 0.9) if township.busy >= 3 else 0.0
    cells: Cells = {}
    for path, most in zip(_PATHS, (3, 1, 2), strict=True):
        cases = sum(random.random() < chance * 0.6 for _ in range(most))
        results = Counter(random.choices(RESULTS[:-1], (5, 2, 2, 1), k=cases))
        for result in RESULTS[:-1]:
            cells[REVIEW, path, result] = Decimal(results[result])
        cells[REVIEW, path, RESULTS[-1]] = Decimal(cases)
    return cells


def _prose(township: Township, year: int, random: Random) -> dict[str, int]:
    site = _near(random, township.website * (0.8 + 0.06 * (year - 2019)))
    chat = _near(random, township.website * _WECHAT[year]) if year >= township.account_since else 0
    posted = _near(random, township.boards * 4)
    return {
        "website_items": site,
        "wechat_items": chat,
        "bulletin_items": posted,
        "total": site + chat + posted,
        "online": site + chat,
        "plain": site + posted,
        "wechat_accounts": township.accounts if year >= township.account_since else 0,
        "bulletin_boards": township.boards + (year - 2019) // 3,
        "training_sessions": random.choice((1, 2, 2, 3, 4)),
        "handling_fee_yuan": 0,
    }


def said_by_tables(cells: dict[tuple[str, str], Cells]) -> dict[str, int]:
    """The numbers of the tables that prose may repeat."""
    new, requests, review = cells[PROACTIVE, "2021"], cells[REQUESTS, "2021"], cells[REVIEW, "2021"]
    parts = {item.key: item for item in forms.form("2021").schedule(REQUESTS).blocks[0].lines[2].parts}

    def branch(key: str) -> int:
        return sum(int(requests[REQUESTS, leaf.key, "total"]) for leaf in parts[key].leaves())

    lines = {
        f"requests_{line}": branch(line)
        for line in ("disclosed", "disclosed_in_part", "withheld", "unavailable")
    }
    inflow = {
        f"requests_{line}": int(requests[REQUESTS, line, "total"])
        for line in ("received", "carried_in", "carried_out")
    }
    suits = sum(int(review[REVIEW, path, "total"]) for path in _PATHS[1:])
    documents = {
        f"normative_documents_{column}": int(new[PROACTIVE, "normative_documents", column])
        for column in ("issued", "repealed", "in_force")
    }
    return {
        **lines,
        **inflow,
        **documents,
        "requests_closed": branch("closed"),
        "requests_otherwise_closed": branch("otherwise"),
        "not_processed": branch("not_processed"),
        "reconsiderations": int(review[REVIEW, "reconsideration", "total"]),
        "suits": suits,
    }
