"""The money of a row: each sum once, in its own currency, by kind and year."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING

from lens.cases.program import Budget
from lens.cases.published import Transactions
from lens.readers.iati.values import LARGEST, currency
from lens.readers.published import Flow
from lens.readers.tables.cells import amount, year
from lens.readers.tables.row import looked_up

if TYPE_CHECKING:
    from lens.readers.published import FlowKind
    from lens.readers.tables.layout import MoneyOf
    from lens.readers.tables.row import Cells

_KINDS: tuple[FlowKind, ...] = ("planned", "commitment", "disbursement", "expenditure", "incoming", "other")
_TRANSACTIONS = {"commitment": "2", "disbursement": "3", "expenditure": "4"}


@dataclass(slots=True)
class _Sum:
    total: Decimal = Decimal(0)
    back: Decimal = Decimal(0)
    number: int = 0


def flows(row: Cells, country: str, region: str, sector: str) -> tuple[Flow, ...]:
    """The flows of a row. A sum of nothing is no flow; one that cannot be read is noted."""
    sums: dict[tuple[FlowKind, int | None, str], _Sum] = {}
    for column in row.frame.layout.money:
        for one in (column, *column.otherwise):
            if row.text(one.column):
                _add(row, one, sums)
                break
    found = []
    for (kind, when, money), added in sorted(sums.items(), key=_order):
        if abs(added.total) >= LARGEST:
            row.notes.add("total-too-large")
            continue
        found.append(Flow(kind, added.total, money, when, added.number, added.back or None, country, region, sector))
    return tuple(found)


def _add(row: Cells, column: MoneyOf, sums: dict[tuple[FlowKind, int | None, str], _Sum]) -> None:
    layout = row.frame.layout
    whole = column.column in row.frame.whole
    multiplier = Decimal(1) if whole else column.multiplier
    value = amount(row.text(column.column), multiplier, decimal_comma=row.frame.decimal_comma)
    if value is None:
        row.notes.add("value-unreadable")
        return
    if not value:
        return
    if column.negative:
        value = -abs(value)
    money = column.currency or currency(row.text(column.currency_column)) or ""
    if not money:
        row.notes.add("currency-missing")
    written = row.text(column.year or layout.year)
    when = year(written)
    if written and when is None:
        row.notes.add("year-unreadable")
    one = sums.setdefault((_kind(row, column), when, money), _Sum())
    one.total += value
    one.back += min(value, Decimal(0))
    one.number += 1


def _kind(row: Cells, column: MoneyOf) -> FlowKind:
    if column.kind_from is None:
        return column.kind
    given = looked_up(column.kind_from.values, row.text(column.kind_from.column), begins=column.kind_from.begins)
    return next((kind for kind in _KINDS if kind == given), column.kind)


def _order(item: tuple[tuple[FlowKind, int | None, str], _Sum]) -> tuple[int, int, str]:
    kind, when, money = item[0]
    return _KINDS.index(kind), when or 0, money


def transactions(found: tuple[Flow, ...]) -> tuple[Transactions, ...]:
    """Flows as a published record has them: what was committed and paid, by kind and currency."""
    sums: dict[tuple[str, str], _Sum] = {}
    for flow in found:
        if flow.kind in _TRANSACTIONS:
            one = sums.setdefault((_TRANSACTIONS[flow.kind], flow.currency), _Sum())
            one.total += flow.amount
            one.number += flow.number
    return tuple(
        Transactions(kind=kind, currency=money or None, number=one.number, total=one.total, undated=one.number)
        for (kind, money), one in sorted(sums.items())
    )


def budgets(found: tuple[Flow, ...]) -> tuple[Budget, ...]:
    """What is planned, as a program's budget."""
    return tuple(Budget(amount=flow.amount, currency=flow.currency or None) for flow in found if flow.kind == "planned")
