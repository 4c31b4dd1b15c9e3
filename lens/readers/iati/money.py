"""The budgets of one activity."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from lens.cases.program import Budget
from lens.readers.iati.texts import first_of
from lens.readers.iati.transactions import currency_of
from lens.readers.iati.values import day, number, year

if TYPE_CHECKING:
    from collections.abc import Iterable

    from lxml.etree import _Element

    from lens.readers.iati.notes import Notes


def read_budgets(elements: Iterable[_Element], default_currency: str | None, notes: Notes) -> tuple[Budget, ...]:
    """Return the budgets. Where a revised one covers the same period, the original is left out and noted."""
    found = [
        (budget, (element.get("type") or "").strip().lower() in ("2", "revised"))
        for element in elements
        if (budget := _budget(element, default_currency, notes)) is not None
    ]
    revised = {(one.start, one.end, one.currency) for one, is_revised in found if is_revised and one.start}
    kept = [one for one, is_revised in found if is_revised or (one.start, one.end, one.currency) not in revised]
    notes.add("budget-original-left-out", count=len(found) - len(kept))
    return tuple(kept)


def _budget(element: _Element, default_currency: str | None, notes: Notes) -> Budget | None:
    parts = first_of(element)
    value = parts.get("value")
    amount = number(value.text) if value is not None else None
    if value is None or amount is None:
        notes.add("value-unreadable")
        return None
    money = currency_of(value, default_currency, notes)
    if money is None:
        notes.add("currency-missing")
    return Budget(
        amount=amount,
        currency=money,
        kind="planned",
        start=_period(parts.get("period-start"), notes, 1, 1),
        end=_period(parts.get("period-end"), notes, 12, 31),
    )


def _period(element: _Element | None, notes: Notes, month: int, on: int) -> date | None:
    """Return a day; the stated one of the year where only the year can be told."""
    if element is None:
        return None
    given = element.get("iso-date") or element.text
    found = day(given)
    if found is None and (told := year(given)):
        notes.add("date-from-year")
        return date(told, month, on)
    if found is None and given and given.strip():
        notes.add("date-unreadable")
    return found
