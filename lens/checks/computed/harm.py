"""Harm: effects that could do harm, what reaches a force, dates that could spark violence, and the way out."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING

from lens.checks.computed.harm_paths import run_for
from lens.checks.marks import check
from lens.checks.reading import found, gravest, is_overdue, lacking, said, unasked, weighed

if TYPE_CHECKING:
    from collections.abc import Iterator

    from lens.cases import Activity, Case, Effect, Event, Milestone
    from lens.checks.model import Found
    from lens.checks.setting import Setting

NEAR = timedelta(days=90)
"""Within so many days a date of the program can add to the tension of an event."""

TRIGGERS: dict[str, str] = {
    "election": "RF8.8",
    "census": "RF8.8",
    "registration_or_id": "RF7.12",
    "trial_or_verdict": "RF8.12",
    "commemoration": "RF8.11",
    "resource_project": "RF8.10",
    "religious_event": "RF8.6",
    "peace_deadline": "RF8.4",
    "troop_or_mission_change": "RF8.1",
    "land_or_relocation": "RF12.3",
    "aid_change": "RF6.4",
    "other": "RF8",
}
"""The indicator that each kind of event belongs to."""

NO_TRIGGERS = frozenset({"aid_change", "other"})
"""Kinds of the program's own dates that are ordinary work."""

_EFFECTS = ("unguarded", "incomplete", "overdue", "guarded")
_DATES = ("near-event", "own-trigger", "near-guarded", "own-guarded")


@check("harm.effects-guarded")
def effects_guarded(case: Case, setting: Setting) -> Iterator[Found]:
    """A safeguard for each effect that could worsen a factor or wear down an inhibitor."""
    if not case.program.activities:
        yield unasked(case)
    for activity in case.program.activities:
        effects = [one for one in activity.effects if one.kind in ("could_worsen", "could_erode")]
        guards = [_guard(activity, effect, setting) for effect in effects]
        yield from gravest(guards, order=_EFFECTS) if guards else [_without(activity, case)]


def _guard(activity: Activity, effect: Effect, setting: Setting) -> Found:
    guard, missing = effect.safeguard, lacking(effect.safeguard)
    if guard is None or missing:
        outcome = "unguarded" if missing == "safeguard" else "incomplete"
        return found(outcome, about=activity.id, on=effect.on, item=effect.on, missing=missing)
    # Where something was observed since, somebody has gone back to look.
    if is_overdue(guard, None, setting.as_of) and not said(effect.observed):
        return found("overdue", about=activity.id, on=effect.on, item=effect.on)
    return found("guarded", about=activity.id, on=effect.on, item=effect.on)


def _without(activity: Activity, case: Case) -> Found:
    """What can be said of an activity for which nobody named an effect that could do harm."""
    if case.is_published and not activity.effects and not activity.no_effect:
        return found("not-published", about=activity.id)
    played = list(case.factors_in_play())
    reasoned = {on.split(".")[0] for one in activity.no_effect if said(one.reason) for on in one.on}
    if played and all(factor in reasoned for factor in played):
        return found("none-reasoned", about=activity.id, count=len(played))
    return found("none-named", about=activity.id)


@check("harm.path-trigger")
def trigger(case: Case, setting: Setting) -> Iterator[Found]:
    """Looks at AH-8, and the program's own dates beside the calendar of the place."""
    yield from run_for("AH-8")(case, setting)
    ahead = [one for one in case.program.milestones if one.on >= setting.as_of - NEAR]
    calendar = case.context.calendar if case.context is not None else ()
    close = [one for milestone in ahead for one in _dates(milestone, calendar, case, setting)]
    yield from gravest(close, order=_DATES)
    if not case.program.milestones:
        yield found("dates-not-published" if case.is_published else "no-dates", on="RF8")
    elif not calendar:
        yield found("no-calendar", on="RF8")
    elif not close:
        yield found("dates-apart", on="RF8", count=len(case.program.milestones))


def _dates(milestone: Milestone, calendar: tuple[Event, ...], case: Case, setting: Setting) -> Iterator[Found]:
    about = milestone.activity or ""
    guarded = _is_guarded(about, case, setting)
    for event in calendar:
        last = event.until or event.on
        if max(last, milestone.on) >= setting.as_of and event.on - NEAR <= milestone.on <= last + NEAR:
            outcome = "near-guarded" if guarded else "near-event"
            yield found(
                outcome,
                about=about,
                on=TRIGGERS[event.kind],
                event=event.kind,
                day=event.on,
                days=_apart(milestone.on, event),
            )
    if milestone.kind not in NO_TRIGGERS and milestone.on >= setting.as_of:
        outcome = "own-guarded" if guarded else "own-trigger"
        yield found(outcome, about=about, on=TRIGGERS[milestone.kind], event=milestone.kind, day=milestone.on)


def _apart(day: date, event: Event) -> int:
    """Days between a day and an event; none while it lasts."""
    return max((event.on - day).days, (day - (event.until or event.on)).days, 0)


def _is_guarded(about: str, case: Case, setting: Setting) -> bool:
    """Whether the activity of a date has a whole, current safeguard against being the trigger."""
    activity = case.activity(about)
    looks = [look for look in activity.harm_paths if "AH-8" in look.paths] if activity is not None else []
    return bool(looks) and all(weighed(look, setting)[0] == "guarded" for look in looks)


@check("harm.path-exit")
def exit_from(case: Case, setting: Setting) -> Iterator[Found]:
    """Looks at AH-11, and whether there is a plan for the end of the program."""
    yield from run_for("AH-11")(case, setting)
    if said(case.program.exit_plan):
        yield found("plan-written", on="RF6.4")
    else:
        yield found("plan-not-published" if case.is_published else "no-plan", on="RF6.4")


path_lists = check("harm.path-lists")(run_for("AH-1"))
path_moving = check("harm.path-moving")(run_for("AH-2"))
path_arming = check("harm.path-arming")(run_for("AH-3"))
path_budget = check("harm.path-budget")(run_for("AH-4"))
path_name = check("harm.path-name")(run_for("AH-5"))
path_exclusion = check("harm.path-exclusion")(run_for("AH-6"))
path_resilience = check("harm.path-resilience")(run_for("AH-7"))
path_exposure = check("harm.path-exposure")(run_for("AH-9"))
path_silence = check("harm.path-silence")(run_for("AH-10"))
path_partiality = check("harm.path-partiality")(run_for("AH-12"))
