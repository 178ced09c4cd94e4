"""The numbers of the prose: the wordings of many townships, and what may change in a text without changing its facts."""

import json
import re
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from etl.narrative import as_json, metrics, read
from etl.prose.table import RULES, SIMPLIFIED

Fact = tuple[str, Decimal, bool]
WORDINGS = yaml.safe_load(
    (Path(__file__).parent / "narratives" / "wordings.yaml").read_text(encoding="utf-8")
)
COUNT = st.integers(min_value=2, max_value=9999)
# Each traditional character which stands for one simplified character only.
TRADITIONAL = {simplified: chr(code) for code, simplified in SIMPLIFIED.items()}

SENTENCES = (
    "全年主动公开政府信息412条",
    "在县政府网站刊发工作动态44条",
    "“松岭之声”微信公众号推送图文126篇",
    "镇村公示栏张贴公告87份",
    "收到公开申请9件，办结8件，结转下年度1件",
    "因信息公开被申请行政复议2件，行政诉讼3件",
    "制发行政规范性文件5件，废止6件，现行有效7件",
    "组织政务公开培训4次",
    "收取信息处理费160元",
)


def facts(text: str, year: int | None = None) -> set[Fact]:
    return {(metric.metric, metric.value, metric.approximate) for metric in metrics(text, year)}


def expected(stated: dict[str, object]) -> set[Fact]:
    pairs = [
        (key, value)
        for key, values in stated.items()
        for value in (values if isinstance(values, list) else [values])
    ]
    return {(key, Decimal(str(value).lstrip("~")), str(value).startswith("~")) for key, value in pairs}


@pytest.mark.parametrize("passage", WORDINGS, ids=lambda passage: passage["text"][:24])
def test_a_wording_states_the_facts_a_person_takes_from_it(passage: dict[str, object]) -> None:
    year = passage.get("year")
    assert facts(str(passage["text"]), int(str(year)) if year else None) == expected(dict(passage["facts"]))  # type: ignore[call-overload]


@pytest.mark.parametrize("passage", WORDINGS, ids=lambda passage: passage["text"][:24])
def test_every_sentence_is_a_quotation(passage: dict[str, str]) -> None:
    assert all(
        metric.sentence and metric.sentence in passage["text"] for metric in metrics(passage["text"], None)
    )


@pytest.mark.parametrize("passage", WORDINGS, ids=lambda passage: passage["text"][:24])
def test_full_width_digits_blanks_and_traditional_characters_change_nothing(passage: dict[str, str]) -> None:
    text = passage["text"]
    wide = re.sub("[0-9]", lambda digit: chr(ord(digit[0]) + 0xFEE0), text)
    spaced = re.sub(r"(?<=[\u4e00-\u9fff])(?=\d)|(?<=\d)(?=[\u4e00-\u9fff])", " ", text)
    traditional = "".join(TRADITIONAL.get(character, character) for character in text)
    assert facts(wide) == facts(spaced) == facts(traditional) == facts(text)


@given(st.permutations(SENTENCES))
def test_the_order_of_independent_sentences_does_not_matter(sentences: list[str]) -> None:
    assert facts("。".join(sentences)) == facts("。".join(SENTENCES))


@pytest.mark.parametrize("passage", WORDINGS, ids=lambda passage: passage["text"][:24])
def test_what_a_paragraph_says_does_not_depend_on_the_one_before(passage: dict[str, Any]) -> None:
    before, year = passage["text"].strip(), passage.get("year")
    here = read(before, year)
    told = {fact.metric for fact in here[0]} | {doubt.metric.metric for doubt in here[1]}
    for sentence in SENTENCES:
        own = facts(sentence, year)
        if told.isdisjoint(key for key, *_ in own):
            assert own <= facts(f"{before}\n{sentence}。", year)


@given(
    st.sampled_from(["", "2023年，", "全年", "2023年度，我镇", "截至2023年12月31日，", "今年以来，镇政府"]),
    st.sampled_from(["", "共", "共计", "累计", "总计", "一共"]),
    st.sampled_from(["公开", "主动公开", "发布", "对外公开", "向社会主动公开", "主动公开并发布"]),
    st.sampled_from(["信息", "政府信息", "各类信息", "各类政府信息", "政务信息"]),
    st.sampled_from(["", "共", "共计", "总数为", "数量为", "达"]),
    COUNT,
)
def test_a_total_is_read_in_all_its_usual_words(
    when: str, total: str, verb: str, noun: str, joint: str, count: int
) -> None:
    assert facts(f"{when}{total}{verb}{noun}{joint}{count}条。", 2023) == expected({"items_published": count})


@given(
    st.sampled_from(
        [
            "去年",
            "2022年度",
            "较去年增加",
            "同比减少",
            "下一步将",
            "2024年计划",
            "要求全年",
            "全县共",
            "县公开办累计",
        ]
    ),
    st.sampled_from(["公开政府信息", "在县政府网站发布信息", "收到政府信息公开申请", "举办政务公开培训"]),
    COUNT,
    st.sampled_from(["条", "件", "次"]),
)
def test_other_years_differences_plans_and_other_bodies_are_left(
    whose: str, what: str, count: int, measure: str
) -> None:
    assert facts(f"2023年，我镇落实条例。{whose}{what}{count}{measure}。", 2023) == set()


@given(COUNT, COUNT, COUNT, COUNT, COUNT)
def test_the_numbers_themselves_do_not_matter(
    total: int, site: int, account: int, received: int, closed: int
) -> None:
    text = (
        f"全年主动公开政府信息{total}条，其中县政府网站{site}条，“松岭之声”公众号{account}条；"
        f"收到公开申请{received}件，办结{closed}件。"
    )
    assert facts(text) == expected(
        {
            "items_published": total,
            "website_items": site,
            "wechat_items": account,
            "requests_received": received,
            "requests_closed": closed,
        }
    )


@given(
    st.sampled_from(["条", "篇", "件", "条次", "条（篇）", "则"]),
    st.sampled_from(["件", "宗", "起", "条", "份"]),
    COUNT,
)
def test_the_measure_word_does_not_decide(items: str, cases: str, count: int) -> None:
    text = f"全年在县政府网站公开信息{count}{items}，微信公众号推送信息{count}{items}。收到公开申请{count}{cases}，办结{count}{cases}。"
    assert {fact[0] for fact in facts(text)} == {
        "website_items",
        "wechat_items",
        "requests_received",
        "requests_closed",
    }


@given(
    COUNT,
    st.sampled_from([("约", ""), ("近", ""), ("", "余"), ("", "多"), ("超", ""), ("逾", ""), ("超过", "余")]),
)
def test_a_hedged_number_is_approximate_and_no_other(count: int, hedge: tuple[str, str]) -> None:
    text = f"全年公开政府信息{hedge[0]}{count}{hedge[1]}条，公示栏张贴公告{count}条。"
    assert facts(text) == {
        ("items_published", Decimal(count), True),
        ("bulletin_items", Decimal(count), False),
    }


@given(st.integers(min_value=1, max_value=99))
def test_chinese_numerals_count_like_figures(count: int) -> None:
    tens, ones = divmod(count, 10)
    figures = "零一二三四五六七八九"
    numeral = ("" if tens < 2 else figures[tens]) + ("十" if tens else "") + (figures[ones] if ones else "")
    assert facts(f"全年收到公开申请{numeral}件") == {("requests_received", Decimal(count), False)}


@pytest.mark.parametrize("blank", ["", " ", "  ", "　"])
def test_a_blank_is_not_a_zero(blank: str) -> None:
    assert facts(f"本年制定行政规范性文件{blank}件，废止{blank}件；收取信息处理费{blank}元。") == set()


def test_a_number_cut_off_at_the_end_is_left() -> None:
    assert facts("截至目前，本年度累计公开信息2\n") == set()


def test_the_parts_name_their_whole() -> None:
    text = (
        "公开信息60条，其中机构信息22条（领导成员12条、内设机构10条），工作信息38条。另在公示栏张贴公告9条。"
    )
    wholes = {metric.value: metric.part_of for metric in metrics(text, None)}
    assert wholes[Decimal(38)] == "items_published"
    assert wholes[Decimal(12)] == "category_items:机构信息"
    assert wholes[Decimal(9)] is None


def test_last_year_plans_and_differences_are_not_this_years_facts() -> None:
    text = "2023年公开信息300条，2024年公开信息360条，同比增加60条。2025年计划公开信息500条，组织培训4次。"
    assert facts(text, 2024) == {("items_published", Decimal(360), False)}


def test_the_statutory_table_as_text_states_no_metric() -> None:
    rows = "行政规范性文件\n0\n0\n0\n三、收到和处理政府信息公开申请情况\n一、本年新收政府信息公开申请数量\n\t 0\n\t 0\n四、结转下年度继续办理\n\t 0\n"
    assert facts("二、主动公开政府信息情况\n\t第二十条第（一）项\n信息内容\n本年制发件数\n" + rows) == set()


def test_a_metric_prints_as_the_contract_says() -> None:
    (metric,) = metrics("全年公开政府信息近70条。", None)
    assert json.loads(json.dumps(as_json(metric), ensure_ascii=False)) == {
        "metric": "items_published",
        "value": 70,
        "unit": "条",
        "approximate": True,
        "bound": "upper",
        "sentence": "全年公开政府信息近70条",
    }


def test_the_table_has_every_metric_in_both_languages() -> None:
    tiers = [rule.tier for rule in RULES]
    assert [tiers.count(tier) for tier in ("core", "best_effort", "extension")] == [20, 24, 29]
    assert all(rule.zh and rule.en and rule.unit for rule in RULES)


def test_the_labelled_passages_are_read(shared: Path) -> None:
    lines = (shared / "narratives" / "dev.jsonl").read_text(encoding="utf-8").splitlines()
    right = wanted = found = 0
    for passage in map(json.loads, lines):
        labelled = {(m["metric"], Decimal(str(m["value"])), m["approximate"]) for m in passage["metrics"]}
        read = facts(passage["text"], passage["year"])
        right, wanted, found = right + len(labelled & read), wanted + len(labelled), found + len(read)
    assert right / found >= 0.98
    assert 2 * right / (wanted + found) >= 0.98


def test_a_township_report_as_text_gives_its_prose_only(shared: Path) -> None:
    text = (shared / "reports" / "zuolong_2024.txt").read_text(encoding="utf-8")
    truth = json.loads((shared / "reports" / "zuolong_2024.truth.json").read_text(encoding="utf-8"))
    assert facts(text, 2024) == {
        (m["metric"], Decimal(str(m["value"])), bool(m.get("approximate"))) for m in truth["metrics"]
    }
