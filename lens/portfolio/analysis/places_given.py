"""What the contexts of a run say of which countries, and for how many programs they could speak."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from lens import catalog
from lens.portfolio.analysis.tables import Column
from lens.portfolio.programs.classes import PLACE

if TYPE_CHECKING:
    from collections.abc import Iterator

    from lens.portfolio.analysis.finished import Finished, Row
    from lens.portfolio.analysis.tables import Table

STATES = {"factors": ("seen", "early_signs"), "inhibitors": ("working", "strained")}
"""In which states a factor or an inhibitor is in play."""

# Joined in this order: a run has few findings of one check, beside all others.
_SPOKEN_FOR = """
  select c.country, count(distinct c.program) from findings f
    cross join members m on m.record = f.record and m.copy = 0
    cross join program_places c on c.program = m.program
  where f.outcome in (
    select id from outcomes where "check" = ?
      and (state in ('concern', 'nothing_seen', 'addressed') or (state = 'open' and because = 'not_known')))
  group by 1"""


def contexts_of(run: Finished) -> list[dict[str, Any]]:
    """The contexts that the run was given."""
    found = next(run.rows("select value from meta where key = 'contexts'"), None)
    return json.loads(found[0]) if found else []


def places_given(run: Finished) -> Table:
    """Each judgment of the contexts, and for how many programs the contexts of its country could speak."""

    def made() -> Iterator[Row]:
        contexts = contexts_of(run)
        programs = dict(run.rows(_SPOKEN_FOR, PLACE)) if contexts else {}
        for one in sorted(contexts, key=lambda one: (one["country"], one.get("on") or "")):
            country = one["country"]
            spoken_for = programs.get(country, 0)
            head = country, catalog.country_name(country), one.get("on") or ""
            judgments = [told for told in _judgments(one) if run.is_closed or (told[-1] and spoken_for)]
            for item, state, on, by, _ in judgments:
                yield (*head, item, _name(item), state, spoken_for, on, by)
            if not judgments:
                yield (*head, "", "", "", spoken_for, "", "")

    left = "" if run.is_closed else "Named is only what is in play; what else was judged is in the internal report. "
    return run.table(
        "places_given",
        "What was given of the places",
        f"The contexts of this run, in order of countries and days. {left}Where no program is counted, nothing of that "
        "country was judged: the context is too old, or of another time than the work, or no program names it.",
        (
            Column("country", "code", "ISO 3166 code."),
            Column("country_name", "text", "The country's short name."),
            Column("as_of", "text", "The day of the context, year-month-day."),
            Column("about", "code", "The risk factor, the indicator or the inhibitor that was judged; else empty."),
            Column("name", "text", "Its name in the catalog."),
            Column("state", "code", "How it was judged to be."),
            Column(
                "programs",
                "count",
                "Programs in this country of whose places something was judged, from all contexts of the country "
                "together; of a program in several countries, perhaps from those of another.",
            ),
            Column("judged_on", "text", "The day of this judgment, year-month-day.", internal=True),
            Column("role", "text", "The role that judged, or that answers for the context.", internal=True),
        ),
        made,
    )


def _judgments(context: dict[str, Any]) -> Iterator[tuple[str, str, str, str, bool]]:
    """What a context judges: what, its state, the day, the role, and whether it is in play; as written there."""
    for which, states in STATES.items():
        for one in context.get(which, ()):
            on = one.get("on") or context.get("on") or ""
            yield one["id"], one["state"], on, one.get("by", ""), one["state"] in states


def _name(item: str) -> str:
    found = catalog.find(item)
    return found.name if found else ""
