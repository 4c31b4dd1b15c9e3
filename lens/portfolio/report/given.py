"""What a report of a portfolio is made of, and what of it its audience is shown."""

from __future__ import annotations

import dataclasses
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING, Protocol

from lens.reports.inert import clean

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from lens.portfolio.tables import Cell, Table

INSIDE = frozenset({"internal", "restricted"})
"""Audiences inside the agency: they see columns marked internal, and their files are readable by the owner only."""


class Given(Protocol):
    """The result of an analysis. Its tables are gone through several times, each time in the same order."""

    @property
    def facts(self) -> Mapping[str, str | int]:
        """What the report is of, as label and value, in order: inputs, contexts, rates."""

    @property
    def tables(self) -> Sequence[Table]:
        """Every table, in order."""

    @property
    def audience(self) -> str:
        """For whom it is."""

    @property
    def as_of(self) -> date:
        """The day it speaks of."""

    @property
    def version(self) -> str:
        """The version of lens it was made with."""


@dataclass(frozen=True, slots=True)
class Shown:
    """An analysis as its audience is shown it."""

    facts: tuple[tuple[str, str], ...]
    tables: tuple[Table, ...]
    audience: str
    as_of: date
    version: str
    formats: tuple[str, ...] = ()
    """What is written along, so that one file can say what is in another."""

    @property
    def inside(self) -> bool:
        """Whether its files are for the agency alone."""
        return self.audience in INSIDE

    def table(self, name: str) -> Table | None:
        """A table by name."""
        return next((one for one in self.tables if one.name == name), None)


def shown(given: Given, formats: tuple[str, ...] = ()) -> Shown:
    """What the audience is shown: outside the agency, no column marked internal."""
    inside = given.audience in INSIDE
    return Shown(
        facts=tuple((one_line(str(name)), one_line(str(value))) for name, value in given.facts.items()),
        tables=tuple(one if inside else _public(one) for one in given.tables),
        audience=given.audience,
        as_of=given.as_of,
        version=given.version,
        formats=formats,
    )


def _public(table: Table) -> Table:
    kept = [number for number, column in enumerate(table.columns) if not column.internal]
    if len(kept) == len(table.columns):
        return table

    def rows() -> Iterator[tuple[Cell, ...]]:
        for row in table.rows():
            yield tuple(row[number] for number in kept)

    return dataclasses.replace(table, columns=tuple(table.columns[number] for number in kept), rows=rows)


def one_line(text: str) -> str:
    """Text as data: on one line, without control signs, signs that turn its direction made visible."""
    return " ".join(clean(text).split())


def cut(text: str, most: int) -> str:
    """A text of at most so many signs, and then a sign that it goes on."""
    return text if len(text) <= most else f"{text[:most]} …"


def text_of(cell: Cell) -> str:
    """A cell as plain text; every digit of a sum is kept, and no exponent is used. Empty where there is nothing."""
    if cell is None:
        return ""
    if isinstance(cell, Decimal):
        return f"{cell:f}"
    if isinstance(cell, date):
        return cell.isoformat()
    return one_line(cell) if isinstance(cell, str) else str(cell)
