"""What paper says and the screen shows elsewhere: what is chosen, what it covers, where it comes from and as of when."""

from dashboard import db
from dashboard.selection import Selection
from dashboard.text import t


def sample_mark(chosen: Selection) -> str:
    """The words that tell an invented county apart wherever it shows."""
    return t("shared.sample") + " " if chosen.sample else ""


def selected(chosen: Selection) -> str:
    """The filters in words, every township by its name."""
    everyone = t("printed.everyone", n=chosen.owing)
    names = t("shared.comma").join(chosen.governments) or everyone
    return t("printed.chosen", county=chosen.county, years=chosen.span, governments=names)


def origin(chosen: Selection) -> list[str]:
    """How many of the reports due were read, where they come from, when they were read; whether all is invented."""
    due = chosen.rows("submissions")
    read = sum(row["sha256"] is not None for row in due)
    (build,) = db.query("build")
    said = [
        t("printed.coverage", years=chosen.span, due=len(due), read=read),
        t("printed.source", at=build["built_at"].strftime("%Y-%m-%d %H:%M")),
    ]
    return [*said, t("printed.sample")] if chosen.sample else said
