"""The small-cell rule: what rests on few programs is withheld, and whatever would let others work it out."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from lens.portfolio.analysis.tables import Column

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from lens.portfolio.analysis.finished import Row

WHY_WITHHELD = Column(
    "withheld", "text", "Why numbers are left out: fewer than so many programs, or with another cell; else empty."
)


@dataclass(slots=True)
class Cells:
    """Rows of tables that are published together, each by a number; first those of few programs are withheld."""

    fewest: int
    counts: list[int] = field(default_factory=list)
    """On how many programs each row rests."""
    few: set[int] = field(default_factory=set)
    more: set[int] = field(default_factory=set)
    """Withheld so that no other can be worked out."""

    def add(self, counts: Iterable[int]) -> range:
        """Take in the rows of a table, by their numbers of programs; gives the rows' numbers here."""
        first = len(self.counts)
        self.counts += counts
        self.few |= {at for at in range(first, len(self.counts)) if self.counts[at] < self.fewest}
        return range(first, len(self.counts))

    def guard(self, sums: Iterable[Sequence[int]]) -> None:
        """Withhold more rows until nothing can be worked out from sums that everybody knows.

        Each sum is given by the rows in it. Where a single one of them is withheld, it is the sum without the others;
        then the one of the fewest programs goes with it. That is enough as long as sums do not meet in a circle.
        """
        known = [tuple(one) for one in sums if len(one) > 1]
        changed = True
        while changed:
            changed = False
            for rows in known:
                shown = [at for at in rows if not self.why(at)]
                if len(rows) - len(shown) == 1:
                    self.more.add(min(shown, key=lambda at: (self.counts[at], at)))
                    changed = True

    def why(self, at: int) -> str:
        """Why a row is withheld; empty where it is shown."""
        return f"fewer than {self.fewest}" if at in self.few else "with another cell" if at in self.more else ""


def told(
    rows: Iterable[Sequence[Any]], cells: Cells, numbers: Sequence[int], keys: int, alone: set[int]
) -> Iterator[Row]:
    """Rows with everything after their `keys` taken out of what is withheld, and why in a last column.

    `numbers` are the rows' in `cells`. Of those in `alone` the sum is their own, so that the last of the keys goes too.
    """
    for row, at in zip(rows, numbers, strict=True):
        why, shown = cells.why(at), tuple(row)
        if why:
            last = "withheld" if at in alone else row[keys - 1]
            shown = (*row[: keys - 1], last, *[None] * (len(row) - keys))
        yield (*shown, why)
