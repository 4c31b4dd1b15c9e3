"""When support to a force begins, and until when: vetting before the first day, and pay that frees money and ends."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from lens import check
from lens.checks.reading import HARD_SUPPORT, for_each, found, gravest, is_covered, said, unsaid, weighed, words
from lens_security_sector.checks.reach import forces, to_force, untold

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from lens import Case, Found, Setting
    from lens.cases import Activity, Answer, HarmLook

VETTING = "security-sector.vetting"
VETTED = frozenset({"training", "advice", "salaries", "cash", *HARD_SUPPORT})
"""What goes to people who bear arms, so that each of them is looked into before."""

UPKEEP = frozenset({"salaries", "cash", "food", "fuel", "budget_support"})
"""What a force, or its ministry in its place, would otherwise pay for."""

NEAR = timedelta(days=180)
"""An end of pay that comes within so many days is near."""

_FREED = (
    "frees-unguarded",
    "frees-overdue",
    "frees-not-known",
    "frees-no-reason",
    "frees-stale",
    "frees-looked",
)


@check("security-sector.vetted-before-start")
def vetted_before_start(case: Case, setting: Setting) -> Iterator[Found]:
    """Whether people whom an activity reaches were vetted before its first day, by the answer and its evidence."""
    yield from for_each(case, lambda activity: [_vetting_of(activity, case, setting)], on="AH-3")


def _vetting_of(activity: Activity, case: Case, setting: Setting) -> Found:
    reaches = case.reaches_force(activity)
    given = {one.what for one in activity.provides}
    if reaches is False or (given and not given & VETTED):
        return found("no-force", about=activity.id, on="AH-3")
    answer = case.answer_for(VETTING, activity.id)
    if case.is_published and (answer is None or reaches is None):
        return found("not-published", about=activity.id, on="AH-3")
    if reaches is None:
        return found("reach-not-known", about=activity.id, on="AH-3")
    first = activity.start or case.program.start
    outcome = _vetted(answer, first, has_begun=first is not None and first <= setting.as_of)
    if first is not None and outcome in ("began-unvetted", "began-not-answered", "vetted-late", "vetted-before"):
        return found(outcome, about=activity.id, on="AH-3", day=first)
    return found(outcome, about=activity.id, on="AH-3")


def _vetted(answer: Answer | None, first: date | None, *, has_begun: bool) -> str:
    word = answer.answer if answer is not None else ""
    if answer is None or (word == "not_applicable" and not said(answer.reason)):
        return "began-not-answered" if has_begun else "not-answered"
    if word in ("no", "partly"):
        return "began-unvetted" if has_begun else "begins-unvetted"
    if word != "yes":
        return {"not_known": "answer-not-known", "not_applicable": "nobody-to-vet"}.get(word, "withheld")
    days = [one.on for one in answer.evidence if one.on is not None and (one.ref or one.held_elsewhere)]
    if not days:
        return "no-record"
    if first is None:
        return "no-first-day"
    return "vetted-before" if min(days) <= first else "vetted-late"


@check("security-sector.pay-and-budget")
def pay_and_budget(case: Case, setting: Setting) -> Iterator[Found]:
    """Whether it was looked at what paying a force frees, and written what follows when the pay ends."""
    yield from for_each(case, lambda activity: _paid_by(activity, case, setting), on="AH-4")


def _paid_by(activity: Activity, case: Case, setting: Setting) -> Iterator[Found]:
    gets = to_force(activity, case, UPKEEP)
    unseen = untold(activity, case, UPKEEP)
    if not activity.provides:
        yield unsaid(case, about=activity.id, on="AH-4")
    elif gets:
        what, kind = words(one.what for one in gets), forces(gets, case)
        yield _freed(activity, case, setting, what=what, kind=kind)
        yield _end_of_pay(activity, case, setting, what=what, kind=kind)
    elif unseen and case.is_published:
        yield found("not-published", about=activity.id, on="AH-4")
    elif unseen:
        yield found("not-traced", about=activity.id, on="AH-4", what=words(unseen))
    else:
        yield found("none-paid", about=activity.id, on="AH-4")


def _freed(activity: Activity, case: Case, setting: Setting, *, what: str, kind: str) -> Found:
    looks = [look for look in activity.harm_paths if "AH-4" in look.paths]
    if not looks and case.is_published:
        return found("not-published", about=activity.id, on="AH-4")
    if not looks:
        return found("frees-not-looked", about=activity.id, on="AH-4", what=what, kind=kind)
    return gravest((_freeing(activity, look, setting, what=what, kind=kind) for look in looks), order=_FREED)[0]


def _freeing(activity: Activity, look: HarmLook, setting: Setting, *, what: str, kind: str) -> Found:
    outcome, missing = weighed(look, setting)
    if missing:
        return found("frees-unguarded", about=activity.id, on="AH-4", what=what, kind=kind, missing=missing)
    outcome = "looked" if outcome in ("guarded", "not-possible") else outcome
    return found(f"frees-{outcome}", about=activity.id, on="AH-4", what=what, kind=kind)


def _end_of_pay(activity: Activity, case: Case, setting: Setting, *, what: str, kind: str) -> Found:
    last = activity.end or case.program.end
    if is_covered(activity, "AH-11", setting) or said(case.program.exit_plan):
        return found("end-planned", about=activity.id, on="AH-11", what=what, kind=kind)
    if case.is_published:
        return found("not-published", about=activity.id, on="AH-11")
    if last is not None and last <= setting.as_of + NEAR:
        return found("ends-unplanned", about=activity.id, on="AH-11", what=what, kind=kind, day=last)
    return found("end-not-written", about=activity.id, on="AH-11", what=what, kind=kind)
