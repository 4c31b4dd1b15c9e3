"""One row while it is read: its cells by the names that the layout has for their columns."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from lens.readers.tables.cells import code, is_nothing

if TYPE_CHECKING:
    from collections.abc import Iterable

    from lens.readers.iati.notes import Notes
    from lens.readers.tables.layout import Layout, Value

_SAME = {"true": "yes", "false": "no"}
"""How programs write a yes or no that people wrote otherwise."""


@dataclass(frozen=True, slots=True)
class Frame:
    """What is needed to read the rows of a sheet; the same for all of them."""

    layout: Layout
    at: dict[str, int]
    """The place of each column that the layout names and the sheet has, from 0."""
    width: int
    """How many cells the header has."""
    sheet: str = ""
    whole: frozenset[str] = frozenset()
    """Columns whose amounts are whole units, as their size shows, though the layout has a multiplier."""
    decimal_comma: bool = False
    """Whether amounts have a comma before the decimals."""
    notes: tuple[str, ...] = ()
    """Codes to be noted on every record."""


@dataclass(frozen=True, slots=True)
class Cells:
    """The cells of one row."""

    frame: Frame
    cells: tuple[str, ...]
    notes: Notes

    def raw(self, column: str) -> str:
        """The text of a column, as it stands; empty where there is none."""
        at = self.frame.at.get(column, -1) if column else -1
        return self.cells[at] if 0 <= at < len(self.cells) else ""

    def text(self, column: str) -> str:
        """The text of a column in one line; empty where a cell only says that there is nothing."""
        raw = self.raw(column)
        found = " ".join(raw.split()) if raw else ""
        return "" if is_nothing(found) else found

    def first(self, columns: Iterable[str]) -> str:
        """The text of the first of several columns that has one."""
        return next((text for one in columns if (text := self.text(one))), "")

    def parts(self, column: str, separator: str) -> list[str]:
        """The texts of a column that holds several, without empty ones."""
        text = self.text(column)
        parts = text.split(separator) if separator else [text]
        return [part for one in parts if not is_nothing(part := one.strip())]

    def value(self, value: Value | None) -> str:
        """The code that a column, or the layout itself, says; empty, and noted, where its table does not list it."""
        if value is None:
            return ""
        if value.always:
            return value.always
        given = code(self.text(value.column))
        if not given or not value.values:
            return given
        found = looked_up(value.values, given, begins=value.begins)
        if found is None:
            self.notes.add("value-unlisted", given)
        return found or ""


def looked_up(values: dict[str, str], given: str, *, begins: bool = False) -> str | None:
    """The value that a table has for a word, whatever its case; by its longest beginning where that is asked for.

    None where it does not list the word; empty where it says that the word says nothing.
    """
    word = given.casefold()
    word = _SAME.get(word, word)
    best = -1
    found: str | None = None
    for key, value in values.items():
        known = key.casefold()
        if (word == known or (begins and word.startswith(known))) and len(known) > best:
            best, found = len(known), value
    return found
