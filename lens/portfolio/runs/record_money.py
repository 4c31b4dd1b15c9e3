"""The money of one record: summed up, and cut by where it goes and what it is for. Worked out where it is read."""

from __future__ import annotations

from decimal import Decimal
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from lens.portfolio.runs import allocate, exact

if TYPE_CHECKING:
    from collections.abc import Iterable


Row = tuple[Any, ...]
"""One row of the run file."""
COUNTED_KINDS = ("planned", "commitment", "disbursement", "expenditure")
"""The kinds of flows that are summed up, each apart from the others."""
_NO_YEAR = -1
"""Sorts before every year."""
_NOTHING = Decimal(0)

of_places = lru_cache(maxsize=4096)(allocate.of_places)
of_sectors = lru_cache(maxsize=4096)(allocate.of_sectors)
of_bodies = lru_cache(maxsize=4096)(allocate.of_bodies)


class _Sums(dict[tuple[Any, ...], tuple[Decimal, Decimal, int]]):
    """Amounts, what was taken back of them, and numbers of lines, added up under the same key."""

    def add(self, key: tuple[Any, ...], money: Decimal, back: Decimal, number: int = 0) -> None:
        """Add to what stands under a key."""
        before = self.get(key)
        if before is None:
            self[key] = money, back, number
        else:
            self[key] = exact.plus(before[0], money), exact.plus(before[1], back), before[2] + number


def worked_out(
    flows: Iterable[Row],
    countries: tuple[Row, ...],
    regions: tuple[Row, ...],
    sectors: tuple[Row, ...],
    bodies: tuple[Row, ...],
) -> tuple[list[Row], list[Row]]:
    """The rows of `money` and of `shared`, without the record.

    `flows` are rows of the run file: kind, year, currency, amount, taken back, number, country, region, sector. Then
    what the whole record says: countries and regions with shares, sectors with vocabulary and share, bodies with role
    and `local`.
    """
    lines = list(flows)
    if not lines:
        return [], []
    money, shared = _Sums(), _Sums()
    places, purposes = of_places(countries, regions), of_sectors(sectors)
    for kind, year, currency, amount, taken_back, number, *own in lines:
        found = exact.amount(amount)
        back = (exact.amount(taken_back) if taken_back else None) or _NOTHING
        when = year or _NO_YEAR
        money.add((kind, when, currency, found is not None), found or _NOTHING, back, number)
        if found is None or kind not in COUNTED_KINDS:
            continue
        for place, purpose, part, taken in allocate.allocated(allocate.Line(found, back, *own), places, purposes):
            shared.add((kind, when, currency, *place, *purpose), part, taken)
    told = of_bodies(bodies)
    return (
        [
            (kind, _year(when), currency, int(usable), exact.text(total), exact.text(back), lines)
            for (kind, when, currency, usable), (total, back, lines) in sorted(money.items())
        ],
        [
            (kind, _year(when), *where, *told, exact.text(part), exact.text(taken))
            for (kind, when, *where), (part, taken, _) in sorted(shared.items())
        ],
    )


def _year(key: int) -> int | None:
    return None if key == _NO_YEAR else key
