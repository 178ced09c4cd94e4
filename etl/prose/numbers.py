"""Quantities in a normalised text: a number with its measure word and hedge, what only looks like one being masked."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from etl.prose.table import HEDGES, MEASURES

# An address ends where its letters do: no blank stands before the words behind it.
_MASKS = re.compile(
    r"《[^》\n]{1,80}》"
    r"|(?a:(?:https?://|www\.)[\w./?=&%#:~+-]+|[\w.]+@[\w.]+)"
    r"|第(?:\d+|[零一二三四五六七八九十百]+)"
    r"|[〔\[(]\d{4}[〕\])]第?\d+号?"
    r"|\d{3,4}-\d{7,8}|1\d{10}"
    r"|(?:浏览|阅读|点击|访问)(?:次数|量|数)?:\d+(?:次|人次)?"
    r"|[“\"]\d+[·.]\d+[”\"]"
    r"|(?:计|算|记)[为作]?[1一][条件]"
    r"|[零一二三四五六七八九十\d]+(?:至|-|—|~|到)\d+(?=[月日号个])"
    r"|\d+(?:至|-|—|~|到)\d+(?=[余多]?(?:条|篇|件|份|次|人|名|期|场|元|万))"
)
_UNIT = "|".join(MEASURES)
_DIGITS = r"\d{1,3}(?:,\d{3})+(?!\d)|\d+(?:\.\d+)?"
_CHINESE = "[零〇一二两三四五六七八九十百千]+"
_AFTER = f"{HEDGES['lower_after']}|{HEDGES['open_after']}"
_BEFORE = f"{HEDGES['lower_before']}|{HEDGES['upper_before']}|{HEDGES['open_before']}"
_QUANTITY = re.compile(
    rf"(?P<before>(?:{_BEFORE})(?:达|为|到|了)?)?"
    rf"(?<![\d.第])(?<!\d )(?:(?P<digits>{_DIGITS})(?P<scale>[千万亿])?|(?P<chinese>{_CHINESE})(?P<wan>万)?)"
    rf"(?P<middle>{_AFTER})?(?P<scale_after>万)?"
    rf"(?P<unit>(?:{_UNIT})(?:[(/·][条篇件份次个]\)?)?)?"
    rf"(?P<after>{_AFTER})?"
)
_DURATION = re.compile(
    "工作日|月(?!报)|小时|自然日|学时|百分点|星期|季度|年头|方面|部分|层面|专栏|专题|栏目|领域|行政村|村|社区|小组|部门|试点|频道|板块|(?:[一二三]级|子)(?:栏目|目录)"
)
_NOT_COUNTED = re.compile(
    "^[性体龙化把手计]|^(?:合计|共计|总计|信息合计)|^一|^[都也](?:没|未)|^(?:重要|关键)?(?:抓手|环节)"
)
# 新收申请数量0000011: the figures of a row of cells which lost what stood between them.
_CELLS, _BARE_CELLS = re.compile(r"0\d"), re.compile(r"0\d|\d{7}")
_GOES_ON = re.compile(rf"\s*\n\s*\d+[余多]?(?:{_UNIT})")
_FIGURES = {figure: value for value, figure in enumerate("零一二三四五六七八九")} | {"〇": 0, "两": 2}
_TENS = {"十": 10, "百": 100, "千": 1000}
# A longer number counts nothing that a government does: it is an identifier, or digits run together.
_MOST, _PLACES = 10_000_000_000, 6


@dataclass(frozen=True, slots=True)
class Quantity:
    """A number in the text: `value` with 万 multiplied out, `bound` as in Metric, `unit` its measure word or empty."""

    start: int
    end: int
    value: Decimal
    unit: str
    unit_start: int
    approximate: bool
    bound: str | None


def quantities(text: str) -> tuple[Quantity, ...]:
    """Every countable number of the text in order."""
    return tuple(_countable(text))


def _countable(text: str) -> Iterator[Quantity]:
    blanked = _MASKS.sub(lambda found: "□" * len(found[0]), text)
    for found in _QUANTITY.finditer(blanked):
        quantity = _quantity(found)
        if quantity and (quantity.unit or _stands_bare(blanked, found)) and not _is_other(blanked, found):
            yield quantity


def _quantity(found: re.Match[str]) -> Quantity | None:
    value = _chinese(found["chinese"]) if found["chinese"] else Decimal(found["digits"].replace(",", ""))
    if value is None or (found["chinese"] and not found["unit"]) or _are_cells(found):
        return None
    unit, scale = found["unit"] or "", found["scale"] or found["scale_after"] or found["wan"]
    value *= {"千": 1000, "万": 10_000, "亿": 100_000_000}[scale] if scale else 1
    if value >= _MOST or value != round(value, _PLACES):
        return None
    bound = _bound(found)
    hedged = bool(found["before"] or found["middle"] or found["after"])
    rounded = scale is not None and not unit.startswith("元")
    if value != value.to_integral_value() and not unit.startswith("元"):
        return None
    return Quantity(found.start(), found.end(), value, unit, found.start("unit"), hedged or rounded, bound)


def _are_cells(found: re.Match[str]) -> bool:
    cells = _CELLS if found["unit"] else _BARE_CELLS
    return bool(cells.match(found["digits"] or ""))


def _bound(found: re.Match[str]) -> str | None:
    before, after = found["before"] or "", (found["middle"] or "") + (found["after"] or "")
    if re.match(HEDGES["lower_before"], before + "百") or re.search(HEDGES["lower_after"], after):
        return "lower"
    return "upper" if re.match(HEDGES["upper_before"], before) else None


def _chinese(text: str) -> Decimal | None:
    total, figure = 0, None
    for character in text:
        if character in _TENS:
            total += (1 if figure is None else figure) * _TENS[character]
            figure = None
        elif figure is None or figure == 0:
            figure = _FIGURES[character]
        else:
            return None
    return Decimal(total + (figure or 0))


def _stands_bare(text: str, found: re.Match[str]) -> bool:
    """A number without measure word counts before a stop; at the end of a line it was cut off, 数量 or 余 aside."""
    rest, before = text[found.end() :], text[max(0, found.start() - 12) : found.start()]
    counted = bool(re.search("(?:数|量)(?:为|是|达|达到|共)?$", before))
    vouched = counted or bool(found["middle"] or found["after"])
    if found["chinese"] or (found["scale"] and not counted):
        return False
    if not rest.lstrip(" ") or rest[0] == "\n":
        # A figure may go on in the next line.
        return vouched and not _GOES_ON.match(rest)
    if re.search("数量$", before) and re.match("[一-龥](?<![年月日时])", rest):
        return True
    if _numbers_a_list(text, found["digits"], rest[0]):
        return False
    return rest[0] in ",。;、)" and bool(re.search("[一-龥]$", before))


def _numbers_a_list(text: str, digits: str, stop: str) -> bool:
    """1、公开栏2、广播3、公开信: numbering within a line, known by the number before or after it."""
    number = int(digits) if len(digits) < 3 and digits.isdigit() else 0
    beside = f"{number - 1}|{number + 1}"
    return stop in "、)" and 0 < number < 20 and bool(re.search(rf"(?<!\d)(?:{beside})\{stop}", text))


def _is_other(text: str, found: re.Match[str]) -> bool:
    """Durations, 一次性, 数十次, 同一件: a figure before a measure word which counts nothing."""
    rest, before = text[found.end() : found.end() + 6], text[max(0, found.start() - 2) : found.start()]
    items_follow = r"[.:]\d|\d[\d,]*[余多]?[条篇]"
    if rest[:1] in "%‰" or re.match(items_follow if found["unit"] else r"[.:]?\d", rest):
        return bool(rest)
    if re.match("(?:主)?(?:阵地|渠道|载体|途径|抓手)", rest) and found["unit"] in ("个", "大", "", None):
        return True
    if _DURATION.match(rest) and found["unit"] in ("个", "项", "", None):
        return True
    if not found["chinese"]:
        return False
    if re.search("[数几第每任同这那某统唯逐进多无没零]$|[没未]有$", before) or _NOT_COUNTED.match(rest):
        return True
    return found["chinese"] == "一" and found["unit"] in (
        "个",
        "批",
        "套",
        "支",
        "本",
        "项",
        "部",
        "家",
        "台",
        "面",
    )
