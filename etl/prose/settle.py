"""The passage as a whole: routes against totals, described totals, exact against hedged, each fact once."""

from collections.abc import Iterable, Sequence
from dataclasses import replace

from etl.prose.reading import Reading
from etl.prose.table import CHANNELS
from etl.prose.wholes import CONTENTS, OUTCOMES

_TOTALS = ("requests_received", "requests_closed")


def settle(readings: Iterable[Reading]) -> list[Reading]:
    """The readings which stand, in the order of the text."""
    found = _totals(_received(_routes(_closed(list(readings)))))
    found = [reading for reading in found if not _said_exactly(reading, found)]
    return _sums(found)


def _closed(readings: list[Reading]) -> list[Reading]:
    """共办理1022件，办结987件: what was closed is the 987; 办理 alone says it where nothing else does."""
    closed = [reading for reading in readings if reading.metric == "requests_closed"]
    if all(reading.kind == "handled" for reading in closed):
        return readings
    return [reading for reading in readings if reading.kind != "handled"]


def _routes(readings: list[Reading]) -> list[Reading]:
    """Requests by route are no facts beside a total; several routes alone add up to it, one alone is it."""
    kept = [reading for reading in readings if reading.kind != "route"]
    for key in _TOTALS:
        routes = [reading for reading in readings if reading.metric == key and reading.kind == "route"]
        if any(reading.metric in _TOTALS for reading in kept):
            routes = [reading for reading in routes if not reading.part]
        if routes and not any(reading.metric == key for reading in kept):
            kept.append(_all_of(routes) or _added(routes))
    return sorted(kept, key=lambda reading: (reading.order, reading.start))


def _received(readings: list[Reading]) -> list[Reading]:
    """共收到3件，其中上年结转1件，本年新收2件: what was received this year is the 2."""
    carried = [reading.value for reading in readings if reading.metric == "requests_carried_in"]
    received = [reading for reading in readings if reading.metric == "requests_received"]
    if (
        len(received) != 2
        or len(carried) != 1
        or received[0].value != received[1].value + carried[0]
        or not carried[0]
    ):
        return readings
    return [reading for reading in readings if reading is not received[0]]


def _all_of(routes: list[Reading]) -> Reading | None:
    """The one that the others add up to: 企业申请32件，网络申请24件，信函申请8件 are no 64."""
    summed = sum(route.value for route in routes)
    whole = [route for route in routes if route.value and route.value * 2 == summed]
    return replace(whole[0], kind="") if len(routes) > 2 and whole else None


def _added(routes: list[Reading]) -> Reading:
    if len(routes) == 1:
        return replace(routes[0], kind="")
    value = sum((route.value for route in routes), start=routes[0].value * 0)
    approximate = any(route.approximate for route in routes)
    return replace(
        routes[0],
        value=value,
        approximate=approximate,
        end=routes[-1].end,
        unit="件",
        unit_start=-1,
        kind="",
        basis="derived",
    )


def _totals(readings: list[Reading]) -> list[Reading]:
    """防疫、救助等信息388条 is the total when the text has no other."""
    others = [reading for reading in readings if reading.metric == "items_published" and not reading.kind]
    described = [reading for reading in readings if reading.kind == "describing" and not reading.part]
    if others or len(described) != 1:
        return readings
    return [
        replace(reading, metric="items_published", category=None) if reading is described[0] else reading
        for reading in readings
    ]


def _said_exactly(reading: Reading, others: list[Reading]) -> bool:
    """Whether a hedged number is said exactly elsewhere: 200余条 beside 213条."""
    if not reading.approximate:
        return False
    return any(
        not other.approximate
        and (other.metric, other.category) == (reading.metric, reading.category)
        and reading.value * 9 <= other.value * 10
        and other.value * 4 <= reading.value * 5
        for other in others
    )


def _sums(readings: list[Reading]) -> list[Reading]:
    """Channels or contents after a total, outcomes after the requests closed: parts if they add up to it exactly."""
    result = list(readings)
    for index, total in enumerate(readings):
        if total.metric == "items_published":
            _mark(result, index, CHANNELS)
            _mark(result, index, CONTENTS)
        elif total.metric == "requests_closed":
            _mark(result, index, OUTCOMES)
    return result


def _mark(result: list[Reading], index: int, kinds: frozenset[str]) -> None:
    """Name the whole of the first run of these kinds around the total which adds up to it."""
    total = result[index]
    for places in (range(index + 1, len(result)), range(index)):
        run = [
            place
            for place in places
            if result[place].metric in kinds and result[place].part_of in (None, total.metric)
        ]
        value = total.value * 0
        taken: list[int] = []
        for place in run if places.start else run[::-1]:
            value, taken = value + result[place].value, [*taken, place]
            if value == total.value and len(taken) > 1:
                for found in taken:
                    result[found] = replace(result[found], part_of=result[found].part_of or total.metric)
                return


def once(readings: Sequence[Reading]) -> list[Reading]:
    """Each fact once; where one of its readings leaves no doubt, 应公开160条，实际公开160条, that one."""
    kept: dict[tuple[object, ...], Reading] = {}
    for reading in readings:
        fact = (reading.metric, reading.value, reading.approximate, reading.category)
        if fact not in kept or (kept[fact].doubt and not reading.doubt):
            kept[fact] = reading
    return list(kept.values())
