"""Factors and inhibitors in play in a place for which published data shows no money, or no record at all."""

from __future__ import annotations

import json
from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

from lens import catalog
from lens.portfolio.analysis.contributions import meant
from lens.portfolio.analysis.finished import OWNERS, owner_sql
from lens.portfolio.analysis.places_given import STATES, contexts_of
from lens.portfolio.analysis.tables import Column

if TYPE_CHECKING:
    from collections.abc import Iterator

    from lens.portfolio.analysis.finished import Finished, Row
    from lens.portfolio.analysis.tables import Table

_EFFECTS = {"factors": "lowers", "inhibitors": "supports"}
_YEARS_BEFORE = 2
"""Money of so many years before a context still counts beside it; older money meets nothing of what is in play."""
_NO_YEAR = 9999
"""Money without a year may be of any, so that it counts beside every context."""
_SENTENCES = {
    "no-record": "Published data of this run shows no record in this country.",
    "no-money": "Published data of this run shows no money for this country alone{since}, only records.",
    "cannot-tell": "Cannot be told: no program here has a sector that can be judged.",
    "factors": "Published data shows no money here{since} in sectors that could lower it.",
    "inhibitors": "Published data shows no money here{since} in sectors that could support it.",
}
_NO_CONTEXT = "No context was given, so that nothing was looked for: that there is no row says nothing. "
_SAID = (
    "It shows where the published data of this run shows nothing, not that nobody does anything: others may, money may "
    "be published for a region or without a sector, and what is kept quiet is not published. Money counts from two "
    "years before the context on, planned money too. "
)


@dataclass(frozen=True, slots=True, order=True)
class _InPlay:
    country: str
    id: str
    state: str
    on: str
    indicators: str = ""
    """Of a factor, the indicators that were judged to be so, with spaces between; empty where it was as a whole."""

    @property
    def since(self) -> int | None:
        """The first year of which money counts beside it; None where its day is not known."""
        year = self.on[:4]
        return int(year) - _YEARS_BEFORE if year.isdigit() else None


def _in_play(run: Finished, which: str) -> list[_InPlay]:
    """Factors or inhibitors in play by country, as the newest context that speaks of each has it; then by id."""
    newest: dict[tuple[str, str], tuple[str, str]] = {}
    parts: dict[tuple[str, ...], set[str]] = {}
    for context in contexts_of(run):
        for one in context.get(which, ()):
            # A sector bears on a factor: an indicator in play stands for its own.
            key = context["country"], one["id"].split(".")[0]
            mine = str(context.get("on") or ""), one["state"]
            if one["id"] != key[1] and catalog.find(one["id"]) is not None:
                parts.setdefault((*key, *mine), set()).add(one["id"])
            before = newest.get(key)
            if before is None or _goes_before(mine, before, which):
                newest[key] = mine
    return sorted(
        _InPlay(country, item, state, on, " ".join(sorted(parts.get((country, item, on, state), ()), key=_by_number)))
        for (country, item), (on, state) in newest.items()
        if state in STATES[which] and catalog.find(item) is not None
    )


def _by_number(indicator: str) -> int:
    return int(indicator.rpartition(".")[2])


def _goes_before(one: tuple[str, str], other: tuple[str, str], which: str) -> bool:
    """Whether a judgement is newer; of one day, whether it is the one that is in play, the gravest first."""
    states = STATES[which]
    rank = [states.index(state) if state in states else len(states) for _, state in (one, other)]
    return one[0] > other[0] or (one[0] == other[0] and rank[0] < rank[1])


def _shown(run: Finished, which: str, countries: str) -> dict[tuple[str, str, str], int]:
    """The newest year of whose money in which country: in sectors that could bear on what, and (empty id) at all."""
    rows = run.rows(
        f"""select {owner_sql(run.by)}, a.place, coalesce(b."on", ''), max(coalesce(a.year, ?))
            from allocated a {OWNERS.format(record="a.record")}
            left join bears b on a.sector_kind = 'dac' and b.sector = a.sector and b.effect = ?
            where a.place_kind = 'country' and a.place in (select value from json_each(?))
              and cast(a.amount as real) > 0 group by 1, 2, 3""",  # noqa: S608 - names of ours
        _NO_YEAR,
        _EFFECTS[which],
        countries,
    )
    newest: dict[tuple[str, str, str], int] = {}
    for owner, country, on, year in rows:
        for key in ((owner, country, on), (owner, country, "")):
            newest[key] = max(year, newest.get(key, year))
    return newest


# Joined in this order, or the planner may begin at the end and go through all programs for each sector.
_THERE = f"""program_places c cross join members m on m.program = c.program and m.copy = 0
  {OWNERS.format(record="m.record")}"""
_COUNTRIES = "c.country in (select value from json_each(?))"


def _owners(run: Finished, countries: str) -> dict[str, dict[str, tuple[int, int]]]:
    """By country and owner: programs there, and how many of them have no sector that can be judged."""
    found: dict[str, dict[str, tuple[int, int]]] = {}
    for country, owner, programs, unknown in run.rows(
        f"""select c.country, {owner_sql(run.by)}, count(distinct m.program), count(distinct case when not exists (
              select 1 from program_sectors x join sector_map s on s.code = x.code
              where x.program = m.program and s.judged = 1) then m.program end)
            from {_THERE} where {_COUNTRIES} group by 1, 2 order by 1, 2""",  # noqa: S608 - names of ours
        countries,
    ):
        found.setdefault(country, {})[owner] = programs, unknown
    return found


def _in_sector(run: Finished, which: str, countries: str) -> dict[tuple[str, str, str], int]:
    """Programs in a country with a sector that could bear on each, whatever is published of their money."""
    rows = run.rows(
        f"""select {owner_sql(run.by)}, c.country, b."on", count(distinct m.program) from {_THERE}
            cross join program_sectors x on x.program = c.program
            cross join bears b on b.sector = x.code and b.effect = ?
            where {_COUNTRIES} group by 1, 2, 3""",  # noqa: S608 - names of ours
        _EFFECTS[which],
        countries,
    )
    return {(owner, country, on): programs for owner, country, on, programs in rows}


def _gaps(run: Finished, which: str) -> Iterator[Row]:
    in_play = _in_play(run, which)
    if not in_play:
        return
    countries = json.dumps(sorted({one.country for one in in_play}))
    there = _owners(run, countries)
    whole: list[Row] = []
    each: list[Row] = []
    shown, in_sector = _shown(run, which, countries), _in_sector(run, which, countries)
    registered = meant(run) if which == "inhibitors" else Counter[tuple[str, str, str]]()
    width = 4 if which == "inhibitors" else 3
    for one in in_play:
        item = catalog.find(one.id)
        parts = (one.indicators,) if which == "factors" else ()
        name = item.name if item else ""
        told = (one.country, catalog.country_name(one.country), one.id, name, *parts, one.state, one.on)
        owners = there.get(one.country, {})
        since = one.since or 0
        paying = [owner for owner in owners if shown.get((owner, one.country, ""), -1) >= since]
        lacking = [owner for owner in paying if shown.get((owner, one.country, one.id), -1) < since]
        keys = {owner: (owner, one.country, one.id) for owner in owners}
        counts = {
            owner: (*owners[owner], in_sector.get(key, 0), registered[key])[:width] for owner, key in keys.items()
        }
        if len(lacking) == len(paying):
            sums = tuple(sum(count[place] for count in counts.values()) for place in range(width))
            why = _lacks(sums, which, one) if paying else _why("no-money" if owners else "no-record", which, one)
            whole.append(("run", "", *told, *why, *sums))
        each += [("one", owner, *told, *_lacks(counts[owner], which, one), *counts[owner]) for owner in lacking]
    yield from (*whole, *each)


def _lacks(counts: tuple[int, ...], which: str, one: _InPlay) -> tuple[str, str]:
    """That there is no money in sectors that could bear on it; where no sector can be judged, that this is not known.

    `counts` are of programs in the country, and of those without a sector that can be judged, then others.
    """
    there, unknown = counts[:2]
    return _why("cannot-tell" if there == unknown else "no-money-in-sectors", which, one)


def _why(name: str, which: str, one: _InPlay) -> tuple[str, str]:
    """What published data does not show, by its id and in a sentence."""
    since = f" since {one.since}" if one.since is not None else ""
    return name, _SENTENCES.get(name, _SENTENCES[which]).format(since=since)


def orphan_risks(run: Finished) -> Table:
    """Risk factors in play in a country where a donor's published money shows nothing that could lower them."""
    return _table(
        run,
        "factors",
        "orphan_risks",
        "Risk factors in play without money in sectors that could lower them",
        "factor",
        "The risk factor in play; an indicator stands for its factor.",
    )


def unfunded_inhibitors(run: Finished) -> Table:
    """Inhibitors working or strained in a country, with no published money there that could support them."""
    return _table(
        run,
        "inhibitors",
        "unfunded_inhibitors",
        "Inhibitors at work without money in sectors that could support them",
        "inhibitor",
        "The inhibitor, working or strained.",
    )


_INDICATORS = Column(
    "indicators",
    "code",
    "Of the factor, the indicators that were judged to be in that state, with spaces between. Where any stand here, "
    "nothing is said of the factor's others; empty where the factor was judged as a whole.",
)
_MEANT = Column(
    "meant_to_support",
    "count",
    "Of these, contributions of a register that are meant to support it there, with money or without.",
)


def _table(run: Finished, which: str, name: str, title: str, column: str, text: str) -> Table:
    found = tuple(_gaps(run, which))
    said = _SAID if contexts_of(run) else f"{_NO_CONTEXT}{_SAID}"
    is_none = bool(_in_play(run, which)) and not any(row[0] == "run" for row in found)
    none = "Of the whole run: none. " if is_none else ""
    return run.table(
        name,
        title,
        f"{none}{said}Only countries with a context; first what is so of the whole run, then of each; in order of "
        "countries and ids.",
        (
            Column(
                "scope", "code", "run: so of all whose records are in this run together; one: of one with money here."
            ),
            Column(run.by, "code", "Whose money; empty where it is so of the whole run."),
            Column("country", "code", "ISO 3166 code."),
            Column("country_name", "text", "The country's short name."),
            Column(column, "code", text),
            Column("name", "text", "Its name in the catalog."),
            *((_INDICATORS,) if which == "factors" else ()),
            Column("state", "code", "Its state in the newest context that speaks of it."),
            Column("as_of", "text", "The day of that context, year-month-day."),
            Column("id", "code", "no-record, no-money, no-money-in-sectors or cannot-tell."),
            Column("sentence", "text", "What published data does not show."),
            Column("programs_there", "count", "Programs in the country."),
            Column("programs_not_judged", "count", "Of these, programs without any sector that can be judged."),
            Column(
                "programs_in_sector",
                "count",
                "Of these, programs with a sector that could, whose money is not published for this country and time.",
            ),
            *((_MEANT,) if which == "inhibitors" else ()),
        ),
        lambda: iter(found),
    )
