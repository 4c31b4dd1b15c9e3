"""The computed checks of the pack: dates beside the calendar, disputes before a vote, and where lists end up."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from lens import Case, Found, Setting, check
from lens.words import FORCE_KINDS

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from lens.cases import Activity, Context, Event, HarmLook, Provision

VOTES = ("15151",)
COUNTS = ("13010", "13096", "15136", "15196", "16062")
STEPS = ("election", "census", "registration_or_id")
"""Kinds of events that are steps of a vote, a count or the giving out of papers."""

LISTS = ("data_or_lists", "surveillance")
AUTHORITIES = FORCE_KINDS | {"ministry", "local_authority", "justice_institution", "oversight_body", "customary_body"}
MARKED = ("RF7.10", "RF7.12", "RF10", "RF12")
"""Signs with which a list in the hands of a force goes to the escalation route."""

IN_PLAY = ("seen", "early_signs")
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
        yield _unasked(case)
        return
    if not case.context.calendar:
        yield Found(outcome="no-calendar", on="RF8.8")
        return
    steps = [one for one in case.context.calendar if one.kind in STEPS]
    ahead = [one for one in steps if _last(one) >= setting.as_of]
    if not steps:
        yield Found(outcome="no-step", on="RF8.8")
    elif not ahead:
        yield Found(outcome="all-past", on="RF8.8", values={"day": max(map(_last, steps))})
    elif len(ahead) == 1:
        yield Found(outcome="one-step", on="RF8.8", values={"day": ahead[0].on})
    else:
        yield Found(outcome="steps", on="RF8.8", values={"count": len(ahead), "day": max(map(_last, ahead))})
    if ahead:
        yield _remembrance(ahead, case.context)


def _remembrance(steps: list[Event], context: Context) -> Found:
    days = [one for one in context.calendar if one.kind == "commemoration"]
    if not days:
        return Found(outcome="no-remembrance", on="RF8.11")
    pairs = ((_gap(step.on, _last(step), day.on, _last(day)), step) for step in steps for day in days)
    gap, step = min(pairs, key=lambda pair: (pair[0], pair[1].on, pair[1].kind))
    if gap > A_MONTH.days:
        return Found(outcome="remembrance-apart", on="RF8.11")
    return Found(outcome="near-remembrance", on="RF8.11", values={"event": step.kind, "day": step.on, "days": gap})


@check("elections-and-registers.count-near-vote")
def count_near_vote(case: Case, setting: Setting) -> Iterator[Found]:
    """Counts, registrations and work on them beside each election that is written down."""
    if case.is_published and not _votes(case, setting):
        yield Found(outcome="not-published")
        return
    if not case.program.activities and not case.program.milestones:
        yield _unasked(case)
        return
    spans = list(_counts(case))
    votes = _votes(case, setting)
    if not spans:
        yield Found(outcome="no-dates", on="RF8.8")
    elif not votes:
        yield Found(outcome="no-vote", on="RF8.8")
    else:
        near = _nearest(spans, votes, case, setting)
        yield from near
        if not near:
            yield Found(outcome="apart", on="RF8.8", values={"count": len(spans)})


Span = tuple[str, str, "date", "date"]
"""How near it weighs, the activity it belongs to, its first and its last day."""


def _counts(case: Case) -> Iterator[Span]:
    """Each count and registration with a day, and each activity on them with days."""
    for one in case.program.milestones:
        if one.kind in _HOW_NEAR:
            yield _HOW_NEAR[one.kind], one.activity or "", one.on, one.on
    for activity in case.program.activities:
        first, last = activity.start or activity.end, activity.end or activity.start
        if first is not None and last is not None and _works_on(activity, case, COUNTS):
            yield "work-near", activity.id, first, last


def _nearest(spans: list[Span], votes: list[tuple[date, date]], case: Case, setting: Setting) -> list[Found]:
    """For each activity, the count or work that weighs most among those near a vote."""
    kept: dict[str, tuple[int, int, Found]] = {}
    for outcome, about, first, last in spans:
        for vote, until in votes:
            gap = _gap(first, last, vote, until)
            if gap > HALF_A_YEAR.days:
                continue
            guarded = _is_guarded(about, case, setting)
            how = "near-guarded" if guarded else outcome
            found = Found(outcome=how, about=about, on="RF8.8", values={"days": gap, "day": vote})
            weight = (_NEAR.index(how), gap)
            if about not in kept or weight < kept[about][:2]:
                kept[about] = (*weight, found)
    return [found for _, _, found in kept.values()]


@check("elections-and-registers.disputes-in-time")
def disputes_in_time(case: Case, setting: Setting) -> Iterator[Found]:
    """Something that settles disputes, with money, before the next vote."""
    activities = case.program.activities
    votes = _votes(case, setting)
    if not activities or (case.is_published and not votes):
        yield _unasked(case)
        return
    if not votes:
        yield Found(outcome="no-vote", on="INH2")
        return
    vote = min(votes)[0]
    each = [_in_time(one, vote) for one in activities if _settles(one)]
    there = [one for one in each if one.outcome == "in-time"]
    yield from there or each
    if not each:
        yield Found(outcome="none", on="INH2", values={"day": vote})


def _settles(activity: Activity) -> bool:
    supports = any(one.kind == "intended_to_support" and one.on in SETTLERS for one in activity.effects)
    return supports or any(one.what in SETTLES for one in activity.provides)


def _in_time(activity: Activity, vote: date) -> Found:
    values: dict[str, str | int | date] = {"day": vote}
    if activity.end is not None and activity.end < vote:
        outcome, values["end"] = "ends-before", activity.end
    elif activity.start is None:
        outcome = "undated"
    elif activity.start >= vote:
        outcome, values["start"] = "starts-late", activity.start
    else:
        outcome = "in-time" if _has_money(activity) else "no-money"
    return Found(outcome=outcome, about=activity.id, on="INH2", values=values)


def _has_money(activity: Activity) -> bool:
    return bool(activity.budgets) or any(
        one is not None
        for one in (*(each.budget for each in activity.effects), *(each.value for each in activity.provides))
    )


@check("elections-and-registers.lists-looked-at")
def lists_looked_at(case: Case, setting: Setting) -> Iterator[Found]:
    """For each activity that provides lists: who gets them, and whether somebody looked at AH-1."""
    if not case.program.activities:
        yield _unasked(case)
    for activity in case.program.activities:
        yield _looked_at(activity, case, setting)


def _looked_at(activity: Activity, case: Case, setting: Setting) -> Found:
    gives = _lists(activity)
    looks = [one for one in activity.harm_paths if "AH-1" in one.paths]
    if not activity.provides:
        return Found(outcome="not-published" if case.is_published else "not-known", about=activity.id, on="AH-1")
    if not gives:
        return Found(outcome="none", about=activity.id, on="AH-1")
    if looks:
        whole = all(_is_whole(one, setting) for one in looks)
        return Found(outcome="looked" if whole else "look-not-whole", about=activity.id, on="AH-1")
    if case.is_published and not activity.harm_paths:
        return Found(outcome="not-published", about=activity.id, on="AH-1")
    kinds = _kinds(gives, case)
    if power := [one for one in kinds if one in AUTHORITIES]:
        return Found(outcome="to-authority", about=activity.id, on="AH-1", values={"kind": ", ".join(power)})
    if _is_unclear(gives, kinds, case):
        return Found(outcome="recipient-not-known", about=activity.id, on="AH-1")
    return Found(outcome="to-others", about=activity.id, on="AH-1", values={"kind": ", ".join(kinds)})


@check("elections-and-registers.register-to-force")
def register_to_force(case: Case, _setting: Setting) -> Iterator[Found]:
    """Whether data, lists or surveillance end with a force, also through others."""
    if not case.program.activities:
        yield _unasked(case)
    for activity in case.program.activities:
        yield _ends_with(activity, case)


def _ends_with(activity: Activity, case: Case) -> Found:
    gives = _lists(activity)
    if not activity.provides:
        return Found(outcome="not-published" if case.is_published else "not-known", about=activity.id, on="AH-1")
    if not gives:
        return Found(outcome="none-given", about=activity.id, on="AH-1")
    kinds = _kinds(gives, case)
    if force := [one for one in kinds if one in FORCE_KINDS]:
        values: dict[str, str | int | date] = {"kind": ", ".join(force)}
        if sign := _sign(case):
            return Found(outcome="to-force-marked", about=activity.id, on="AH-1", values={**values, "sign": sign})
        return Found(outcome="to-force", about=activity.id, on="AH-1", values=values)
    partners = [one.kind for ref in activity.partners if (one := case.partner(ref)) is not None]
    unclear = _is_unclear(gives, kinds, case)
    if unclear and (near := sorted({one for one in partners if one in FORCE_KINDS})):
        return Found(outcome="beside-force", about=activity.id, on="AH-1", values={"kind": ", ".join(near)})
    return Found(outcome="not-known" if unclear else "not-reaching", about=activity.id, on="AH-1")


def _sign(case: Case) -> str:
    """The first sign of people being marked, expelled or attacked by plan; empty where none is in play."""
    judged = case.context.factors if case.context is not None else ()
    signs = [one.id for one in judged if one.state in IN_PLAY]
    return next((one for one in signs if any(one == sign or one.startswith(f"{sign}.") for sign in MARKED)), "")


@check("elections-and-registers.ends-with-the-vote")
def ends_with_the_vote(case: Case, setting: Setting) -> Iterator[Found]:
    """Whether activities on elections last beyond the last dated step of the vote."""
    activities = [one for one in case.program.activities if _works_on(one, case, VOTES)]
    votes = _votes(case, setting)
    if not activities or (case.is_published and not votes):
        yield _unasked(case)
        return
    if not votes:
        yield Found(outcome="no-vote", on="AH-11")
        return
    last = max(until for _, until in votes)
    for activity in activities:
        end = activity.end or case.program.end
        if end is None:
            yield Found(outcome="no-end", about=activity.id, on="AH-11", values={"day": last})
        elif end < last:
            yield Found(outcome="ends-before", about=activity.id, on="AH-11", values={"end": end, "day": last})
        elif (days := (end - last).days) < AFTER_THE_VOTE:
            values: dict[str, str | int | date] = {"end": end, "days": days, "day": last}
            yield Found(outcome="ends-soon", about=activity.id, on="AH-11", values=values)
        else:
            yield Found(outcome="stays", about=activity.id, on="AH-11", values={"day": last})


def _unasked(case: Case) -> Found:
    return Found(outcome="not-published" if case.is_published else "not-asked")


def _last(event: Event) -> date:
    return event.until or event.on


def _gap(first: date, last: date, other: date, until: date) -> int:
    """Days between two spans of time; none where they touch."""
    return max((other - last).days, (first - until).days, 0)


def _votes(case: Case, setting: Setting) -> list[tuple[date, date]]:
    """First and last day of each election that lies ahead, in the calendar or among the program's dates."""
    calendar = case.context.calendar if case.context is not None else ()
    dated = [(one.on, _last(one)) for one in calendar if one.kind == "election"]
    dated += [(one.on, one.on) for one in case.program.milestones if one.kind == "election"]
    return sorted({(first, last) for first, last in dated if last >= setting.as_of})


def _works_on(activity: Activity, case: Case, wanted: tuple[str, ...]) -> bool:
    """Whether an activity works in one of these sectors, or may: where no sector is given, or a vague one."""
    codes = [one.code for one in activity.sectors or case.program.sectors]
    return not codes or any(
        code == want or want.startswith(code) or code.startswith("998") for code in codes for want in wanted
    )


def _lists(activity: Activity) -> list[Provision]:
    return [one for one in activity.provides if one.what in LISTS]


def _kinds(gives: list[Provision], case: Case) -> list[str]:
    """The kinds of all bodies that receive or hand on what is given, each once, in the order of the chain."""
    return list(dict.fromkeys(partner.kind for one in gives for partner in case.chain(one)))


def _is_unclear(gives: list[Provision], kinds: list[str], case: Case) -> bool:
    """Whether some recipient is not named, not among the partners, or of no known kind."""
    named = all(one.to is not None and case.partner(one.to) is not None for one in gives)
    known = all(case.partner(ref) is not None for one in gives for ref in one.through)
    return not named or not known or "not_known" in kinds


def _is_whole(look: HarmLook, setting: Setting) -> bool:
    """Whether a look is in date and ends in a reason why not, or in a whole safeguard that is not overdue."""
    if look.could == "not_known" or setting.policy.is_stale(look.on, "mixed", setting.as_of):
        return False
    if look.could == "no":
        return bool(look.reason.strip())
    guard = look.safeguard
    if guard is None or guard.by is None or not all(map(str.strip, (guard.what, guard.owner, guard.residual_risk))):
        return False
    seen_since = look.on is not None and look.on >= guard.by
    return guard.by >= setting.as_of or seen_since


def _is_guarded(about: str, case: Case, setting: Setting) -> bool:
    """Whether an activity has looks at being the trigger that name a whole safeguard."""
    activity = case.activity(about)
    looks = [one for one in activity.harm_paths if "AH-8" in one.paths] if activity is not None else []
    return bool(looks) and all(one.could == "yes" and _is_whole(one, setting) for one in looks)
