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
    """The time of a record, up to a day; None where it does not say when it ended and not that it goes on."""
    status = program.published.status if program.published is not None else ""
    last = program.end
    if last is None:
        if status in OVER or not status:
            return None
        last = as_of
    is_over, last = last < as_of, min(last, as_of)
    return Period(min(program.start or last, last), last, is_over)
