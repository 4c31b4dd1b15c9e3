"""Shares in percent, and how people are told those that are nearly nothing or nearly all."""

from __future__ import annotations

from typing import TYPE_CHECKING

from lens.portfolio.runs import exact

if TYPE_CHECKING:
    from decimal import Decimal


class _Edge(int):
    """1 for a share above 0 and under 1 percent; 99 for one over 99 and under 100 percent."""


def percent(part: Decimal | int, whole: Decimal | int) -> int | None:
    """A share in percent, as a whole number that `percent_said` can tell; None where it says nothing.

    It is rounded; 0 and 100 only where they are exact.
    """
    share = exact.percent(part, whole)
    if (share == 1 and 100 * part < whole) or (share == 99 and 100 * part > 99 * whole):
        return _Edge(share)
    return share


def percent_said(share: Decimal | int) -> str:
    """A share as people read it: `under 1%`, not `1%`, where it is less."""
    if isinstance(share, _Edge):
        return "under 1%" if share == 1 else "over 99%"
    return f"{share:f}%" if not isinstance(share, int) else f"{share}%"
