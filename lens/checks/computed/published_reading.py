"""How the checks of published data read a record: its codes, its bodies, and what is judged of its places at its time.

Several checks ask the same of one record, so what is costly is worked out once for each.
"""

from __future__ import annotations

from datetime import timedelta
from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

from lens import catalog
from lens.cases.case import IN_PLAY, factor_of
from lens.cases.context import SOMEWHERE
from lens.cases.published import Published
from lens.checks.period import Period, period_of
from lens.checks.reading import said

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date

    from lens.cases import Case, Context, FactorJudgement, InhibitorJudgement
    from lens.cases.policy import Policy
    from lens.checks.setting import Setting

    Judgement = FactorJudgement | InhibitorJudgement

_NOTHING = Published(standard="")


def published(case: Case) -> Published:
    """What a publisher said; nothing at all where the program was not read from published data."""
    return case.program.published or _NOTHING


def sector_codes(case: Case) -> tuple[str, ...]:
    """Every DAC code of the program and its activities, each once."""
    program = case.program
    own = [one.code for one in program.sectors]
    return tuple(dict.fromkeys([*own, *(s.code for each in program.activities for s in each.sectors)]))


class Around(NamedTuple):
    """What is judged of the risk factors at the places of a record, at its time."""

    unsaid: str
    """Why nothing can be said: an outcome of its own; empty where something can."""
    played: dict[str, str]
    """The factors and indicators in play, each with where: `here`, or `somewhere` in a country of the record."""
    not_seen: frozenset[str]
    """Factors looked for and not seen, as a whole and at every place."""
    in_play_in: int
    """Of how many of its countries something in play is said; 0 where that cannot be told."""
    countries: int


_last: list[tuple[Case, Setting, Around]] = []


def around(case: Case, setting: Setting) -> Around:
    """What is judged of a record's places; the same for all checks that ask of the same case."""
    if _last and _last[0][0] is case and _last[0][1] is setting:
        return _last[0][2]
    found = _around(case, setting)
    _last[:] = [(case, setting, found)]
    return found


def _around(case: Case, setting: Setting) -> Around:
    program, context = case.program, case.context
    countries = tuple(dict.fromkeys(place.country for place in program.places if place.country))
    period = period_of(program, setting.as_of)
    unsaid = _unsaid(case, countries, period)
    if unsaid or context is None or period is None:
        return Around(unsaid, {}, frozenset(), 0, len(countries))
    timely = [one.judged for one in _dated(context, setting) if _is_of(period, one.day, one.slack, setting)]
    if not timely:
        unsaid = "stale" if context.factors else "no-context" if context.on is None else "other-time"
    here = {place.id: place.country for place in program.places}
    played: dict[str, str] = {}
    told: set[str | None] = set()
    for one in timely:
        if one.state in IN_PLAY:
            is_here = one.place is None or one.place in here
            played[one.id] = "here" if is_here or played.get(one.id) == "here" else "somewhere"
            told.update(countries if one.place is None else {here.get(one.place) or _country(one.place, countries)})
    return Around(unsaid, played, _not_seen(timely, frozenset(here)), len(told - {None}), len(countries))


def _country(place: str, countries: tuple[str, ...]) -> str | None:
    """The country of a place that is none of the record's own, where that is said."""
    number = int(place.partition(":")[2]) - SOMEWHERE
    if 0 < number <= len(countries):
        return countries[number - 1]
    return countries[0] if len(countries) == 1 else None


def _unsaid(case: Case, countries: tuple[str, ...], period: Period | None) -> str:
    """What of the record itself, or for want of any context, keeps anything from being said of its places."""
    if not countries:
        return "region-only" if published(case).regions else "no-country"
    if case.context is None:
        return "not-asked"
    return "time-not-published" if period is None else ""


def is_timely(one: Judgement, context: Context, period: Period, setting: Setting) -> bool:
    """Whether a judgment speaks of a record's time: in date today for one at work, of its own time for one over."""
    return _is_of(period, one.on or context.on, _slack(one.id, setting.policy), setting)


def _is_of(period: Period, day: date | None, slack: timedelta, setting: Setting) -> bool:
    if day is None or day > setting.as_of:
        return False
    if period.is_over:
        return period.first - slack <= day <= period.last + slack
    return day >= period.last - slack


def _slack(item: str, policy: Policy) -> timedelta:
    return timedelta(days=policy.days(catalog.tendency_of(item)))


class _Dated(NamedTuple):
    """A judgment with its day, and for how long it speaks before and after."""

    judged: FactorJudgement
    day: date | None
    slack: timedelta


_KNOWN: dict[int, tuple[Context, Policy, tuple[_Dated, ...]]] = {}
_MOST_KNOWN = 512


def _dated(context: Context, setting: Setting) -> tuple[_Dated, ...]:
    """The judgments of a context with their days; many records have the same context, so that it is kept."""
    known = _KNOWN.get(id(context))
    if known is None or known[0] is not context or known[1] is not setting.policy:
        made = (_Dated(one, one.on or context.on, _slack(one.id, setting.policy)) for one in context.factors)
        if len(_KNOWN) >= _MOST_KNOWN:
            _KNOWN.clear()
        known = _KNOWN[id(context)] = (context, setting.policy, tuple(made))
    return known[2]


def _not_seen(timely: Iterable[FactorJudgement], here: frozenset[str]) -> frozenset[str]:
    """Factors that were looked for as a whole, at every place of a record, by a role, in some way, on evidence."""
    seen: set[str] = set()
    looked: dict[str, set[str | None]] = {}
    for one in timely:
        if one.state != "looked_for_not_seen":
            seen.add(factor_of(one.id))
        elif one.id == factor_of(one.id) and said(one.by) and said(one.how) and one.evidence:
            looked.setdefault(one.id, set()).add(one.place)
    return frozenset(
        factor for factor, places in looked.items() if factor not in seen and (None in places or here <= places)
    )


def in_play(items: Iterable[str], played: Iterable[str]) -> list[str]:
    """Which of what is in play is one of these factors or indicators, or the factor or an indicator of one."""
    wanted = frozenset(items)
    factors = frozenset(factor_of(one) for one in wanted)
    return [one for one in played if one in wanted or factor_of(one) in wanted or (one in factors)]


def exactly(items: Iterable[str], played: Iterable[str]) -> list[str]:
    """Which of what is in play is one of these, or an indicator of one.

    That a factor is in play as a whole does not say which of its indicators is.
    """
    wanted = frozenset(items)
    return [one for one in played if one in wanted or factor_of(one) in wanted]


def gravest_class(items: Iterable[str]) -> str:
    """`at_once`, `senior` or `none`: the gravest escalation class among factors and indicators."""
    classes = set(map(class_of, items))
    return next(one for one in ("at_once", "senior", "none") if one in classes or one == "none")


@lru_cache(maxsize=512)
def class_of(item: str) -> str:
    """The escalation class of a factor or indicator."""
    return catalog.escalation_class(item)
