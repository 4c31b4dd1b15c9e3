"""Money by the bodies that work with it, with the small-cell rule: kinds of bodies can point to one body."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import replace
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from lens.portfolio.analysis.finished import OWNERS, owner_sql, withheld
from lens.portfolio.analysis.sums import CURRENCY, KIND, PARTITION, PERCENT, PROGRAMS, by, money_columns
from lens.portfolio.analysis.tables import Column
from lens.portfolio.runs import exact

if TYPE_CHECKING:
    from collections.abc import Iterator

    from lens.portfolio.analysis.finished import Finished, Row
    from lens.portfolio.analysis.tables import Table

WHY_WITHHELD = Column(
    "withheld", "text", "Why numbers are left out: fewer than so many programs, or with another cell; else empty."
)


def money_by_body(run: Finished) -> Table:
    """Counted money by the kind of body that works with it."""

    def made() -> Iterator[Row]:
        given = by(run, ("a.body",))
        return _small(run, given, 3)

    return _withholding(
        run,
        run.table(
            "money_by_body",
            "Money by the kind of body that works with it",
            "By the kinds of implementing and receiving bodies of the record. not_known: of a kind that published data "
            f"does not tell, which may be a force. {PARTITION}",
            (
                KIND,
                CURRENCY,
                Column(
                    "body",
                    "code",
                    "The kind where all are of one; several_with_force: of several kinds with a force, militia or de "
                    "facto authority among them; several_kinds; not_published.",
                ),
                PROGRAMS,
                *money_columns(run),
                PERCENT,
                WHY_WITHHELD,
            ),
            made,
        ),
    )


def local_share(run: Finished) -> Table:
    """Counted money that reaches local bodies, as far as published kinds tell, by donor."""

    def made() -> Iterator[Row]:
        given = by(run, (owner_sql(run.by), "a.local"), joins=OWNERS.format(record="a.record"))
        rows = [[row[2], row[0], row[1], *row[3:-1]] for row in given]
        rows.sort(key=lambda row: row[:4])
        whole: dict[tuple[str, ...], Decimal] = defaultdict(Decimal)
        for row in rows:
            whole[tuple(row[:3])] += row[5]
        told = ([*row, exact.percent(row[5], whole[tuple(row[:3])])] for row in rows)
        return _small(run, told, 4)

    return _withholding(
        run,
        run.table(
            "local_share",
            "Money by whether the bodies that work with it are local",
            "As far as the published kinds of implementing and receiving bodies tell: not_known is not the same as "
            "not_local. Percentages are of the donor's money of that kind and currency.",
            (
                Column(run.by, "code", "Whose money it is."),
                KIND,
                CURRENCY,
                Column("local", "code", "local, some_local, not_local, not_known or not_published."),
                PROGRAMS,
                *money_columns(run),
                PERCENT,
                WHY_WITHHELD,
            ),
            made,
        ),
    )


def _small(run: Finished, given: Iterator[list[Any]], count: int) -> Iterator[Row]:
    """Rows with the small-cell rule, for those outside the agency; all columns after the count are numbers."""
    rows = list(given)
    hidden = tuple(range(count + 1, len(rows[0]))) if rows else ()
    return withheld(rows, count, hidden, 0 if run.is_closed else run.fewest, keys=count - 1)


def _withholding(run: Finished, table: Table) -> Table:
    return table if run.is_closed else replace(table, small_cells="programs")
