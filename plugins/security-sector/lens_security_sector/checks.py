"""The computed checks of the pack: what a case's own data tells about support that reaches a force."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from lens import Case, Found, Setting, check
from lens.words import FORCE_KINDS

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence
    from datetime import date

    from lens.cases import Activity, Answer, Effect, HarmLook, Partner, Provision, Safeguard

SECTORS = ("15132", "15137", "15210", "15230", "15240")
"""Sectors whose support strengthens those who bear arms, or hold people."""

REACH = frozenset(
    {"equipment", "vehicles", "fuel", "weapons_or_ammunition", "communications", "surveillance", "data_or_lists"}
)
"""What gives a force more reach once it is handed over."""

TAUGHT = frozenset({"training", "advice"})
UPKEEP = frozenset({"salaries", "cash", "food", "fuel", "budget_support"})
"""What a force, or its ministry in its place, would otherwise pay for."""

TRACED = REACH | {"training", "salaries"}
"""What is followed to the body that uses it."""

HANDS_ON = frozenset(
    {
        "ministry",
        "security_ministry",
        "de_facto_authority",
        "local_authority",
        "contractor",
        "company",
        "multilateral",
        "bilateral_donor",
    }
)
"""Bodies that mostly give to others what they receive."""

OVERSIGHT = frozenset({"oversight_body", "justice_institution"})
CONDUCT = frozenset({"INH1", "INH3", "INH8", "INH12", "RF2", "RF3"})
"""What training can aim at for the sake of people: conduct, rules and oversight."""

VETTING = "security-sector.vetting"
NEAR = timedelta(days=180)
"""An end of pay that comes within so many days is near."""

_USE = ("unguarded", "overdue", "use-not-known", "stale", "said-impossible", "guarded")
_FREED = ("unguarded", "overdue", "not-known", "no-reason", "stale", "looked")


# What a force gets


@check("security-sector.end-use-guarded")
def end_use_guarded(case: Case, setting: Setting) -> Iterator[Found]:
    """Whether what gives a force more reach has a whole, current safeguard on its use."""
    yield from _each(case, lambda activity: [_use_of(activity, case, setting)], on="AH-3")


def _use_of(activity: Activity, case: Case, setting: Setting) -> Found:
    if not activity.provides:
        return _said_of(activity, _unknown(case), on="AH-3")
    gets = _to_force(activity, case, REACH)
    if not gets:
        untold = [one.what for one in activity.provides if one.what in REACH and _is_untold(one, activity, case)]
        if not untold:
            return _said_of(activity, "nothing-of-the-kind", on="AH-3")
        if case.is_published:
            return _said_of(activity, "not-published", on="AH-3")
        return _said_of(activity, "not-traced", on="AH-3", what=_words(untold))
    looks = [look for look in activity.harm_paths if "AH-3" in look.paths]
    if not looks and case.is_published:
        return _said_of(activity, "not-published", on="AH-3")
    outcome, missing = _gravest((_use(look, setting) for look in looks), _USE) if looks else ("not-looked", "")
    values = {"what": _words(one.what for one in gets), "kind": _kinds(gets, case)}
    return _said_of(activity, outcome, on="AH-3", **values, **({"missing": missing} if missing else {}))


def _use(look: HarmLook, setting: Setting) -> tuple[str, str]:
    if look.could == "not_known":
        return "use-not-known", ""
    if look.could == "no":
        return "said-impossible", ""
    return _guard(look, setting)


@check("security-sector.chain-ends")
def chain_ends(case: Case, setting: Setting) -> Iterator[Found]:
    """Whether each chain that a force could use ends with the body that uses it, as far as is written."""
    yield from _each(case, lambda activity: [_end_of(activity, case)], on="AH-3")


def _end_of(activity: Activity, case: Case) -> Found:
    if not activity.provides:
        return _said_of(activity, _unknown(case), on="AH-3")
    ends = [(one.what, _last(one, case)) for one in activity.provides if one.what in TRACED]
    behind = [(what, body.kind) for what, body in ends if body is not None and body.kind in HANDS_ON]
    nobody = [what for what, body in ends if body is None or body.kind == "not_known"]
    if (behind or nobody) and case.is_published:
        return _said_of(activity, "not-published", on="AH-3")
    if behind:
        what, kind = _words(what for what, _ in behind), _words(kind for _, kind in behind)
        return _said_of(activity, "untold-behind", on="AH-3", what=what, kind=kind)
    if nobody:
        return _said_of(activity, "no-body", on="AH-3", what=_words(nobody))
    return _said_of(activity, "told", on="AH-3")


# Who stands beside it


@check("security-sector.oversight-in-design")
def oversight_in_design(case: Case, setting: Setting) -> Iterator[Found]:
    """Whether an oversight or justice body has a part and money where support reaches a force or its sector."""
    program = case.program
    if not program.partners and not program.activities and not program.sectors:
        yield Found(outcome="not-published" if case.is_published else "not-asked", on="INH1")
    elif (concerned := _is_concerned(case)) is False:
        yield Found(outcome="no-force", on="INH1")
    else:
        yield _oversight(case, is_sure=concerned is True)


def _oversight(case: Case, *, is_sure: bool) -> Found:
    bodies = [one for one in case.program.partners if one.kind in OVERSIGHT]
    placed = [one for one in bodies if any(one.id in _named(activity) for activity in case.program.activities)]
    paid = [one for one in placed if _has_money(one, case)]
    if paid:
        return Found(outcome="has-part", on="INH1", values={"kind": _words(one.kind for one in paid)})
    if case.is_published:
        return Found(outcome="not-published", on="INH1")
    if placed:
        return Found(outcome="without-money", on="INH1", values={"kind": _words(one.kind for one in placed)})
    if bodies:
        return Found(outcome="named-only", on="INH1", values={"kind": _words(one.kind for one in bodies)})
    known = [one for one in case.program.partners if one.kind != "not_known"]
    if not is_sure or not known or len(known) < len(case.program.partners):
        return Found(outcome="not-known", on="INH1")
    return Found(outcome="none", on="INH1", values={"count": len(known)})


def _has_money(body: Partner, case: Case) -> bool:
    gifts = [gift for activity in case.program.activities for gift in activity.provides if gift.to == body.id]
    return body.direct_funding is not None or any(gift.value is not None or gift.what == "cash" for gift in gifts)


def _is_concerned(case: Case) -> bool | None:
    """Whether the program works in a sector of forces or reaches one; None where that is not known."""
    program = case.program
    sectors = [one.code for one in (*program.sectors, *(each for own in program.activities for each in own.sectors))]
    if any(code in SECTORS for code in sectors) or any(one.kind in FORCE_KINDS for one in program.partners):
        return True
    reaches = [case.reaches_force(activity) for activity in program.activities]
    if True in reaches:
        return True
    # A category of three digits may hide one of these sectors.
    vague = any(code.startswith("998") or any(one.startswith(code) for one in SECTORS) for code in sectors)
    unknown = any(one.kind == "not_known" for one in program.partners)
    return None if vague or unknown or not sectors or not reaches or None in reaches else False


@check("security-sector.training-aims")
def training_aims(case: Case, setting: Setting) -> Iterator[Found]:
    """Whether training and advice to a force say what should be different for people, and how one would know."""
    yield from _each(case, lambda activity: [_aim_of(activity, case)], on="INH1")


def _aim_of(activity: Activity, case: Case) -> Found:
    if not activity.provides:
        return _said_of(activity, _unknown(case), on="INH1")
    taught = _to_force(activity, case, TAUGHT)
    if not taught:
        untold = any(one.what in TAUGHT and _is_untold(one, activity, case) for one in activity.provides)
        outcome = ("not-published" if case.is_published else "not-traced") if untold else "no-training"
        return _said_of(activity, outcome, on="INH1")
    kind = _kinds(taught, case)
    aims = [one for one in activity.effects if one.kind.startswith("intended") and one.on.split(".")[0] in CONDUCT]
    if not activity.effects and case.is_published:
        return _said_of(activity, "not-published", on="INH1")
    if not aims:
        outcome = "no-such-aim" if activity.effects else "not-described"
        return _said_of(activity, outcome, on="INH1", kind=kind)
    whole = [one for one in aims if not _unwritten(one)]
    if whole:
        return _said_of(activity, "aim-told", on="INH1", kind=kind, item=_words(one.on for one in whole))
    best = min((_unwritten(one) for one in aims), key=len)
    return _said_of(
        activity, "aim-bare", on="INH1", kind=kind, item=_words(one.on for one in aims), missing=_words(best)
    )


def _unwritten(effect: Effect) -> list[str]:
    parts = {"mechanism": effect.mechanism, "sign of failure": effect.sign_of_failure}
    return [name for name, text in parts.items() if not text.strip()]


# When, and until when


@check("security-sector.vetted-before-start")
def vetted_before_start(case: Case, setting: Setting) -> Iterator[Found]:
    """Whether people whom an activity reaches were vetted before its first day, by the answer and its evidence."""
    yield from _each(case, lambda activity: [_vetting_of(activity, case, setting)], on="AH-3")


def _vetting_of(activity: Activity, case: Case, setting: Setting) -> Found:
    reaches = case.reaches_force(activity)
    if reaches is False:
        return _said_of(activity, "no-force", on="AH-3")
    answer = case.answer_for(VETTING, activity.id)
    if case.is_published and (answer is None or reaches is None):
        return _said_of(activity, "not-published", on="AH-3")
    if reaches is None:
        return _said_of(activity, "reach-not-known", on="AH-3")
    first = activity.start or case.program.start
    outcome = _vetted(answer, first, has_begun=first is not None and first <= setting.as_of)
    if first is not None and outcome in ("began-unvetted", "began-not-answered", "vetted-late", "vetted-before"):
        return _said_of(activity, outcome, on="AH-3", day=first)
    return _said_of(activity, outcome, on="AH-3")


def _vetted(answer: Answer | None, first: date | None, *, has_begun: bool) -> str:
    word = answer.answer if answer is not None else ""
    if answer is None or (word == "not_applicable" and not answer.reason.strip()):
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
    yield from _each(case, lambda activity: _paid_by(activity, case, setting), on="AH-4")


def _paid_by(activity: Activity, case: Case, setting: Setting) -> Iterator[Found]:
    gets = _to_force(activity, case, UPKEEP)
    untold = [one.what for one in activity.provides if one.what in UPKEEP and _is_untold(one, activity, case)]
    if not activity.provides:
        yield _said_of(activity, _unknown(case), on="AH-4")
    elif gets:
        values = {"what": _words(one.what for one in gets), "kind": _kinds(gets, case)}
        yield _freed(activity, case, setting, values)
        yield _end_of_pay(activity, case, setting, values)
    elif untold and case.is_published:
        yield _said_of(activity, "not-published", on="AH-4")
    elif untold:
        yield _said_of(activity, "not-traced", on="AH-4", what=_words(untold))
    else:
        yield _said_of(activity, "none-paid", on="AH-4")


def _freed(activity: Activity, case: Case, setting: Setting, values: dict[str, str]) -> Found:
    looks = [look for look in activity.harm_paths if "AH-4" in look.paths]
    if not looks:
        if case.is_published:
            return _said_of(activity, "not-published", on="AH-4")
        return _said_of(activity, "frees-not-looked", on="AH-4", **values)
    outcome, missing = _gravest((_freeing(look, setting) for look in looks), _FREED)
    return _said_of(activity, f"frees-{outcome}", on="AH-4", **values, **({"missing": missing} if missing else {}))


def _freeing(look: HarmLook, setting: Setting) -> tuple[str, str]:
    if look.could == "not_known":
        return "not-known", ""
    if look.could == "no":
        if not look.reason.strip():
            return "no-reason", ""
        return "stale" if setting.policy.is_stale(look.on, "mixed", setting.as_of) else "looked", ""
    outcome, missing = _guard(look, setting)
    return "looked" if outcome == "guarded" else outcome, missing


def _end_of_pay(activity: Activity, case: Case, setting: Setting, values: dict[str, str]) -> Found:
    looks = [look for look in activity.harm_paths if "AH-11" in look.paths and look.could == "yes"]
    guarded = bool(looks) and all(_guard(look, setting)[0] == "guarded" for look in looks)
    last = activity.end or case.program.end
    if guarded or case.program.exit_plan.strip():
        return _said_of(activity, "end-planned", on="AH-11", **values)
    if case.is_published:
        return _said_of(activity, "not-published", on="AH-11")
    if last is not None and last <= setting.as_of + NEAR:
        return _said_of(activity, "ends-unplanned", on="AH-11", day=last, **values)
    return _said_of(activity, "end-not-written", on="AH-11", **values)


# What the checks share


def _each(case: Case, found: Callable[[Activity], Iterable[Found]], *, on: str) -> Iterator[Found]:
    """What is found for each activity; where none is described, that nobody was asked or nothing is published."""
    if not case.program.activities:
        yield Found(outcome="not-published" if case.is_published else "not-asked", on=on)
    for activity in case.program.activities:
        yield from found(activity)


def _said_of(activity: Activity, outcome: str, *, on: str, **values: str | int | date) -> Found:
    return Found(outcome=outcome, about=activity.id, on=on, values=values)


def _unknown(case: Case) -> str:
    return "not-published" if case.is_published else "not-known"


def _words(items: Iterable[str]) -> str:
    """Words or ids as one value, each once, in the order given."""
    return ", ".join(dict.fromkeys(items))


def _named(activity: Activity) -> set[str]:
    """Every body that an activity names."""
    gifts = activity.provides
    return {*activity.partners, *(ref for one in gifts for ref in (*one.through, *((one.to,) if one.to else ())))}


def _to_force(activity: Activity, case: Case, kinds: frozenset[str]) -> list[Provision]:
    """What of these kinds has a force in its chain."""
    gifts = [one for one in activity.provides if one.what in kinds]
    return [one for one in gifts if any(body.kind in FORCE_KINDS for body in case.chain(one))]


def _kinds(gifts: Sequence[Provision], case: Case) -> str:
    return _words(body.kind for one in gifts for body in case.chain(one) if body.kind in FORCE_KINDS)


def _last(gift: Provision, case: Case) -> Partner | None:
    """The last body named for something provided."""
    ref = gift.to or (gift.through[-1] if gift.through else "")
    return case.partner(ref) if ref else None


def _is_untold(gift: Provision, activity: Activity, case: Case) -> bool:
    """Whether a force could get it unseen: a body of unknown kind, or no body while a force has a part."""
    refs = (*gift.through, *((gift.to,) if gift.to else ()))
    bodies = [case.partner(ref) for ref in refs]
    if any(body is None or body.kind == "not_known" for body in bodies):
        return True
    return not refs and case.reaches_force(activity) is not False


def _guard(look: HarmLook, setting: Setting) -> tuple[str, str]:
    """What the safeguard of a look comes to, and what it lacks."""
    missing = _lacking(look.safeguard)
    if missing or look.safeguard is None:
        return "unguarded", missing
    day = look.safeguard.by
    if day is not None and day < setting.as_of and (look.on is None or not day <= look.on <= setting.as_of):
        return "overdue", ""
    return "stale" if setting.policy.is_stale(look.on, "mixed", setting.as_of) else "guarded", ""


def _lacking(safeguard: Safeguard | None) -> str:
    if safeguard is None or not safeguard.what.strip():
        return "safeguard"
    parts = {
        "owner": safeguard.owner.strip(),
        "date": safeguard.by,
        "residual risk": safeguard.residual_risk.strip(),
    }
    return _words(name for name, there in parts.items() if not there)


def _gravest(found: Iterable[tuple[str, str]], order: Sequence[str]) -> tuple[str, str]:
    """What comes first in `order`."""
    return min(found, key=lambda one: order.index(one[0]))
