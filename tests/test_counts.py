"""What a statutory cell says."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from etl import counts
from etl.report import State


@pytest.mark.parametrize("text", ["", "  ", "\u3000", "\xa0", "\n"])
def test_a_blank_is_not_a_zero(text: str) -> None:
    assert counts.read(text) == (None, State.BLANK)


@pytest.mark.parametrize("text", ["/", "-", "—", "——", "－", "／", "无", " 无 "])
def test_a_dash_is_not_a_zero(text: str) -> None:
    assert counts.read(text) == (None, State.DASHED)


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("0", "0"),
        (" 12 ", "12"),
        ("１２", "12"),
        ("1,286", "1286"),
        ("１，２８６", "1286"),
        ("12件", "12"),
        ("12宗", "12"),
        ("12件次", "12"),
        ("十一", "11"),
        ("四十三", "43"),
        ("12※", "12"),
        ("12\n其中：网上2件", "12"),
        ("86.52", "86.52"),
        ("86.52万元", "86.52"),
        ("-40", "-40"),
        ("−40", "-40"),
        ("7（其中修订3件）", "7"),
        ("54①", "54"),
        ("零", "0"),
        ("12。", "12"),
        ("3¹", "3"),
        ("3²", "3"),
        ("3⁽¹⁾", "3"),
        ("3㉑", "3"),
        ("–40", "-40"),
        ("三件", "3"),
        ("零件", "0"),
        ("十二件", "12"),
        ("二十项", "20"),
    ],
)
def test_a_number_is_read_however_it_is_printed(text: str, value: str) -> None:
    assert counts.read(text) == (Decimal(value), State.STATED)


@pytest.mark.parametrize(
    "text",
    [
        "1 2",
        "20\n182",
        "1,28",
        "三",
        "(3)",
        "约5",
        "12:30",
        "0 0",
        "1.2.3",
        "9" * 13,
        "一",
        "12\n2件",
        "\n其中2件",
        "①",
        "¹",
        "1²3",
        "3½",
        "½",
        "件",
        "—0",
    ],
)
def test_what_allows_two_readings_is_illegible(text: str) -> None:
    assert counts.read(text) == (None, State.ILLEGIBLE)


@given(
    st.integers(min_value=0, max_value=999_999_999), st.sampled_from(["{}", " {} ", "{:,}", "{}件", "\t{}\n"])
)
def test_every_whole_number_comes_back(number: int, pattern: str) -> None:
    assert counts.read(pattern.format(number)) == (Decimal(number), State.STATED)


@given(st.text(max_size=12))
def test_any_text_has_a_value_only_when_it_is_stated(text: str) -> None:
    value, state = counts.read(text)
    assert (value is not None) == (state is State.STATED)
