"""Workbooks (.xlsx, .xlsm) as sheets of text, row by row, in flat memory: only cells are looked at, nothing is run.

Formulas count as what they last showed. Links, macros, names and drawings are never opened; a part that declares a
document type is refused. Row and column numbers are taken as told, never filled up to.
"""

from __future__ import annotations

import re
import zipfile
import zlib
from array import array
from datetime import datetime, timedelta
from functools import partial
from pathlib import Path
from tempfile import TemporaryFile
from typing import TYPE_CHECKING, Any
from weakref import finalize
from xml.parsers import expat

from lens.errors import InputError, Problem
from lens.office.sheets import examined, unreadable
from lens.readers.tables.rows import LONGEST_CELL, MAX_COLUMNS, Row, Sheet, Unread

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

MAX_PACKED = 500_000_000
MAX_UNPACKED = 4_000_000_000
_MAX_RATIO = 150
_RATIO_FROM = 20_000_000
"""Sheets pack ten to thirty times; what is large and packs far better is made to fill a disk."""
_MAX_STRINGS = 10_000_000
_CHUNK = 1 << 16
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

_REF = re.compile(r"([A-Z]{1,3})[0-9]{1,7}", re.ASCII)
_NUMBER = re.compile(r"-?\d+(?:\.\d+)?(?:[eE][-+]?\d{1,3})?", re.ASCII)
_DAY_FORMATS = frozenset({*range(14, 18), 22, *range(27, 37), *range(45, 48), *range(50, 59)})
_NOT_DAY = re.compile(r'"[^"]*"|\[[^\]]*\]|\\.|_.|General', re.IGNORECASE)


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
        self._strings: _Strings | None = None
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
            for _ in _walk(packed, "xl/_rels/workbook.xml.rels", relation, self.called):
                pass
            for _ in _walk(packed, "xl/workbook.xml", sheet, self.called):
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
                    self._strings = _Strings(packed, self.called)
                    self._days = _day_styles(packed, self.called)
                reader = _Cells(self._strings, self._days or frozenset(), self.base)
                for _ in _walk(packed, part, reader.begin, self.called, reader.end, reader.text):
                    yield from reader.taken()
        except _BROKEN:
            raise InputError(unreadable(self.called)) from None


def _walk(
    packed: zipfile.ZipFile,
    part: str,
    begin: Callable[[str, dict[str, str]], None],
    called: str,
    end: Callable[[str], None] | None = None,
    text: Callable[[str], None] | None = None,
) -> Iterator[None]:
    """Go through the elements of a part; gives nothing after each stretch, so that rows can be taken."""

    def refuse(*_: object) -> None:
        what = "A part of this workbook declares a document type, which workbooks never do; it is not read."
        raise InputError(Problem(called, what=what, fix="Open it and save it as .xlsx again."))

    parser = expat.ParserCreate()
    parser.buffer_text = True
    parser.buffer_size = _CHUNK
    parser.StartDoctypeDeclHandler = refuse
    parser.EntityDeclHandler = refuse
    parser.StartElementHandler = lambda tag, given: begin(
        tag.rpartition(":")[2], {key.rpartition(":")[2]: value for key, value in given.items()}
    )
    if end is not None:
        parser.EndElementHandler = lambda tag: end(tag.rpartition(":")[2])
    if text is not None:
        parser.CharacterDataHandler = text
    with packed.open(part) as stream:
        while chunk := stream.read(_CHUNK):
            parser.Parse(chunk, False)
            yield
        parser.Parse(b"", True)
        yield


class _Strings:
    """The shared strings of a workbook, kept in a file: there can be more of them than memory."""

    def __init__(self, packed: zipfile.ZipFile, called: str) -> None:
        self._file: Any = TemporaryFile(buffering=0)  # noqa: SIM115 - lives as long as the workbook
        finalize(self, self._file.close)
        self._ends = array("Q", [0])
        self._waiting = bytearray()
        self._parts: list[str] | None = None
        self._spoken = 0
        self._called = called
        if "xl/sharedStrings.xml" in packed.namelist():
            for _ in _walk(packed, "xl/sharedStrings.xml", self._begin, called, self._end, self._text):
                pass
        self._flush()

    def _begin(self, tag: str, _: dict[str, str]) -> None:
        if tag == "si":
            self._parts = []
        elif tag == "rPh":
            self._spoken += 1

    def _text(self, text: str) -> None:
        if self._parts is not None and not self._spoken:
            self._parts.append(text)

    def _end(self, tag: str) -> None:
        if tag == "rPh":
            self._spoken -= 1
        elif tag == "si" and self._parts is not None:
            made = "".join(self._parts)[: LONGEST_CELL + 1].encode("utf-8", "replace")
            self._parts = None
            self._waiting += made
            self._ends.append(self._ends[-1] + len(made))
            if len(self._ends) > _MAX_STRINGS:
                raise InputError(Problem(self._called, what="This workbook holds too many texts.", fix="Split it."))
            if len(self._waiting) > _CHUNK * 16:
                self._flush()

    def _flush(self) -> None:
        self._file.write(self._waiting)
        self._waiting.clear()

    def __getitem__(self, number: int) -> str:
        if not 0 <= number < len(self._ends) - 1:
            return ""
        begin, end = self._ends[number], self._ends[number + 1]
        self._file.seek(begin)
        found: bytes = self._file.read(end - begin)
        return found.decode("utf-8", "replace")


def _day_styles(packed: zipfile.ZipFile, called: str) -> frozenset[int]:
    """The numbers of the cell styles that show a number as a day."""
    if "xl/styles.xml" not in packed.namelist():
        return frozenset()
    own: dict[str, str] = {}
    styles: list[str] = []
    inside = ""

    def begin(tag: str, given: dict[str, str]) -> None:
        nonlocal inside
        if tag == "numFmt":
            own[given.get("numFmtId", "")] = given.get("formatCode", "")
        elif tag in ("cellXfs", "cellStyleXfs"):
            inside = tag
        elif tag == "xf" and inside == "cellXfs":
            styles.append(given.get("numFmtId", ""))

    for _ in _walk(packed, "xl/styles.xml", begin, called):
        pass
    return frozenset(number for number, style in enumerate(styles) if _shows_day(style, own))


def _shows_day(style: str, own: dict[str, str]) -> bool:
    if style in own:
        return any(sign in _NOT_DAY.sub("", own[style]).lower() for sign in "ymd")
    return style.isdecimal() and int(style) in _DAY_FORMATS


class _Cells:
    """The rows of one sheet while it is gone through."""

    def __init__(self, strings: _Strings, days: frozenset[int], base: datetime) -> None:
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
        if self._parts is None or self._spoken:
            return
        self._size += len(text)
        if self._size > LONGEST_CELL:
            self._too_long = True
        else:
            self._parts.append(text)

    def end(self, tag: str) -> None:
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
            if 0 < days < 2_958_466:
                return (self._base + timedelta(days=int(days))).date().isoformat()
        return text.removesuffix(".0")


def _column(letters: str) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - 64
    return number
