"""Tables as people read them: numbers with thousands apart, names beside codes, and no more rows than can be read."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import TYPE_CHECKING

from lens import catalog
from lens.portfolio.analysis.shares import percent_said
from lens.portfolio.report.given import text_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from lens.portfolio.analysis.tables import Cell, Column, Table

_NUMBERS = frozenset({"count", "money", "percent"})
_FEW = 6
"""So many countries are named; more stand as codes."""
_NOTHING = "–"


@dataclass(frozen=True, slots=True)
class Head:
    """The head of a column."""

    name: str
    help: str
    kind: str = "text"

    @property
    def is_number(self) -> bool:
        """Whether what is under it is set as numbers are."""
        return self.kind in _NUMBERS


@dataclass(frozen=True, slots=True)
class Block:
    """A table to lay out."""

    name: str
    title: str
    help: str
    heads: tuple[Head, ...]
    rows: tuple[tuple[str, ...], ...]
    total: int
    """How many rows there are; more than are shown where the table was cut."""
    files: str = ""
    """Where the rest is."""

    @property
    def more(self) -> int:
        """How many rows are not shown."""
        return self.total - len(self.rows)


@dataclass(frozen=True, slots=True)
class ClassShown:
    """The programs of one class."""

    name: str
    block: Block

    @property
    def slug(self) -> str:
        """Its name as part of the page's own names."""
        return "".join(one if one.isascii() and one.isalnum() else "-" for one in self.name)


def block_of(table: Table, most: int, files: str) -> Block:
    """A table with so many of its rows, and how many it has."""
    rows: list[tuple[str, ...]] = []
    total = 0
    for row in table.rows():
        total += 1
        if len(rows) < most:
            rows.append(_row(table.columns, row))
    return Block(table.name, table.title, table.help, heads_of(table.columns), tuple(rows), total, files)


def classes_shown(
    table: Table, order: Iterable[str], most: int, files: str, words: Mapping[str, str]
) -> tuple[ClassShown, ...]:
    """The programs of each class, so many of each, in one walk; classes in the order given, any other after them.

    The column `class` is left out, since the heading says it, and `donor` where every program's is its publisher. In
    reasons, ids are told in `words`, and what they are on by its name in the catalog.
    """
    at = [column.name for column in table.columns].index("class")
    columns = table.columns[:at] + table.columns[at + 1 :]
    names = [column.name for column in columns]
    pair = (names.index("donor"), names.index("publisher")) if {"donor", "publisher"} <= set(names) else (0, 0)
    alike = pair != (0, 0)
    rows: dict[str, list[tuple[str, ...]]] = {name: [] for name in order}
    totals = dict.fromkeys(rows, 0)
    for row in table.rows():
        name = text_of(row[at])
        totals[name] = totals.get(name, 0) + 1
        kept = rows.setdefault(name, [])
        told = row[:at] + row[at + 1 :]
        alike = alike and told[pair[0]] == told[pair[1]]
        if len(kept) < most:
            kept.append(_row(columns, told))
    reasons = [number for number, name in enumerate(names) if name == "reasons"]
    for place in reasons:
        rows = {name: [_in_words(row, place, words) for row in kept] for name, kept in rows.items()}
    heads, known = heads_of(columns), list(order)
    if alike:
        heads = tuple(_also_donor(one) for number, one in enumerate(heads) if number != pair[0])
        rows = {name: [row[: pair[0]] + row[pair[0] + 1 :] for row in kept] for name, kept in rows.items()}
    made: list[ClassShown] = []
    for name in sorted(rows, key=lambda one: (known.index(one) if one in known else len(known), one)):
        title = f"Programs in the class {name}"
        block = Block(f"class-{len(made)}", title, table.help, heads, tuple(rows[name]), totals[name], files)
        made.append(ClassShown(name, block))
    return tuple(made)


def _also_donor(head: Head) -> Head:
    return (
        replace(head, help=f"{head.help} Of every program here it is the donor too.")
        if head.name == "publisher"
        else head
    )


_ID = re.compile(r"[a-z]+(?:[.-][a-z0-9]+)+|\b(?:RF|INH|AH-)[0-9]+(?:\.[0-9]+)?\b")
"""How ids of rules and checks look inside reasons, and those of factors, inhibitors and harm paths."""


def _in_words(row: tuple[str, ...], at: int, words: Mapping[str, str]) -> tuple[str, ...]:
    named: set[str] = set()

    def said(found: re.Match[str]) -> str:
        item = catalog.find(found[0])
        if item is None or found[0] in named:
            return words.get(found[0], found[0])
        named.add(found[0])
        return f"{found[0]} ({item.name.rstrip('.')})"

    return (*row[:at], _ID.sub(said, row[at]), *row[at + 1 :])


def heads_of(columns: Iterable[Column]) -> tuple[Head, ...]:
    """The heads of columns, in words."""
    return tuple(Head(one.name.replace("_", " "), one.help, one.kind) for one in columns)


def _row(columns: tuple[Column, ...], row: tuple[Cell, ...]) -> tuple[str, ...]:
    return tuple(said(column, cell) for column, cell in zip(columns, row, strict=True))


def said(column: Column, cell: Cell) -> str:
    """A cell as people read it."""
    if cell is None:
        return _NOTHING
    if isinstance(cell, (int, Decimal)) and column.kind in ("count", "money"):
        return f"{cell:,}" if isinstance(cell, int) else f"{cell:,f}"
    if column.kind == "percent" and isinstance(cell, (int, Decimal)):
        return percent_said(cell)
    text = text_of(cell)
    if column.name == "countries" and 0 < len(codes := text.split()) <= _FEW:
        return ", ".join(map(country_named, codes))
    return text or _NOTHING


def country_named(code: str) -> str:
    """A country's name with its code; the code alone where there is no name."""
    name = catalog.country_name(code) if len(code) == 2 and code.isupper() else ""
    return f"{name} ({code})" if name and name != code else code
