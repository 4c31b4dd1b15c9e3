"""Workbooks as they come in: every cell as the text that stands in it, with its place; nothing in them is run.

Formulas count as what they last showed, macros and links are left alone. What a workbook unpacks to is limited before
it is opened, since a small file can hold a very large one.
"""

from __future__ import annotations

import zipfile
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import TYPE_CHECKING, Any

from lens.errors import InputError, MissingExtraError, Problem

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

MAX_BYTES = 30_000_000
MAX_UNPACKED = 300_000_000
MAX_ROWS = 200_000
MAX_COLUMNS = 2_000
MAX_LENGTH = 32_767
"""What Excel itself lets a cell hold."""

ENDINGS = (".xlsx", ".xlsm", ".ods")
_OLD = b"\xd0\xcf\x11\xe0"


@dataclass(frozen=True, slots=True)
class Sheet:
    """One sheet: its name, and its rows that hold anything, each with its number counted from 1."""

    name: str
    rows: tuple[tuple[int, tuple[str, ...]], ...]
    merged: tuple[str, ...] = ()
    """Ranges of merged cells, such as `A1:C1`; only the first cell of each holds a text."""


def cell_name(row: int, column: int) -> str:
    """What a cell is called: row and column counted from 1, so that 2, 1 is `A2`."""
    letters = ""
    while column:
        column, rest = divmod(column - 1, 26)
        letters = chr(ord("A") + rest) + letters
    return f"{letters}{row}"


def read_sheets(path: Path, called: str = "", *, columns: int = MAX_COLUMNS, whole: bool = False) -> dict[str, Sheet]:
    """The sheets of a workbook (.xlsx, .xlsm, .ods) by name, in their order.

    `called` is how messages call the file; of each row the first `columns` cells are read; `whole` keeps texts with
    the blanks around them. Raises InputError for what
    cannot be read, saying why and what to do: no workbook, an old or password-protected one, one that is too large;
    MissingExtraError without the extra `office`.
    """
    called = called or path.name
    examined(path, called)
    calamine = _calamine()
    try:
        book = calamine.CalamineWorkbook.from_path(str(path))
        names = book.sheet_names
        return {name: _sheet(book.get_sheet_by_name(name), name, called, columns, whole=whole) for name in names}
    except InputError:
        raise
    except Exception:  # noqa: BLE001 - a broken workbook fails in any way; none of it is ours
        raise InputError(unreadable(called)) from None


def _calamine() -> Any:
    try:
        import python_calamine
    except ImportError:
        raise MissingExtraError("Reading workbooks", "office") from None
    return python_calamine


def examined(
    path: Path,
    called: str,
    *,
    packed: int = MAX_BYTES,
    unpacked: int = MAX_UNPACKED,
    ratio: int = 0,
    ratio_from: int = 0,
) -> None:
    """Refuse what is no workbook, or would grow too large, before anything of it is unpacked.

    At most `packed` bytes, that unpack to at most `unpacked`; with `ratio`, no part of at least `ratio_from` bytes may
    unpack to more than so many times its size. Raises InputError.
    """
    try:
        size = path.stat().st_size
        with path.open("rb") as stream:
            head = stream.read(8)
    except OSError as reason:
        raise InputError(Problem(called, what=f"The file cannot be read: {reason.strerror}.")) from None
    if head.startswith(_OLD):
        what = "This workbook is protected by a password, or in the old form .xls."
        raise InputError(Problem(called, what=what, fix="Save it without a password, as .xlsx."))
    if size > packed:
        raise InputError(_too_large(called))
    try:
        with zipfile.ZipFile(path) as archive:
            parts = archive.infolist()
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError):
        raise InputError(unreadable(called)) from None
    swollen = ratio and any(one.file_size >= ratio_from and one.file_size > ratio * one.compress_size for one in parts)
    if swollen or sum(one.file_size for one in parts) > unpacked:
        raise InputError(_too_large(called))


def unreadable(called: str) -> Problem:
    """What is said of a workbook that is damaged, or none."""
    return Problem(called, what="This is not a workbook that can be read.", fix="Open it and save it as .xlsx again.")


def _too_large(called: str) -> Problem:
    return Problem(called, what="This workbook is too large to be one of ours.", fix="Check that it is the right file.")


def _sheet(sheet: Any, name: str, called: str, columns: int, *, whole: bool) -> Sheet:
    ranges = sheet.merged_cell_ranges or ()
    merged = tuple(f"{cell_name(a + 1, b + 1)}:{cell_name(c + 1, d + 1)}" for (a, b), (c, d) in ranges)
    return Sheet(name, tuple(_rows(sheet, name, called, columns, whole=whole)), merged)


def _rows(sheet: Any, name: str, called: str, columns: int, *, whole: bool) -> Iterator[tuple[int, tuple[str, ...]]]:
    """Rows that hold anything; trailing empty cells are left out."""
    left = [""] * (sheet.start[1] if sheet.start else 0)  # rows come whole, columns from the first that is used on
    kept = 0
    for number, line in enumerate(sheet.iter_rows(), 1):
        if line.count("") == len(line):  # a sheet can have a million of these
            continue
        texts = [*left, *(text_of(one, whole=whole) for one in line[:columns])]
        while texts and not texts[-1]:
            texts.pop()
        if not texts:
            continue
        kept += 1
        if kept > MAX_ROWS:
            raise InputError(Problem(called, number, name, f"The sheet has more than {MAX_ROWS} rows that hold text."))
        yield number, tuple(texts)


def text_of(value: object, *, whole: bool = False) -> str:
    """The text of a cell: days as year-month-day, whole numbers without a point, true and false as yes and no.

    Blanks around a text are left out, and what is longer than Excel lets a cell be, unless `whole`.
    """
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, float) and value.is_integer() and abs(value) < 1e15:
        return str(int(value))
    if isinstance(value, datetime):
        return value.date().isoformat() if value.time() == time() else value.isoformat(sep=" ")
    if isinstance(value, (date, time)):
        return value.isoformat()
    if isinstance(value, timedelta):
        return str(value)
    text = "" if value is None else str(value)
    return text if whole else text.strip()[:MAX_LENGTH]
