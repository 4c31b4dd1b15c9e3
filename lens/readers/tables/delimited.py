"""CSV and its relatives, line by line: encoding and delimiter found by content, damage told and stepped over."""

from __future__ import annotations

import codecs
import csv
import io
from collections import deque
from dataclasses import dataclass
from typing import TYPE_CHECKING, BinaryIO, cast

from lens.errors import InputError, Problem
from lens.readers.tables.rows import LONGEST_CELL, MAX_COLUMNS, Row, Sheet, Unread

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from lens.portfolio.inputs.pieces import Source

DELIMITERS = (",", ";", "\t", "|")
FALLBACK = "cp1252"
_LONGEST_LINE = 4_000_000
_LONGEST_ROW = 8_000_000
_CHUNK = 1 << 20
_HEAD = 1 << 16
_MOST_AGAIN = 20_000_000
"""Characters of one file that are gone through again after a quote that does not pair up."""
_BOMS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_AGAIN = "Save the table again as CSV in UTF-8."


@dataclass(frozen=True, slots=True)
class Encoding:
    """How the bytes of a text become characters, and whether that had to be assumed."""

    name: str
    assumed: bool = False


def encoding_of(source: Source) -> Encoding:
    """The encoding by byte order mark, else UTF-8 if every byte of it is, else the fallback."""
    with source.open() as stream:
        head = stream.read(4)
        if known := encoding_by_mark(head):
            return Encoding(known)
        decoder = codecs.getincrementaldecoder("utf-8")()
        try:
            decoder.decode(head)
            while chunk := stream.read(_CHUNK):
                decoder.decode(chunk)
            decoder.decode(b"", final=True)
        except UnicodeDecodeError:
            return Encoding(FALLBACK, assumed=True)
    return Encoding("utf-8")


def encoding_by_mark(head: bytes) -> str:
    """The encoding that the first bytes show: a byte order mark, or the zeros of UTF-16; empty where they show none."""
    for mark, name in _BOMS:
        if head.startswith(mark):
            return name
    if len(head) > 3 and head[0] and head[1] == head[3] == 0:
        return "utf-16-le"
    if len(head) > 3 and head[1] and head[0] == head[2] == 0:
        return "utf-16-be"
    return ""


def sheet(source: Source, encoding: Encoding, delimiter: str) -> Sheet:
    """A text as a sheet, cut at one delimiter."""
    notes = ("encoding-assumed",) if encoding.assumed else ()
    return Sheet("", lambda: _rows(source, encoding, delimiter), notes)


def _rows(source: Source, encoding: Encoding, delimiter: str) -> Iterator[Row | Unread]:
    lines = _Lines(source, encoding)
    # Strict: else a quote that is never closed joins two rows at the next quote, and nobody sees it.
    reader = csv.reader(lines, delimiter=delimiter, strict=True)
    width = 0
    while True:
        lines.begin()
        try:
            cells = next(reader)
        except StopIteration:
            break
        except csv.Error:
            yield from _mended(lines, delimiter, width)
            continue
        if lines.too_long:
            yield Unread(lines.begun, f"This row holds a line of more than {_LONGEST_LINE} characters.", _AGAIN)
        elif any(map(str.strip, cells)):
            width = len(cells)
            yield Row(lines.begun, tuple(cells[:MAX_COLUMNS]))


def _mended(lines: _Lines, delimiter: str, width: int) -> Iterator[Row | Unread]:
    """What can be had of a row with quotes that do not pair up: its first line, if it is as wide as the row before."""
    begun, cells = lines.begun, _alone(lines.first, delimiter, width)
    mended = bool(cells) and width > 0 and lines.may_go_back
    if mended:
        yield Row(begun, tuple(cells[:MAX_COLUMNS]), ("quote-odd",))
    else:
        yield Unread(begun, f"Its quotes do not pair up, or a cell is longer than {LONGEST_CELL} characters.", _AGAIN)
    skipped = lines.skip(lambda line: bool(_alone(line, delimiter, width)))
    if mended and skipped:
        yield Unread(begun + 1, f"From here on {skipped} lines are no rows; they were not read.", _AGAIN)


def _alone(line: str, delimiter: str, width: int) -> list[str]:
    """The cells of a line taken by itself, with quotes or with quotes as text; none where they are not `width` many.

    With a width of 0 any line with a delimiter will do.
    """
    for quoting in (csv.QUOTE_MINIMAL, csv.QUOTE_NONE):
        try:
            cells = next(csv.reader([line], delimiter=delimiter, quoting=quoting), [])
        except csv.Error:
            continue
        if len(cells) == width or (width == 0 and len(cells) > 1):
            return cells
    return []


class _Lines:
    """The lines of a text with their ends, none longer than the limit; NULs left out."""

    def __init__(self, source: Source, encoding: Encoding) -> None:
        self._name = source.name
        self._read = self._from(source, encoding)
        self._waiting: deque[tuple[int, str]] = deque()
        self._row: list[tuple[int, str]] = []
        self._size = 0
        self._again = 0
        self._last = 0
        self.too_long = False

    @property
    def begun(self) -> int:
        """The line that the row begins on."""
        return self._row[0][0] if self._row else self._last + 1

    def begin(self) -> None:
        """Begin a row."""
        self._row = []
        self._size = 0
        self.too_long = False

    @property
    def first(self) -> str:
        """The first line of the row."""
        return self._row[0][1] if self._row else ""

    @property
    def may_go_back(self) -> bool:
        """Whether the lines of a row may be gone through again: not without end."""
        return self._again + self._size <= _MOST_AGAIN

    def skip(self, is_row: Callable[[str], bool]) -> int:
        """Go on with the next line that is a row by itself, this row's own included; how many were passed."""
        if self.may_go_back:
            self._again += self._size
            self._waiting.extendleft(reversed(self._row[1:]))
        skipped = 0
        while (found := self._waiting.popleft() if self._waiting else next(self._read, None)) is not None:
            if is_row(found[1]):
                self._waiting.appendleft(found)
                break
            skipped += 1
        return skipped

    def __iter__(self) -> Iterator[str]:
        return self

    def __next__(self) -> str:
        number, line = self._waiting.popleft() if self._waiting else next(self._read)
        self._last = number
        self._row.append((number, line))
        self._size += len(line)
        if self._size > _LONGEST_ROW:
            what = f"This row goes on for more than {_LONGEST_ROW} characters; nothing after it was read."
            raise InputError(Problem(self._name, self.begun, what=what, fix=_AGAIN))
        return line

    def _from(self, source: Source, encoding: Encoding) -> Iterator[tuple[int, str]]:
        # A carriage return ends lines only where nothing else does; among other ends, it slipped into a cell.
        with source.open() as stream:
            mixed = "\n" in _text(stream, encoding, "").read(_HEAD)
        number = 0
        with source.open() as stream:
            text = _text(stream, encoding, "\n" if mixed else "")
            while line := text.readline(_LONGEST_LINE):
                number += 1
                if len(line) == _LONGEST_LINE and not line.endswith(("\n", "\r")):
                    self.too_long = True
                    while (rest := text.readline(_LONGEST_LINE)) and not rest.endswith(("\n", "\r")):
                        pass
                    line = "\n"
                line = line.replace("\0", "")
                if mixed and "\r" in line:
                    line = line.removesuffix("\n").removesuffix("\r").replace("\r", " ") + "\n"
                yield number, line


def _text(stream: BinaryIO, encoding: Encoding, newline: str) -> io.TextIOWrapper:
    return io.TextIOWrapper(cast("io.BufferedReader", stream), encoding.name, errors="replace", newline=newline)
