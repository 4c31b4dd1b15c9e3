"""An export as tables of text, whatever it was saved as: a workbook, or CSV with commas or semicolons."""

from __future__ import annotations

import csv
import io
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from lens.errors import InputError, Problem
from lens.office.sheets import MAX_LENGTH, cell_name, read_sheets

if TYPE_CHECKING:
    from pathlib import Path

MAX_COLUMNS = 16_384
"""What Excel lets a row hold."""

MAX_BYTES = 100_000_000
MAX_ROWS = 200_000

_AGAIN = "Export it again from KoboToolbox or ODK, as XLS or CSV."
_LOOKS = (
    (b"<!doctype html", "This is a web page, perhaps a login or an error page."),
    (b"<html", "This is a web page, perhaps a login or an error page."),
    (b"<?xml", "This is XML, not an export of submissions as a table."),
    (b"{", "This is JSON, not an export of submissions as a table."),
    (b"[", "This is JSON, not an export of submissions as a table."),
    (b"%pdf", "This is a PDF."),
    (b"$fl", "This is an SPSS file."),
)


@dataclass(frozen=True, slots=True)
class Table:
    """One sheet of an export: its rows that hold anything, each with its number counted from 1."""

    file: str
    name: str
    """The name of the sheet; empty for CSV."""
    rows: tuple[tuple[int, tuple[str, ...]], ...]

    def problem(self, row: int, column: int, what: str, fix: str = "") -> Problem:
        """What is wrong with a cell; what it holds is never said."""
        sheet = f"{self.name}!" if self.name else ""
        return Problem(self.file, field=f"{sheet}{cell_name(row, column)}", what=what, fix=fix)


def read_tables(path: Path) -> list[Table]:
    """The tables of an export. InputError for what is none, saying what it looks like and what to do."""
    called = path.name
    head = _head(path, called)
    if head.startswith((b"PK", b"\xd0\xcf\x11\xe0")):
        sheets = read_sheets(path, called, columns=MAX_COLUMNS)
        tables = [Table(called, one.name, one.rows) for one in sheets.values()]
    else:
        for mark, what in _LOOKS:
            if head.lstrip(b"\xef\xbb\xbf \t\r\n").lower().startswith(mark):
                raise InputError(Problem(called, what=what, fix=_AGAIN))
        tables = [_csv(path, called)]
    if not any(one.rows for one in tables):
        raise InputError(Problem(called, what="This export is empty.", fix=_AGAIN))
    return tables


def _head(path: Path, called: str) -> bytes:
    try:
        if path.is_dir():
            raise InputError(Problem(called, what="This is a folder.", fix="Name the export itself."))
        with path.open("rb") as stream:
            return stream.read(64)
    except FileNotFoundError:
        raise InputError(Problem(called, what="There is no such file.")) from None
    except (OSError, ValueError) as reason:
        why = getattr(reason, "strerror", None) or "the name cannot be used"
        raise InputError(Problem(called, what=f"The file cannot be read: {why}.")) from None


def _csv(path: Path, called: str) -> Table:
    if path.stat().st_size > MAX_BYTES:
        raise InputError(Problem(called, what="This file is too large to be an export of ours."))
    text = _decoded(path.read_bytes())
    if "\x00" in text:
        raise InputError(Problem(called, what="This is not a table of text.", fix=_AGAIN))
    # Labels hold commas of their own: what stands in quotes does not count.
    first = re.sub(r'"(?:[^"]|"")*"', "", text[:1_000_000]).lstrip("\r\n").partition("\n")[0]
    delimiter = max(",;\t", key=first.count)
    before = csv.field_size_limit(MAX_BYTES)
    try:
        rows = tuple(
            (number, cells)
            for number, line in enumerate(csv.reader(io.StringIO(text, newline=""), delimiter=delimiter), 1)
            if (cells := _trimmed(line))
        )
    except csv.Error:
        raise InputError(Problem(called, what="This cannot be read as a table.", fix=_AGAIN)) from None
    finally:
        csv.field_size_limit(before)
    if len(rows) > MAX_ROWS:
        raise InputError(Problem(called, what=f"The table has more than {MAX_ROWS} rows."))
    return Table(called, "", rows)


def _decoded(raw: bytes) -> str:
    """The text of a CSV; a sign that is not UTF-8 becomes one that no answer holds, so that only its cell is lost."""
    encoding = "utf-16" if raw[:2] in (b"\xff\xfe", b"\xfe\xff") else "utf-8-sig"
    return raw.decode(encoding, errors="replace")


def _trimmed(line: list[str]) -> tuple[str, ...]:
    cells = [one.strip()[:MAX_LENGTH] for one in line[:MAX_COLUMNS]]
    while cells and not cells[-1]:
        cells.pop()
    return tuple(cells)
