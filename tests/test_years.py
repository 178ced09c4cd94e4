"""Labels that name their year by its number."""

from decimal import Decimal

import pytest
from filings import page

from etl import readers
from etl.extract import extract
from etl.report import Report, Source

FIGURES = {
    ("proactive", "normative_documents", "issued"): "7",
    ("proactive", "licensing", "decisions"): "31",
    ("requests", "received", "total"): "45",
    ("requests", "carried_in", "total"): "46",
    ("requests", "carried_out", "total"): "47",
}


def read(text: str) -> Report:
    return extract(readers.read(text.encode())[1], Source("", "", ""))


def test_a_label_with_the_reports_year_is_the_forms_label() -> None:
    text = page(figures=FIGURES)
    for words, numbers in (
        ("本年制发", "2023年制发"),
        ("本年处理", "2023年度处理"),
        ("本年新收", "2023年新收"),
        ("上年结转", "2022年结转"),
        ("结转下年度", "结转2024年度"),
    ):
        text = text.replace(f">{words}", f">{numbers}")
    facts = {(fact.schedule, fact.line, fact.column): fact.value for fact in read(text).facts}
    assert {key: facts[key] for key in FIGURES} == {key: Decimal(text) for key, text in FIGURES.items()}


@pytest.mark.parametrize("printed", ["2022年新收", "2021年新收", "2024年新收"])
def test_a_label_with_another_year_is_told_as_a_problem(printed: str) -> None:
    report = read(page(figures=FIGURES).replace(">本年新收", f">{printed}"))
    assert [problem.kind for problem in report.problems if printed in problem.detail] == ["label-by-position"]
