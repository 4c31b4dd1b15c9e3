"""What pictures of converted sums leave out for want of a rate, in a sentence."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

from lens.portfolio.report.given import NO_CURRENCY, text_of
from lens.portfolio.report.pictures import add, spoken
from lens.portfolio.report.plain import positions

if TYPE_CHECKING:
    from collections.abc import Sequence

    from lens.portfolio.report.given import Shown

_MOST_NAMES = 12
_KINDS = ("commitment", "disbursement", "expenditure", "planned")


def unrated(shown: Shown, name: str, only: str = "", whose: str = "") -> str:
    """What is not drawn for want of a rate, by kind and currency, and whom of it that leaves out; empty where nothing.

    `only` is the one kind that is drawn; `whose` the column that says whose the money is.
    """
    table = shown.table(name)
    at = positions(table)
    if table is None or not {"kind", "currency", "converted", "not_converted"} <= set(at):
        return ""
    sums: dict[str, dict[str, Decimal]] = {}
    without: set[str] = set()
    drawn: set[str] = set()
    for row in table.rows():
        kind, amount = text_of(row[at["kind"]]), row[at["not_converted"]]
        if only and kind != only:
            continue
        owner = text_of(row[at[whose]]) if whose else ""
        if row[at["converted"]]:
            drawn.add(owner)
        if isinstance(amount, (int, Decimal)) and amount:
            without.add(owner)
            found, currency = sums.setdefault(kind, {}), text_of(row[at["currency"]]) or NO_CURRENCY
            found[currency] = add(found.get(currency, Decimal(0)), Decimal(amount))
    told = "; ".join(
        f"{kind} {some([f'{currency} {spoken(amount)}' for currency, amount in sorted(sums[kind].items())])}"
        for kind in sorted(sums, key=kind_order)
    )
    missing = sorted(without - drawn) if whose else []
    names = f". {whose.capitalize()}s missing by it: {some([one or 'not stated' for one in missing])}"
    return f"Not drawn, for want of a rate: {told}{names if missing else ''}." if told else ""


def some(names: Sequence[str]) -> str:
    """Names in a line; of many the first, and a sign that there are more."""
    return ", ".join(names[:_MOST_NAMES]) + (" …" if len(names) > _MOST_NAMES else "")


def kind_order(kind: str) -> tuple[int, str]:
    """The order in which kinds of money are told."""
    return (_KINDS.index(kind) if kind in _KINDS else len(_KINDS)), kind
