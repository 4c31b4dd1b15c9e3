"""Money over the years: a strip for each kind of money, one under the other, on one scale. Kinds are never stacked."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING

from lens.portfolio.report.pictures import add, at, nice, share, spoken

if TYPE_CHECKING:
    from collections.abc import Sequence

_HEIGHT = 84.0
_HEAD = 26.0
_FOOT = 22.0
_MOST = 40
_GAP = 3
"""So many years without money are drawn empty; more are left out, with a sign in their place."""
NO_YEAR = "no year"
_REMS = 2.6


@dataclass(frozen=True, slots=True)
class Bar:
    """The money of one year; x and width in percent of the picture."""

    x: str
    y: str
    width: str
    height: str
    kind: str
    told: str


@dataclass(frozen=True, slots=True)
class Strip:
    """One kind of money."""

    name: str
    kind: str
    head: str
    """The height of its name."""
    zero: str
    """The height of nothing."""
    lines: tuple[tuple[str, str], ...]
    """Height and text of the lines of the scale."""
    bars: tuple[Bar, ...]


@dataclass(frozen=True, slots=True)
class YearPicture:
    """The picture: strips over one axis."""

    height: str
    width: str
    """The least width, in letters of the page, in which the years can be read."""
    strips: tuple[Strip, ...]
    axis: str
    labels: tuple[tuple[str, str], ...]
    """Place in percent and text of each label."""


def draw_years(sums: Sequence[tuple[str, int | None, Decimal]], currency: str) -> YearPicture | None:
    """The picture of sums by kind and year, kinds in the order in which they come; None where there is nothing."""
    kinds = list(dict.fromkeys(kind for kind, _, _ in sums))
    slots = _slots({year for _, year, _ in sums})
    if not slots:
        return None
    table: dict[tuple[str, str], Decimal] = {}
    for kind, year, amount in sums:
        key = kind, _slot_of(year, slots)
        table[key] = add(table.get(key, Decimal(0)), amount)
    top = nice(max(Decimal(0), *table.values()))
    bottom = -nice(max(Decimal(0), *(-one for one in table.values())))
    if top == bottom:
        return None
    strips = []
    for number, kind in enumerate(kinds):
        values = [table.get((kind, slot)) for slot in slots]
        strips.append(_strip(kind, values, slots, number * (_HEAD + _HEIGHT), (top, bottom), currency))
    end = len(kinds) * (_HEAD + _HEIGHT)
    step = 100 / len(slots)
    labels = tuple((at(step * (number + 0.5)), slot) for number, slot in enumerate(slots))
    return YearPicture(at(end + _FOOT), f"{len(slots) * _REMS:.1f}rem", tuple(strips), at(end + 15), labels)


def _slots(years: set[int | None]) -> list[str]:
    """What stands on the axis: years, a sign for many without money, those before the first drawn, and no year."""
    known = sorted(year for year in years if year is not None)
    kept = known[-_MOST:]
    slots = [f"to {known[-_MOST - 1]}"] if len(known) > _MOST else []
    for number, year in enumerate(kept):
        if number:
            missing = range(kept[number - 1] + 1, year)
            slots += [str(one) for one in missing] if len(missing) <= _GAP else ["…" + " " * number]
        slots.append(str(year))
    return [*slots, NO_YEAR] if None in years else slots


def _slot_of(year: int | None, slots: list[str]) -> str:
    if year is None:
        return NO_YEAR
    return str(year) if str(year) in slots else slots[0]


def _strip(
    kind: str,
    values: list[Decimal | None],
    slots: list[str],
    top_at: float,
    ends: tuple[Decimal, Decimal],
    currency: str,
) -> Strip:
    top, bottom = ends
    whole = top - bottom
    start = top_at + _HEAD
    zero = start + _HEIGHT * share(top, whole)
    step = 100 / len(slots)
    bars = []
    for number, (slot, value) in enumerate(zip(slots, values, strict=True)):
        if not value:
            continue
        height = max(_HEIGHT * abs(share(value, whole)), 1.0)
        told = f"{kind}, {slot.strip()}: {currency} {spoken(value)}"
        name = "below" if value < 0 else "bar"
        y = zero if value < 0 else zero - height
        bars.append(Bar(at(step * (number + 0.14)), at(y), at(step * 0.72), at(height), name, told))
    lines = [(at(start), spoken(top))] if top else []
    if bottom:
        lines.append((at(start + _HEIGHT), spoken(bottom)))
    return Strip(kind, kind.replace(" ", "-"), at(top_at + 16), at(zero), tuple(lines), tuple(bars))
