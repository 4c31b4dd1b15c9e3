"""Sums and shares to the last digit: decimals as text in the run file, added exactly, split without losing a cent."""

from __future__ import annotations

from decimal import ROUND_HALF_EVEN, Context, Decimal, InvalidOperation
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Sequence

_CONTEXT = Context(prec=100)
_CENT = Decimal("0.01")
_LARGEST = 30
"""Digits before and after the point beyond which a number is no sum of money: more could not be added exactly."""


def amount(text: str) -> Decimal | None:
    """A sum of money from the run file; None where it is no number, or of a size that no money has."""
    try:
        found = Decimal(text)
    except InvalidOperation:
        return None
    if not found.is_finite():
        return None
    if not found:
        return Decimal(0)
    exponent = found.as_tuple().exponent
    return found if found.adjusted() <= _LARGEST and isinstance(exponent, int) and exponent >= -_LARGEST else None


def text(value: Decimal) -> str:
    """A decimal as the run file holds it: digits only, no exponent, never `-0`."""
    return f"{value:f}" if value else "0"


def total(values: Sequence[Decimal]) -> Decimal:
    """An exact sum."""
    found = Decimal(0)
    for value in values:
        found = _CONTEXT.add(found, value)
    return found


def plus(one: Decimal, other: Decimal) -> Decimal:
    """An exact sum of two."""
    return _CONTEXT.add(one, other)


def minus(one: Decimal, other: Decimal) -> Decimal:
    """An exact difference."""
    return _CONTEXT.subtract(one, other)


def times(value: Decimal, factor: Decimal) -> Decimal:
    """A product, rounded half even to cents."""
    return _CONTEXT.multiply(value, factor).quantize(_CENT, ROUND_HALF_EVEN, _CONTEXT)


def split(value: Decimal, shares: Sequence[Decimal]) -> list[Decimal]:
    """A sum cut by shares of any total, in cents; the last part takes what rounding leaves, so that nothing is lost."""
    if len(shares) == 1:
        return [value]
    whole = total(shares)
    parts = [
        _CONTEXT.divide(_CONTEXT.multiply(value, share), whole).quantize(_CENT, ROUND_HALF_EVEN, _CONTEXT)
        for share in shares[:-1]
    ]
    return [*parts, minus(value, total(parts))]


def percent(part: Decimal | int, whole: Decimal | int) -> int | None:
    """A share in percent, rounded half even; 0 and 100 only where they are exact. None of nothing, or of a loss.

    Where money was taken back a part can be negative or larger than the whole; such a share says nothing.
    """
    if whole <= 0 or part < 0 or part > whole:
        return None
    if not part:
        return 0
    if part == whole:
        return 100
    exact = _CONTEXT.divide(_CONTEXT.multiply(Decimal(part), Decimal(100)), Decimal(whole))
    return min(max(int(exact.quantize(Decimal(1), ROUND_HALF_EVEN, _CONTEXT)), 1), 99)


class _Sum:
    """The aggregate `exact_sum(text)` of SQL. Nothing to add gives 0."""

    def __init__(self) -> None:
        self._total = Decimal(0)

    def step(self, value: str | None) -> None:
        if value:
            self._total = _CONTEXT.add(self._total, Decimal(value))

    def finalize(self) -> str:
        return text(self._total)


def register(connection: sqlite3.Connection) -> None:
    """Give a connection the aggregate `exact_sum` over decimals as text."""
    connection.create_aggregate("exact_sum", 1, _Sum)  # type: ignore[arg-type] # typeshed wants int results
