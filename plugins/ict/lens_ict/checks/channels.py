"""Channels that many hear on a tense day, and warnings with somebody to answer them."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from lens import check
from lens.checks.reading import (
    for_each,
    found,
    is_covered,
    is_published_bare,
    is_shown,
    last_day,
    unasked,
    unsaid,
    words,
)

if TYPE_CHECKING:
    from collections.abc import Iterator

    from lens import Case, Found, Setting
    from lens.cases import Activity, Event

CHANNELS = ("communications", "media_content")
"""What many people hear at once."""

GATHERING = frozenset(
    {"communications", "surveillance", "data_or_lists", "research", "equipment", "training", "advice"}
)
"""What gathers or carries news, and answers nothing by itself."""

TENSE = frozenset(
    {
        "census",
        "commemoration",
        "election",
        "land_or_relocation",
        "peace_deadline",
        "registration_or_id",
        "religious_event",
        "resource_project",
        "trial_or_verdict",
        "troop_or_mission_change",
    }
)
"""Kinds of expected events on which a word can set off violence."""

AHEAD = timedelta(days=365)
ANSWERED = "inhibitors.warning-answered"


@check("ict.live-on-the-day")
def live_on_the_day(case: Case, setting: Setting) -> Iterator[Found]:
    """Channels that many hear, set beside the expected events of the next twelve months."""
    yield from for_each(case, lambda activity: [_open_on(activity, case, setting)], on="AH-8")


def _open_on(activity: Activity, case: Case, setting: Setting) -> Found:
    what = words(one.what for one in activity.provides if one.what in CHANNELS)
    if not activity.provides:
        return unsaid(case, about=activity.id, on="AH-8")
    if not what:
        return found("none-provided", about=activity.id, on="AH-8")
    events = [one for one in _expected(case, setting) if _meets(one.place, activity)]
    start, end = activity.start or case.program.start, activity.end or case.program.end
    if start is None and end is None:
        return found("no-dates", about=activity.id, on="AH-8", what=what)
    if not events:
        return found("no-calendar", about=activity.id, on="AH-8", what=what)
    running = [one for one in events if (end is None or one.on <= end) and (start is None or last_day(one) >= start)]
    if not running:
        return found("apart", about=activity.id, on="AH-8", what=what, count=len(events))
    return _on_the_day(activity, what, running, case, setting)


def _on_the_day(activity: Activity, what: str, running: list[Event], case: Case, setting: Setting) -> Found:
    covered = is_covered(activity, "AH-8", setting)
    if not covered and is_published_bare(activity, case):
        return found("not-published", about=activity.id, on="AH-8")
    return found(
        "open-guarded" if covered else "open-unguarded",
        about=activity.id,
        on="AH-8",
        what=what,
        event=running[0].kind,
        day=running[0].on,
        count=len(running),
    )


def _expected(case: Case, setting: Setting) -> list[Event]:
    """Expected events of the next twelve months that can raise tension, the nearest first."""
    ahead = [
        one
        for one in (case.context.calendar if case.context is not None else ())
        if one.kind in TENSE and last_day(one) >= setting.as_of and one.on <= setting.as_of + AHEAD
    ]
    return sorted(ahead, key=lambda one: (one.on, one.kind))


def _meets(place: str | None, activity: Activity) -> bool:
    return place is None or not activity.places or place in activity.places


@check("ict.warning-responder")
def warning_responder(case: Case, setting: Setting) -> Iterator[Found]:
    """Whether activities that are meant for warning provide more than gathering, or an answer is shown."""
    meant = [one for one in case.program.activities if _is_for_warning(one)]
    if meant:
        yield _responder(meant, case, setting)
    elif case.program.activities and all(one.effects or one.no_effect for one in case.program.activities):
        yield found("none-meant", on="INH4")
    elif case.program.activities and not case.is_published:
        yield found("purpose-not-said", on="INH4")
    else:
        yield unasked(case, on="INH4")


def _is_for_warning(activity: Activity) -> bool:
    return any(
        (one.on, one.kind) in (("INH4", "intended_to_support"), ("RF6.11", "intended_to_reduce"))
        for one in activity.effects
    )


def _responder(meant: list[Activity], case: Case, setting: Setting) -> Found:
    answer, count = case.answers_to(ANSWERED), len(meant)
    if answer is not None and answer.answer in ("no", "partly"):
        return found("told-by-core", on="INH4", count=count)
    if answer is not None and answer.answer == "yes" and is_shown(answer, "dynamic", setting):
        return found("answer-shown", on="INH4", count=count)
    if any(not one.provides for one in meant):
        return found("not-known", on="INH4", count=count)
    given = [one.what for activity in meant for one in activity.provides]
    if beyond := words(what for what in given if what not in GATHERING):
        return found("response-provided", on="INH4", count=count, what=beyond)
    return found("only-gathering", on="INH4", count=count, what=words(given))
