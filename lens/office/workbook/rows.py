"""From a case to the rows of its tables: what stands in which column, as a cell holds it."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from lens.errors import InputError, Problem
from lens.office.sheets import MAX_LENGTH
from lens.office.workbook import cells, layout
from lens.readers.boundary import spell
from lens.words import spoken

if TYPE_CHECKING:
    from collections.abc import Iterator

    from lens.cases import Answer, Case
    from lens.office.workbook.layout import Column, Table
    from lens.readers.text import Key


@dataclass(slots=True)
class Row:
    """One row: its cells by the key of their column, whose row it is, and its number among its kind."""

    cells: dict[Key, Any]
    owner: str = ""
    number: int = 0
    follow_ups: list[tuple[str, str]] = field(default_factory=list)
    """For an answer: each follow-up with its answer."""


def rows_of(table: Table, case: Case) -> list[Row]:
    """The rows of a table, in the order of the case."""
    part = getattr(case, table.part)
    if part is None:
        return []
    made: list[Row] = []
    for owner, records in _lists(table, part):
        for one in records:
            row = Row(_cells(one, table.columns, table.name), owner, len(made) + 1)
            if layout.is_answers(table):
                row.follow_ups = _follow_ups(one)
            made.append(row)
    return made


def form_of(sheet: layout.Sheet, case: Case) -> dict[Key, Any]:
    """The cells of a form, by the key of their field."""
    part = getattr(case, sheet.part)
    return {} if part is None else _cells(part, sheet.columns, sheet.name)


def more_evidence(case: Case) -> Iterator[tuple[str, int, dict[Key, Any]]]:
    """Pieces of evidence after the first: of which table, of which row, and their cells."""
    for table in layout.TABLES:
        part = getattr(case, table.part)
        if not table.numbered or part is None:
            continue
        for number, one in enumerate(getattr(part, table.path[0]), 1):
            for piece in one.evidence[1:]:
                yield table.name, number, _cells(piece, layout.evidence_columns(), layout.MORE)


def names_of(case: Case) -> list[tuple[str, dict[Key, Any]]]:
    """The rows of the annex: a reference and what stands behind it."""
    names = case.annex.names if case.annex else {}
    return [(ref, _cells(one, layout.name_columns(), layout.NAMES)) for ref, one in names.items()]


def flat(data: Any, at: str = "") -> Iterator[tuple[str, str]]:
    """Nested data as lines of a path and a text: `transactions[1].total`, counting from one."""
    if isinstance(data, dict):
        for key, value in data.items():
            yield from flat(value, f"{at}.{key}" if at else str(key))
    elif isinstance(data, list):
        for number, value in enumerate(data, 1):
            yield from flat(value, f"{at}[{number}]")
    else:
        yield at, cells.written(str(data))


def _lists(table: Table, part: Any) -> Iterator[tuple[str, Any]]:
    """The lists of records that a table holds, each with whose it is."""
    if table.owner != "activity":
        yield "", getattr(part, table.path[0])
    if table.owner:
        for one in part.activities:
            yield one.id, getattr(one, table.path[-1])


def _cells(record: Any, columns: tuple[Column, ...], sheet: str) -> dict[Key, Any]:
    made = {}
    for column in columns:
        value = _held(record, column.key)
        if value is None or (not column.needed and value == column.default):
            continue
        made[column.key] = cell = cell_of(column, value)
        if isinstance(cell, str) and len(cell.encode("utf-16-le")) // 2 > MAX_LENGTH:
            what = f"This text is longer than the {MAX_LENGTH} signs that a cell can hold."
            raise InputError(Problem(field=f"{sheet}: {spell(column.key)}", what=what, fix="Shorten it in its file."))
    return made


def _held(record: Any, key: Key) -> Any:
    value = record
    for step in key:
        if isinstance(step, str):
            value = getattr(value, step)
        elif step < len(value):
            value = value[step]
        else:
            return None
        if value is None:
            return None
    return value


def cell_of(column: Column, value: Any) -> Any:
    """A value of the model as a cell holds it."""
    if column.is_list:
        texts = [spoken(one) if column.kind == "word" else str(one) for one in value]
        return cells.list_written(texts) if texts else cells.EMPTY_LIST
    match column.kind:
        case "word":
            return spoken(value)
        case "day":
            return cells.day_written(value)
        case "amount" | "count":
            return cells.number_written(value)
        case "share":
            return cells.share_written(value)
        case "form":
            return cells.written_raw(str(value))
        case _:
            return cells.written(value)


def _follow_ups(answer: Answer) -> list[tuple[str, str]]:
    return [(name, spoken(word)) for name, word in answer.follow_ups.items()]
