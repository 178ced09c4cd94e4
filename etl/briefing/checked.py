"""What the checks found and what was returned, and what the numbers cover."""

from collections import Counter
from collections.abc import Iterator, Sequence

from etl.briefing.figures import County, Figure, Origin, Row, counted
from etl.briefing.wording import Said, joined, names, say, short, words

MOST = 3
SETTLED = ("returned", "accepted", "corrected")


def said(county: County) -> Iterator[Said]:
    """Errors and doubts of the year's filings, who has none, and what people decided about them."""
    rows = county.findings
    counts = {
        f"{name}s": _found([row for row in rows if row["severity"] == name], name) for name in _severities()
    }
    faults = to_be_mended(county)
    at_fault = list({row["government"]: row for row in faults}.values())
    if not faults:
        yield say("checked_none", hints=counts["hints"])
    else:
        units = counted(_name("findings", severity=_severities()["error"]), at_fault, lambda row: "")
        yield say("checked", units=units, **counts)
        yield say("kinds", items=joined(_kinds(faults), "pause"))
    if clean := _clean(county, {row["government"] for row in at_fault}):
        n = counted(words()["names"]["filed"], clean, lambda row: "")
        yield say("clean", n=n, names=names(row["government"] for row in clean))
    yield _decided(county, faults)


def to_be_mended(county: County) -> list[Row]:
    """The year's findings without the hints."""
    return [row for row in county.findings if row["severity"] != "hint"]


def returned(county: County) -> list[Row]:
    """The findings that people have sent back."""
    return [row for row in to_be_mended(county) if county.standing(row) == "returned"]


def _found(rows: Sequence[Row], severity: str) -> Figure:
    return counted(
        _name("findings", severity=_severities()[severity]), rows, lambda row: str(row["message_zh"])
    )


def _kinds(faults: Sequence[Row]) -> Iterator[Said]:
    """The rules broken most often."""
    for rule, _ in Counter(row["message_zh"] for row in faults).most_common(MOST):
        own = [row for row in faults if row["message_zh"] == rule]
        yield say("kind", rule=rule, n=counted(_name("findings", severity=rule), own, lambda row: ""))


def _clean(county: County, at_fault: set[str]) -> list[Row]:
    rows = county.register(county.year)
    return [row for row in rows if row["path"] and row["government"] not in at_fault]


def _decided(county: County, faults: Sequence[Row]) -> Said:
    """Findings by what was decided; reopened ones stand open again."""
    by_state = {name: [row for row in faults if county.standing(row) == name] for name in SETTLED}
    settled = [id(row) for rows in by_state.values() for row in rows]
    by_state["open"] = [row for row in faults if id(row) not in settled]
    counts = {name: _of_state(rows, name) for name, rows in by_state.items()}
    if not by_state["returned"]:
        return say("returned_none", **{name: counts[name] for name in ("accepted", "corrected", "open")})
    items = [
        say("kind", rule=short(government), n=_of_state(own, "returned"))
        for government, own in _grouped(by_state["returned"]).items()
    ]
    return say("returned", n=counts.pop("returned"), items=joined(items), **counts)


def _of_state(rows: Sequence[Row], state: str) -> Figure:
    return counted(
        _name("decided", state=words()["standings"][state]), rows, lambda row: str(row["message_zh"])
    )


def _grouped(rows: Sequence[Row]) -> dict[str, list[Row]]:
    found: dict[str, list[Row]] = {}
    for row in rows:
        found.setdefault(row["government"], []).append(row)
    return found


def covered(county: County) -> Iterator[Said]:
    """Which cells hold no number, which filings use another form, and that no causes are given."""
    states = {name: _cells(county, name) for name in words()["cell_states"]}
    if any(figure.value for figure in states.values()):
        yield say("cells", **states)
    old = [row for row in county.register(county.year) if row["form"] == "2019"]
    if old:
        n = counted(words()["names"]["forms"], old, lambda row: "")
        yield say("forms", n=n, names=names(row["government"] for row in old))
    yield say("causes")


def _cells(county: County, state: str) -> Figure:
    rows = [row for row in county.tables["states"] if row["state"] == state]
    origins = tuple(Origin(row["government"], county.year, str(row["cells"]), row["path"]) for row in rows)
    name = _name("cells_of", state=words()["cell_states"][state])
    return Figure(name, sum(row["cells"] for row in rows), origins)


def _name(key: str, **values: str) -> str:
    name: str = words()["names"][key].format(**values)
    return name


def _severities() -> dict[str, str]:
    found: dict[str, str] = words()["severities"]
    return found
