"""The county's sums: against an independent addition in every mixture of missing, blank and older forms."""

from collections import Counter, defaultdict
from dataclasses import replace
from decimal import Decimal

from hypothesis import given, settings
from hypothesis import strategies as st

from etl import forms
from etl.forms import APPLICANTS, PROACTIVE, REQUESTS
from etl.report import State
from etl.returns.compare import carry_over, differences, imbalances, suspects
from etl.returns.roll_up import LACKING, RollUp, roll_up
from etl.returns.unit import Cell, Entry, Error, Filing, Unit, cells
from etl.returns.words import listed

SPLIT = ("uncorrected", "unpaid", "other_reason")
SAME_IN_BOTH = {("licensing", "decisions"), ("penalties", "decisions"), ("compulsion", "decisions")}
# What a unit may hand in: for each table the form it is on, or nothing.
GENERATIONS = st.sampled_from(["2021", "2021", "2021", "2019", ""])
PRINTED = st.one_of(
    st.integers(0, 40),
    st.integers(0, 40),
    st.decimals(0, 99, places=2),
    st.sampled_from([State.BLANK, State.DASHED, State.ILLEGIBLE]),
)


# A unit's name, the form of each of its tables, and what each cell prints.
Made = tuple[str, dict[str, str], dict[Cell, int | Decimal | State]]


@st.composite
def units(draw: st.DrawFn) -> list[Made | str]:
    """Units as plain data: a name alone for nothing filed, else the form of each table and what each cell prints."""
    made: list[Made | str] = []
    for number in range(draw(st.integers(1, 4))):
        name = f"单位{number}"
        if draw(st.integers(0, 5)) == 0:
            made.append(name)
            continue
        on = {schedule.key: draw(GENERATIONS) for schedule in forms.load()[-1].schedules}
        on = {schedule: form for schedule, form in on.items() if form}
        few = draw(st.lists(PRINTED, min_size=5, max_size=5))
        seed = draw(st.integers(0, 10_000))
        printed = {
            (schedule, *cell): few[(seed * 7 + at * at) % 5]
            for schedule, form in on.items()
            for at, cell in enumerate(forms.form(form).schedule(schedule).cells())
        }
        made.append((name, on, printed))
    return made


def filed(one: Made | str) -> Unit:
    if isinstance(one, str):
        return Unit(one, "township")
    name, on, printed = one
    entries = {
        cell: Entry(None, value) if isinstance(value, State) else Entry(Decimal(value))
        for cell, value in printed.items()
    }
    return Unit(name, "township", Filing(on, entries, "f" * 64, f"{name}.docx"))


def joinable(schedule: str, form: str, line: str, column: str) -> bool:
    """FORMS.md §2, written out: what of a table on a form goes into the newest form's cell."""
    if form == "2021":
        return True
    if schedule == PROACTIVE:
        return (line, column) in SAME_IN_BOTH
    return schedule != REQUESTS or line not in SPLIT


def by_hand(made: list[Made | str]) -> tuple[dict[Cell, Decimal], Counter[Cell]]:
    """The sums as one would make them on paper, unit by unit, and how many units lack a number in each cell."""
    sums: defaultdict[Cell, Decimal] = defaultdict(Decimal)
    lacking: Counter[Cell] = Counter()
    stated = set()
    for one in made:
        for schedule, line, column in cells():
            cell = schedule, line, column
            if isinstance(one, str):
                lacking[cell] += 1
                continue
            _, on, printed = one
            form = on.get(schedule, "")
            divided = line in SPLIT and form == "2019"
            whole = printed.get((schedule, "otherwise_closed", column))
            if divided and whole == 0 and not isinstance(whole, State):
                continue
            number = printed[cell] if form and joinable(schedule, form, line, column) else State.BLANK
            if not isinstance(number, State):
                sums[cell] += Decimal(number)
                stated.add(cell)
            else:
                lacking[cell] += 1
    return {cell: sums[cell] for cell in stated}, lacking


@settings(max_examples=60)
@given(units())
def test_sums_are_those_of_an_independent_addition(made: list[Made | str]) -> None:
    rolled = roll_up("云岭县", 2023, [filed(one) for one in made])
    sums, lacking = by_hand(made)
    for cell in cells():
        assert rolled.sums[cell].value == sums.get(cell)
        named = {doubt.unit for doubt in rolled.concerning(cell) if doubt.kind in LACKING}
        assert len(named) == lacking[cell]


@settings(max_examples=20)
@given(units(), st.randoms())
def test_the_order_of_the_units_does_not_matter(made: list[Made | str], chance: object) -> None:
    one = roll_up("云岭县", 2023, [filed(unit) for unit in made])
    chance.shuffle(made)  # type: ignore[attr-defined]
    other = roll_up("云岭县", 2023, [filed(unit) for unit in made])
    assert {cell: summed.value for cell, summed in one.sums.items()} == {
        cell: summed.value for cell, summed in other.sums.items()
    }
    assert Counter(one.doubts) == Counter(other.doubts)


def unit(name: str = "白石镇人民政府", form: str = "2021", **figures: int | State) -> Unit:
    """A unit with zeros but for `figures`, named line__column of table 3."""
    entries = {
        (schedule.key, *cell): Entry(Decimal(0))
        for schedule in forms.form(form).schedules
        for cell in schedule.cells()
    }
    for key, value in figures.items():
        line, column = key.split("__")
        read = Entry(None, value) if isinstance(value, State) else Entry(Decimal(value))
        entries[REQUESTS, line, column] = read
    generations = {schedule.key: form for schedule in forms.form(form).schedules}
    return Unit(name, "township", Filing(generations, entries, name, f"{name}.docx"))


def rolled(*made: Unit, year: int = 2023) -> RollUp:
    return roll_up("云岭县", year, made)


def test_money_is_added_without_binary_fractions() -> None:
    cell = (PROACTIVE, "fees", "amount_10k_yuan")
    pence = [unit(f"单位{at}") for at in range(10)]
    paying = [
        replace(one, filing=replace(one.filing, entries={**one.filing.entries, cell: Entry(Decimal("0.1"))}))
        for one in pence
        if one.filing
    ]
    assert rolled(*paying).sums[cell].value == Decimal(1)


def test_fees_and_documents_of_the_older_form_are_not_added() -> None:
    found = rolled(unit(), unit("青石镇人民政府", "2019"))
    kinds = {doubt.kind for doubt in found.concerning((PROACTIVE, "fees", "amount_10k_yuan"))}
    assert kinds == {"other-form"}
    assert found.concerning((PROACTIVE, "licensing", "decisions")) == ()


def test_other_closings_of_the_older_form_join_only_as_a_total() -> None:
    found = rolled(
        unit(uncorrected__natural_person=2, unpaid__natural_person=1),
        unit("青石镇人民政府", "2019", otherwise_closed__natural_person=4),
    )
    assert found.otherwise["natural_person"].value == 7
    assert rolled(unit("青石镇人民政府", "2019", otherwise_closed__total=4)).undivided == 4
    assert found.sums[REQUESTS, "uncorrected", "natural_person"].value == 2
    kinds = {doubt.kind for doubt in found.doubts if doubt.where == (REQUESTS, "unpaid", "natural_person")}
    assert kinds == {"undivided"}
    undivided = [doubt for doubt in found.doubts if doubt.kind == "undivided"]
    assert listed(undivided) == [
        ("青石镇人民政府", "旧表样只有合计4件，分不到1至3行", "表三“其他处理”（自然人）")
    ]


def test_no_other_closings_leave_nothing_to_divide() -> None:
    found = rolled(unit("青石镇人民政府", "2019"))
    assert not [doubt for doubt in found.doubts if doubt.where[0] == REQUESTS]


def test_a_missing_unit_makes_every_sum_a_lower_bound() -> None:
    found = rolled(unit(), Unit("黑石乡人民政府", "township"))
    assert found.is_lower_bound
    assert [one.name for one in found.missing] == ["黑石乡人民政府"]
    assert all([doubt.kind for doubt in found.concerning(cell)] == ["missing"] for cell in cells())


def test_a_blank_is_not_added_as_a_zero() -> None:
    found = rolled(unit(received__total=State.BLANK))
    assert found.sums[REQUESTS, "received", "total"].value is None
    assert [doubt.kind for doubt in found.sums[REQUESTS, "received", "total"].doubts] == ["blank"]


def test_whole_tables_and_lines_in_doubt_are_named_once() -> None:
    blank = {f"received__{column}": State.BLANK for column in APPLICANTS}
    assert [doubt.where for doubt in rolled(unit(**blank)).doubts] == [(REQUESTS, "received", "")]
    without = unit()
    assert without.filing
    kept = {cell: entry for cell, entry in without.filing.entries.items() if cell[0] != PROACTIVE}
    lost = replace(
        without,
        filing=replace(without.filing, entries=kept, forms={REQUESTS: "2021", "review_litigation": "2021"}),
    )
    assert [(doubt.kind, doubt.where) for doubt in rolled(lost).doubts] == [("no-table", (PROACTIVE, "", ""))]


def test_a_filing_of_2014_needs_a_person() -> None:
    old = Unit("白石镇人民政府", "township", Filing({"statistics_2014": "2014"}, {}, "x", "x.docx"))
    assert {doubt.kind for doubt in rolled(old).doubts} == {"other-form"}


def test_an_open_error_is_a_doubt_though_nothing_is_lacking() -> None:
    wrong = replace(unit(), errors=(Error((REQUESTS, "closed", "total"), "各项之和"),))
    found = rolled(wrong)
    assert not found.is_lower_bound
    assert [doubt.kind for doubt in found.sums[REQUESTS, "closed", "total"].doubts] == ["error"]


def test_an_error_in_a_cell_of_the_older_form_alone_bears_on_nothing() -> None:
    stock = Error((PROACTIVE, "licensing", "prior_year_items"), "item-stock-2019")
    undivided = Error((REQUESTS, "otherwise_closed", "total"), "requests-row-total")
    found = rolled(replace(unit(form="2019"), errors=(stock, undivided)))
    errors = [doubt for doubt in found.doubts if doubt.kind == "error"]
    assert [doubt.where for doubt in errors] == [undivided.where]
    assert listed(errors)[0][2] == "表三“其他处理”（总计）"


def test_without_a_register_nobody_knows_who_is_missing() -> None:
    found = rolled(replace(unit(), level=""))
    assert [doubt.kind for doubt in found.doubts] == ["no-register"]
    strangers = rolled(unit(), replace(unit("路过镇人民政府"), level=""))
    assert [(doubt.unit, doubt.kind) for doubt in strangers.doubts] == [("路过镇人民政府", "unregistered")]


def test_what_was_carried_out_is_held_against_what_is_carried_in() -> None:
    before = rolled(unit(carried_out__total=3), unit("青石镇人民政府", carried_out__total=1), year=2022)
    now = rolled(unit(carried_in__total=2), unit("青石镇人民政府", carried_in__total=1))
    county = unit("云岭县人民政府", carried_out__total=4).filing
    total = carry_over(now, before, county)[-1]
    assert (total.carried_in, total.filed, total.summed, total.agrees) == (3, 4, 4, False)
    assert [(one.unit, one.carried_out, one.carried_in) for one in total.breaks] == [("白石镇人民政府", 3, 2)]


def test_a_unit_left_out_of_the_county_report_is_traced() -> None:
    found = rolled(
        unit(received__total=5, closed__total=4), unit("青石镇人民政府", received__total=7, closed__total=2)
    )
    county = unit("云岭县人民政府", received__total=5, closed__total=4).filing
    assert county
    differing = differences(found, county)
    assert [(one.cell[1:], one.filed, one.summed) for one in differing] == [
        (("received", "total"), 5, 12),
        (("closed", "total"), 4, 6),
    ]
    reason, explained = suspects(differing)[0]
    assert (reason.unit, reason.kind, explained) == ("青石镇人民政府", "left-out", 2)


def test_a_superseded_filing_and_a_printed_error_are_traced() -> None:
    former = unit(received__total=3).filing
    assert former
    refiled = replace(unit(received__total=8), superseded=(former,))
    county = unit("云岭县人民政府", received__total=3).filing
    assert county
    (difference,) = differences(rolled(refiled), county)
    assert {reason.kind for reason in difference.reasons} == {"superseded"}
    error = Error((REQUESTS, "received", "total"), "", Decimal(3), Decimal(8))
    (difference,) = differences(rolled(replace(unit(received__total=8), errors=(error,))), county)
    assert {reason.kind for reason in difference.reasons} == {"mistaken"}


def test_sums_that_do_not_balance_are_found_by_the_rules_of_the_form() -> None:
    balanced = unit(
        received__natural_person=1, received__total=1, carried_out__natural_person=1, carried_out__total=1
    )
    assert imbalances(rolled(balanced)) == ()
    (finding,) = imbalances(rolled(unit(received__natural_person=1, received__total=1)))[:1]
    assert (finding.check, finding.line) == ("requests-balance", "carried_out")
