"""A finished run as analyses read it: its file, for whom, and how rows become tables."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Literal, TypeVar

from lens.portfolio.analysis.tables import Column, Table
from lens.portfolio.programs.classes import EXPOSES
from lens.portfolio.runs.runfile import rows

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator
    from pathlib import Path

    from lens.portfolio.analysis.rates import Rates
    from lens.portfolio.analysis.tables import Cell
    from lens.portfolio.runs.runfile import Functions
    from lens.words import Audience

Row = tuple["Cell", ...]
By = Literal["donor", "publisher", "input"]
Made = TypeVar("Made")

CLOSED: frozenset[Audience] = frozenset({"internal", "restricted"})
"""The audiences inside the agency: they see titles and cells of few programs."""
FEWEST = 5
"""Cells of fewer programs are withheld where the small-cell rule applies."""


@dataclass(frozen=True, slots=True)
class Finished:
    """A finished run file and what shapes its tables."""

    path: Path
    audience: Audience = "public"
    rates: Rates | None = None
    by: By = "donor"
    fewest: int = FEWEST
    _known: dict[object, Any] = field(default_factory=dict, compare=False, repr=False)

    @property
    def is_closed(self) -> bool:
        """Whether only the agency itself reads it."""
        return self.audience in CLOSED

    def rows(self, sql: str, *values: Any, functions: Functions | None = None) -> Iterator[Any]:
        """The rows of a query. `converted(amount, currency, year)` gives null without a rate."""
        known: Functions = {"converted": (3, self.rates.converted if self.rates else lambda *_: None)}
        return rows(self.path, sql, values, {**known, **(functions or {})})

    def once(self, key: object, make: Callable[[], Made]) -> Made:
        """What is worked out for one table and told in others too; `key` is what was asked."""
        if key not in self._known:
            self._known[key] = make()
        found: Made = self._known[key]
        return found

    def titles(self) -> dict[str, str]:
        """What each check is about, in words, by its id; empty where the run does not note it."""
        noted = next(self.rows("select value from meta where key = 'titles'"), None)
        return json.loads(noted[0]) if noted else {}

    def table(
        self, name: str, title: str, text: str, columns: Iterable[Column], made: Callable[[], Iterator[Row]]
    ) -> Table:
        """A table whose rows are few: worked out when they are first asked for, and kept."""
        return Table(name, title, text, tuple(columns), _Kept(made))


class _Kept:
    """Rows that are worked out once."""

    def __init__(self, made: Callable[[], Iterator[Row]]) -> None:
        self._made = made
        self._rows: tuple[Row, ...] | None = None

    def __call__(self) -> Iterator[Row]:
        if self._rows is None:
            self._rows = tuple(self._made())
        return iter(self._rows)


def gives_away_in_few(run: Finished) -> bool:
    """Whether so few programs of a run give something away that their number is not for everybody."""
    (few,) = next(
        run.rows(
            """select coalesce(sum(programs), 0) from judged
               where "check" = ? and state in ('concern', 'open') and because in ('', 'not_known')""",
            EXPOSES,
        )
    )
    return not run.is_closed and 0 < few < run.fewest


def owner_sql(by: By) -> str:
    """The SQL expression of whose a record is. It wants what OWNERS joins."""
    # Names of files are internal: an input is called by its number.
    return {"donor": "r.donor", "publisher": "w.ref", "input": "'input ' || n.number"}[by]


OWNERS = """join records r on r.id = {record} join publishers w on w.id = r.publisher
  join units u on u.id = r.unit join numbered n on n.input = u.input"""
