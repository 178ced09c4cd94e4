"""Misprinted heads and lines: told by their place in the form, or left unread; a label of another meaning is never theirs."""

import re
from decimal import Decimal

import pytest
from extracted import extracted
from filings import page
from test_extract import Rows, tables, text

from etl import forms
from etl.report import Report

FORMS = ("2019", "2021")


def figures(form: str) -> dict[tuple[str, str, str], str]:
    """A different number in every cell."""
    keys = [(own.key, *cell) for own in forms.form(form).schedules for cell in own.cells()]
    return {key: str(11 + at) for at, key in enumerate(keys)}


def read(form: str, *changes: tuple[str, str]) -> Report:
    """A report on a form, the labels of its cells changed; each must be there."""
    shown = page(figures=figures(form), form=form)
    for printed, instead in changes:
        assert f"{printed}</td>" in shown
        shown = shown.replace(f"{printed}</td>", f"{instead}</td>")
    return extracted(shown.encode())


def taken(report: Report) -> dict[tuple[str, str, str], Decimal | None]:
    return {(fact.schedule, fact.line, fact.column): fact.value for fact in report.facts}


def whole(form: str) -> dict[tuple[str, str, str], Decimal]:
    return {key: Decimal(text) for key, text in figures(form).items()}


def told(report: Report) -> list[str]:
    return [problem.detail for problem in report.problems if problem.kind == "label-by-position"]


@pytest.mark.parametrize(
    ("form", "printed", "instead"),
    [
        ("2021", "本年制发件数", "本年制发什数"),
        ("2021", "本年废止件数", "本年废件数"),
        ("2021", "本年废止件数", "本年作废件数"),
        ("2021", "本年处理决定数量", "本年处理决定数最"),
        ("2019", "对外公开总数量", "对外公开总数数量"),
        ("2021", "商业企业", "商业企叶"),
        ("2021", "自然人", "自燃人"),
        ("2019", "结果维持", "结果维待"),
        ("2021", "其他结果", "其他结杲"),
        ("2021", "行政复议", "行政复仪"),
    ],
)
def test_a_misprinted_head_is_read_by_its_place_and_told(form: str, printed: str, instead: str) -> None:
    report = read(form, (printed, instead))
    assert taken(report) == whole(form)
    assert f"“{instead}”按所在位置认作表头“{printed}”" in told(report)
    assert not [fact for fact in report.facts if fact.text == instead]


@pytest.mark.parametrize(
    ("printed", "instead"),
    [
        ("本年废止件数", "本年修订件数"),
        ("本年制发件数", "上年制发件数"),
        ("本年制发件数", "历年制发件数"),
        ("本年制发件数", "2021年制发件数"),
        ("本年收费金额（单位：万元）", "本年收费金颊（单位：元）"),
        ("结果纠正", "撤回申请"),
        ("法律服务机构", "外资企业"),
    ],
)
def test_a_head_of_another_meaning_is_not_taken_for_the_one_in_its_place(printed: str, instead: str) -> None:
    report = read("2021", (printed, instead))
    below = {
        (schedule.key, *cell)
        for schedule in forms.form("2021").schedules
        for cell in schedule.cells()
        if schedule.column_labels()[cell[1]] == printed
    }
    assert below
    assert not any(taken(report).get(cell) is not None for cell in below)
    assert not told(report)
    assert all(value in (None, whole("2021")[cell]) for cell, value in taken(report).items())


@pytest.mark.parametrize("instead", ["商业企叶", "外来人员"])
def test_a_head_that_is_not_known_leaves_those_in_another_order_where_they_stand(instead: str) -> None:
    shown = page(figures=figures("2021")).replace("商业企业</td><td>科研机构", f"科研机构</td><td>{instead}")
    found, due = taken(extracted(shown.encode())), whole("2021")
    for (schedule, line, column), value in due.items():
        if column == "research":
            assert found[schedule, line, column] == due[schedule, line, "enterprise"]
        elif column == "enterprise":
            below = due[schedule, line, "research"] if instead == "商业企叶" else None
            assert found[schedule, line, column] == below
        else:
            assert found[schedule, line, column] == value


def test_a_number_that_ran_into_a_label_moves_no_cell_of_its_line() -> None:
    line = ("requests", "petition")
    shown = page(figures=figures("2021") | {(*line, "total"): ""})
    (label,) = re.findall(r"([^<>]*信访举报投诉类申请)</td>", shown)
    report = extracted(shown.replace(f"{label}</td>", f"{label}2</td>").encode())
    found, due = taken(report), whole("2021")
    assert all(value is None for cell, value in found.items() if cell[:2] == line)
    assert {cell: value for cell, value in found.items() if cell[:2] != line} == {
        cell: value for cell, value in due.items() if cell[:2] != line
    }


@pytest.mark.parametrize("joined", ["\t", " | ", "\n", "\n\n", "\n|\n", " "])
@pytest.mark.parametrize(
    ("printed", "instead"),
    [
        ("法律服务机构", "外来人员"),
        ("自然人", "涉外人员"),
        ("总计", "备案"),
        ("结果纠正", "撤回申请"),
        ("本年处理决定数量", "上年处理决定数量"),
    ],
)
def test_text_below_a_head_that_no_form_has_is_not_taken(printed: str, instead: str, joined: str) -> None:
    def renamed(rows: Rows) -> Rows:
        return [[instead if cell == printed else cell for cell in row] for row in rows]

    second, third, fourth = map(renamed, tables(figures("2021")))
    found = taken(extracted(text((second, third, fourth), joined.join)))
    below = [cell for cell in whole("2021") if forms.names(cell[0])[1][cell[2]] == printed]
    assert below
    assert not [cell for cell in below if found.get(cell) is not None]
    assert all(value in (None, whole("2021")[cell]) for cell, value in found.items())


@pytest.mark.parametrize("form", FORMS)
def test_misprinted_lines_that_follow_each_other_are_read_by_their_places(form: str) -> None:
    changes = (
        ("属于国家秘密", "属于国家密秘书"),
        ("其他法律行政法规禁止公开", "其他法律行政法规禁止公天"),
        ("行政许可", "行政许司"),
    )
    report = read(form, *changes)
    assert taken(report) == whole(form)
    assert len(told(report)) == len(changes)


@pytest.mark.parametrize(
    "changes",
    [
        (("重复申请", "网上申请"), ("要求提供公开出版物", "当面申请数量")),
        (("重复申请", "要求提供公开出版勿"), ("要求提供公开出版物", "重复甲请")),
    ],
)
def test_two_lines_of_somebodys_own_are_not_taken_for_two_that_are_missing(
    changes: tuple[tuple[str, str], ...],
) -> None:
    report = read("2021", *changes)
    assert not [fact for fact in report.facts if fact.line in ("repeated", "publication")]
    assert not told(report)
    assert len(report.leftovers) == len(changes)


def cut_heads(*cut: str) -> Report:
    def renamed(rows: Rows) -> Rows:
        found = iter(cut)
        heads = ("本年新制作数量", "本年新公开数量")
        return [[next(found, cell) if cell in heads else cell for cell in row] for row in rows]

    second, third, fourth = tables(figures("2019"), "2019")
    return extracted(
        text((renamed(second), third, fourth), lambda row: "".join(f"{cell} |\n" for cell in row))
    )


def test_heads_cut_after_their_first_lines_are_those_of_their_places() -> None:
    report = cut_heads("本年新", "本年新")
    assert taken(report) == whole("2019")
    assert told(report)


@pytest.mark.parametrize("cut", [("本年新", "上年"), ("上年新", "本年新")])
def test_a_head_that_begins_otherwise_is_none_that_was_cut(cut: tuple[str, str]) -> None:
    found = taken(cut_heads(*cut))
    assert all(found[("proactive", "rules", column)] is None for column in ("newly_made", "newly_disclosed"))


def test_the_open_bracket_of_a_torn_label_takes_in_no_label_beside_it() -> None:
    first, second = (
        f"申请人{why}、行政机关不再处理其政府信息公开申请"
        for why in ("无正当理由逾期不补正", "逾期未按收费通知要求缴纳费用")
    )
    torn = (first, f"（六）其他处理（</td><td>1.{first[:-3]}"), (second, "请")
    assert "otherwise_closed" not in {line for _, line, _ in taken(read("2021", *torn))}
