"""The cells of one sheet of a workbook while it is gone through, as rows of text."""

from __future__ import annotations

import re
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from lens.readers.tables.rows import LONGEST_CELL, MAX_COLUMNS, Row, Unread

if TYPE_CHECKING:
    from collections.abc import Iterator

    from lens.readers.tables.workbook_parts import Strings

_REF = re.compile(r"([A-Z]{1,3})[0-9]{1,7}", re.ASCII)
_NUMBER = re.compile(r"-?\d+(?:\.\d+)?(?:[eE][-+]?\d{1,3})?", re.ASCII)
_LAST_DAY = 2_958_465
"""The 31st of December 9999, as workbooks count days."""


class Cells:
    """The rows of one sheet while it is gone through."""

    def __init__(self, strings: Strings, days: frozenset[int], base: datetime) -> None:
        self._strings = strings
        self._days = days
        self._base = base
        self._done: list[Row | Unread] = []
        self._line = 0
        self._column = 0
        self._cells: dict[int, str] = {}
        self._kind = ""
        self._style = ""
        self._parts: list[str] | None = None
        self._size = 0
        self._spoken = 0
        self._too_long = False

    def taken(self) -> Iterator[Row | Unread]:
        """The rows that ended since it was last asked."""
        done, self._done = self._done, []
        yield from done

    def begin(self, tag: str, given: dict[str, str]) -> None:
        """Take in the beginning of an element."""
        if tag == "row":
            number = given.get("r", "")
            self._line = int(number) if number.isdecimal() and len(number) <= 7 else self._line + 1
            self._column = 0
            self._cells = {}
            self._too_long = False
        elif tag == "c":
            place = _REF.fullmatch(given.get("r", ""))
            self._column = _column(place[1]) if place else self._column + 1
            self._kind = given.get("t", "n")
            self._style = given.get("s", "")
        elif tag == "v" or (tag == "t" and self._kind == "inlineStr"):
            self._parts = [] if self._parts is None else self._parts
        elif tag == "is":
            self._parts = []
            self._size = 0
        elif tag == "rPh":
            self._spoken += 1

    def text(self, text: str) -> None:
        """Take in text of the cell, up to what is the longest."""
        if self._parts is None or self._spoken:
            return
        self._size += len(text)
        if self._size > LONGEST_CELL:
            self._too_long = True
        else:
            self._parts.append(text)

    def end(self, tag: str) -> None:
        """Take in the end of an element: a row ends with `row`, a cell's text with `v` or `is`."""
        if tag == "row":
            self._row()
        elif tag == "rPh":
            self._spoken -= 1
        elif (tag == "v" or tag == "is") and self._parts is not None:
            text = "".join(self._parts)
            self._parts = None
            self._size = 0
            if 0 < self._column <= MAX_COLUMNS and (value := self._value(text)):
                self._cells[self._column] = value

    def _row(self) -> None:
        if self._too_long:
            what = f"A cell of this row is longer than {LONGEST_CELL} characters."
            self._done.append(Unread(self._line, what, "Shorten it."))
        elif self._cells:
            cells = tuple(self._cells.get(number, "") for number in range(1, max(self._cells) + 1))
            if any(map(str.strip, cells)):
                self._done.append(Row(self._line, cells))

    def _value(self, text: str) -> str:
        if self._kind == "s":
            number = text.strip()
            found = self._strings[int(number)] if number.isdecimal() and len(number) < 10 else ""
            self._too_long = self._too_long or len(found) > LONGEST_CELL
            return found
        if self._kind == "b":
            return "yes" if text.strip() == "1" else "no"
        if self._kind == "e":
            return ""
        if self._kind == "n":
            return self._number(text.strip())
        return text

    def _number(self, text: str) -> str:
        """A number as it is written, or the day it stands for; a whole one without a point."""
        if not _NUMBER.fullmatch(text) or len(text) > 40:
            return text
        if self._style.isdecimal() and int(self._style) in self._days:
            days = float(text)
            if 1 <= days <= _LAST_DAY:
                return (self._base + timedelta(days=int(days))).date().isoformat()
        return text.removesuffix(".0")


def _column(letters: str) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - 64
    return number
