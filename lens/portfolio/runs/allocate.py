"""What a record's money is for and where: by its own lines where they say so, else by the record's shares."""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING

from lens.portfolio.runs import exact
from lens.words import FORCE_KINDS

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

Target = tuple[str, str]
"""A kind and a code: `("country", "XA")`, `("dac", "15210")`, `("not_allocable", "")` …"""
Shares = tuple[tuple[Target, Decimal], ...]
"""Where money goes, and which part of it; the parts are of their own sum."""

NOT_ALLOCABLE: Target = ("not_allocable", "")
"""Several are named, and not in which shares."""
NOT_PUBLISHED: Target = ("not_published", "")
OTHER_VOCABULARY: Target = ("other_vocabulary", "")
"""Only sectors of lists other than the DAC's are named."""

_DAC = re.compile(r"[0-9]{3}|[0-9]{5}")
_HUNDRED = Decimal(100)
_TOLERANCE = Decimal(1)
"""Three times 33.33 is meant to be 100."""
WORKING = ("implementing", "recipient")
"""The roles of bodies that work with the money."""


@dataclass(frozen=True, slots=True)
class Line:
    """One flow of the run file, as far as allocating it needs."""

    amount: Decimal
    taken_back: Decimal
    country: str
    region: str
    sector: str


def shared(named: Sequence[tuple[Target, str]]) -> Shares | None:
    """The shares of what is named, with percentages as text or empty; None where they cannot be told.

    A single one takes all, unless its published share says that there is more. Several need shares that come to 100,
    give or take 1.
    """
    given: dict[Target, Decimal | None] = {}
    for target, share in named:
        part = exact.amount(share) if share else None
        before = given.get(target)
        given[target] = part if before is None else before if part is None else exact.plus(before, part)
    parts = tuple(sorted((target, part) for target, part in given.items() if part))
    whole = exact.total([part for _, part in parts])
    if parts and all(part > 0 for _, part in parts) and abs(whole - _HUNDRED) <= _TOLERANCE:
        return parts
    if len(given) == 1 and not parts:
        return ((next(iter(given)), Decimal(1)),)
    return None


def _first(*ways: Sequence[tuple[Target, str]]) -> Shares:
    """The first way of reading what is named that gives shares. There is at least one name."""
    found = (shared(way) for way in ways if way)
    return next((one for one in found if one is not None), ((NOT_ALLOCABLE, Decimal(1)),))


def of_places(countries: Iterable[tuple[str, str]], regions: Iterable[tuple[str, str]]) -> Shares:
    """Where a record works, of countries and regions with their published shares. Regions stay regions."""
    named: list[tuple[Target, str]] = [(("country", code), share) for code, share in countries if code]
    # The same region may be named in several lists; the DAC's have no prefix.
    whole = [(("region", code), share) for code, share in regions if code]
    dac = [one for one in whole if ":" not in one[0][1]]
    if not named and not whole:
        return ((NOT_PUBLISHED, Decimal(1)),)
    return _first(named + (dac or whole))


def of_sectors(sectors: Iterable[tuple[str, str, str]]) -> Shares:
    """What a record is for, of vocabularies, codes and published shares. Purpose codes go before categories."""
    given = sorted(sectors)
    # What is published as the DAC's and has another form is of some other list.
    dac: list[tuple[Target, str]] = [
        (("dac", code), share) for vocabulary, code, share in given if vocabulary == "DAC" and _DAC.fullmatch(code)
    ]
    if not dac:
        return ((OTHER_VOCABULARY if given else NOT_PUBLISHED, Decimal(1)),)
    fine = [one for one in dac if len(one[0][1]) == 5]
    broad = [one for one in dac if len(one[0][1]) != 5]
    return _first(fine, dac) if fine else _first(broad)


def of_bodies(bodies: Iterable[tuple[str, str, str]]) -> tuple[str, str]:
    """The kind of body that works with the money, and whether it is local, of kinds, roles and `local`.

    One kind where all are of it; else `several_kinds`, or `several_with_force` where a force is among them.
    """
    working = [(kind, local) for kind, role, local in bodies if role in WORKING]
    kinds = {kind for kind, _ in working}
    locals_ = {local for _, local in working}
    if not working:
        return "not_published", "not_published"
    several = "several_with_force" if kinds & FORCE_KINDS else "several_kinds"
    body = next(iter(kinds)) if len(kinds) == 1 else several
    if "not_known" in locals_ or not locals_ <= {"yes", "no"}:
        return body, "not_known"
    return body, "some_local" if len(locals_) == 2 else "local" if "yes" in locals_ else "not_local"


def allocated(line: Line, places: Shares, sectors: Shares) -> list[tuple[Target, Target, Decimal, Decimal]]:
    """A line cut by place and sector: where, what for, its amount, what was taken back. Adds up to the line."""
    if line.country or line.region:
        places = ((("country", line.country) if line.country else ("region", line.region), Decimal(1)),)
    if line.sector:
        sectors = ((("dac", line.sector), Decimal(1)),)
    cut = []
    for (place, _), amount, back in _cut(line.amount, line.taken_back, places):
        cut += [(place, sector, money, less) for (sector, _), money, less in _cut(amount, back, sectors)]
    return cut


def _cut(amount: Decimal, back: Decimal, shares: Shares) -> list[tuple[tuple[Target, Decimal], Decimal, Decimal]]:
    parts = [share for _, share in shares]
    return list(zip(shares, exact.split(amount, parts), exact.split(back, parts), strict=True))
