"""Report → Findings: the rules of the forms and of the law, one small function a rule."""

from etl.checks.arithmetic import ARITHMETIC
from etl.checks.rule import Breach, Check, Finding
from etl.report import Report

CHECKS: tuple[Check, ...] = (*ARITHMETIC,)


def run(report: Report, previous: Report | None = None) -> tuple[Finding, ...]:
    """All breaches of all rules in `report`; `previous` is the same government's report on the year before."""
    return tuple(
        Finding(check.id, *breach.where, breach.expected, breach.actual)
        for check in CHECKS
        for breach in check.find(report, previous)
    )


__all__ = ["CHECKS", "Breach", "Check", "Finding", "run"]
