"""Workbooks (.xlsx, .xlsm) as sheets of text, row by row, in flat memory: only cells are looked at, nothing is run.

Formulas count as what they last showed. Links, macros, names and drawings are never opened; a part that declares a
document type is refused. Row and column numbers are taken as told, never filled up to.
"""

from __future__ import annotations

import zipfile
import zlib
from datetime import datetime
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING
from xml.parsers import expat

from lens.errors import InputError
from lens.office.sheets import examined, unreadable
from lens.readers.tables.rows import Row, Sheet, Unread
from lens.readers.tables.workbook_cells import Cells
from lens.readers.tables.workbook_parts import Strings, day_styles, walk

if TYPE_CHECKING:
    from collections.abc import Iterator

MAX_PACKED = 500_000_000
MAX_UNPACKED = 4_000_000_000
_MAX_RATIO = 150
_RATIO_FROM = 20_000_000
"""Sheets pack ten to thirty times; what is large and packs far better is made to fill a disk."""
_BROKEN = (
    expat.ExpatError,
    zipfile.BadZipFile,
    zlib.error,
    EOFError,
    KeyError,
    RuntimeError,
    NotImplementedError,
    OSError,
)


def read_workbook(path: str, called: str) -> list[Sheet]:
    """The sheets of a workbook in their order.

    `called` is how messages call it. Raises InputError for what is none, is protected, or unpacks to too much.
    """
    examined(Path(path), called, packed=MAX_PACKED, unpacked=MAX_UNPACKED, ratio=_MAX_RATIO, ratio_from=_RATIO_FROM)
    try:
        return _Book(path, called).sheets()
    except _BROKEN:
        raise InputError(unreadable(called)) from None


class _Book:
    """One workbook: its shared strings and the formats of its numbers, read when the first sheet is."""

    def __init__(self, path: str, called: str) -> None:
        self._path = path
        self.called = called
        self._strings: Strings | None = None
        self._days: frozenset[int] | None = None
        self.base = datetime(1899, 12, 30)  # noqa: DTZ001 - days of a calendar, in no time zone

    def sheets(self) -> list[Sheet]:
        targets: dict[str, str] = {}
        found: list[tuple[str, str]] = []

        def relation(tag: str, given: dict[str, str]) -> None:
            if tag == "Relationship" and given.get("Type", "").endswith("/worksheet"):
                targets[given.get("Id", "")] = given.get("Target", "")

        def sheet(tag: str, given: dict[str, str]) -> None:
            if tag == "sheet":
                found.append((given.get("name", ""), given.get("id", "")))
            elif tag == "workbookPr" and given.get("date1904", "0") in ("1", "true"):
                self.base = datetime(1904, 1, 1)  # noqa: DTZ001 - see above

        with zipfile.ZipFile(self._path) as packed:
            for _ in walk(packed, "xl/_rels/workbook.xml.rels", relation, self.called):
                pass
            for _ in walk(packed, "xl/workbook.xml", sheet, self.called):
                pass
            there = set(packed.namelist())
        made = []
        for name, ref in found:
            target = targets.get(ref, "")
            part = target.lstrip("/") if target.startswith("/") else f"xl/{target}"
            if target and part in there:
                made.append(Sheet(name, partial(self._rows, part)))
        if not made:
            raise InputError(unreadable(self.called))
        return made

    def _rows(self, part: str) -> Iterator[Row | Unread]:
        try:
            with zipfile.ZipFile(self._path) as packed:
                if self._strings is None:
                    self._strings = Strings(packed, self.called)
                    self._days = day_styles(packed, self.called)
                reader = Cells(self._strings, self._days or frozenset(), self.base)
                for _ in walk(packed, part, reader.begin, self.called, reader.end, reader.text):
                    yield from reader.taken()
        except _BROKEN:
            raise InputError(unreadable(self.called)) from None
