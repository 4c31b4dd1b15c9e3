"""What a report of a portfolio is made of, and what of it its audience is shown."""

from __future__ import annotations

import dataclasses
import json
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING, Any, Protocol

from lens.reports.inert import clean

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from lens.portfolio.analysis.tables import Cell, Table

_NO_DAY = date(1980, 1, 1)
INSIDE = frozenset({"internal", "restricted"})
"""Audiences inside the agency: they see columns marked internal, and their files are readable by the owner only."""


class Given(Protocol):
    """The result of an analysis. Its tables are gone through several times, each time in the same order."""

    @property
    def facts(self) -> Mapping[str, Any]:
        """What the run says of itself, by name: `as_of`, `lens`, `rates`, and whatever else there is."""

    @property
    def tables(self) -> Sequence[Table]:
        """Every table, in order."""

    @property
    def audience(self) -> str:
        """For whom it is."""


@dataclass(frozen=True, slots=True)
class Shown:
    """An analysis as its audience is shown it."""

    facts: tuple[tuple[str, str], ...]
    """What else the run says of itself, in words."""
    tables: tuple[Table, ...]
    audience: str
    as_of: str
    """The day it speaks of, as an ISO date."""
    version: str
    """The version of lens that made it."""
    rates: str
    """The currency that sums were converted to; empty where none were."""
    gaps: tuple[str, ...] = ()
    """What is not known because of how the run was made, in sentences."""
    formats: tuple[str, ...] = ()
    """What is written along, so that one file can say what is in another."""

    @property
    def day(self) -> date:
        """The day it speaks of, for files that must have one; a day long ago where it says none."""
        try:
            return date.fromisoformat(self.as_of)
        except ValueError:
            return _NO_DAY

    @property
    def inside(self) -> bool:
        """Whether its files are for the agency alone."""
        return self.audience in INSIDE

    def table(self, name: str) -> Table | None:
        """A table by name."""
        return next((one for one in self.tables if one.name == name), None)


_NAMES = {
    "contexts": "contexts given",
    "contexts_digest": "digest of contexts",
    "mappings": "digest of mappings",
    "policy": "digest of the policy",
    "by": "side by side stand",
    "rates": "sums converted to",
    "fewest": "numbers withheld below so many programs",
}
_IN_HEAD = ("as_of", "lens")
NO_CURRENCY = "currency not stated"
NO_CONTEXT = "Nothing is known of the places: no context was given."
_GAPS = (
    ("state", "cut short", "The run was cut short: what was not reached is in no number here."),
    ("contexts", "0", NO_CONTEXT),
)
"""What a run says of itself that is told before anything else."""


def shown(given: Given, formats: tuple[str, ...] = ()) -> Shown:
    """What the audience is shown: outside the agency, no column marked internal."""
    inside = given.audience in INSIDE
    facts = {name: text_of(value) for name, value in given.facts.items()}
    facts |= {"packs": _packs(facts["packs"])} if "packs" in facts else {}
    told = [(_NAMES.get(name, name.replace("_", " ")), facts[name]) for name in facts if name not in _IN_HEAD]
    return Shown(
        facts=tuple((one_line(name), value or "none") for name, value in told),
        tables=tuple(one if inside else _public(one) for one in given.tables),
        audience=given.audience,
        as_of=facts.get("as_of", ""),
        version=facts.get("lens", ""),
        rates=facts.get("rates", ""),
        gaps=tuple(text for name, value, text in _GAPS if facts.get(name) == value),
        formats=formats,
    )


def _packs(text: str) -> str:
    """Packs as a run notes them, in words: name, version and digest of each."""
    try:
        return "; ".join(f"{name} {version}, digest {digest}" for name, version, digest in json.loads(text))
    except ValueError:
        return text


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
