"""Systems that can watch or list people: who gets them, where people are marked, and when the money ends."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from lens import check
from lens.cases.case import IN_PLAY
from lens.checks.reading import (
    chain_refs,
    for_each,
    found,
    has_unknown,
    is_covered,
    is_published_bare,
    kinds_among,
    places_of,
    state_at,
    unasked,
    unsaid,
    words,
)
from lens.words import FORCE_KINDS

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from lens import Case, Context, Found, Setting
    from lens.cases import Activity, Provision

WATCHING = ("communications", "surveillance", "data_or_lists")
"""What can watch people or list them, whatever it was given for."""

PARTS = {"AH-1": ("data_or_lists",), "AH-3": ("communications", "surveillance")}
"""The two kinds of it, by the harm path that each points to."""

LISTING = ("data_or_lists", "surveillance")
"""What records people one by one."""

STATE_KINDS = frozenset({"ministry", "local_authority", "justice_institution"})
"""State bodies that are no force themselves, and can be ordered to hand on what they hold."""

UNEQUAL = "RF9.1"
SIGNS = ("RF7.12", UNEQUAL, "RF10", "RF12.2")
"""Signs that people are marked or treated worse by group."""

NEAR_THE_END = timedelta(days=180)


def _provided(activity: Activity, wanted: Iterable[str]) -> str:
    """What of these kinds an activity provides, as one value."""
    return words(one.what for one in activity.provides if one.what in wanted)


def _uncovered(activity: Activity, paths: Iterable[str], setting: Setting) -> str:
    """The harm paths that no current look covers, as one value; empty where all are covered."""
    return words(path for path in paths if not is_covered(activity, path, setting))


@check("ict.authority-can-watch")
def authority_can_watch(case: Case, setting: Setting) -> Iterator[Found]:
    """Which State bodies receive or handle what can watch or list people, followed along the bodies named."""
    yield from for_each(case, lambda activity: _authorities(activity, case, setting), on="AH-1")


def _authorities(activity: Activity, case: Case, setting: Setting) -> Iterator[Found]:
    if not activity.provides:
        yield unsaid(case, about=activity.id, on="AH-1")
    elif not _provided(activity, WATCHING):
        yield found("none-provided", about=activity.id, on="AH-1")
    for on, kinds in PARTS.items():
        if given := [one for one in activity.provides if one.what in kinds]:
            yield _watched(activity, given, on, case, setting)


def _watched(activity: Activity, given: list[Provision], on: str, case: Case, setting: Setting) -> Found:
    """The gravest of what can be said of one part of what an activity provides."""
    bodies = [body for one in given for body in case.chain(one)]
    state, what = kinds_among(bodies, STATE_KINDS), words(one.what for one in given)
    paths = _uncovered(activity, ("AH-1", "AH-9") if on == "AH-1" else (on,), setting)
    if state and paths and is_published_bare(activity, case):
        return found("not-published", about=activity.id, on=on)
    if state and paths:
        return found("authority-unlooked", about=activity.id, on=on, what=what, kind=state, paths=paths)
    if gap := _gap(activity, given, on, case):
        return gap
    if state:
        return found("authority-looked", about=activity.id, on=on, what=what, kind=state)
    if force := kinds_among(bodies, FORCE_KINDS):
        return found("told-elsewhere", about=activity.id, on=on, kind=force)
    return found("none-reached", about=activity.id, on=on, what=what)


def _gap(activity: Activity, given: list[Provision], on: str, case: Case) -> Found | None:
    """What the chain does not tell: who receives it, or of what kind some body is."""
    untold = [one for one in given if not chain_refs(one)]
    refs = [ref for one in given for ref in chain_refs(one)] + [*(activity.partners if untold else ())]
    partners = map(case.partner, activity.partners)
    what, missing = words(one.what for one in given), words(one.what for one in untold)
    if untold and (kind := kinds_among(partners, FORCE_KINDS | STATE_KINDS)):
        return found("no-recipient", about=activity.id, on=on, what=missing, kind=kind)
    if has_unknown(refs, case):
        return found("chain-not-known", about=activity.id, on=on, what=what)
    if untold and not activity.partners:
        return found("not-named", about=activity.id, on=on, what=missing)
    return None


@check("ict.lists-where-marked")
def lists_where_marked(case: Case, setting: Setting) -> Iterator[Found]:
    """What records people one by one, beside the signs that they are marked or treated worse by group."""
    yield from for_each(case, lambda activity: [_lists(activity, case, setting)], on="AH-1")


def _lists(activity: Activity, case: Case, setting: Setting) -> Found:
    what = _provided(activity, LISTING)
    if not activity.provides:
        return unsaid(case, about=activity.id, on="AH-1")
    if not what:
        return found("none-provided", about=activity.id, on="AH-1")
    if case.context is None:
        return unasked(case, about=activity.id, on="AH-1")
    return _marked(activity, what, case, case.context, setting)


def _marked(activity: Activity, what: str, case: Case, context: Context, setting: Setting) -> Found:
    states = {sign: state_at(sign, places_of(activity, case), context, setting) for sign in SIGNS}
    seen = words(sign for sign, state in states.items() if state in IN_PLAY)
    paths = _uncovered(activity, ("AH-1", "AH-9"), setting)
    if seen and paths and is_published_bare(activity, case):
        return found("not-published", about=activity.id, on="AH-1")
    if seen and paths:
        outcome = "worse-unguarded" if seen == UNEQUAL else "marked-unguarded"
        return found(outcome, about=activity.id, on="AH-1", what=what, signs=seen, paths=paths)
    if seen:
        return found("marked-guarded", about=activity.id, on="AH-1", what=what, signs=seen)
    if left := words(sign for sign, state in states.items() if state == "not_known"):
        return found("signs-not-judged", about=activity.id, on="AH-1", what=what, signs=left)
    return found("signs-not-seen", about=activity.id, on="AH-1", what=what)


@check("ict.system-outlives")
def system_outlives(case: Case, setting: Setting) -> Iterator[Found]:
    """What becomes of systems and data whose money ends soon, or has ended."""
    yield from for_each(case, lambda activity: [_end(activity, case, setting)], on="AH-11")


def _end(activity: Activity, case: Case, setting: Setting) -> Found:
    what, end = _provided(activity, WATCHING), activity.end or case.program.end
    if not activity.provides:
        return unsaid(case, about=activity.id, on="AH-11")
    if not what:
        return found("none-provided", about=activity.id, on="AH-11")
    if end is None:
        return found("no-end", about=activity.id, on="AH-11", what=what)
    if abs(end - setting.as_of) > NEAR_THE_END:
        outcome = "not-near"
    elif is_covered(activity, "AH-11", setting):
        outcome = "settled"
    elif is_published_bare(activity, case):
        return found("not-published", about=activity.id, on="AH-11")
    else:
        outcome = "ended-unsettled" if end < setting.as_of else "ending-unsettled"
    return found(outcome, about=activity.id, on="AH-11", what=what, day=end)
