"""What published data says of an activity beside what a context judges of its countries, at the activity's own time."""

from __future__ import annotations

from datetime import timedelta
from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

from lens import catalog
from lens.cases.case import factor_of
from lens.checks.computed.published_reading import (
    around,
    class_of,
    exactly,
    gravest_class,
    in_play,
    is_timely,
    published,
    sector_codes,
)
from lens.checks.marks import check
from lens.checks.period import period_of
from lens.checks.reading import found, words

if TYPE_CHECKING:
    from collections.abc import Iterator

    from lens.cases import Case, Published
    from lens.checks.computed.published_reading import Around
    from lens.checks.model import Found
    from lens.checks.setting import Setting

SOON = timedelta(days=180)
"""An end within so many days of the day of the review leaves little time to hand on what protects."""

MOST_SHOWN = 6
"""So many factors are named one by one; more are counted."""

FLAGGED = "IATI"
"""The standard that has a flag for humanitarian work; elsewhere the sectors alone say it."""

HINDERED = ("RF6.4", "RF7.7", "RF13.8", "RF14")
"""What bears on humanitarian work first: no access, expulsion, supplies kept back, threats to those who help."""


@check("published.place")
def place(case: Case, setting: Setting) -> Iterator[Found]:
    """Whether risk factors are in play at its places at its time, as far as contexts say."""
    seen = around(case, setting)
    if seen.unsaid:
        yield found(seen.unsaid)
    elif seen.played:
        yield _played(seen) if setting.screening else found("told-elsewhere", count=len(seen.played))
    elif len(seen.not_seen) == len(catalog.items("RF")):
        yield found("not-seen", count=len(seen.not_seen))
    else:
        yield found("not-all-looked-for", count=len(seen.not_seen), all=len(catalog.items("RF")))


def _played(seen: Around) -> Found:
    """What is in play: signs that go to somebody at once, those for somebody senior, and others."""
    gravest = gravest_class(seen.played)
    outcome = {"at_once": "at-once", "senior": "senior", "none": "in-play"}[gravest]
    if "here" not in seen.played.values():
        outcome += "-somewhere"
    named = [one for one in seen.played if class_of(one) == gravest]
    return found(
        outcome,
        factors=words(named[:MOST_SHOWN]),
        count=len(seen.played),
        countries=seen.in_play_in,
        all=seen.countries,
    )


class _Bears(NamedTuple):
    """What sectors could bear on: harm paths with the factors they feed, and inhibitors."""

    paths: tuple[tuple[str, tuple[str, ...], str], ...]
    """A harm path, its factors, and the codes that lead to it."""
    inhibitors: tuple[str, ...]


@lru_cache(maxsize=4096)
def _bears(codes: tuple[str, ...]) -> _Bears:
    rows = {code: row for code in codes if (row := catalog.sector(code)) is not None}
    paths = []
    for path, item in catalog.items("AH").items():
        if those := [code for code, row in rows.items() if path in row.harm_paths]:
            paths.append((path, item.texts("factors"), words(those[:MOST_SHOWN])))
    inhibitors = dict.fromkeys(one for row in rows.values() for one in row.inhibitors)
    return _Bears(tuple(paths), tuple(inhibitors))


@check("published.sector-meets-place")
def sector_meets_place(case: Case, setting: Setting) -> Iterator[Found]:
    """Whether what its sectors could worsen meets what is in play there, or what they could wear down is at work."""
    bears = _bears(sector_codes(case))
    seen = around(case, setting)
    if not sector_codes(case):
        yield found("no-sector")
    elif not bears.paths and not bears.inhibitors:
        yield found("not-mapped")
    elif seen.unsaid:
        yield found("place-open")
    else:
        met = [*_met(bears, seen), *_worn(bears, case, setting)]
        settled = {factor_of(one) for _, factors, _ in bears.paths for one in factors} <= seen.not_seen
        yield from met or [found("none-met" if settled else "not-all-looked-for")]


def _met(bears: _Bears, seen: Around) -> Iterator[Found]:
    for path, factors, sectors in bears.paths:
        meets = in_play(factors, seen.played)
        if not meets:
            continue
        if gravest_class(meets) == "at_once":
            outcome = "meets-sign"
        elif exact := exactly(factors, seen.played):
            outcome, meets = "meets", exact
        else:
            outcome = "part-not-known"
        yield found(outcome, on=path, factors=words(meets[:MOST_SHOWN]), sectors=sectors)


def _worn(bears: _Bears, case: Case, setting: Setting) -> Iterator[Found]:
    context, period = case.context, period_of(case.program, setting.as_of)
    if context is None or period is None:
        return
    at_work = {
        one.id: one.state
        for one in case.inhibitors_at_work()
        if one.id in bears.inhibitors and is_timely(one, context, period, setting)
    }
    for item, state in at_work.items():
        yield found("could-wear-down-strained" if state == "strained" else "could-wear-down", on=item)


@check("published.ending")
def ending(case: Case, setting: Setting) -> Iterator[Found]:
    """Whether it ends soon where something is in play."""
    end = case.program.end
    if end is None:
        yield found("not-published", on="AH-11")
    elif end < setting.as_of:
        yield found("over", on="AH-11")
    elif end - setting.as_of > SOON:
        yield found("later", on="AH-11", day=end)
    else:
        yield _soon(around(case, setting), (end - setting.as_of).days)


def _soon(seen: Around, days: int) -> Found:
    if seen.played:
        return found("soon-in-play", on="AH-11", days=days)
    settled = not seen.unsaid and len(seen.not_seen) == len(catalog.items("RF"))
    return found("soon-not-seen" if settled else "soon", on="AH-11", days=days)


NAMED = frozenset(
    {
        *("local_organization", "women_led_organization", "customary_body", "religious_body", "media"),
        "national_organization",
    }
)
"""Kinds of bodies whose people live where they can be found."""


@check("published.exposes")
def exposes(case: Case, setting: Setting) -> Iterator[Found]:
    """Whether points or local bodies are published where something is in play."""
    points = published(case).points
    local = sum(
        one.local == "yes" or (one.kind in NAMED and one.role in ("implementing", "recipient"))
        for one in case.program.partners
    )
    if not points and not local:
        yield found("none" if case.program.partners else "not-published", on="AH-9")
        return
    seen = around(case, setting)
    settled = not seen.unsaid and len(seen.not_seen) == len(catalog.items("RF"))
    outcome = "where-in-play" if seen.played else "not-seen-there" if settled else "place-open"
    yield found(outcome, on="AH-9", points=points, local=local)


@check("published.humanitarian")
def humanitarian(case: Case, setting: Setting) -> Iterator[Found]:
    """Whether humanitarian work meets what hinders and endangers it."""
    said = published(case)
    codes = sector_codes(case)
    if not said.humanitarian and not any(code.startswith("72") for code in codes):
        yield found(_is_none(said, codes), on="RF14")
        return
    seen = around(case, setting)
    if meets := exactly(HINDERED, seen.played):
        yield found("meets", on="RF14", factors=words(meets[:MOST_SHOWN]))
    elif not seen.unsaid and {factor_of(one) for one in HINDERED} <= seen.not_seen:
        yield found("not-seen", on="RF14")
    else:
        yield found("place-open", on="RF14")


def _is_none(said: Published, codes: tuple[str, ...]) -> str:
    """How it is said that work is not humanitarian: by the flag, or by sectors where the data has no flag."""
    if said.humanitarian is False:
        return "is-none"
    return "none-by-sector" if codes and said.standard != FLAGGED else "not-published"
