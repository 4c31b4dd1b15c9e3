"""CSV and its relatives, line by line: encoding and delimiter found by content, damage told and stepped over."""

from __future__ import annotations

import codecs
import csv
import io
from dataclasses import dataclass
from typing import TYPE_CHECKING, cast

from lens.errors import InputError, Problem
from lens.readers.tables.rows import LONGEST_CELL, MAX_COLUMNS, Row, Sheet, Unread

if TYPE_CHECKING:
    from collections.abc import Iterator

    from lens.portfolio.pieces import Source

DELIMITERS = (",", ";", "\t", "|")
FALLBACK = "cp1252"
_LONGEST_LINE = 4_000_000
_LONGEST_ROW = 8_000_000
_CHUNK = 1 << 20
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
        for mark, name in _BOMS:
            if head.startswith(mark):
                return Encoding(name)
        if len(head) == 4 and head[1] == head[3] == 0 and head[0]:
            return Encoding("utf-16-le")
        if len(head) == 4 and head[0] == head[2] == 0 and head[1]:
            return Encoding("utf-16-be")
        decoder = codecs.getincrementaldecoder("utf-8")()
        try:
            decoder.decode(head)
            while chunk := stream.read(_CHUNK):
                decoder.decode(chunk)
            decoder.decode(b"", final=True)
        except UnicodeDecodeError:
            return Encoding(FALLBACK, assumed=True)
    return Encoding("utf-8")


def sheet(source: Source, encoding: Encoding, delimiter: str) -> Sheet:
    """A text as a sheet, cut at one delimiter."""
    notes = ("encoding-assumed",) if encoding.assumed else ()
    return Sheet("", lambda: _rows(source, encoding, delimiter), notes)


def _rows(source: Source, encoding: Encoding, delimiter: str) -> Iterator[Row | Unread]:
    lines = _Lines(source, encoding)
    reader = csv.reader(iter(lines), delimiter=delimiter)
    begun = 1
    while True:
        lines.taken = 0
        try:
            cells = next(reader)
        except StopIteration:
            break
        except csv.Error:
            # What csv holds of the row is dropped, and it goes on with the line after the one it broke off at.
            what = f"From here on a cell is longer than {LONGEST_CELL} characters, or a quote is never closed."
            yield Unread(begun, what, _AGAIN)
        else:
            if lines.too_long:
                yield Unread(begun, f"This row holds a line of more than {_LONGEST_LINE} characters.", _AGAIN)
            elif any(map(str.strip, cells)):
                yield Row(begun, tuple(cells[:MAX_COLUMNS]))
        lines.too_long = False
        begun = lines.number + 1


class _Lines:
    """The lines of a text with their ends, none longer than the limit; NULs left out."""

    def __init__(self, source: Source, encoding: Encoding) -> None:
        self._source = source
        self._encoding = encoding
        self.number = 0
        self.taken = 0
        """Characters of the row so far."""
        self.too_long = False

    def __iter__(self) -> Iterator[str]:
        with self._source.open() as stream:
            text = io.TextIOWrapper(
                cast("io.BufferedReader", stream), self._encoding.name, errors="replace", newline=""
            )
            while line := text.readline(_LONGEST_LINE):
                self.number += 1
                if len(line) == _LONGEST_LINE and not line.endswith(("\n", "\r")):
                    self.too_long = True
                    while (rest := text.readline(_LONGEST_LINE)) and not rest.endswith(("\n", "\r")):
                        pass
                    line = "\n"
                self.taken += len(line)
                if self.taken > _LONGEST_ROW:
                    what = f"This row goes on for more than {_LONGEST_ROW} characters; nothing after it was read."
                    raise InputError(Problem(self._source.name, self.number, what=what, fix=_AGAIN))
                yield line.replace("\0", "")
