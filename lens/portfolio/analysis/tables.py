"""A result as a table whose columns say what they mean: what analyses give, and every output is made of.

What holds for every table: an empty cell (None) is a number that is not known, says nothing, or is withheld; where
cells are withheld, a column `withheld` says why. A percentage is a whole number, 0 and 100 only where exact. Money is
exact, in units of the column's currency, and never added across kinds and currencies. `yes` and `no` are codes.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from datetime import date
    from decimal import Decimal

    Cell = str | int | Decimal | date | None

ColumnKind = Literal["text", "code", "count", "money", "year", "percent", "day"]


@dataclass(frozen=True, slots=True)
class Column:
    """One column: its name in every output, its type, and what it holds, with its unit."""

    name: str
    """Letters, digits and underscores: also the name in SQL."""
    kind: ColumnKind
    help: str
    internal: bool = False
    """Left out for the public: titles and whatever else may name a place, a body or a person."""


@dataclass(frozen=True, slots=True)
class Table:
    """Rows that can be gone through more than once, in a fixed order, without being held in memory."""

    name: str
    """Also the name of the file, sheet or SQL table."""
    title: str
    help: str
    columns: tuple[Column, ...]
    rows: Callable[[], Iterator[tuple[Cell, ...]]]
    small_cells: str = ""
    """The count column by which cells of few programs were withheld; empty where none were."""
