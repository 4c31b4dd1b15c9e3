"""What a table is read as: sheets of rows of text, whatever it was saved as."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

LONGEST_CELL = 131_072
"""Characters of the longest cell that is read; a workbook's own limit is a quarter of it."""

MAX_COLUMNS = 2_000


@dataclass(frozen=True, slots=True)
class Row:
    """One row as it stands: its line (its row in a workbook) from 1, and its cells."""

    line: int
    cells: tuple[str, ...]
    notes: tuple[str, ...] = ()
    """Codes of what is to be noted on its record."""


@dataclass(frozen=True, slots=True)
class Unread:
    """A row that cannot be read, and why."""

    line: int
    what: str
    fix: str


@dataclass(frozen=True, slots=True)
class Sheet:
    """One sheet of a table, or a whole CSV file, which has no name."""

    name: str
    rows: Callable[[], Iterator[Row | Unread]]
    """Its rows that hold anything, from the first on, each time it is called. InputError where they break off."""
    notes: tuple[str, ...] = ()
    """Codes of what is to be noted on every record of it."""
