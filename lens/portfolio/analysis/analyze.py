"""What a finished run comes to, as tables in order: what is not known first, then classes, then money."""

from __future__ import annotations

import json
from dataclasses import dataclass, replace
from datetime import date
from typing import TYPE_CHECKING, Any

from lens.portfolio.analysis import (
    bearing,
    compare,
    contributions,
    converted,
    coverage,
    doubtful,
    flows,
    gaps,
    listing,
    places_given,
    summary,
    sums,
)
from lens.portfolio.analysis.by_body import Bodies
from lens.portfolio.analysis.finished import CLOSED, FEWEST, Finished
from lens.portfolio.analysis.reviewed import Reviewed
from lens.portfolio.programs.grouping import finish
from lens.portfolio.runs.runfile import opened, rows, sound
from lens.words import LEVELS, at_least

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from lens.portfolio.analysis.finished import By
    from lens.portfolio.analysis.rates import Rates
    from lens.portfolio.analysis.tables import Table
    from lens.reviews.model import Review
    from lens.words import Audience, Level

_PUBLIC_FACTS = ("as_of", "lens", "packs")
"""What a run file notes of itself that everybody may read; whatever else it notes is for the agency."""
_UNTOLD = ("contexts", "text_checks", "finished", "aside", "form", "state", "checks", "titles", "not_asked")
"""What is told in tables, or to nobody."""


@dataclass(frozen=True, slots=True)
class Analysis:
    """The tables of a run for one audience."""

    audience: Audience
    facts: dict[str, Any]
    """What the run says of itself, such as as_of and versions, and how it was analyzed; by name."""
    tables: tuple[Table, ...]
    """In the order in which they are told."""

    incomplete: bool = False
    """Whether anything could not be read or checked, or the run was cut short."""
    unfinished: bool = False
    """Whether the run was cut short: what was not reached is in no number."""
    gravest: Level | None = None
    """The gravest level among the concerns."""

    @property
    def as_of(self) -> date:
        """The day it speaks of."""
        return date.fromisoformat(self.facts["as_of"])

    @property
    def version(self) -> str:
        """The version of lens that made the run."""
        return str(self.facts["lens"])

    def reaches(self, level: Level) -> bool:
        """Whether a concern is at or above a level."""
        return self.gravest is not None and at_least(self.gravest, level)

    def table(self, name: str) -> Table:
        """The table of a name; KeyError where there is none."""
        return next((one for one in self.tables if one.name == name), None) or _missing(name)


def _missing(name: str) -> Table:
    raise KeyError(name)


def analyze(
    path: Path,
    *,
    audience: Audience = "public",
    rates: Rates | None = None,
    reviews: Iterable[Review] = (),
    by: By = "donor",
    self_check: bool = False,
    fewest: int = FEWEST,
) -> Analysis:
    """Group a run where that was not done, and give its tables.

    `by` says what stands side by side; `fewest` is the number of programs under which cells are withheld from those
    outside the agency. InputError where there is no run file.
    """
    with opened(path, writing=True) as connection:
        sound(connection, path)
        finish(connection)
    run = Finished(path, audience, rates, by, fewest)
    matched, bodies = Reviewed(run, reviews), Bodies(run)
    tables = (
        summary.summary(run),
        places_given.places_given(run),
        summary.inputs(run),
        summary.not_read(run),
        summary.faults(run),
        summary.not_asked(run),
        coverage.coverage_by_check(run),
        coverage.missing_by_publisher(run),
        coverage.coverage_by_publisher(run),
        listing.rules(run),
        listing.programs(run),
        listing.concerns(run),
        sums.money_by_kind(run),
        doubtful.largest_records(run),
        doubtful.counted_twice(run),
        sums.money_by_year(run),
        sums.money_by_country(run),
        sums.money_by_sector(run),
        bearing.money_by(run, bearing.FACTORS),
        bearing.money_by(run, bearing.INHIBITORS),
        bearing.money_by(run, bearing.HARM_PATHS),
        *((converted.money_converted(run),) if rates else ()),
        flows.money_flows(run),
        flows.sector_effects(run),
        bodies.by_kind(),
        bodies.local(),
        contributions.contributions(run),
        compare.comparability(run),
        compare.donors(run),
        *((converted.donors_converted(run),) if rates else ()),
        compare.donors_by_factor(run),
        gaps.orphan_risks(run),
        gaps.unfunded_inhibitors(run),
        matched.matching(),
        matched.programs(),
        matched.money(),
        listing.exposure(run),
        *((listing.exposure_listing(run),) if self_check else ()),
    )
    shown = tables if audience in CLOSED else tuple(map(_public, tables))
    return Analysis(audience, _facts(run), shown, _is_incomplete(run), _is_unfinished(run), _gravest(run))


def _is_incomplete(run: Finished) -> bool:
    noted = dict(run.rows("select key, value from meta where key = 'aside'"))
    unread = any(row[3] for row in json.loads(noted.get("aside", "[]")))
    (failed,) = next(
        run.rows("select exists (select 1 from faults) or exists (select 1 from judged where state = 'error')")
    )
    return _is_unfinished(run) or unread or bool(failed)


def _is_unfinished(run: Finished) -> bool:
    (state,) = next(run.rows("select value from meta where key = 'state'"), ("finished",))
    return bool(state != "finished")


def _gravest(run: Finished) -> Level | None:
    found = {level for (level,) in run.rows("select distinct level from told")}
    return next((level for level in LEVELS if level in found), None)


def _public(table: Table) -> Table:
    """A table without its internal columns."""
    kept = [place for place, column in enumerate(table.columns) if not column.internal]
    if len(kept) == len(table.columns):
        return table
    return replace(
        table,
        columns=tuple(table.columns[place] for place in kept),
        rows=lambda: (tuple(row[place] for place in kept) for row in table.rows()),
    )


def _facts(run: Finished) -> dict[str, Any]:
    noted = dict(rows(run.path, "select key, value from meta order by key"))
    told = {key: noted[key] for key in noted if (run.is_closed and key not in _UNTOLD) or key in _PUBLIC_FACTS}
    return {
        **told,
        **({"state": "cut short"} if _is_unfinished(run) else {}),
        "contexts": len(json.loads(noted.get("contexts", "[]"))),
        "by": run.by,
        "rates": run.rates.to if run.rates else "",
        "fewest": run.fewest,
    }
