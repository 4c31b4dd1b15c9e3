"""One condition of when a check applies, and whether it holds. Three-valued: true, false, or not known (None)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from lens.cases.fields import CheckId, FactorId, InhibitorId, OnId, SectorCode, public, record
from lens.words import AnswerWord, Flag, InhibitorState, PartnerKind, Provided, RiskState, Stage, Subject, YesNo

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from lens.cases.answers import Answer
    from lens.cases.case import Case
    from lens.cases.context import FactorJudgement
    from lens.cases.program import Activity
    from lens.checks.setting import Setting


@record
class Condition:
    """One condition. Where several fields are given, all of them must hold."""

    sectors: tuple[SectorCode, ...] = public(default=(), help="Sector codes; three digits stand for all that begin so.")
    partner_kinds: tuple[PartnerKind, ...] = public(default=(), help="A partner of one of these kinds.")
    provides: tuple[Provided, ...] = public(default=(), help="Something of these kinds is provided.")
    reaches_force: YesNo | None = public(default=None, help="yes: something reaches a force, also through others.")
    any_reaches_force: YesNo | None = public(
        default=None, help="The same of the program as a whole, also where one activity is looked at."
    )
    factor: FactorId | None = public(default=None, help="A factor or indicator of the places.")
    factor_states: tuple[RiskState, ...] = public(default=("seen", "early_signs"), help="With factor: its states.")
    inhibitor: InhibitorId | None = public(default=None, help="An inhibitor the context judges.")
    inhibitor_states: tuple[InhibitorState, ...] = public(
        default=("working", "strained", "hollow"), help="With inhibitor: its states."
    )
    meant_for: tuple[OnId, ...] = public(default=(), help="An activity is meant to lessen or support one of these.")
    high_scrutiny: YesNo | None = public(default=None, help="yes: a sector calls for due diligence always.")
    stages: tuple[Stage, ...] = public(default=(), help="The stage of the review.")
    subjects: tuple[Subject, ...] = public(default=(), help="What is reviewed: a program, a policy, an institution.")
    answer_to: CheckId | None = public(default=None, help="Another question: this one waits for its answer.")
    answers: tuple[AnswerWord, ...] = public(
        default=("yes", "partly", "not_known", "known_not_safe_to_record"), help="With answer_to: the answers meant."
    )
    flags: tuple[Flag, ...] = public(default=(), help="A flag of the program, such as humanitarian.")
    published: YesNo | None = public(default=None, help="yes: the program was read from published data.")
    standards: tuple[str, ...] = public(default=(), help="It was read from data of one of these, such as IATI.")


def every(parts: Iterable[bool | None]) -> bool | None:
    """Whether all are true; None where that turns on one that is not known."""
    values = list(parts)
    if any(value is False for value in values):
        return False
    return None if None in values else True


def some(parts: Iterable[bool | None]) -> bool | None:
    """Whether any is true; None where that turns on one that is not known."""
    values = list(parts)
    if any(values):
        return True
    return None if None in values else False


def negated(value: bool | None) -> bool | None:
    """The opposite; what is not known stays so."""
    return None if value is None else not value


def holds(condition: Condition, case: Case, setting: Setting, activity: Activity | None) -> bool | None:
    """Whether a condition holds for a case, or for one of its activities; None where that cannot be known."""
    design = list(_design(condition, case, activity))
    if case.program.subject == "policy" and not case.program.activities:
        # A policy has no activities of its own. What only activities could settle is asked of the programs under it.
        design = [bool(value) for value in design]
    return every((*design, *_known(condition, case, setting)))


def _design(condition: Condition, case: Case, activity: Activity | None) -> Iterator[bool | None]:
    """What the program's own description decides."""
    if condition.sectors:
        yield _sectors(condition.sectors, case, activity)
    if condition.partner_kinds:
        yield _kinds(condition.partner_kinds, case, activity)
    if condition.provides:
        yield _provides(condition.provides, case, activity)
    if condition.reaches_force is not None:
        yield _as_wanted(_reach(case, activity), condition.reaches_force)
    if condition.any_reaches_force is not None:
        yield _as_wanted(_reach(case, None), condition.any_reaches_force)
    if condition.meant_for:
        yield _meant(condition.meant_for, case, activity)
    if condition.high_scrutiny is not None:
        yield _as_wanted(_scrutiny(case, activity), condition.high_scrutiny)
    if condition.flags:
        yield bool(set(condition.flags) & set(case.program.flags))
    if condition.subjects:
        yield case.program.subject in condition.subjects


def _known(condition: Condition, case: Case, setting: Setting) -> Iterator[bool | None]:
    """What the context, the answers and the review itself decide."""
    if condition.factor is not None:
        yield _factor(condition, case, setting)
    if condition.inhibitor is not None:
        yield _inhibitor(condition, case)
    if condition.answer_to is not None:
        yield any(one.answer in condition.answers for one in given(condition.answer_to, case))
    if condition.stages:
        yield None if setting.stage is None else setting.stage in condition.stages
    if condition.published is not None:
        yield case.is_published == (condition.published == "yes")
    if condition.standards:
        yield case.program.published is not None and case.program.published.standard in condition.standards


def _as_wanted(value: bool | None, wanted: YesNo) -> bool | None:
    return value if wanted == "yes" else negated(value)


def _reach(case: Case, activity: Activity | None) -> bool | None:
    activities = _activities(case, activity)
    return some(case.reaches_force(one) for one in activities) if activities else None


def _activities(case: Case, activity: Activity | None) -> tuple[Activity, ...]:
    return (activity,) if activity is not None else case.program.activities


def _sectors(wanted: tuple[str, ...], case: Case, activity: Activity | None) -> bool | None:
    from lens.catalog import stem

    # An activity without sectors of its own has the program's.
    own = [s.code for s in activity.sectors] if activity is not None else []
    codes = own or [s.code for s in case.program.sectors]
    if activity is None:
        codes += [s.code for one in case.program.activities for s in one.sectors]
    if any(code.startswith(want) for code in codes for want in wanted):
        return True
    # A category of three digits may hide the very purpose that is asked for; 998 says nothing at all.
    vague = any(want.startswith(stem(code)) or code.startswith("998") for code in codes for want in wanted)
    return None if not codes or vague else False


def _kinds(wanted: tuple[str, ...], case: Case, activity: Activity | None) -> bool | None:
    if activity is None:
        kinds = {partner.kind for partner in case.program.partners}
    else:
        refs = (
            *activity.partners,
            *(r for p in activity.provides for r in (*p.through, *((p.to,) if p.to else ()))),
        )
        kinds = {partner.kind for ref in refs if (partner := case.partner(ref)) is not None}
    if kinds & set(wanted):
        return True
    return None if not kinds or "not_known" in kinds else False


def _provides(wanted: tuple[str, ...], case: Case, activity: Activity | None) -> bool | None:
    activities = _activities(case, activity)
    given = {provision.what for one in activities for provision in one.provides}
    if given & set(wanted):
        return True
    return None if not activities or any(not one.provides for one in activities) else False


def _factor(condition: Condition, case: Case, setting: Setting) -> bool | None:
    """Whether a factor is in one of the states meant, at any place; a factor speaks for its indicators.

    Not seeing it shortens a review only where somebody looked: at every place, by a named role, on evidence in date.
    """
    assert condition.factor is not None  # noqa: S101 - the caller has looked
    wanted = condition.factor
    judged = [
        one
        for one in (case.context.factors if case.context else ())
        if one.id in (wanted, wanted.partition(".")[0]) or one.id.startswith(f"{wanted}.")
    ]
    if any(one.state in condition.factor_states for one in judged if one.id == wanted or "." in one.id):
        return True
    if any(one.state in condition.factor_states for one in judged):
        return None  # the whole factor is there; which of its indicators, nobody has said
    looked = {one.place for one in judged if _was_looked_for(one, setting)}
    everywhere = None in looked or {place.id for place in case.program.places} <= looked
    return False if judged and everywhere and all(one.state == "looked_for_not_seen" for one in judged) else None


def _was_looked_for(one: FactorJudgement, setting: Setting) -> bool:
    from lens.catalog import tendency_of

    vouched = bool(one.by and one.how and one.evidence)
    return vouched and not setting.policy.is_stale(one.on, tendency_of(one.id), setting.as_of)


def _inhibitor(condition: Condition, case: Case) -> bool | None:
    judged = [one.state for one in (case.context.inhibitors if case.context else ()) if one.id == condition.inhibitor]
    if any(state in condition.inhibitor_states for state in judged):
        return True
    return None if not judged or "not_known" in judged else False


def _meant(wanted: tuple[str, ...], case: Case, activity: Activity | None) -> bool | None:
    activities = _activities(case, activity)
    meant = {effect.on for one in activities for effect in one.effects if effect.kind.startswith("intended")}
    if any(on == want or on.startswith(f"{want}.") for on in meant for want in wanted):
        return True
    said = any(one.effects or one.no_effect for one in activities)
    return False if said else None


def _scrutiny(case: Case, activity: Activity | None) -> bool | None:
    from lens.catalog import sector

    codes = [one.code for one in (activity.sectors if activity is not None and activity.sectors else ())]
    codes = codes or [
        one.code
        for given in (case.program.sectors, *(each.sectors for each in case.program.activities))
        for one in given
    ]
    rows = [sector(code) for code in codes]
    if any(row is not None and row.scrutiny == "high" for row in rows):
        return True
    return None if not codes or None in rows else False


def given(question: str, case: Case) -> tuple[Answer, ...]:
    """Everybody's answers to a question, about whatever they are; where one was settled, only what was settled."""
    if case.answers is None:
        return ()
    settled = {(one.question, one.about) for one in case.answers.settled}
    open_ = (*case.answers.answers, *case.answers.others)
    return tuple(
        one
        for one in (*case.answers.settled, *(a for a in open_ if (a.question, a.about) not in settled))
        if one.question == question
    )
