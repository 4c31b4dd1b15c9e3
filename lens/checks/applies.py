"""When a check applies: a closed form over what is known of the case. Three-valued, and not known asks.

There are no expressions. A form says what must hold for `all`, `any` or `none` of its conditions; a condition that
cannot be decided makes the check asked, with the reason, never skipped.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from lens.cases.fields import CheckId, FactorId, InhibitorId, OnId, SectorCode, public, record
from lens.words import AnswerWord, Flag, InhibitorState, PartnerKind, Provided, RiskState, Stage, Subject, YesNo

if TYPE_CHECKING:
    from collections.abc import Iterable

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


@record
class Applies:
    """When a check applies. An empty form always applies."""

    all: tuple[Condition, ...] = public(default=(), help="Every one must hold.")
    any: tuple[Condition, ...] = public(default=(), help="At least one must hold.")
    none: tuple[Condition, ...] = public(default=(), help="None may hold.")


def applies(form: Applies | None, case: Case, setting: Setting, activity: Activity | None = None) -> bool | None:
    """Whether a form holds for a case, or for one of its activities; None where that cannot be known."""
    if form is None:
        return True
    parts = [_every(_holds(c, case, setting, activity) for c in form.all)]
    if form.any:
        parts.append(_some(_holds(c, case, setting, activity) for c in form.any))
    parts.append(_not(_some(_holds(c, case, setting, activity) for c in form.none)))
    return _every(parts)


def _every(parts: Iterable[bool | None]) -> bool | None:
    values = list(parts)
    if any(value is False for value in values):
        return False
    return None if None in values else True


def _some(parts: Iterable[bool | None]) -> bool | None:
    values = list(parts)
    if any(values):
        return True
    return None if None in values else False


def _not(value: bool | None) -> bool | None:
    return None if value is None else not value


def _holds(condition: Condition, case: Case, setting: Setting, activity: Activity | None) -> bool | None:
    parts: list[bool | None] = []
    if condition.sectors:
        parts.append(_sectors(condition.sectors, case, activity))
    if condition.partner_kinds:
        parts.append(_kinds(condition.partner_kinds, case, activity))
    if condition.provides:
        parts.append(_provides(condition.provides, case, activity))
    if condition.reaches_force is not None:
        wanted = condition.reaches_force == "yes"
        reach = (
            _some(case.reaches_force(one) for one in _activities(case, activity)) if case.program.activities else None
        )
        parts.append(reach if wanted else _not(reach))
    if condition.factor is not None:
        parts.append(_factor(condition, case, setting))
    if condition.inhibitor is not None:
        parts.append(_inhibitor(condition, case))
    if condition.meant_for:
        parts.append(_meant(condition.meant_for, case, activity))
    if condition.high_scrutiny is not None:
        high = _scrutiny(case, activity)
        parts.append(high if condition.high_scrutiny == "yes" else _not(high))
    if condition.subjects:
        parts.append(case.program.subject in condition.subjects)
    if condition.answer_to is not None:
        parts.append(any(one.answer in condition.answers for one in _given(condition.answer_to, case)))
    if condition.stages:
        parts.append(None if setting.stage is None else setting.stage in condition.stages)
    if condition.flags:
        parts.append(bool(set(condition.flags) & set(case.program.flags)))
    if condition.published is not None:
        parts.append(case.is_published == (condition.published == "yes"))
    return _every(parts)


def _activities(case: Case, activity: Activity | None) -> tuple[Activity, ...]:
    return (activity,) if activity is not None else case.program.activities


def _sectors(wanted: tuple[str, ...], case: Case, activity: Activity | None) -> bool | None:
    # An activity without sectors of its own has the program's.
    own = [s.code for s in activity.sectors] if activity is not None else []
    codes = own or [s.code for s in case.program.sectors]
    if activity is None:
        codes += [s.code for one in case.program.activities for s in one.sectors]
    if any(code.startswith(want) for code in codes for want in wanted):
        return True
    # A category of three digits may hide the very purpose that is asked for; 998 says nothing at all.
    vague = any(want.startswith(code) or code.startswith("998") for code in codes for want in wanted)
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


def _given(question: str, case: Case) -> list[Answer]:
    return [one for one in (case.answers.answers if case.answers else ()) if one.check == question]


def waits(form: Applies | None, case: Case) -> bool:
    """Whether a form turns on the answer to a question that nobody has answered yet."""
    conditions = (*form.all, *form.any, *form.none) if form is not None else ()
    return any(one.answer_to is not None and not _given(one.answer_to, case) for one in conditions)
