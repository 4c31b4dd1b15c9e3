"""Rates of exchange that the user names: a CSV file with the columns currency, year, rate and to."""

from __future__ import annotations

import csv
import re
from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING

from lens.errors import InputError, Problem, near
from lens.portfolio.runs import exact
from lens.readers.text import read_text

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

COLUMNS = ("currency", "year", "rate", "to")
_CURRENCY = re.compile(r"[A-Z]{3}", re.ASCII)
_YEAR = re.compile(r"(19|20)[0-9]{2}", re.ASCII)
_RATE = re.compile(r"[0-9]{1,12}(\.[0-9]{1,12})?", re.ASCII)
_MAX_ROWS = 100_000
_FIELDS = (
    ("currency", _CURRENCY, "Write the three capital letters of ISO 4217, such as EUR."),
    ("year", _YEAR, "Write a year of four digits, such as 2020."),
    ("rate", _RATE, "Write how much of the other currency one unit was worth, such as 1.14, without thousands signs."),
    ("to", _CURRENCY, "Write the three capital letters of ISO 4217, such as USD."),
)


@dataclass(frozen=True, slots=True)
class Rates:
    """What one unit of a currency was worth in another, in a year."""

    to: str
    """The currency that everything is converted into."""
    table: dict[tuple[str, int], Decimal]

    def converted(self, amount: str, currency: str, year: int | None) -> str | None:
        """An amount in the other currency, in cents; None where there is no rate for its currency and year."""
        if currency == self.to:
            return amount
        rate = None if year is None else self.table.get((currency, year))
        return None if rate is None else exact.text(exact.times(Decimal(amount), rate))


def read_rates(path: Path) -> Rates:
    """The rates of a CSV file. InputError with every problem where a row cannot be used, or rows contradict."""
    text = read_text(path, path.name)
    try:
        return _read(path, csv.reader(text.splitlines()))
    except csv.Error:
        raise InputError(_problem(path, 0, "This is no CSV file.", "Save it as CSV in UTF-8.")) from None


def _read(path: Path, reader: Iterator[list[str]]) -> Rates:
    header = [name.strip().lower() for name in next(reader, [])]
    missing = [name for name in COLUMNS if name not in header]
    if missing:
        unknown = [name for name in header if name not in COLUMNS]
        hint = near(missing[0], unknown) if unknown else ""
        what = f"The column {missing[0]} is missing."
        if len(header) == 1 and ";" in header[0]:
            what = "The columns are separated by semicolons. Separate them by commas, with a point in the rates."
        raise InputError(_problem(path, 1, what, f"The first row must be: {','.join(COLUMNS)}. {hint}".strip()))
    problems: list[Problem] = []
    table: dict[tuple[str, int], Decimal] = {}
    targets: dict[str, int] = {}
    for line, row in _rows(reader, header):
        found = _wrong(path, line, row)
        if found or line > _MAX_ROWS:
            problems += found or [_problem(path, line, "There are too many rows.", f"{_MAX_ROWS} are read.")]
            if line > _MAX_ROWS:
                break
            continue
        targets.setdefault(row["to"], line)
        key = row["currency"], int(row["year"])
        rate = Decimal(row["rate"])
        if table.setdefault(key, rate) != rate:
            problems.append(_problem(path, line, "This currency and year have another rate above.", "Keep one."))
    for line in list(targets.values())[1:]:
        problems.append(_problem(path, line, "Rates into two currencies.", "Keep one currency in the column to."))
    if not table and not problems:
        problems.append(_problem(path, 1, "There are no rates.", "Write one row for each currency and year."))
    if problems:
        raise InputError(problems)
    return Rates(next(iter(targets)), table)


def _rows(reader: Iterator[list[str]], header: list[str]) -> Iterator[tuple[int, dict[str, str]]]:
    for line, row in enumerate(reader, 2):
        if any(cell.strip() for cell in row):
            cells = [cell.strip() for cell in row] + [""] * len(header)
            yield line, dict(zip(header, cells, strict=False))


def _wrong(path: Path, line: int, row: dict[str, str]) -> list[Problem]:
    found = [
        _problem(path, line, "This cannot be read." if row[name] else "This is missing.", fix, name, row[name])
        for name, form, fix in _FIELDS
        if not form.fullmatch(row[name])
    ]
    if not found and not Decimal(row["rate"]):
        found.append(_problem(path, line, "A rate of nothing.", "Leave the row out where there is no rate.", "rate"))
    return found


def _problem(path: Path, line: int, what: str, fix: str, field: str = "", value: str = "") -> Problem:
    return Problem(path.name, line, field, what, fix, value[:40])
