"""When a check applies: a closed form over what is known of the case. Three-valued, and not known asks.

There are no expressions. A form says what must hold for `all`, `any` or `none` of its conditions; a condition that
cannot be decided makes the check asked, with the reason, never skipped.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from lens.cases.fields import FactorId, SectorCode, public, record
from lens.words import Flag, PartnerKind, Provided, RiskState, Stage, YesNo

if TYPE_CHECKING:
    from collections.abc import Iterable

    from lens.cases.case import Case
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
    stages: tuple[Stage, ...] = public(default=(), help="The stage of the review.")
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
        parts.append(_factor(condition, case))
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


def _factor(condition: Condition, case: Case) -> bool | None:
    assert condition.factor is not None  # noqa: S101 - the caller has looked
    wanted = condition.factor
    judged = [
        one
        for one in (case.context.factors if case.context else ())
        if one.id == wanted or one.id.startswith(f"{wanted}.")
    ]
    if any(one.state in condition.factor_states for one in judged):
        return True
    return False if judged and all(one.state == "looked_for_not_seen" for one in judged) else None
