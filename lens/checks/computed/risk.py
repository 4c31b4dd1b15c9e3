"""Risk: signs that were looked for, signs that escalate, who could act on them, and who must answer."""

from __future__ import annotations

from dataclasses import replace
from functools import lru_cache
from typing import TYPE_CHECKING

from lens import catalog
from lens.cases.case import IN_PLAY, factor_of
from lens.checks.marks import check
from lens.checks.reading import found, gravest, said, unasked, with_context, words
from lens.reviews.decisions import is_overdue

if TYPE_CHECKING:
    from collections.abc import Iterator

    from lens.cases import Actor, Case, Context, Escalation, FactorJudgement
    from lens.cases.decisions import Step
    from lens.checks.model import Found
    from lens.checks.setting import Setting


@check("risk.looked-for")
@with_context
def looked_for(case: Case, context: Context, setting: Setting) -> Iterator[Found]:
    """Who looked, when and how, wherever something is said not to be seen."""
    judged = [one for one in context.factors if one.state == "looked_for_not_seen"]
    bare = gravest((_bare(one) for one in judged if _unsaid(one)), order=("unsupported-grave", "unsupported"))
    yield from bare
    if not judged:
        yield found("none")
    elif not bare:
        yield found("supported", count=len(judged))


def _unsaid(one: FactorJudgement) -> str:
    parts = {"who": said(one.by), "when": one.on is not None, "how": said(one.how)}
    return words(name for name, there in parts.items() if not there)


def _bare(one: FactorJudgement) -> Found:
    grave = catalog.escalation_class(one.id) != "none"
    return found(
        "unsupported-grave" if grave else "unsupported",
        about=one.place or "",
        on=one.id,
        item=one.id,
        missing=_unsaid(one),
    )


@check("risk.actors")
@with_context
def actors(case: Case, context: Context, setting: Setting) -> Iterator[Found]:
    """Motive, means and restraint of those who could do harm, and what of the program could reach them."""
    could_harm = [one for one in context.actors if one.kind != "protective"]
    if not could_harm:
        yield found("none-named")
        return
    given = [provision.what for activity in case.program.activities for provision in activity.provides]
    worrying = False
    for one in could_harm:
        reach = [what for what in dict.fromkeys(given) if what in one.could_reach]
        if reach:
            worrying = True
            yield found("could-reach", about=one.id, on="RF5.8", what=words(reach), kind=one.kind)
        if missing := _unread(one):
            worrying = True
            yield found("incomplete", about=one.id, on="RF4", missing=missing, kind=one.kind)
    if not worrying:
        yield found("named", count=len(could_harm))


def _unread(one: Actor) -> str:
    parts = {"motive": one.motive, "means": one.means, "restraint": one.restraint}
    return words(name for name, text in parts.items() if not said(text))


@check("risk.escalating-sign")
@with_context
def escalating_sign(case: Case, context: Context, setting: Setting) -> Iterator[Found]:
    """Signs that go to the escalation route at once, and single standing signs that a senior role looks at."""
    present = frozenset(one.id for one in context.factors if one.state in IN_PLAY)
    signs = [sign for one in context.factors if (sign := _sign(one, present)) is not None]
    yield from gravest(signs, order=("at-once", "senior", "not-known"))
    if signs:
        return
    left = [family for family in at_once_families() if not _was_looked_for(family, context)]
    looked = [one for one in context.factors if one.state == "looked_for_not_seen" and sign_class(one.id) != "none"]
    if not looked:
        yield found("not-assessed")
    elif left:
        yield found("partly-assessed", count=len(looked), left=words(left))
    else:
        yield found("nothing-seen", count=len(looked))


def _sign(one: FactorJudgement, present: frozenset[str]) -> Found | None:
    kind = sign_class(one.id, present)
    if one.state in IN_PLAY and kind != "none":
        return found(
            "at-once" if kind == "at_once" else "senior",
            about=one.place or "",
            on=one.id,
            item=one.id,
            state=one.state,
            evidence=one.evidence,
        )
    if one.state == "not_known" and kind == "at_once":
        return found("not-known", about=one.place or "", on=one.id, item=one.id)
    return None


def sign_class(item: str, present: frozenset[str] = frozenset()) -> str:
    """`at_once`, `senior` or `none` for a factor or indicator, given what else is present.

    A fast trigger goes at once where the indicator named with it is present. Where either is judged only as a whole
    factor, it may stand on another indicator: somebody senior asks which.
    """
    own = catalog.escalation_class(item)
    if own != "none":
        return own
    if "." not in item:
        joined = any(sign_class(one.id, present) != "none" for one in catalog.indicators_of(item))
        return "senior" if joined else "none"
    entry = catalog.find(item)
    other = str(entry.more.get("at_once_with") or "") if entry is not None else ""
    if other and other in present:
        return "at_once"
    return "senior" if other and factor_of(other) in present else "none"


@lru_cache(maxsize=1)
def at_once_families() -> tuple[str, ...]:
    """The factors all of whose signs go at once, and the single such indicators of other factors."""
    families: list[str] = []
    for factor in catalog.items("RF"):
        if catalog.escalation_class(factor) == "at_once":
            families.append(factor)
        else:
            families += [one.id for one in catalog.indicators_of(factor) if one.escalation == "at_once"]
    return tuple(families)


def _was_looked_for(family: str, context: Context) -> bool:
    """Whether a family was looked for as a whole: itself, the factor it belongs to, or each of its indicators."""
    looked = frozenset(one.id for one in context.factors if one.state == "looked_for_not_seen")
    if family in looked or factor_of(family) in looked:
        return True
    members = catalog.indicators_of(family)
    return bool(members) and all(one.id in looked for one in members)


_ESCALATIONS = ("overdue", "unacknowledged", "undecided", "protection-not-said", "answered")


@check("risk.escalation-answered")
def escalation_answered(case: Case, setting: Setting) -> Iterator[Found]:
    """Whether what was escalated was taken note of and decided, in time, with a view to who loses protection."""
    sent = [_as_of(one, setting) for one in case.decisions.escalations if one.sent.on <= setting.as_of]
    if not sent:
        yield found("none-sent")
    yield from gravest((_answer(one, case, setting) for one in sent), order=_ESCALATIONS)


def _as_of(one: Escalation, setting: Setting) -> Escalation:
    """A record as it stood on the day of the review: later steps, and steps of nobody, had not been made."""

    def made(step: Step | None) -> Step | None:
        return step if step is not None and step.on <= setting.as_of and said(step.role) else None

    return replace(one, acknowledged=made(one.acknowledged), decided=made(one.decided))


def _answer(one: Escalation, case: Case, setting: Setting) -> Found:
    about, on = _subject(one.finding, case)
    if is_overdue(one, setting.as_of):
        return found("overdue", about=about, on=on, due=one.answer_due)
    if one.decided is None:
        outcome = "undecided" if one.acknowledged is not None else "unacknowledged"
        return found(outcome, about=about, on=on, due=one.answer_due)
    outcome = "answered" if said(one.loses_protection) else "protection-not-said"
    return found(outcome, about=about, on=on, decided=one.decided.on)


def _subject(fingerprint: str, case: Case) -> tuple[str, str]:
    """Subject and factor of a fingerprint. People type them, so only what the case or catalog knows is handed on."""
    _, _, rest = fingerprint.partition("/")
    about, _, on = rest.partition("/")
    program = case.program
    known = {
        *(one.id for one in program.activities),
        *(one.id for one in program.places),
        *(one.id for one in program.partners),
    }
    return about if about in known else "", on if catalog.find(on) is not None else ""


@check("risk.route-named")
def route_named(case: Case, setting: Setting) -> Iterator[Found]:
    """Who answers for the review, where an escalating sign goes, and where else if that role is implicated."""
    program, policy = case.program, setting.policy
    first = plain_role(program.escalation_route or policy.escalation_route)
    second = plain_role(program.second_route or policy.second_route)
    reviewer = plain_role(program.reviewer or policy.reviewer)
    missing = [name for name, role in (("reviewer", reviewer), ("escalation route", first)) if not role]
    if len(missing) == 2 and case.is_published:
        yield unasked(case)
    elif missing:
        yield found("missing", missing=words(missing))
    elif not second:
        yield found("no-second-route")
    elif second == first:
        yield found("same-route")
    else:
        yield found("named")


def plain_role(role: str) -> str:
    """A role without case and spacing, to tell whether two fields name the same."""
    return " ".join(role.casefold().split())
