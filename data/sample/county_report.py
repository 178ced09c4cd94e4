"""The county's own report on one year, as its office added it up by hand: every cell the sum of its units, but for one.

Where a unit has left a cell blank, or an older form does not divide, the office has asked: it has the ledger's number.
"""

from decimal import Decimal

from data.sample import roster
from data.sample.county import COUNTY, TOWNSHIPS
from data.sample.figures import history
from data.sample.spec import Key, Part, Printed, ReportSpec, stated
from etl import forms
from etl.forms import PROACTIVE, REQUESTS, REVIEW

YEAR = 2024
LAYOUT = "docx"
GOVERNMENT = f"{COUNTY}人民政府"
PATH = f"{YEAR}/{GOVERNMENT}{YEAR}年政府信息公开工作年度报告.docx"
# The unit whose number was overlooked, and where.
FORGOTTEN, AT = "芷陌街道", (PROACTIVE, "penalties", "decisions")
NOTE = f"县级年报此格漏计{FORGOTTEN}"
_HEADINGS = ("一、总体情况", "五、存在的主要问题及改进情况", "六、其他需要报告的事项")
_TABLES = {
    "二、主动公开政府信息情况": PROACTIVE,
    "三、收到和处理政府信息公开申请情况": REQUESTS,
    "四、政府信息公开行政复议、行政诉讼情况": REVIEW,
}


def sums() -> dict[Key, Decimal]:
    """What the units' filings add up to, blanks and undivided lines taken from the ledger."""
    counted = {filing.spec.government: filing.spec for filing in roster.filings() if filing.spec.year == YEAR}
    total: dict[Key, Decimal] = {}
    for township in TOWNSHIPS:
        printed, ledger = counted[township.government(YEAR)].cells, history(township)[YEAR].cells
        for key, number in _newest(ledger).items():
            said = printed.get(key)
            value = number if said is None or said.value is None else said.value
            total[key] = total.get(key, Decimal(0)) + value
    return total


def spec() -> ReportSpec:
    """The report, with the one number overlooked."""
    total = sums()
    township = next(township for township in TOWNSHIPS if township.name == FORGOTTEN)
    cells: dict[Key, Printed] = {key: stated(value) for key, value in total.items()}
    cells[AT] = stated(total[AT] - _newest(history(township)[YEAR].cells)[AT])
    first, *last = (Part(heading, (_PROSE[heading],)) for heading in _HEADINGS)
    return ReportSpec(
        government=GOVERNMENT,
        county=COUNTY,
        year=YEAR,
        title=(GOVERNMENT, f"{YEAR}年政府信息公开工作年度报告"),
        opening=(f"本报告由{GOVERNMENT}依照《中华人民共和国政府信息公开条例》编制。",),
        parts=(first, *(Part(heading, (), schedule) for heading, schedule in _TABLES.items()), *last),
        forms=dict.fromkeys((PROACTIVE, REQUESTS, REVIEW), "2021"),
        cells=cells,
    )


_PROSE = {
    _HEADINGS[0]: (
        "（一）主动公开。各乡镇、街道通过政府网站和公开栏公开政府信息。（二）依申请公开。渠道畅通，依法答复。"
        "（三）政府信息管理。落实保密审查。（四）平台建设。维护政府网站和公开栏。"
        "（五）监督保障。纳入工作考核，开展社会评议，没有责任追究情形。"
    ),
    _HEADINGS[1]: "部分乡镇年报数字核对不细，下一步加强培训。",
    _HEADINGS[2]: "没有其他需要报告的事项。",
}


def _newest(ledger: dict[tuple[str, str], dict[Key, Decimal]]) -> dict[Key, Decimal]:
    newest = forms.load()[-1].key
    return {
        key: value for (_, form), cells in ledger.items() if form == newest for key, value in cells.items()
    }
