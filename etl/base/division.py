"""How a base is divided: a partition for each prefecture of the register, so that a change costs its prefecture.

A base whose register knows one prefecture, or no codes, is not divided: one office has one partition.
"""

import hashlib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace

from etl.base.placement import Member, Office
from etl.register import Deadline, Government
from etl.report import Problem

# The first four digits of an administrative division code (GB/T 2260) are the province and the prefecture.
_PREFECTURE = 4
NONE = ""


@dataclass(frozen=True, slots=True)
class Plan:
    """What goes into a partition: its filings, and what the register and the deadlines say of its counties.

    `unmatched` are the rulings that speak of no filing, with that of no division.
    """

    division: str
    members: tuple[Member, ...]
    register: tuple[tuple[Government, bool], ...]
    deadlines: tuple[tuple[Deadline, bool], ...]
    unmatched: tuple[tuple[str, Problem], ...] = ()

    def fingerprint(self, version: str) -> str:
        """A digest of all that the partition is made of; two plans with the same one make the same tables."""
        digest = hashlib.sha256(
            f"{version}{self.division}{self.register}{self.deadlines}{self.unmatched}".encode()
        )
        for line in sorted(map(_line, self.members)):
            digest.update(line.encode() + b"\n")
        return digest.hexdigest()


def _line(member: Member) -> str:
    found = member.found
    corrected = [replace(entry, place="") for entry in member.corrections]
    said = (member.place, member.entries, member.ruling, corrected, member.determined, member.copies)
    return f"{found.sha256}\0{found.path}\0{found.size}\0{found.refusal}\0{member.sample}\0{said}"


def plans(
    beside: tuple[Office, ...], members: Iterable[Member], unmatched: tuple[tuple[str, Problem], ...]
) -> list[Plan]:
    """The partitions of a base; that of no division comes first and is always there."""
    divisions = _divisions(beside)
    filings: dict[str, list[Member]] = {NONE: []}
    for member in members:
        filings.setdefault(_division(member, divisions), []).append(member)
    register: dict[str, list[tuple[Government, bool]]] = {}
    for office in beside:
        for entry in office.register:
            division = divisions.get(entry.county, NONE)
            register.setdefault(division, []).append((entry, office.sample))
    return [
        Plan(
            division,
            tuple(sorted(filings.get(division, ()), key=_order)),
            tuple(register.get(division, ())),
            tuple(_due(beside, division, divisions)),
            unmatched if division == NONE else (),
        )
        for division in sorted(filings.keys() | register.keys())
    ]


def _divisions(beside: tuple[Office, ...]) -> Mapping[str, str]:
    """The division of each county; nothing when there would be one alone."""
    codes: dict[str, set[str]] = {}
    for office in beside:
        for entry in office.register:
            prefix = entry.code[:_PREFECTURE]
            if len(prefix) == _PREFECTURE and prefix.isdecimal() and prefix.isascii():
                codes.setdefault(entry.county, set()).add(prefix)
    # Counties of the same name in several prefectures are one county to the register, and stay together.
    divisions = {county: min(prefixes) for county, prefixes in codes.items()}
    return divisions if len(set(divisions.values())) > 1 else {}


def _division(member: Member, divisions: Mapping[str, str]) -> str:
    """That of its county; a filing of which nobody knows whose it is goes by the county its folders name."""
    if member.place.county:
        return divisions.get(member.place.county, NONE)
    folders = member.found.path.split("/")[:-1]
    return next((divisions[folder] for folder in folders if folder in divisions), NONE)


def _order(member: Member) -> tuple[bool, str, str, int, int, str]:
    place = member.place
    return (
        not place.identified,
        place.county,
        place.government,
        place.year,
        member.found.folder,
        member.found.path,
    )


def _due(
    beside: tuple[Office, ...], division: str, divisions: Mapping[str, str]
) -> Iterator[tuple[Deadline, bool]]:
    for office in beside:
        for deadline in office.deadlines:
            if not deadline.county or divisions.get(deadline.county, NONE) == division:
                yield deadline, office.sample
