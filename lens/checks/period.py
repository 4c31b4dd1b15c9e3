"""When a published record was or is at work, as far as it says so."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from datetime import date

    from lens.cases.program import Program

OVER = frozenset({"3", "4", "5"})
"""Activity statuses that say that its work is over: finalization, closed, canceled."""


class Period(NamedTuple):
    """The time of a record, up to a day."""

    first: date
    last: date
    is_over: bool
    """Whether it ended before that day."""


def period_of(program: Program, as_of: date) -> Period | None:
    """The time of a record, up to a day; None where nothing of it can be told.

    Where it does not say when it ended, nor that it goes on, its time is that of its money: planned or moved.
    """
    status = program.published.status if program.published is not None else ""
    last = program.end or (as_of if status and status not in OVER else None)
    if last is None:
        return _of_money(program, as_of)
    return _period(program.start or last, last, as_of)


def _period(first: date, last: date, as_of: date) -> Period:
    is_over, last = last < as_of, min(last, as_of)
    return Period(min(first, last), last, is_over)


def _of_money(program: Program, as_of: date) -> Period | None:
    """The time between the first and the last day of budgets and transactions."""
    moved = program.published.transactions if program.published is not None else ()
    days = [day for one in program.budgets for day in (one.start, one.end) if day is not None]
    days += [day for one in moved for day in (one.first, one.last) if day is not None]
    if not days:
        return None
    return _period(program.start or min(days), max(days), as_of)
