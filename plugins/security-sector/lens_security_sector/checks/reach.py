"""What the computed checks mean by a sector of forces, by what a force gets, and by a chain that nobody told."""

from __future__ import annotations

from typing import TYPE_CHECKING

from lens.checks.reading import chain_refs, has_unknown, kinds_among
from lens.words import FORCE_KINDS

if TYPE_CHECKING:
    from collections.abc import Container, Iterable

    from lens import Case
    from lens.cases import Activity, Provision

SECTORS = ("15132", "15137", "15210", "15230", "15240")
"""Sectors whose support strengthens those who bear arms, or hold people."""


def to_force(activity: Activity, case: Case, wanted: Container[str]) -> list[Provision]:
    """What of these kinds has a force in its chain."""
    gifts = [one for one in activity.provides if one.what in wanted]
    return [one for one in gifts if any(body.kind in FORCE_KINDS for body in case.chain(one))]


def untold(activity: Activity, case: Case, wanted: Container[str]) -> list[str]:
    """What of these kinds a force could get unseen: by a body of unknown kind, or by none while a force has a part."""
    return [one.what for one in activity.provides if one.what in wanted and _is_untold(one, activity, case)]


def _is_untold(gift: Provision, activity: Activity, case: Case) -> bool:
    refs = chain_refs(gift)
    return has_unknown(refs, case) or (not refs and case.reaches_force(activity) is not False)


def forces(gifts: Iterable[Provision], case: Case) -> str:
    """The kinds of the forces in these chains, as one value."""
    return kinds_among((body for one in gifts for body in case.chain(one)), FORCE_KINDS)
