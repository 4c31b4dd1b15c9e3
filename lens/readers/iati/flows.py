"""The money of one activity by kind, year, currency, and what its own lines say of where and what for."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

from lens.readers.iati.values import LARGEST
from lens.readers.iati.vocab import INCOMING
from lens.readers.published import Flow

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from lens.cases.program import Budget
    from lens.readers.iati.notes import Notes
    from lens.readers.published import FlowKind

KINDS: dict[str, FlowKind] = {
    "2": "commitment",
    "3": "disbursement",
    "4": "expenditure",
    **dict.fromkeys(INCOMING, "incoming"),
}
"""What a transaction type is; the others are `other`."""

_FINEST = Decimal("0.000001")
_NONE = Decimal(0)

Key = tuple["FlowKind", "int | None", str, str, str, str]
"""Kind, year, currency, country, region, sector."""
Share = tuple[str, Decimal]
"""A sector and its part; the parts need not add up to 100."""


class Flows:
    """The sums so far: net, number of lines, and what the negative ones add up to."""

    __slots__ = ("_sums",)

    def __init__(self) -> None:
        self._sums: dict[Key, tuple[Decimal, int, Decimal]] = {}

    def transaction(
        self,
        kind: str,
        year: int | None,
        currency: str | None,
        amount: Decimal,
        country: str,
        region: str,
        sectors: Sequence[Share],
    ) -> None:
        """Add a transaction, split over its sectors where there are several."""
        named = KINDS.get(kind, "other")
        parts = split(amount, sectors) if len(sectors) > 1 else ((sectors[0][0] if sectors else "", amount),)
        for sector, part in parts:
            self._add((named, year, currency or "", country, region, sector), part)

    def budgets(self, budgets: Iterable[Budget]) -> None:
        """Add budgets, which are planned money of the year they begin in."""
        for budget in budgets:
            year = budget.start.year if budget.start else None
            self._add(("planned", year, budget.currency or "", "", "", ""), budget.amount)

    def _add(self, key: Key, amount: Decimal) -> None:
        net, number, back = self._sums.get(key, (_NONE, 0, _NONE))
        self._sums[key] = (net + amount, number + 1, back + amount if amount < 0 else back)

    def done(self, notes: Notes) -> tuple[Flow, ...]:
        """Return the flows in order of kind, year, currency, country, region, sector."""
        found = []
        for key, (net, number, back) in sorted(self._sums.items(), key=_order):
            if abs(net) >= LARGEST:
                if key[0] == "planned":  # those of transactions are noted with their total
                    notes.add("total-too-large")
                continue
            kind, year, currency, country, region, sector = key
            found.append(Flow(kind, net, currency, year, number, back if back else None, country, region, sector))
        return tuple(found)


def _order(item: tuple[Key, object]) -> tuple[str, int, str, str, str, str]:
    kind, year, currency, country, region, sector = item[0]
    return kind, year or 0, currency, country, region, sector


def split(amount: Decimal, shares: Sequence[Share]) -> list[Share]:
    """Return an amount by share, to six decimals; what rounding leaves goes to the last, so that nothing is lost."""
    whole = sum((part for _, part in shares), _NONE)
    parts = [(name, (amount * part / whole).quantize(_FINEST).normalize()) for name, part in shares[:-1]]
    return [*parts, (shares[-1][0], amount - sum((part for _, part in parts), _NONE))]
