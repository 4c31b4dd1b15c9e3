"""When a published record was or is at work, as far as it says so."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterator

    from lens.cases.program import Program

OVER = frozenset({"3", "4", "5"})
"""Activity statuses that say that its work is over: finalization, closed, canceled."""

BELIEVED = timedelta(days=3 * 365)
"""For so long after the last day that a record knows of, a status is believed that says that it goes on."""


class Period(NamedTuple):
    """The time of a record, up to a day."""

    first: date
    last: date
    is_over: bool
    """Whether it ended before that day."""


def period_of(program: Program, as_of: date) -> Period | None:
    """The time of a record, up to a day; None where nothing of it can be told.

    Where it does not say when it ended, nor that it goes on, its time is that of its money: planned or moved. That it
    goes on is believed for a while only: records that nobody keeps up say so for ever.
    """
    last = program.end or (as_of if _goes_on(program, as_of) else None)
    if last is None:
        return _of_money(program, as_of)
    return _period(program.start or last, last, as_of)


def _goes_on(program: Program, as_of: date) -> bool:
    said = program.published
    if said is None or not said.status or said.status in OVER:
        return False
    known = [*_days_of_money(program), *filter(None, (program.start, _day(said.updated)))]
    return bool(known) and as_of - max(known) <= BELIEVED


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text[:10])
    except ValueError:
        return None


def _period(first: date, last: date, as_of: date) -> Period:
    is_over, last = last < as_of, min(last, as_of)
    return Period(min(first, last), last, is_over)


def _of_money(program: Program, as_of: date) -> Period | None:
    """The time between the first and the last day of budgets and transactions."""
    days = [*_days_of_money(program)]
    if not days:
        return None
    return _period(program.start or min(days), max(days), as_of)


def _days_of_money(program: Program) -> Iterator[date]:
    moved = program.published.transactions if program.published is not None else ()
    for one in program.budgets:
        yield from filter(None, (one.start, one.end))
    for each in moved:
        yield from filter(None, (each.first, each.last))
