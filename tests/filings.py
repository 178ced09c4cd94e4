"""Small filings of invented townships, for tests that need a file rather than a particular layout."""

from etl import forms
from etl.forms import REQUESTS, REVIEW

PROSE = (
    "（一）主动公开。全年通过县政府门户网站发布信息12条。（二）依申请公开。渠道畅通。"
    "（三）政府信息管理。落实保密审查。（四）平台建设。维护公开栏。（五）监督保障。纳入考核，开展社会评议，没有责任追究情形。"
)
Figures = dict[tuple[str, str, str], str]


def page(
    government: str = "云岭县白石镇人民政府",
    year: int | None = 2023,
    figures: Figures | None = None,
    form: str = "2021",
    prose: str = PROSE,
    published: str = "",
) -> str:
    """An annual report as a web page; cells are 0 but for `figures` by (schedule, line, column)."""
    figures = figures or {}
    dated = f"{year}年" if year else ""
    parts = [f"<p>{government}</p><p>{dated}政府信息公开工作年度报告</p><p>一、总体情况</p><p>{prose}</p>"]
    for number, schedule in zip("二三四", forms.form(form).schedules, strict=True):
        parts.append(f"<p>{number}、{schedule.title}</p><table>")
        if schedule.key == REVIEW:
            parts += _review(schedule, figures)
        else:
            for block in schedule.blocks:
                heads = "".join(f"<td>{column.label}</td>" for column in block.columns)
                first = "信息内容" if schedule.key != REQUESTS else "申请人情况"
                parts.append(f"<tr><td>{first}</td>{heads}</tr>")
                for line in block.leaves():
                    cells = "".join(
                        f"<td>{figures.get((schedule.key, line.key, column.key), '0')}</td>"
                        for column in block.columns
                    )
                    numbered = (
                        "1." if line.key == "other_reason" else "（七）" if line.key == "closed" else ""
                    )
                    parts.append(f"<tr><td>{numbered}{line.label}</td>{cells}</tr>")
        parts.append("</table>")
    parts.append(
        "<p>五、存在的主要问题及改进情况</p><p>更新不够及时。</p><p>六、其他需要报告的事项</p><p>无。</p>"
    )
    meta = f'<meta name="PubDate" content="{published}">' if published else ""
    return f"<html><head><meta charset='utf-8'>{meta}</head><body>{''.join(parts)}</body></html>"


def _review(schedule: forms.Schedule, figures: Figures) -> list[str]:
    (block,) = schedule.blocks
    lines = tuple(block.leaves())
    paths = "".join(f"<td colspan=5>{line.label}</td>" for line in lines)
    results = "".join(f"<td>{column.label}</td>" for _ in lines for column in block.columns)
    cells = "".join(
        f"<td>{figures.get((REVIEW, line.key, column.key), '0')}</td>"
        for line in lines
        for column in block.columns
    )
    return [f"<tr>{paths}</tr><tr>{results}</tr><tr>{cells}</tr>"]
