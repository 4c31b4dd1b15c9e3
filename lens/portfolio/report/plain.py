"""CSV, a file a table, and JSON to embed. Both are written row by row."""

from __future__ import annotations

import csv
import json
from collections import Counter
from typing import TYPE_CHECKING, Any

from lens.portfolio.report.given import text_of
from lens.reports import inert

if TYPE_CHECKING:
    from pathlib import Path

    from lens.portfolio.analysis.tables import Cell, Table
    from lens.portfolio.report.given import Shown

# Excel takes a CSV file without this mark for one in the old encoding of the machine.
_MARK = "\ufeff"
EMBEDDED = ("summary", "coverage_by_check", "faults")
"""The tables that the JSON file has."""


def write_csv(table: Table, path: Path) -> None:
    """A table as CSV. No cell of text can be read as a formula; numbers keep all their digits."""
    with path.open("w", encoding="utf-8", newline="") as stream:
        stream.write(_MARK)
        out = csv.writer(stream, lineterminator="\r\n")
        out.writerow([column.name for column in table.columns])
        for row in table.rows():
            out.writerow([inert.cell(text_of(cell)) if isinstance(cell, str) else text_of(cell) for cell in row])


def classes_of(table: Table | None) -> Counter[str]:
    """How many programs are in each class, in order of name; empty where there is no such table."""
    counted: Counter[str] = Counter()
    at = position(table, "class")
    if table is not None and at is not None:
        for row in table.rows():
            counted[text_of(row[at])] += 1
    return Counter(dict(sorted(counted.items())))


def positions(table: Table | None) -> dict[str, int]:
    """Where each column stands in a table, by its name; empty where there is no table."""
    return {column.name: place for place, column in enumerate(table.columns)} if table is not None else {}


def position(table: Table | None, column: str) -> int | None:
    """Where a column stands in a table; None where either is missing."""
    return positions(table).get(column)


def write_json(shown: Shown, path: Path) -> None:
    """Summary, classes and coverage as JSON. Sums of money and shares are texts, so that no digit is lost."""
    head: dict[str, Any] = {
        "lens": shown.version,
        "audience": shown.audience,
        "as_of": shown.as_of,
        "facts": dict(shown.facts),
        "classes": dict(classes_of(shown.table("programs"))),
    }
    with path.open("w", encoding="utf-8", newline="\n") as stream:
        stream.write(_json(head)[:-1])
        stream.write(', "tables": {')
        for number, table in enumerate(one for one in shown.tables if one.name in EMBEDDED):
            stream.write(",\n" if number else "\n")
            _write_table(table, stream)
        stream.write("\n}}\n")


def _write_table(table: Table, stream: Any) -> None:
    columns = {column.name: column.help for column in table.columns}
    stream.write(f'{_json(table.name)}: {{"title": {_json(table.title)}, "help": {_json(table.help)}, ')
    stream.write(f'"columns": {_json(columns)}, "rows": [')
    for number, row in enumerate(table.rows()):
        stream.write(",\n" if number else "\n")
        values = {column.name: _value(cell) for column, cell in zip(table.columns, row, strict=True)}
        stream.write(_json(values))
    stream.write("]}")


def _value(cell: Cell) -> str | int | None:
    return cell if cell is None or isinstance(cell, int) else text_of(cell)


def _json(value: Any) -> str:
    return inert.json(json.dumps(value, ensure_ascii=False))
