"""Inhibitors: whether what restrains violence here is named, asked, decided on, funded, and not replaced."""

from __future__ import annotations

from typing import TYPE_CHECKING

from lens.checks.marks import check
from lens.checks.reading import found, said, unasked, with_context, words

if TYPE_CHECKING:
    from collections.abc import Iterator

    from lens.cases import Activity, Budget, Case, Context, Effect, InhibitorJudgement, InhibitorPlan
    from lens.checks.model import Found
    from lens.checks.setting import Setting

WEAKENED = frozenset({"strained", "hollow"})
NOT_THERE = frozenset({"hollow", "missing"})
PARALLEL = ("services", "salaries")
"""What can do the work of a local body beside it, or draw its people away."""


def at_work(case: Case) -> dict[str, list[InhibitorJudgement]]:
    """Inhibitors that work or are strained, by id: the same kind can be at work in several places."""
    by_id: dict[str, list[InhibitorJudgement]] = {}
    for one in case.inhibitors_at_work():
        by_id.setdefault(one.id, []).append(one)
    return by_id


def plan_for(case: Case, item: str) -> InhibitorPlan | None:
    """What the program has decided about an inhibitor."""
    return next((one for one in case.program.inhibitors if one.on == item), None)


def supporting(case: Case, item: str) -> list[Effect]:
    """Effects that are meant to support an inhibitor."""
    effects = [effect for activity in case.program.activities for effect in activity.effects]
    return [one for one in effects if one.on == item and one.kind == "intended_to_support"]


def supported(case: Case) -> list[str]:
    """Every inhibitor that a plan or an effect is meant to support, in the order of plans and activities."""
    planned = [one.on for one in case.program.inhibitors if one.approach == "support"]
    effects = [effect for activity in case.program.activities for effect in activity.effects]
    return list(dict.fromkeys([*planned, *(one.on for one in effects if one.kind == "intended_to_support")]))


def is_silent(case: Case) -> bool:
    """Whether a published program says nothing of inhibitors, as publishers do not."""
    return case.is_published and not case.program.inhibitors and not supported(case)


def nobody_at_work(context: Context) -> Found:
    """Say why there is none to speak of: none named, none known, or all of them hollow or missing."""
    if any(one.state in NOT_THERE for one in context.inhibitors):
        return found("none-at-work")
    return found("none-named")


@check("inhibitors.named")
@with_context
def named(case: Case, context: Context, setting: Setting) -> Iterator[Found]:
    """What restrains violence here, named by kind and role."""
    working = at_work(case)
    if not working:
        yield nobody_at_work(context)
        return
    bare = [item for item, judged in working.items() if not any(said(one.what) for one in judged)]
    yield from (found("no-kind", on=item, item=item) for item in bare)
    if not bare:
        yield found("named", count=len(working))


@check("inhibitors.decided")
@with_context
def decided(case: Case, context: Context, setting: Setting) -> Iterator[Found]:
    """Each inhibitor at work is supported, or left alone on purpose."""
    working = at_work(case)
    if not working:
        yield nobody_at_work(context)
    elif is_silent(case):
        yield unasked(case)
    else:
        yield from (_decision(case, item) for item in working)


def _decision(case: Case, item: str) -> Found:
    plan = plan_for(case, item)
    if plan is None:
        return found("no-plan", on=item, item=item)
    if plan.approach == "support":
        return found("supported", on=item, item=item)
    if plan.approach == "not_decided":
        return found("not-decided", on=item, item=item)
    return found("left-alone" if said(plan.reason) else "no-reason", on=item, item=item)


@check("inhibitors.asked")
@with_context
def asked(case: Case, context: Context, setting: Setting) -> Iterator[Found]:
    """Those who carry an inhibitor were asked what they want, and get it."""
    working = at_work(case)
    if not working:
        yield nobody_at_work(context)
    elif is_silent(case) and not any(said(one.wants) for judged in working.values() for one in judged):
        yield unasked(case)
    else:
        for item, judged in working.items():
            yield found(_asked(plan_for(case, item), judged), on=item, item=item)


def _asked(plan: InhibitorPlan | None, judged: list[InhibitorJudgement]) -> str:
    was_asked = plan.asked if plan is not None else "not_known"
    if was_asked == "not_known" and any(said(one.wants) for one in judged):
        was_asked = "yes"  # what they want stands in the context, so somebody has asked them
    if was_asked == "no":
        return "nobody-asked"
    if was_asked == "not_known" or plan is None:
        return "asking-not-known" if was_asked == "not_known" else "getting-not-known"
    outcomes = {"yes": "gets", "no": "does-not-get", "not_known": "getting-not-known"}
    return outcomes[plan.gets_what_it_asked]


@check("inhibitors.funded")
def funded(case: Case, setting: Setting) -> Iterator[Found]:
    """Support that has money behind it, and support in name."""
    items = supported(case)
    for item in items:
        plan = plan_for(case, item)
        sums = [effect.budget for effect in supporting(case, item)]
        is_funded = any(_is_money(one) for one in (*sums, plan.budget if plan is not None else None))
        yield found("funded" if is_funded else "unfunded", on=item, item=item)
    if not items:
        all_decided = bool(case.program.inhibitors) and all(
            one.approach == "leave_alone" for one in case.program.inhibitors
        )
        yield found("none-supported") if all_decided else unasked(case)


def _is_money(one: Budget | None) -> bool:
    return one is not None and one.amount > 0


@check("inhibitors.substitution")
@with_context
def substitution(case: Case, context: Context, setting: Setting) -> Iterator[Found]:
    """Work done beside a local body that is under strain, and whether anybody looked at what that does to it."""
    weak = list(dict.fromkeys(one.id for one in context.inhibitors if one.state in WEAKENED))
    activities = case.program.activities
    beside = [one for one in activities if any(given.what in PARALLEL for given in one.provides)]
    if not weak:
        known = any(one.state != "not_known" for one in context.inhibitors)
        yield found("none-weak") if known else found("none-named")
    elif not activities:
        yield unasked(case)
    for one in activities if weak else ():
        if one in beside:
            yield _beside(one, weak)
        elif not one.provides:
            yield found("not-published" if case.is_published else "not-known", about=one.id, on="AH-7")
    if weak and activities and not beside and all(one.provides for one in activities):
        yield found("none-beside", on="AH-7", count=len(weak))


def _beside(activity: Activity, weak: list[str]) -> Found:
    looked = any("AH-7" in look.paths for look in activity.harm_paths) or any(
        effect.kind == "could_erode" and effect.on in weak for effect in activity.effects
    )
    given = words(one.what for one in activity.provides if one.what in PARALLEL)
    return found("looked" if looked else "unlooked", about=activity.id, on="AH-7", what=given, count=len(weak))


@check("inhibitors.hollow")
@with_context
def hollow(case: Case, context: Context, setting: Setting) -> Iterator[Found]:
    """Support meant for what exists on paper only, without saying how it would come to work."""
    empty = {one.id: one.state for one in context.inhibitors if one.state in NOT_THERE}
    meant = [item for item in supported(case) if item in empty]
    for item in meant:
        is_said = any(said(effect.mechanism) for effect in supporting(case, item))
        yield found("how-said" if is_said else "hollow-support", on=item, item=item, state=empty[item])
    if meant:
        return
    judged = {one.id for one in context.inhibitors if one.state != "not_known"}
    unjudged = [item for item in supported(case) if item not in judged]
    if is_silent(case) or not context.inhibitors:
        yield unasked(case)
    elif unjudged:
        yield from (found("state-not-known", on=item, item=item) for item in unjudged)
    else:
        yield found("none-hollow" if supported(case) else "none-supported")


@check("inhibitors.women")
@with_context
def women(case: Case, context: Context, setting: Setting) -> Iterator[Found]:
    """Whether women's part in holding violence back was looked for."""
    judged = context.inhibitors
    led = [one for one in judged if one.women_led == "yes" and one.state != "not_known"]
    equality = [one for one in judged if one.id == "INH8"]
    if led or any(one.state != "not_known" for one in equality):
        yield found("looked-for", on="INH8", count=len(led))
    elif not judged:
        yield found("none-named", on="INH8")
    elif equality or any(one.women_led != "no" for one in judged):
        yield found("not-known", on="INH8")
    else:
        yield found("none-found", on="INH8", count=len(judged))
