"""Money by place, in alphabetical order: the order says nothing, and no place is set above another."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from math import ceil
from typing import TYPE_CHECKING

from lens.portfolio.report.pictures import at, share, short, spoken

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    _Row = tuple[str, dict[str, Decimal], bool]

_PART = 22
_LABEL = 19.0
_BAR = 14.0
_ROOM = 10.0
_WIDE = 74.0  # percent; beside it stand the sums


@dataclass(frozen=True, slots=True)
class PlaceBar:
    """One kind of money in one place; x and width in percent of the picture."""

    kind: str
    x: str
    y: str
    width: str
    below: bool
    said: str
    """Its sum in few digits."""
    foot: str
    """The height at which that is written."""


@dataclass(frozen=True, slots=True)
class Place:
    """One place with its bars."""

    label: str
    head: str
    foot: str
    """The heights of its name and of the end of its bars."""
    told: str
    bars: tuple[PlaceBar, ...]
    own: bool
    """Whether it is no country: a region, or nothing published."""


@dataclass(frozen=True, slots=True)
class PlacePart:
    """Some of the places, one under the other."""

    title: str
    height: str
    zero: str
    places: tuple[Place, ...]


@dataclass(frozen=True, slots=True)
class PlacePicture:
    """The picture in parts that stand beside each other where there is room, all on one scale."""

    kinds: tuple[str, ...]
    parts: tuple[PlacePart, ...]


def draw_places(
    others: Sequence[tuple[str, dict[str, Decimal]]],
    countries: Sequence[tuple[str, dict[str, Decimal]]],
    kinds: Sequence[str],
    currency: str,
) -> PlacePicture | None:
    """What is no country with its sums by kind, then countries; None where there is nothing to draw."""
    rows = [*((name, sums, True) for name, sums in others), *((name, sums, False) for name, sums in countries)]
    amounts = [amount for _, sums, _ in rows for amount in sums.values()]
    top, bottom = max(Decimal(0), *amounts, Decimal(0)), min(Decimal(0), *amounts, Decimal(0))
    if top == bottom:
        return None
    zero = _WIDE * share(-bottom, top - bottom)
    parts = []
    for part in _parted(rows):
        height = _LABEL + _BAR * len(kinds) + _ROOM
        places = tuple(
            _place(row, kinds, number * height, (top - bottom, zero), currency) for number, row in enumerate(part)
        )
        title = part[0][0] if len(part) == 1 else f"{part[0][0]} to {part[-1][0]}"
        parts.append(PlacePart(title, at(height * len(part)), at(zero), places))
    return PlacePicture(tuple(kinds), tuple(parts))


def _parted(rows: list[_Row]) -> Iterator[list[_Row]]:
    """Parts of about the same length, so that they stand beside each other without holes."""
    length = ceil(len(rows) / ceil(len(rows) / _PART))
    return (rows[first : first + length] for first in range(0, len(rows), length))


def _place(
    row: _Row,
    kinds: Sequence[str],
    top: float,
    scale: tuple[Decimal, float],
    currency: str,
) -> Place:
    name, sums, own = row
    whole, zero = scale
    bars = []
    for number, kind in enumerate(kinds):
        amount = sums.get(kind)
        if amount is None:
            continue
        width = max(_WIDE * abs(share(amount, whole)), 0.3)
        x = zero - width if amount < 0 else zero
        y = top + _LABEL + number * _BAR
        bars.append(PlaceBar(f"kind-{number}", at(x), at(y), at(width), amount < 0, spoken(amount), at(y + 8)))
    told = "; ".join(f"{kind} {currency} {spoken(amount)}" for kind, amount in sums.items())
    return Place(
        short(name, 36), at(top + 13), at(top + _LABEL + len(kinds) * _BAR - 4), f"{name}: {told}", tuple(bars), own
    )
