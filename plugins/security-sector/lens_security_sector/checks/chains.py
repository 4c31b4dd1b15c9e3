"""Where things, training and data go: lists that reach a force, and chains that end with somebody in between."""

from __future__ import annotations

from typing import TYPE_CHECKING

from lens import check
from lens.cases.case import IN_PLAY
from lens.checks.reading import (
    HARD_SUPPORT,
    chain_refs,
    for_each,
    found,
    has_unknown,
    is_covered,
    kinds_among,
    places_of,
    state_at,
    unsaid,
    words,
    works_in,
)
from lens.words import FORCE_KINDS
from lens_security_sector.checks.reach import SECTORS, forces, to_force

if TYPE_CHECKING:
    from collections.abc import Iterator

    from lens import Case, Found, Setting
    from lens.cases import Activity

LISTS = frozenset({"data_or_lists"})
"""Surveillance is told by the core, with other support that gives a force more reach."""

MARKED = ("RF7.10", "RF7.12", "RF10", "RF12")
"""Signs with which a list in the hands of a force goes to the escalation route."""

REACH = LISTS.union(HARD_SUPPORT)
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


@check("security-sector.data-to-force")
def data_to_force(case: Case, setting: Setting) -> Iterator[Found]:
    """Whether data or lists are in a chain with a force, and whether people are being marked where that happens."""
    yield from for_each(case, lambda activity: [_data_of(activity, case, setting)], on="AH-1")


def _data_of(activity: Activity, case: Case, setting: Setting) -> Found:
    gives = [one for one in activity.provides if one.what in LISTS]
    if not activity.provides:
        return unsaid(case, about=activity.id, on="AH-1")
    if not gives:
        return found("none-given", about=activity.id, on="AH-1")
    if kind := forces(to_force(activity, case, LISTS), case):
        return _with_force(activity, kind, case, setting)
    if all(one.to for one in gives) and not has_unknown((ref for one in gives for ref in chain_refs(one)), case):
        return found("not-reaching", about=activity.id, on="AH-1")
    if near := kinds_among(map(case.partner, activity.partners), FORCE_KINDS):
        return found("beside-force", about=activity.id, on="AH-1", kind=near)
    return unsaid(case, about=activity.id, on="AH-1")


def _with_force(activity: Activity, kind: str, case: Case, setting: Setting) -> Found:
    places = places_of(activity, case)
    context = case.context
    signs = [sign for sign in MARKED if context and state_at(sign, places, context, setting) in IN_PLAY]
    if signs:
        return found("to-force-marked", about=activity.id, on="AH-1", kind=kind, signs=words(signs))
    left = words(path for path in ("AH-1", "AH-9") if not is_covered(activity, path, setting))
    if left:
        return found("to-force", about=activity.id, on="AH-1", kind=kind, paths=left)
    return found("to-force-looked", about=activity.id, on="AH-1", kind=kind)


@check("security-sector.chain-ends")
def chain_ends(case: Case, setting: Setting) -> Iterator[Found]:
    """Whether each chain that a force could use ends with the body that uses it, as far as is written."""
    yield from for_each(case, lambda activity: [_end_of(activity, case, setting)], on="AH-3")


def _end_of(activity: Activity, case: Case, setting: Setting) -> Found:
    if not activity.provides:
        return unsaid(case, about=activity.id, on="AH-3")
    # Outside the work of forces, who hands on a course or a salary is no matter of theirs.
    wanted = TRACED if _is_near_forces(activity, case, setting) else REACH
    gifts = [one for one in activity.provides if one.what in wanted]
    chains = [(one.what, chain_refs(one)) for one in gifts]
    lasts = [(what, case.partner(refs[-1])) for what, refs in chains if refs]
    behind = [(what, body.kind) for what, body in lasts if body is not None and body.kind in HANDS_ON]
    if behind and case.is_published:
        return found("not-published", about=activity.id, on="AH-3")
    if behind:
        what, kind = words(one for one, _ in behind), words(one for _, one in behind)
        return found("untold-behind", about=activity.id, on="AH-3", what=what, kind=kind)
    if any(not chain_refs(one) for one in gifts) or has_unknown(
        (ref for one in gifts for ref in chain_refs(one)), case
    ):
        return found("told-by-core", about=activity.id, on="AH-3")
    return found("told", about=activity.id, on="AH-3")


def _is_near_forces(activity: Activity, case: Case, setting: Setting) -> bool:
    return case.reaches_force(activity) is not False or works_in(SECTORS, case, setting, activity) is not False
