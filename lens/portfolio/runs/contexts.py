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
from lens.errors import LensError

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from typing import TypeVar

    from lens.cases.policy import Policy
    from lens.cases.program import Program

    Judgement = TypeVar("Judgement", FactorJudgement, InhibitorJudgement)

MOST_KEPT = 50_000
"""Contexts put together are kept for records of the same places, up to so many judgments in all."""

MOST_PLACES = 5
"""At so many places of a record in one of several countries the judgments of that country are repeated."""


class Contexts:
    """Contexts of countries, each with its day, of which the one that fits is found for each record.

    Raises LensError for one without a country or a day. Of two of the same country and day, the first given counts.
    """

    def __init__(self, given: Iterable[Context] = ()) -> None:
        self._by_country: dict[str, list[Context]] = {}
        for one in sorted(given, key=lambda context: context.on or date.min, reverse=True):
            if not one.country or not one.on:
                raise LensError("A context that records are held beside needs a country and a day.")
            self._by_country.setdefault(one.country, []).append(one)
        self._kept: dict[object, Context] = {}
        self._size = 0

    def __reduce__(self) -> tuple[type[Contexts], tuple[list[Context]]]:
        """Another process gets the contexts alone: what is kept goes by where they lie in this one's memory."""
        return Contexts, (list(self),)

    def __iter__(self) -> Iterator[Context]:
        """The contexts by country, the newest first."""
        for country in sorted(self._by_country):
            yield from self._by_country[country]

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
        if not any(picked):
            return Context(on=self._newest(countries))
        places = tuple((place.id, place.country or "") for place in program.places)
        # Where all lies in one country, its judgments are those of the whole.
        whole = {country for _, country in places} == {*countries} and len(countries) == 1
        key = (() if whole else places, tuple(map(id, picked)))
        if key not in self._kept:
            made = _together(() if whole else places, countries, picked)
            if self._size > MOST_KEPT:
                self._kept.clear()
                self._size = 0
            self._kept[key] = made
            self._size += len(made.factors) + len(made.inhibitors)
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


def _together(
    places: tuple[tuple[str, str], ...], countries: tuple[str, ...], picked: tuple[Context | None, ...]
) -> Context:
    """One context of places in countries. Free text stays behind: no check of published data reads it."""
    factors: list[FactorJudgement] = []
    inhibitors: list[InhibitorJudgement] = []
    for number, (country, one) in enumerate(zip(countries, picked, strict=True), 1):
        if one is not None:
            refs = [ref for ref, where in places if where == country][:MOST_PLACES]
            factors += _at(one.factors, one, refs, number)
            inhibitors += _at(one.inhibitors, one, refs, number)
    found = [one for one in picked if one is not None]
    return Context(
        country=countries[0] if len(countries) == 1 else None,
        on=min(one.on for one in found if one.on is not None),
        owner=found[0].owner,
        factors=tuple(factors),
        inhibitors=tuple(inhibitors),
    )


def _at(given: Iterable[Judgement], context: Context, refs: list[str], number: int) -> Iterator[Judgement]:
    """Judgments of a country at each of the record's places in it; those of a place inside it, somewhere there."""
    for one in given:
        day = one.on or context.on
        if one.place is not None:
            yield replace(one, place=f"place:{SOMEWHERE + number}", on=day)
        elif refs:
            yield from (replace(one, place=ref, on=day) for ref in refs)
        else:
            yield replace(one, on=day)
