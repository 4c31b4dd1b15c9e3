"""Money by the bodies that work with it, with the small-cell rule: kinds of bodies can point to one body."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import replace
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from lens.portfolio.analysis.finished import OWNERS, owner_sql
from lens.portfolio.analysis.shares import percent
from lens.portfolio.analysis.small_cells import WHY_WITHHELD, Cells, told
from lens.portfolio.analysis.sums import CURRENCY, KIND, PARTITION, PERCENT, PROGRAMS, by, money_columns, owner_column
from lens.portfolio.analysis.tables import Column
from lens.portfolio.runs import exact
from lens.portfolio.runs.allocate import NOT_PUBLISHED

if TYPE_CHECKING:
    from lens.portfolio.analysis.finished import Finished, Row
    from lens.portfolio.analysis.tables import Table

_KEYS, _OWNER_KEYS = 3, 4
"""How many columns stand before the numbers: of kinds, and of owners."""


class Bodies:
    """Money by bodies, in two tables that are withheld together: both say how much is of no published body."""

    def __init__(self, run: Finished) -> None:
        self._run = run
        self._kept: tuple[list[Row], list[Row]] | None = None

    def _rows(self) -> tuple[list[Row], list[Row]]:
        """The rows of both tables."""
        if self._kept is None:
            kinds, owners = list(by(self._run, ("a.body",))), _by_owner(self._run)
            self._kept = _withheld(kinds, owners, 0 if self._run.is_closed else self._run.fewest)
        return self._kept

    def _table(self, name: str, title: str, text: str, columns: tuple[Column, ...], place: int) -> Table:
        every = (*columns, PROGRAMS, *money_columns(self._run), PERCENT, WHY_WITHHELD)
        made = self._run.table(name, title, text, every, lambda: iter(self._rows()[place]))
        return made if self._run.is_closed else replace(made, small_cells="programs")

    def by_kind(self) -> Table:
        """Counted money by the kind of body that works with it."""
        body = Column(
            "body",
            "code",
            "The kind where all are of one; several_with_force: of several kinds with a force, militia or de facto "
            "authority among them; several_kinds; not_published.",
        )
        return self._table(
            "money_by_body",
            "Money by the kind of body that works with it",
            "By the kinds of implementing and receiving bodies of the record. not_known: of a kind that published data "
            f"does not tell, which may be a force. {PARTITION}",
            (KIND, CURRENCY, body),
            0,
        )

    def local(self) -> Table:
        """Counted money that reaches local bodies, as far as published kinds tell, by donor."""
        return self._table(
            "local_share",
            "Money by whether the bodies that work with it are local",
            "As far as the published kinds of implementing and receiving bodies tell: not_known is not the same as "
            f"not_local. Percentages are of the {self._run.by}'s money of that kind and currency.",
            (
                owner_column(self._run),
                *(KIND, CURRENCY),
                Column("local", "code", "local, some_local, not_local, not_known or not_published."),
            ),
            1,
        )


def _by_owner(run: Finished) -> list[list[Any]]:
    """Sums by owner, kind, currency and whether bodies are local, with shares of the owner's."""
    given = by(run, (owner_sql(run.by), "a.local"), joins=OWNERS.format(record="a.record"))
    rows = sorted(([row[2], row[0], row[1], *row[3:-1]] for row in given), key=lambda row: row[:_OWNER_KEYS])
    whole: dict[tuple[str, ...], Decimal] = defaultdict(Decimal)
    for row in rows:
        whole[tuple(row[:3])] = exact.plus(whole[tuple(row[:3])], row[_OWNER_KEYS + 1])
    return [[*row, percent(row[_OWNER_KEYS + 1], whole[tuple(row[:3])])] for row in rows]


def _withheld(kinds: list[list[Any]], owners: list[list[Any]], fewest: int) -> tuple[list[Row], list[Row]]:
    """Both tables with cells of few programs taken out, and with what these could be worked out from."""
    cells = Cells(fewest)
    ours, theirs = cells.add(row[_KEYS] for row in kinds), cells.add(row[_OWNER_KEYS] for row in owners)
    # What everybody knows: what a kind and currency come to, and for each owner; and that the two tables agree on how
    # much is of no published body.
    sums: dict[tuple[Any, ...], list[int]] = {}
    unpublished = NOT_PUBLISHED[0]
    for row, at in zip(kinds, ours, strict=True):
        sums.setdefault(("of all", *row[:2]), []).append(at)
        if row[2] == unpublished:
            sums.setdefault((unpublished, *row[:2]), []).append(at)
    for row, at in zip(owners, theirs, strict=True):
        sums.setdefault(("of one", *row[:3]), []).append(at)
        if row[3] == unpublished:
            sums.setdefault((unpublished, *row[1:3]), []).append(at)
    cells.guard(sums.values())
    alone = {rows[0] for (what, *_), rows in sums.items() if what != unpublished and len(rows) == 1}
    return (
        list(told(kinds, cells, ours, _KEYS, alone)),
        list(told(owners, cells, theirs, _OWNER_KEYS, alone)),
    )
