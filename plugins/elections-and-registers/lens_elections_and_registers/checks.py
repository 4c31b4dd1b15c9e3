"""The computed checks of the pack: dates beside the calendar, disputes before a vote, and what stays after it."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from lens import Case, Found, Setting, check
from lens.checks.reading import found, last_day, unasked, weighed, works_in

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from lens.cases import Activity, Context, Event

VOTES = ("15151",)
COUNTS = ("13010", "13096", "15136", "15196", "16062")
STEPS = ("election", "census", "registration_or_id")
"""Kinds of events that are steps of a vote, a count or the giving out of papers."""

HALF_A_YEAR = timedelta(days=183)
A_MONTH = timedelta(days=30)
AFTER_THE_VOTE = 60
"""Days for which result, ruling and handover of power tend to be open."""

_NEAR = ("census-near", "papers-near", "work-near", "near-guarded")
_HOW_NEAR = {"census": "census-near", "registration_or_id": "papers-near"}
SETTLES = ("legal_support", "convening")
SETTLERS = ("INH3", "INH5")


@check("elections-and-registers.calendar-holds-steps")
def calendar_holds_steps(case: Case, setting: Setting) -> Iterator[Found]:
    """The steps of a vote or count in the calendar, and days of remembrance beside them."""
    if case.context is None:
        yield unasked(case)
        return
    if not case.context.calendar:
        yield found("no-calendar", on="RF8.8")
        return
    steps = [one for one in case.context.calendar if one.kind in STEPS]
    ahead = [one for one in steps if last_day(one) >= setting.as_of]
    if not steps:
        yield found("no-step", on="RF8.8")
    elif not ahead:
        yield found("all-past", on="RF8.8", day=max(map(last_day, steps)))
    elif len(ahead) == 1:
        yield found("one-step", on="RF8.8", day=ahead[0].on)
    else:
        yield found("steps", on="RF8.8", count=len(ahead), day=max(map(last_day, ahead)))
    if ahead:
        yield _remembrance(ahead, case.context)


def _remembrance(steps: list[Event], context: Context) -> Found:
    days = [one for one in context.calendar if one.kind == "commemoration"]
    if not days:
        return found("no-remembrance", on="RF8.11")
    pairs = ((_gap(step.on, last_day(step), day.on, last_day(day)), step) for step in steps for day in days)
    gap, step = min(pairs, key=lambda pair: (pair[0], pair[1].on, pair[1].kind))
    if gap > A_MONTH.days:
        return found("remembrance-apart", on="RF8.11")
    return found("near-remembrance", on="RF8.11", event=step.kind, day=step.on, days=gap)


@check("elections-and-registers.count-near-vote")
def count_near_vote(case: Case, setting: Setting) -> Iterator[Found]:
    """Counts, registrations and work on them beside each election that is written down."""
    if case.is_published and not _votes(case, setting):
        yield unasked(case)
        return
    if not case.program.activities and not case.program.milestones:
        yield unasked(case)
        return
    spans = list(_counts(case, setting))
    votes = _votes(case, setting)
    if not spans:
        yield found("no-dates", on="RF8.8")
    elif not votes:
        yield found("no-vote", on="RF8.8")
    else:
        near = _nearest(spans, votes, case, setting)
        yield from near
        if not near:
            yield found("apart", on="RF8.8", count=len(spans))


Span = tuple[str, str, "date", "date"]
"""How near it weighs, the activity it belongs to, its first and its last day."""


def _counts(case: Case, setting: Setting) -> Iterator[Span]:
    """Each count and registration with a day, and each activity on them with days."""
    for one in case.program.milestones:
        if one.kind in _HOW_NEAR:
            yield _HOW_NEAR[one.kind], one.activity or "", one.on, one.on
    for activity in case.program.activities:
        first, last = activity.start or activity.end, activity.end or activity.start
        if first is not None and last is not None and works_in(COUNTS, case, setting, activity) is not False:
            yield "work-near", activity.id, first, last


def _nearest(spans: list[Span], votes: list[tuple[date, date]], case: Case, setting: Setting) -> list[Found]:
    """For each activity, the count or work that weighs most among those near a vote."""
    kept: dict[str, tuple[int, int, Found]] = {}
    for outcome, about, first, last in spans:
        for vote, until in votes:
            gap = _gap(first, last, vote, until)
            if gap > HALF_A_YEAR.days:
                continue
            how = "near-guarded" if _is_guarded(about, case, setting) else outcome
            weight = (_NEAR.index(how), gap)
            if about not in kept or weight < kept[about][:2]:
                kept[about] = (*weight, found(how, about=about, on="RF8.8", days=gap, day=vote))
    return [one for _, _, one in kept.values()]


@check("elections-and-registers.disputes-in-time")
def disputes_in_time(case: Case, setting: Setting) -> Iterator[Found]:
    """Something that settles disputes, with money, before the next vote."""
    activities = case.program.activities
    votes = _votes(case, setting)
    if not activities or (case.is_published and not votes):
        yield unasked(case)
        return
    if not votes:
        yield found("no-vote", on="INH2")
        return
    vote = min(votes)[0]
    each = [_in_time(one, vote) for one in activities if _settles(one)]
    there = [one for one in each if one.outcome == "in-time"]
    yield from there or each
    if not each:
        yield found("none", on="INH2", day=vote)


def _settles(activity: Activity) -> bool:
    supports = any(one.kind == "intended_to_support" and one.on in SETTLERS for one in activity.effects)
    return supports or any(one.what in SETTLES for one in activity.provides)


def _in_time(activity: Activity, vote: date) -> Found:
    if activity.end is not None and activity.end < vote:
        return found("ends-before", about=activity.id, on="INH2", day=vote, end=activity.end)
    if activity.start is None:
        return found("undated", about=activity.id, on="INH2", day=vote)
    if activity.start >= vote:
        return found("starts-late", about=activity.id, on="INH2", day=vote, start=activity.start)
    return found("in-time" if _has_money(activity) else "no-money", about=activity.id, on="INH2", day=vote)


def _has_money(activity: Activity) -> bool:
    return bool(activity.budgets) or any(
        one is not None
        for one in (*(each.budget for each in activity.effects), *(each.value for each in activity.provides))
    )


@check("elections-and-registers.ends-with-the-vote")
def ends_with_the_vote(case: Case, setting: Setting) -> Iterator[Found]:
    """Whether activities on elections last beyond the last dated step of the vote."""
    activities = [one for one in case.program.activities if works_in(VOTES, case, setting, one) is not False]
    votes = _votes(case, setting)
    if not activities or (case.is_published and not votes):
        yield unasked(case)
        return
    if not votes:
        yield found("no-vote", on="AH-11")
        return
    last = max(until for _, until in votes)
    for activity in activities:
        end = activity.end or case.program.end
        if end is None:
            yield found("no-end", about=activity.id, on="AH-11", day=last)
        elif end < last:
            yield found("ends-before", about=activity.id, on="AH-11", end=end, day=last)
        elif (days := (end - last).days) < AFTER_THE_VOTE:
            yield found("ends-soon", about=activity.id, on="AH-11", end=end, days=days, day=last)
        else:
            yield found("stays", about=activity.id, on="AH-11", day=last)


def _gap(first: date, last: date, other: date, until: date) -> int:
    """Days between two spans of time; none where they touch."""
    return max((other - last).days, (first - until).days, 0)


def _votes(case: Case, setting: Setting) -> list[tuple[date, date]]:
    """First and last day of each election that lies ahead, in the calendar or among the program's dates."""
    calendar = case.context.calendar if case.context is not None else ()
    dated = [(one.on, last_day(one)) for one in calendar if one.kind == "election"]
    dated += [(one.on, one.on) for one in case.program.milestones if one.kind == "election"]
    return sorted({(first, last) for first, last in dated if last >= setting.as_of})


def _is_guarded(about: str, case: Case, setting: Setting) -> bool:
    """Whether every look at being the trigger has a whole safeguard: near a vote, a no is not enough."""
    activity = case.activity(about)
    looks = [one for one in activity.harm_paths if "AH-8" in one.paths] if activity is not None else []
    return bool(looks) and all(weighed(one, setting)[0] == "guarded" for one in looks)
