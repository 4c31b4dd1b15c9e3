"""What stands beside support to a force: oversight with a part and money, and aims that are about people."""

from __future__ import annotations

from typing import TYPE_CHECKING

from lens import check
from lens.checks.conditions import Condition, holds, some
from lens.checks.reading import for_each, found, named_bodies, unasked, unsaid, unwritten, words, works_in
from lens.words import FORCE_KINDS
from lens_security_sector.checks.reach import SECTORS, forces, to_force, untold

if TYPE_CHECKING:
    from collections.abc import Iterator

    from lens import Case, Found, Setting
    from lens.cases import Activity, Partner

TAUGHT = frozenset({"training", "advice"})
OVERSIGHT = frozenset({"oversight_body", "justice_institution"})
CONDUCT = frozenset({"INH1", "INH3", "INH8", "INH12", "RF2", "RF3"})
"""What training can aim at for the sake of people: conduct, rules and oversight."""


@check("security-sector.oversight-in-design")
def oversight_in_design(case: Case, setting: Setting) -> Iterator[Found]:
    """Whether an oversight or justice body has a part and money where support reaches a force or its sector."""
    program = case.program
    if not program.partners and not program.activities and not program.sectors:
        yield unasked(case, on="INH1")
    elif (concerned := _is_concerned(case, setting)) is False:
        yield found("no-force", on="INH1")
    else:
        yield _oversight(case, is_sure=concerned is True)


def _is_concerned(case: Case, setting: Setting) -> bool | None:
    """Whether the program works in a sector of forces or reaches one; None where that is not known."""
    if any(one.kind in FORCE_KINDS for one in case.program.partners):
        return True
    reaching = Condition(reaches_force="yes")
    return some((works_in(SECTORS, case, setting), holds(reaching, case, setting, None)))


def _oversight(case: Case, *, is_sure: bool) -> Found:
    bodies = [one for one in case.program.partners if one.kind in OVERSIGHT]
    placed = [one for one in bodies if any(one.id in named_bodies(activity) for activity in case.program.activities)]
    paid = [one for one in placed if _has_money(one, case)]
    if paid:
        return found("has-part", on="INH1", kind=words(one.kind for one in paid))
    if case.is_published:
        return found("not-published", on="INH1")
    if bodies:
        outcome = "without-money" if placed else "named-only"
        return found(outcome, on="INH1", kind=words(one.kind for one in placed or bodies))
    known = [one for one in case.program.partners if one.kind != "not_known"]
    if not is_sure or not known or len(known) < len(case.program.partners):
        return found("not-known", on="INH1")
    return found("none", on="INH1", count=len(known))


def _has_money(body: Partner, case: Case) -> bool:
    gifts = [gift for activity in case.program.activities for gift in activity.provides if gift.to == body.id]
    return body.direct_funding is not None or any(gift.value is not None or gift.what == "cash" for gift in gifts)


@check("security-sector.training-aims")
def training_aims(case: Case, _setting: Setting) -> Iterator[Found]:
    """Whether training and advice to a force say what should be different for people, and how one would know."""
    yield from for_each(case, lambda activity: [_aim_of(activity, case)], on="INH1")


def _aim_of(activity: Activity, case: Case) -> Found:
    if not activity.provides:
        return unsaid(case, about=activity.id, on="INH1")
    taught = to_force(activity, case, TAUGHT)
    if not taught and not untold(activity, case, TAUGHT):
        return found("no-training", about=activity.id, on="INH1")
    if case.is_published and not (taught and activity.effects):
        return found("not-published", about=activity.id, on="INH1")
    if not taught:
        return found("not-traced", about=activity.id, on="INH1")
    return _aims(activity, forces(taught, case))


def _aims(activity: Activity, kind: str) -> Found:
    aims = [one for one in activity.effects if one.kind.startswith("intended") and one.on.split(".")[0] in CONDUCT]
    if not aims:
        outcome = "no-such-aim" if activity.effects else "not-described"
        return found(outcome, about=activity.id, on="INH1", kind=kind)
    if whole := words(one.on for one in aims if not unwritten(one)):
        return found("aim-told", about=activity.id, on="INH1", kind=kind, item=whole)
    # The aim that is written most fully says what is left to write.
    missing = min((unwritten(one) for one in aims), key=len)
    return found(
        "aim-bare", about=activity.id, on="INH1", kind=kind, item=words(one.on for one in aims), missing=missing
    )
