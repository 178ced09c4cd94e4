"""A batch of uploads as the import page speaks of it: what each file is to us, and the processes that do the work."""

import subprocess
import sys
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from dashboard import db
from etl import places
from etl.intake import Refused, batch, history, task
from etl.intake.accepting import Wanted
from etl.intake.batch import Understood

REFUSED, ACCEPTED, KNOWN, TWICE, UNSETTLED, REFILED, READY = (
    "refused",
    "accepted",
    "known",
    "twice",
    "unsettled",
    "refiled",
    "ready",
)
SETTLE = (UNSETTLED, REFILED)


@dataclass(frozen=True, slots=True)
class Candidate:
    """An upload and how it stands: `where` names the file that it repeats, `rivals` the dates of earlier filings."""

    file: Understood
    state: str
    where: str = ""
    rivals: tuple[str, ...] = ()

    @property
    def key(self) -> str:
        """What tells it from the others of its batch."""
        return f"{self.file.sha256[:16]}-{self.file.name}"

    @property
    def wanted(self) -> Wanted:
        """The upload as it would be accepted without anybody's help."""
        file = self.file
        return Wanted(file, file.government, file.county, file.year, file.published)


def candidates(files: Sequence[Understood]) -> list[Candidate]:
    """Every upload of a batch by name, with how it stands to the database, to the imports and to the others."""
    accepted = history.standing()
    withdrawn = {event.sha256 for event in history.events()} - accepted.keys()
    different = {file.sha256: file for file in files if not file.refusal}.values()
    whose = Counter((file.county, file.government, file.year) for file in different)
    seen: dict[str, str] = {}
    found = []
    for file in sorted(files, key=lambda one: one.name):
        several = whose[file.county, file.government, file.year] > 1
        found.append(_candidate(file, accepted, withdrawn, seen.get(file.sha256, ""), several))
        if file.sha256:
            seen.setdefault(file.sha256, file.name)
    return found


def _candidate(
    file: Understood, accepted: dict[str, history.Event], withdrawn: set[str], earlier: str, several: bool
) -> Candidate:
    if file.refusal:
        return Candidate(file, REFUSED)
    if earlier:
        return Candidate(file, TWICE, earlier)
    if file.sha256 in accepted:
        return Candidate(file, ACCEPTED, accepted[file.sha256].name)
    known = db.query("filing", prefix=f"{file.sha256}%") if db.readable() else ()
    if known and file.sha256 not in withdrawn and not _can_be_settled(known[0], file):
        return Candidate(file, KNOWN, known[0]["path"])
    if file.unsettled:
        return Candidate(file, UNSETTLED)
    rivals = _rivals(file)
    if rivals or several:
        dated = file.published and file.published not in rivals
        return Candidate(file, READY if dated and not several else REFILED, rivals=rivals)
    return Candidate(file, READY)


def _can_be_settled(known: db.Row, file: Understood) -> bool:
    """Whether a filing lies among the reports without anybody knowing whose it is, and can be settled here."""
    placed = known["government"], known["county"] or "", known["year"]
    said = file.government, file.county, file.year
    return not known["county"] and bool(file.unsettled or placed != said)


def _rivals(file: Understood) -> tuple[str, ...]:
    """The dates of the filings that are there of the same government and year; empty where a filing has none."""
    if not db.readable():
        return ()
    asked = {"county": file.county, "government": file.government, "year": file.year}
    return tuple(
        _day(row["published"]) for row in db.query("refilings", **asked) if row["sha256"] != file.sha256
    )


def _day(published: date | None) -> str:
    return published.isoformat() if published else ""


def receive(files: Sequence[tuple[str, bytes]]) -> Path:
    """Put uploads down and have them read; the batch. Raises Refused, and OSError when the disk does not take them."""
    place = batch.create(places.incoming())
    try:
        batch.put(place, files)
        task.tell(place, "starting", 0, len(files))
    except (Refused, OSError):
        batch.discard(place)
        raise
    _run("receive", str(place))
    return place


def publish() -> None:
    """Have the database brought up to date; who looks at `publishing` sees how far it is."""
    task.tell(places.incoming(), "starting")
    _run("publish", *(() if _with_sample() else ("--no-sample",)))


def publish_unless_under_way() -> None:
    """The same, unless an update is under way already: who looks then sees what came too late for it."""
    state = publishing()
    if state is None or not state.under_way:
        publish()


def _with_sample() -> bool:
    """Whether the invented county stays in: as in the base, or where that cannot be read, if there is nothing else."""
    if db.readable():
        return bool(db.query("build")[0]["sample"])
    return not places.own().filings.is_dir() or not any(places.own().filings.iterdir())


def publishing() -> task.State | None:
    """How far the last update of the database is; None when there was none."""
    return task.state(places.incoming())


def _run(*arguments: str) -> None:
    """Start a command that goes on when its page is left, and when the dashboard ends.

    A process of its own, not a pool's: Streamlit lends its pages the name of the main module, and a pool's
    processes would run the page.
    """
    log = places.incoming() / "log.txt"
    with log.open("ab") as written:
        subprocess.Popen(
            [sys.executable, "-m", "etl", *arguments],
            cwd=places.ROOT,
            stdin=subprocess.DEVNULL,
            stdout=written,
            stderr=written,
            start_new_session=True,
        )
