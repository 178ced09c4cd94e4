"""Numbers of the prose that allow more than one reading: told and not taken, until the tables or a person settle them."""

import csv
from io import StringIO
from pathlib import Path

import pytest
from filings import page
from streamlit.testing.v1 import AppTest

from dashboard import db, fitting, paper
from etl import corrections, doubts, store
from etl.build import build
from etl.folders import Folder
from etl.narrative import read
from etl.reading import read as read_file
from etl.report import Report

UNCLEAR = {
    "网站浏览量累计126万次，其中2023年21万次。": [("page_views", 1260000, "period")],
    "公众号累计推送2126篇。今年推送532篇。": [("wechat_items", 2126, "period")],
    "清理规范性文件3件。全年印发文件132份（其中规范性文件2份）。": [
        ("normative_documents_issued", 132, "content"),
    ],
    "在区网站“动态”栏目发布信息286条；在“公告”栏目发布信息112条。": [("website_items", 286, "channel")],
    "通过“晴空村务”平台公开财务信息2160条。": [("wechat_items", 2160, "channel")],
    "因信息公开的行政诉讼一审2件、二审1件。": [("suits", 2, "shared")],
    "全年行政复议3件，其中涉及信息公开1件。": [("reconsiderations", 3, "content")],
    "制作并发布政策解读图文18个、视频4个。": [("interpretations", 18, "shared")],
    "公开预决算、“三公”经费等信息6条；公开社会救助信息12条。": [("items_published", 6, "content")],
    "全年撰写信息86篇，上报县政府63篇。": [("items_published", 86, "content")],
    "县里下达的公开任务为300条。": [("category_items", 300, "aim")],
    "新增信息320条，镇网站累计发布信息1560条。": [("website_items", 1560, "period")],
    "上半年，镇政府网站发布信息52条。": [("website_items", 52, "period")],
    "2022年7月至12月，镇政府网站发布信息52条。": [("website_items", 52, "period")],
    "三季度，公众号推送86篇，其中视频号发布13条。": [
        ("wechat_items", 86, "period"),
        ("video_account_items", 13, "period"),
    ],
    "本局及所属单位共公开信息640条。": [("items_published", 640, "actor")],
    "委托县水务局办理公开申请9件。": [("requests_closed", 9, "actor")],
    "按照下达的任务数公开信息120条。": [("items_published", 120, "aim")],
    "我局通过新湾镇共发布信息31条。": [("items_published", 31, "channel")],
    "县政府网站公开各类事项情况。共发布信息73条。": [("items_published", 73, "channel")],
    "县政府网站“财政栏目”发布43条，主动公开信息11条。": [("items_published", 11, "channel")],
    "镇政府网站发布信息91条，其中政务公开栏发布信息17条。": [("bulletin_items", 17, "channel")],
    "通过网站和公报公开规章6件。": [("items_published", 6, "content")],
    "新增入库施工规程36条。": [("category_items", 36, "content")],
    "党建类信息发文13个。": [("category_items", 13, "content")],
    "宣传解读了14件惠农政策。": [("interpretations", 14, "content")],
    "受理申请20件，予以公开及部分公开9件。": [("requests_disclosed_in_part", 9, "shared")],
    "依申请公开办理13件，结转下年度继续办理1件。": [("requests_closed", 13, "handled")],
    "借公众号等新媒体发布信息48条。": [("wechat_items", 48, "channel")],
    "在省救灾物资管理平台发布民政信息210条。": [("category_items", 210, "channel")],
    "通过网站、融媒号等渠道公开信息540条，公示栏张贴公告61条。": [("items_published", 540, "channel")],
    "依托公众号发布工作动态330条，推送招聘类信息70条。": [("wechat_items", 330, "channel")],
    "加强信息公开平台建设，今年公开政务信息83条。": [("items_published", 83, "channel")],
    "镇抖音号由专人运营。今年全镇共计发布视频114条。": [("items_published", 114, "channel")],
    "发布民生热点、回应关切信息190条。": [("public_responses", 190, "content")],
    "向村、社区转发稿件各27份。": [("reposted_items", 27, "shared")],
    "2016年以前通过公众号发布信息35条。": [("wechat_items", 35, "period")],
    "借公众号、视频号、等宣传平台发布动态75条，经政务新媒体(公众号等)公开34条。": [
        ("wechat_items", 34, "channel")
    ],
    "依托网站“办事”栏目等渠道，全年公开信息170条。": [("website_items", 170, "channel")],
    "其中通过网站、新媒体公开信息304条。": [("items_published", 304, "channel")],
    "公众号发布动态245条，“山那边”发布动态9条。": [("wechat_items", 9, "channel")],
    "共公开信息520条，其中公众号发布126条，微博转发政务信息95条。": [("weibo_items", 95, "content")],
    "“山河时代网”发布动态3条。": [("category_items", 3, "channel")],
    "在政府网站发布政策解读12篇。": [("website_items", 12, "content")],
    "注：含上年结转1件。": [("requests_carried_in", 1, "content")],
    "各级行政机关累计办理政府信息公开申请1123件。": [("requests_closed", 1123, "actor")],
    "共公开信息90条，其中县政府网站20条，镇政府网站30条，公众号40条。": [
        ("website_items", 20, "rivals"),
        ("website_items", 30, "rivals"),
    ],
    "网站发布信息100条、200条。": [("website_items", 100, "shared")],
    "应主动公开政府信息410条。": [("items_published", 410, "aim")],
    "参加市级公开培训1次、县级2次。": [("training_sessions", 1, "shared")],
    "公众号累计发布信息1500篇，今年发布信息320篇。": [
        ("wechat_items", 1500, "period"),
        ("items_published", 320, "channel"),
    ],
    "公众号累计发布信息2860条，本年度发布512条。": [
        ("wechat_items", 2860, "period"),
        ("items_published", 512, "channel"),
    ],
    "行政诉讼2件，均与政府信息公开无关。": [("suits", 2, "content")],
    "新增政府信息公开栏5个。": [("bulletin_boards", 5, "content")],
    "共公开政府信息1432条，其中主动公开1420条。": [("items_published", 1432, "content")],
    "更新维护“办事公开”栏目206条。": [("category_items", 206, "content")],
    "公众号部分月份仅发布2条。": [("wechat_items", 2, "period")],
    "收到行政复议决定书1份。": [("reconsiderations", 1, "content")],
    "收到公开申请5件。另据统计，全年共收到政府信息公开申请8件。": [
        ("requests_received", 5, "rivals"),
        ("requests_received", 8, "rivals"),
    ],
    "镇政府网站发布信息41条。县政府网站发布信息67条。": [
        ("website_items", 41, "rivals"),
        ("website_items", 67, "rivals"),
    ],
}
CLEAR = {
    "2022年1月至12月，镇政府网站发布信息52条。": ("website_items", 52),
    "自1月1日起至12月31日，镇政府网站发布信息52条。": ("website_items", 52),
    "通过网站、公众号分别公开信息43条、11条。": ("wechat_items", 11),
    "上半年机构调整，全年镇政府网站发布信息52条。": ("website_items", 52),
    "通过多种渠道共公开信息120条。": ("items_published", 120),
    "受理申请20件，予以公开6件，部分公开3件。": ("requests_disclosed_in_part", 3),
    "依申请公开办理13件，结转下年度继续办理0件。": ("requests_closed", 13),
    "各村公示栏张贴公告210条。": ("bulletin_items", 210),
    "发布政策解读14篇。": ("interpretations", 14),
    "公众号“山那边”创办三年，“山那边”发布动态9条。": ("wechat_items", 9),
    "收到公开申请9件，含上年结转1件。": ("requests_carried_in", 1),
    "公众号发布及转发各类信息95条。": ("wechat_items", 95),
    "2021年以来共公开信息106条，其中我镇公开53条。": ("items_published", 106),
    "通过县政府信息公开网站、街道新媒体等渠道主动公开信息120条。": ("items_published", 120),
    "我市各级行政机关共收到公开申请90件。": ("requests_received", 90),
    "公开培训5场次、230人次。": ("training_sessions", 5),
    "今年公众号累计发布信息1500篇，全年电子屏发布信息320条。": ("wechat_items", 1500),
    "发布视频、图解等解读信息6条。": ("interpretations", 6),
    "在微博号发布消防信息226条，在县融媒号发布动态35条。": ("weibo_items", 226),
    "通过网站、公众号、公示栏等渠道公开信息540条，公示栏张贴公告61条。": ("items_published", 540),
    "对2019年以前的栏目作了清理，删除陈旧信息640条。": ("removed_items", 640),
}
ROOT = Path(__file__).resolve().parents[1]
HANDLED = "依申请公开办理13件，结转下年度继续办理1件。"
SITES = "镇政府网站发布信息41条。县政府网站发布信息67条。"


@pytest.mark.parametrize("text", UNCLEAR)
def test_what_allows_two_readings_is_told_and_not_taken(text: str) -> None:
    sure, unclear = read(text, 2022)
    found = [(doubt.metric.metric, int(doubt.metric.value), doubt.kind) for doubt in unclear]
    assert found == UNCLEAR[text]
    assert not {doubt.metric for doubt in unclear} & set(sure)
    assert all(doubt.metric.sentence in text for doubt in unclear)


@pytest.mark.parametrize("text", CLEAR)
def test_what_allows_one_reading_is_taken(text: str) -> None:
    key, value = CLEAR[text]
    sure, unclear = read(text, 2022)
    assert (key, value) in [(metric.metric, int(metric.value)) for metric in sure]
    assert unclear == ()


def test_every_kind_of_doubt_has_its_words_and_a_case_here() -> None:
    assert {kind for found in UNCLEAR.values() for _, _, kind in found} == doubts.words().keys()
    assert all(words.keys() == {"zh", "en"} for words in doubts.words().values())


def report(prose: str, **figures: str) -> Report:
    cells = {("requests", line, "total"): value for line, value in figures.items()}
    found = read_file(page(prose=prose, figures=cells).encode())[0].report
    assert found
    return found


def values(found: Report, key: str) -> list[int]:
    return [int(metric.value) for metric in found.metrics if metric.metric == key]


def test_a_number_that_its_cell_prints_too_is_no_doubt() -> None:
    closed = report(HANDLED, closed="13", carried_out="1")
    assert values(closed, "requests_closed") == [13]
    received = report(HANDLED, received="13", closed="12", carried_out="1")
    assert (values(received, "requests_received"), values(received, "requests_closed")) == ([13], [])
    assert closed.doubts == received.doubts == ()


def test_what_no_cell_settles_is_a_problem_with_its_sentence_and_its_reason() -> None:
    found = report(HANDLED, received="40", closed="39", carried_out="1")
    assert values(found, "requests_closed") == []
    (problem,) = [one for one in found.problems if one.kind == "prose-unclear"]
    assert "依申请公开办理13件" in problem.detail
    assert doubts.words()["handled"]["zh"] in problem.detail


def test_of_several_numbers_the_one_in_its_cell_is_taken() -> None:
    prose = "收到公开申请5件。另据统计，全年共收到政府信息公开申请8件。"
    found = report(prose, received="8", closed="8")
    assert values(found, "requests_received") == [8]
    assert [int(doubt.metric.value) for doubt in found.doubts] == [5]


def test_sections_that_differ_are_both_doubted() -> None:
    text = page(prose="主动公开信息120条。").replace("更新不够及时。", "全年主动公开信息310条。")
    found = read_file(text.encode())[0].report
    assert found
    assert values(found, "items_published") == []
    assert [(int(doubt.metric.value), doubt.metric.section) for doubt in found.doubts] == [
        (120, "一"),
        (310, "五"),
    ]


def test_every_number_knows_the_block_and_the_character_its_sentence_begins_with() -> None:
    (reading,) = read_file(page(prose="　渠道畅通。镇政府网站发布信息41条。公众号推送86篇。").encode())
    assert reading.report and reading.document
    found = {}
    for metric in reading.report.metrics:
        assert metric.place and metric.place.at is not None
        block = reading.document.blocks[metric.place.block]
        found[metric.metric] = block.text[metric.place.at :].startswith(metric.sentence)  # type: ignore[union-attr]
    assert found == {"website_items": True, "wechat_items": True}


def test_a_sentence_printed_twice_is_marked_where_its_number_was_read_and_over_the_lines_it_crosses() -> None:
    blocks = [
        {"kind": "paragraph", "text": "发布信息41条。"},
        {"kind": "paragraph", "text": "今年，发布信息41条。网站发布"},
        {"kind": "paragraph", "text": "信息67条。"},
    ]
    rows = [
        {"metric": "items_published", "ordinal": 1, "sentence": "发布信息41条", "block": 8, "at": 3},
        {"metric": "website_items", "ordinal": 2, "sentence": "网站发布\n信息67条", "block": 8, "at": 10},
    ]
    marks = paper.marks({"blocks": blocks, "places": [], "first": 7}, rows, [])
    assert [mark for mark in marks["sentences"] if mark[3].startswith("sentence")] == [
        [1, 3, 10, "sentence.1"],
        [1, 11, 15, "sentence.2"],
        [2, 0, 5, "sentence.2"],
    ]


def decided(found: Report, *rows: tuple[str, str, str]) -> Report:
    text = StringIO()
    writer = csv.writer(text)
    writer.writerow(("filing", "metric", "read", "right", "sentence", "why", "by"))
    for read_as, right, sentence in rows:
        writer.writerow(
            (found.source.sha256, "website_items", read_as, right, sentence, "问过单位", "钱核对")
        )
    return corrections.apply(found, corrections.entries(text.getvalue()))


def test_a_person_takes_one_number_and_leaves_the_other() -> None:
    found = report(SITES)
    after = decided(found, ("41", "", "镇政府网站发布信息41条"), ("67", "67", "县政府网站发布信息67条"))
    (taken,) = [metric for metric in after.metrics if metric.metric == "website_items"]
    assert (int(taken.value), taken.corrected_by) == (67, "钱核对")
    assert (after.doubts, len(after.corrections)) == ((), 2)


def test_the_filing_page_tells_the_doubts_and_leads_to_their_sentences(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    filings = tmp_path / "filings"
    filings.mkdir()
    (filings / "白石镇.html").write_text(page(prose=SITES), encoding="utf-8")
    folder = Folder(filings, tmp_path / "governments.csv", tmp_path / "manifest.csv")
    base = tmp_path / "database"
    build((folder,), base, tmp_path / "cache.sqlite")
    monkeypatch.setenv("OVERSIGHT_DATABASE", str(base))
    current = store.published(base)
    assert current
    with store.attach(current.path) as opened:
        told = opened.execute("select metric, printed, kind from metric_doubts order by ordinal").fetchall()
        stated = opened.execute(
            "select count(*) from stated_metrics where metric = 'website_items'"
        ).fetchone()
    assert told == [("website_items", 41, "rivals"), ("website_items", 67, "rivals")]
    assert stated == (0,)
    app = AppTest.from_file(str(ROOT / "dashboard" / "frame.py"), default_timeout=90).run()
    app.switch_page("../pages/filing.py").run()
    app.session_state[f"beside.{db.query('filing', prefix='%')[0]['sha256'][:12]}"] = "正文数字 2"
    app.run()
    assert not app.exception
    shown = [str(cell) for table in app.dataframe for cell in table.value.to_numpy().ravel()]
    assert any(doubts.words()["rivals"]["zh"] in cell.replace(fitting.BREAK, "") for cell in shown)


def test_a_cell_that_could_not_be_read_is_not_marked_as_read() -> None:
    places = [("requests", "received", column, 0, 1, at) for at, column in enumerate(("enterprise", "total"))]
    facts = [
        {"schedule": "requests", "line": "received", "column": column, "state": state}
        for column, state in (("enterprise", "illegible"), ("total", "stated"))
    ]
    marks = paper.marks({"blocks": [], "places": places, "first": 0}, [], [], facts=facts)
    assert [mark[4] for mark in marks["cells"]] == ["illegible", "fact"]
