"""Which of the contexts that a user gives speaks of a record: by its countries and its time.

A context of today says nothing of an activity that ended years ago. Where a record lies in several countries, what is
judged of each is put together in one context that speaks of the record's own places.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from typing import TYPE_CHECKING

from lens.cases.context import SOMEWHERE, Context, FactorJudgement, InhibitorJudgement
from lens.checks.period import Period, period_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from typing import TypeVar

    from lens.cases.policy import Policy
    from lens.cases.program import Program

    Judgement = TypeVar("Judgement", FactorJudgement, InhibitorJudgement)

MOST_KEPT = 4096
"""Contexts put together are kept for records of the same places, up to so many."""


class Contexts:
    """Contexts of countries, each with its day, of which the one that fits is found for each record."""

    def __init__(self, given: Iterable[Context] = ()) -> None:
        dated = [one for one in given if one.country and one.on]
        self._by_country: dict[str, list[Context]] = {}
        for one in sorted(dated, key=lambda context: context.on or date.min, reverse=True):
            self._by_country.setdefault(one.country or "", []).append(one)
        self._kept: dict[object, Context] = {}

    def __bool__(self) -> bool:
        return bool(self._by_country)

    def of(self, program: Program, as_of: date, policy: Policy) -> Context | None:
        """What is judged of a record's countries at its time. None where no context was given at all.

        Where some were given and none fits, it is a context without judgments. It has a day where one of these
        countries is of another time: that of the newest.
        """
        if not self._by_country:
            return None
        period = period_of(program, as_of)
        countries = tuple(dict.fromkeys(place.country for place in program.places if place.country))
        picked = tuple(self._pick(country, period, as_of, policy) for country in countries)
        key = (tuple((place.id, place.country) for place in program.places), tuple(map(id, picked)))
        if key not in self._kept:
            if len(self._kept) >= MOST_KEPT:
                self._kept.clear()
            self._kept[key] = (
                _together(program, countries, picked) if any(picked) else Context(on=self._newest(countries))
            )
        return self._kept[key]

    def _newest(self, countries: tuple[str, ...]) -> date | None:
        days = [one.on for country in countries for one in self._by_country.get(country, ()) if one.on is not None]
        return max(days, default=None)

    def _pick(self, country: str, period: Period | None, as_of: date, policy: Policy) -> Context | None:
        """The newest context of a country, not after a day, that can speak of a time."""
        if period is None:
            return None
        slack = timedelta(days=max(policy.days(one) for one in ("dynamic", "mixed", "structural")))
        for one in self._by_country.get(country, ()):
            if one.on is not None and one.on <= as_of and period.first - slack <= one.on <= period.last + slack:
                return one
        return None


def _together(program: Program, countries: tuple[str, ...], picked: tuple[Context | None, ...]) -> Context:
    """One context of the places of a record. Free text stays behind: no check of published data reads it."""
    factors: list[FactorJudgement] = []
    inhibitors: list[InhibitorJudgement] = []
    for number, (country, one) in enumerate(zip(countries, picked, strict=True), 1):
        if one is None:
            continue
        places = tuple(place.id for place in program.places if place.country == country)
        factors += _at(one.factors, one, places, number)
        inhibitors += _at(one.inhibitors, one, places, number)
    found = [one for one in picked if one is not None]
    return Context(
        country=found[0].country if len(countries) == 1 else None,
        on=min(one.on for one in found if one.on is not None),
        owner=found[0].owner,
        places=tuple(place.id for place in program.places),
        factors=tuple(factors),
        inhibitors=tuple(inhibitors),
    )


def _at(given: Iterable[Judgement], context: Context, places: tuple[str, ...], number: int) -> Iterator[Judgement]:
    """Judgments of a country at each of the record's places in it; those of a place inside it, somewhere there."""
    for one in given:
        for place in places if one.place is None else (f"place:{SOMEWHERE + number}",):
            yield replace(one, place=place, on=one.on or context.on)
