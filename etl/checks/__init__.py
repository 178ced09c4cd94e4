"""Report → Findings: the rules of the forms and of the law, one small function a rule."""

from etl.checks.arithmetic import ARITHMETIC
from etl.checks.continuity import CONTINUITY
from etl.checks.plausibility import PLAUSIBILITY
from etl.checks.prose import PROSE
from etl.checks.rule import Breach, Check, Finding
from etl.checks.tables import TABLES
from etl.checks.wording import WORDING
from etl.report import Report

CHECKS: tuple[Check, ...] = (*ARITHMETIC, *PLAUSIBILITY, *TABLES, *CONTINUITY, *PROSE, *WORDING)


def run(report: Report, previous: Report | None = None) -> tuple[Finding, ...]:
    """All breaches of all rules in `report`; `previous` is the same government's report on the year before."""
    return tuple(
        Finding(check.id, *breach.where, breach.expected, breach.actual, breach.quotes)
        for check in CHECKS
        for breach in check.find(report, previous)
    )


__all__ = ["CHECKS", "Breach", "Check", "Finding", "run"]
