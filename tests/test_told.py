"""What reading tells in Chinese is told in English on English pages: every sentence that can be."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from dashboard import told
from etl import checks, forms

ROOT = Path(__file__).resolve().parents[1]
TREES = {path: ast.parse(path.read_text(encoding="utf-8")) for path in sorted((ROOT / "etl").rglob("*.py"))}
CHINESE = re.compile("[\u4e00-\u9fff]")
TOLD = ("UnreadableFile", "UnknownForm", "Problem")
# Sentences that a function hands on, by the module and the name they have there.
HANDED_ON = {
    "etl/readers/sniffing.py": "_REFUSALS",
    "etl/extract.py": "_refusal",
    "etl/readers/__init__.py": "too_large",
    "etl/apart.py": "_doubtful",
}


def constants() -> dict[str, ast.expr]:
    """The constants of all modules by name, those that hold sentences."""
    return {
        target.id: node.value
        for tree in TREES.values()
        for node in tree.body
        if isinstance(node, ast.Assign)
        for target in node.targets
        if isinstance(target, ast.Name)
    }


def told_by_code() -> Iterator[tuple[Path, ast.expr]]:
    """What is raised as a refusal or yielded as a problem, module by module."""
    for path, tree in TREES.items():
        for node in ast.walk(tree):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in TOLD:
                yield path, node.args[-1]


def sentences() -> Iterator[str]:
    """Each with something in the place of what differs from file to file."""
    known = constants()
    for path, tree in TREES.items():
        for node in ast.walk(tree):
            if HANDED_ON.get(path.relative_to(ROOT).as_posix()) in names_of(node):
                yield from map(filled, literals(node))
    for _, node in told_by_code():
        found = known.get(node.id, node) if isinstance(node, ast.Name) else node
        yield filled(found)


def names_of(node: ast.AST) -> list[str]:
    """What a function or a constant is called."""
    if isinstance(node, ast.FunctionDef):
        return [node.name]
    targets = node.targets if isinstance(node, ast.Assign) else [getattr(node, "target", None)]
    return [target.id for target in targets if isinstance(target, ast.Name)]


def literals(node: ast.AST) -> Iterator[ast.AST]:
    """The texts in a piece of code, those with something to fill in as a whole."""
    if isinstance(node, ast.Constant | ast.JoinedStr):
        yield node
    else:
        for child in ast.iter_child_nodes(node):
            yield from literals(child)


def filled(node: ast.AST) -> str:
    """The text of a literal; numbers stand for what is counted or a year, names for the rest."""
    if isinstance(node, ast.Constant):
        return str(node.value)
    if not isinstance(node, ast.JoinedStr):
        return ""
    return "".join(str(part.value) if isinstance(part, ast.Constant) else "7" for part in node.values)


# A number of the prose that is not settled is told with its metric and unit: it has a test of its own.
EVERY = sorted({one for one in sentences() if CHINESE.search(one) and "未能确定" not in one and len(one) > 4})


def test_sentences_are_found() -> None:
    assert len(EVERY) > 85


@pytest.mark.parametrize("sentence", EVERY)
def test_every_sentence_that_reading_tells_has_its_english(sentence: str) -> None:
    english = told.english(sentence)
    assert english, sentence
    assert not CHINESE.search(english)


@pytest.mark.parametrize("basis", sorted({check.basis for check in checks.CHECKS}))
def test_what_a_rule_rests_on_has_its_english(basis: str) -> None:
    assert told.english(basis)


def test_no_english_is_kept_for_a_sentence_that_nothing_tells() -> None:
    texts = (node for tree in TREES.values() for node in ast.walk(tree) if isinstance(node, ast.Constant))
    source = "\n".join([*(str(text.value) for text in texts), *(check.basis for check in checks.CHECKS)])
    fixed = {chinese: re.split(r"\{\w+\}|[“”（） ：]", chinese) for chinese in told.listed()}
    assert [one for one, parts in fixed.items() if not all(part in source for part in parts)] == []


def test_what_a_sentence_names_is_english_and_what_it_quotes_stays() -> None:
    place = forms.place("requests", "received", "natural_person")
    assert told.english(f"{place}：两种读法分别为 3 / 8") == (
        "Table 3, New requests received · Individuals: the two readings are 3 / 8"
    )
    assert told.english("文中为白石镇人民政府，文件名为青溪镇、红河乡") == (
        "The text says 白石镇人民政府, the file's name 青溪镇、红河乡"
    )


@pytest.mark.parametrize(("where", "there"), [("正文第 3 页", "Prose, page 3"), ("正文", "Prose")])
def test_a_number_that_is_not_settled_is_told_with_its_metric_and_the_reason(where: str, there: str) -> None:
    told_so = f"{where}“共收到 12 件”：新收申请 12件未能确定，公开的渠道不明确"
    assert told.english(told_so) == (
        f"{there}, “共收到 12 件”: Requests received, 12, is not settled; the channel is not clear"
    )
