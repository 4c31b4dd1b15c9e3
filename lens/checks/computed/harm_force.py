"""Harm: what reaches a force, also through others, and where what could be used against people ends up."""

from __future__ import annotations

from typing import TYPE_CHECKING

from lens.checks.marks import check
from lens.checks.reading import HARD_SUPPORT, found, is_covered, is_shown, named_bodies, unasked, words
from lens.words import FORCE_KINDS

if TYPE_CHECKING:
    from collections.abc import Iterator

    from lens.cases import Activity, Answer, Case, Provision
    from lens.checks.model import Found
    from lens.checks.setting import Setting
    from lens.words import Tendency

DILIGENCE = ("harm.hrddp-risk-assessment", "harm.hrddp-suspension-triggers")
END_USE = "harm.hrddp-end-use"
WEAPONS = "weapons_or_ammunition"


@check("harm.force-known")
def force_known(case: Case, setting: Setting) -> Iterator[Found]:
    """Whether anything reaches a force, and whether that is support that gives it more reach."""
    if not case.program.activities:
        yield unasked(case, on="AH-3")
    yield from (_reach(one, case, setting) for one in case.program.activities)
    named = frozenset(ref for one in case.program.activities for ref in named_bodies(one))
    for partner in case.program.partners:
        # A force that no activity speaks of may get anything, so no activity can be said not to reach it.
        if partner.kind in FORCE_KINDS and partner.id not in named:
            yield found("partner-not-placed", about=partner.id, on="AH-3", kind=partner.kind)


def _reach(activity: Activity, case: Case, setting: Setting) -> Found:
    kinds = words(kind for kind in _kinds(activity, case) if kind in FORCE_KINDS)
    hard = [one for one in activity.provides if one.what in HARD_SUPPORT]
    to_force = [one for one in hard if any(body.kind in FORCE_KINDS for body in case.chain(one))]
    what = words(one.what for one in to_force)
    if to_force:
        outcome = "hard-support-weighed" if _is_weighed(activity, case, setting) else "hard-support"
        return found(outcome, about=activity.id, on="AH-3", what=what, kind=kinds)
    if kinds:
        untold = words(one.what for one in hard if one.to is None and not one.through)
        if untold:
            return found("hard-not-traced", about=activity.id, on="AH-3", what=untold, kind=kinds)
        return found("reaches", about=activity.id, on="AH-3", kind=kinds)
    if case.reaches_force(activity) is False and _is_traced(activity, case):
        return found("not-reaching", about=activity.id, on="AH-3")
    return found("not-published" if case.is_published else "not-known", about=activity.id, on="AH-3")


def _kinds(activity: Activity, case: Case) -> list[str]:
    return [body.kind for ref in named_bodies(activity) if (body := case.partner(ref)) is not None]


def _is_traced(activity: Activity, case: Case) -> bool:
    """Whether the activity names at least one body, and each of them is known."""
    bodies = named_bodies(activity)
    return bool(bodies) and all(case.partner(ref) is not None for ref in bodies)


def _is_weighed(activity: Activity, case: Case, setting: Setting) -> bool:
    """Whether giving and withholding were weighed and what would suspend it is written: on paper, and in date."""
    return all(_is_yes(_answer(case, name, activity), "mixed", setting) for name in DILIGENCE)


def _answer(case: Case, question: str, activity: Activity) -> Answer | None:
    return case.answer_for(question, activity.id)


def _is_yes(answer: Answer | None, tendency: Tendency, setting: Setting) -> bool:
    return answer is not None and answer.answer == "yes" and is_shown(answer, tendency, setting)


@check("harm.dual-use")
def dual_use(case: Case, setting: Setting) -> Iterator[Found]:
    """Whether it is known what equipment and the like is for, and where it ends up, whoever gets it."""
    if not case.program.activities:
        yield unasked(case, on="AH-3")
    yield from (_use(one, case, setting) for one in case.program.activities)


def _use(activity: Activity, case: Case, setting: Setting) -> Found:
    hard = [one for one in activity.provides if one.what in HARD_SUPPORT]
    if not activity.provides:
        outcome = "not-published" if case.is_published else "not-known"
        return found(outcome, about=activity.id, on="AH-3")
    if not hard:
        return found("none-provided", about=activity.id, on="AH-3")
    what = words(one.what for one in hard)
    return found(_end_use(activity, hard, case, setting), about=activity.id, on="AH-3", what=what)


def _end_use(activity: Activity, hard: list[Provision], case: Case, setting: Setting) -> str:
    if any(one.what == WEAPONS for one in hard):
        return "weapons"
    answer = _answer(case, END_USE, activity)
    if answer is not None and answer.answer in ("no", "partly"):
        return "end-use-lost"
    if any(one.to is None and not one.through for one in hard):
        return "no-recipient"
    return "end-use-stated" if _is_stated(activity, answer, setting) else "not-stated"


def _is_stated(activity: Activity, answer: Answer | None, setting: Setting) -> bool:
    return is_covered(activity, "AH-3", setting) or _is_yes(answer, "dynamic", setting)
