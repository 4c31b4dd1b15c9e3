"""Whether percentages add up."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from lens.readers.iati.notes import Notes

_TOLERANCE = Decimal(1)
"""Three times 33.33 is meant to be 100."""


def adds_up(parts: Sequence[Decimal]) -> bool:
    """Whether percentages add up to 100, as near as rounding lets them."""
    return abs(sum(parts, Decimal(0)) - 100) <= _TOLERANCE


def check_shares(parts: Sequence[Decimal | None], notes: Notes) -> None:
    """Note percentages that are missing beside several entries, or that do not add up to 100."""
    given = [part for part in parts if part is not None]
    if len(given) < len(parts):
        if len(parts) > 1:
            notes.add("shares-missing")
    elif given and not adds_up(given):
        notes.add("shares-not-100")
