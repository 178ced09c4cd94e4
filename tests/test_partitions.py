"""A base that is divided: a change costs its prefecture, and what is built bit by bit is what is built at once."""

from collections.abc import Callable

import pytest
from filings import PROSE, page
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from offices import REGISTER, Office, contents

from dashboard import db, indicators, measures
from dashboard.selection import Selection


@pytest.fixture
def office(divided_office: Office) -> Office:
    return divided_office


def changed(office: Office, change: Callable[[], object]) -> set[str]:
    """The divisions whose partitions another build makes anew after a change."""
    before = office.files()
    change()
    office.build()
    after = office.files()
    return {division for division in after if before.get(division) != after[division]}


def test_each_prefecture_has_a_partition_and_what_belongs_to_none_has_one(office: Office) -> None:
    assert list(office.files()) == ["", "3301", "3302", "4401"]
    assert office.ask("select county, government from reports", "3302") == [
        ("松江县", "白石镇人民政府"),
        ("松江县", "长桥镇人民政府"),
    ]
    assert office.ask("select path, kind from problems") == [("通知.txt", "unknown-form")]


def test_one_prefecture_has_one_partition_with_all_that_is_known(office: Office) -> None:
    office.keep("governments.csv", "\n".join(REGISTER.splitlines()[:3]))
    office.build()
    assert list(office.files()) == [""]
    assert office.ask("select count(*) from reports") == [(4,)]


def test_a_new_filing_costs_its_prefecture(office: Office) -> None:
    new = page("临海县金沙镇人民政府", 2022)
    assert changed(office, lambda: office.put("临海县/金沙镇2022.html", new)) == {"4401"}


def test_a_filing_that_moves_to_another_county_costs_both_prefectures(office: Office) -> None:
    ruling = "filing,county\n松江县/长桥镇2023.html,临海县\n"
    assert changed(office, lambda: office.keep("manifest.csv", ruling)) == {"3302", "4401"}


def test_a_row_of_the_register_costs_its_prefecture(office: Office) -> None:
    more = REGISTER + "云岭县,新河镇人民政府,township,330102003,\n"
    assert changed(office, lambda: office.keep("governments.csv", more)) == {"3301"}


def test_a_former_name_moves_the_filings_that_bear_it_and_no_others(office: Office) -> None:
    office.put("短桥镇2022.html", page("短桥镇人民政府", 2022))
    office.build()
    assert office.ask("select county, government from reports where year = 2022", "3302") == [
        ("松江县", "长桥镇人民政府")
    ]
    without = REGISTER.replace("短桥镇人民政府", "")
    assert changed(office, lambda: office.keep("governments.csv", without)) == {"", "3302"}


def test_a_date_for_one_county_costs_its_prefecture_and_one_for_all_costs_all(office: Office) -> None:
    own = "county,year,date\n临海县,2023,2024-03-31\n"
    assert changed(office, lambda: office.keep("deadlines.csv", own)) == {"4401"}
    every = own + ",2023,2024-02-28\n"
    assert changed(office, lambda: office.keep("deadlines.csv", every)) == {"", "3301", "3302", "4401"}


def test_a_correction_costs_its_prefecture(office: Office) -> None:
    row = "松江县/长桥镇2023.html,website_items,12,120,发布信息12条,少了一个零,赵核对"
    ledger = f"filing,metric,read,right,sentence,why,by\n{row}\n"
    assert changed(office, lambda: office.keep("corrections.csv", ledger)) == {"3302"}


def test_a_copy_is_a_problem_where_its_original_is(office: Office) -> None:
    copy = page("临海县金沙镇人民政府")
    assert changed(office, lambda: office.put("乱放/某文件.html", copy)) == {"4401"}
    assert office.ask("select path, kind from problems", "4401") == [("乱放/某文件.html", "duplicate-file")]


def test_an_unread_file_stands_with_the_county_its_folder_names(office: Office) -> None:
    assert changed(office, lambda: office.put("松江县/坏文件.docx", "PK")) == {"3302"}


def test_a_question_is_asked_of_the_partition_that_can_answer(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("OVERSIGHT_DATABASE", str(office.database))
    chosen = {"county": "松江县", "first": 0, "last": 9999, "governments": (), "sample": False}
    assert {row["county"] for row in db.query("counties")} == {"云岭县", "松江县", "临海县"}
    assert [row["government"] for row in db.query("requests", **chosen)[::25]] == [
        "白石镇人民政府",
        "长桥镇人民政府",
    ]
    filings = db.query("filings", **chosen)
    assert {row["path"] for row in filings} == {
        "松江县/白石镇2023.html",
        "松江县/长桥镇2023.html",
        "通知.txt",
    }
    for filing in filings:
        (found,) = db.query("filing", prefix=f"{filing['sha256'][:12]}%")
        assert found["path"] == filing["path"]
        assert db.body(filing["sha256"])
        if found["report_id"]:
            assert "12条" in db.query("prose", report_id=found["report_id"])[0]["text"]
    assert db.query("filing_findings", report_id=0) == ()
    assert db.query("governments", county="没有的县") == ()


def test_a_page_keeps_to_the_build_it_was_begun_with(office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("OVERSIGHT_DATABASE", str(office.database))
    chosen = {"county": "云岭县", "first": 0, "last": 9999, "governments": (), "sample": False}
    with db.one_build():
        begun = len(db.query("filings", **chosen))
        office.put("云岭县/黑石乡2023.html", page("云岭县黑石乡人民政府"))
        office.build()
        assert len(db.query("filings", **chosen)) == begun
        assert db.query("requests", **chosen)  # asked for the first time, of the files of the set before
    assert len(db.query("filings", **chosen)) == begun + 1


def test_what_is_made_of_a_county_follows_the_build_and_the_filter(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("OVERSIGHT_DATABASE", str(office.database))
    every = Selection("云岭县", 2000, 2099, (), False, 2)
    one = Selection("云岭县", 2023, 2023, ("黑石乡人民政府",), False, 2)

    def known(chosen: Selection) -> tuple[int, set[str]]:
        received = indicators.of(chosen, indicators.every()["requests.received"])
        cells = measures.cells(chosen, "requests", "requests", ["total"], "line")
        assert {part.government for part in received} == {part.government for part in cells}
        return len(received), {part.path for part in cells}

    assert known(every) == (1, {"云岭县/白石镇2023.html"})
    assert known(one) == (0, set())
    office.put("云岭县/黑石乡2023.html", page("云岭县黑石乡人民政府"))
    office.build()
    assert known(every)[0] == 2
    assert known(one) == (1, {"云岭县/黑石乡2023.html"})


def test_pointers_that_are_damaged_take_away_nothing_that_is_being_shown(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("OVERSIGHT_DATABASE", str(office.database))
    counties = db.query("counties")
    for name in ("current", "previous"):
        (office.database / name).write_bytes(b"\0" * 100)
    assert db.query("counties") == counties
    assert db.readable()


TOWNSHIPS = ("云岭县白石镇", "松江县长桥镇", "临海县金沙镇", "黑石乡", "短桥镇")
FILES = st.builds("{}/{}.html".format, st.sampled_from(["云岭县", "补报", "a"]), st.integers(1, 3))
PAGES = st.builds(
    lambda name, year, words: page(f"{name}人民政府", year, prose=PROSE + words),
    st.sampled_from(TOWNSHIPS),
    st.sampled_from([2022, 2023, None]),
    st.sampled_from(["", "更正。"]),
)
REGISTERS = st.lists(st.sampled_from(REGISTER.splitlines()[1:]), unique=True).map(
    lambda rows: "\n".join([REGISTER.splitlines()[0], *rows])
)
RULINGS = st.builds(
    "filing,government,county,year,published\n{},,{},{},{}\n".format,
    FILES,
    st.sampled_from(["", "临海县"]),
    st.sampled_from(["", 2023]),
    st.sampled_from(["", "2024-01-05"]),
)
CHANGES = st.one_of(
    st.tuples(st.just("put"), FILES, PAGES),
    st.tuples(st.just("put"), FILES, PAGES),
    st.tuples(st.just("remove"), FILES),
    st.tuples(st.just("rename"), FILES, FILES),
    st.tuples(st.just("keep"), st.just("governments.csv"), REGISTERS),
    st.tuples(st.just("keep"), st.just("manifest.csv"), RULINGS),
    st.tuples(st.just("keep"), st.just("deadlines.csv"), st.just("county,year,date\n云岭县,2023,2024-3-1\n")),
)


def make_change(office: Office, kind: str, *what: str) -> None:
    if kind == "put":
        office.put(*what)
    elif kind == "keep":
        office.keep(*what)
    else:
        file = office.root / "reports" / what[0]
        if file.exists() and kind == "remove":
            file.unlink()
        elif file.exists():
            target = office.root / "reports" / what[1]
            target.parent.mkdir(parents=True, exist_ok=True)
            file.replace(target)


@settings(max_examples=5, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.lists(CHANGES, min_size=1, max_size=4), min_size=2, max_size=4))
def test_a_base_built_bit_by_bit_is_the_base_built_at_once(
    tmp_path_factory: pytest.TempPathFactory, steps: list[list[tuple[str, ...]]]
) -> None:
    office = Office(tmp_path_factory.mktemp("office"))
    office.keep("governments.csv", REGISTER)
    for step in steps:
        for change in step:
            make_change(office, *change)
        office.build()
    office.build("at once", "another cache.sqlite")
    assert contents(office.published()) == contents(office.published("at once"))
