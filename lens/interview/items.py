"""What is asked: each question of the plan with each of its subjects, first those of the first look."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from lens.checks.setting import Setting
from lens.reviews.judge import subjects
from lens.reviews.plan import plan_of

if TYPE_CHECKING:
    from datetime import date

    from lens.cases import Case
    from lens.cases.policy import Policy
    from lens.checks.model import Check
    from lens.hooks.registry import Registry
    from lens.languages.language import Language
    from lens.words import Depth, Role, Stage

OUTSIDE: frozenset[Role] = frozenset({"people_affected", "local_partner"})
"""Roles outside the agency: what is written for them tells nothing of the case but kinds and numbers."""


@dataclass(frozen=True, slots=True)
class Item:
    """One question about one subject."""

    check: Check
    about: str | None = None
    """activity:1 or place:1 where it is asked of each; None for the program."""

    @property
    def key(self) -> tuple[str, str | None]:
        """What an answer to it is known by."""
        return self.check.id, self.about


def items_of(
    case: Case, registry: Registry, *, as_of: date, policy: Policy, depth: Depth = "full", stage: Stage | None = None
) -> tuple[Item, ...]:
    """What plan_of says will be asked, a question for each of its subjects, the first look first.

    What waits for the answer to another question is not among them until that answer calls for it.
    """
    plan = plan_of(case, registry, as_of=as_of, policy=policy, depth=depth, stage=stage)
    setting = Setting(as_of=as_of, stage=plan.stage, depth=depth, policy=policy)
    ordered = sorted(plan.questions, key=lambda one: not one.first_look)
    return tuple(
        Item(check, subject.ref or None)
        for one in ordered
        for check in (registry.checks[one.check].check,)
        for subject in subjects(check, case, setting) or ()
    )


def for_role(items: tuple[Item, ...], role: Role) -> tuple[Item, ...]:
    """What a role can best answer."""
    return tuple(one for one in items if one.check.who[0] == role)


def described(about: str | None, case: Case, t: Language, *, outside: bool = False) -> str:
    """What a question is about, as people read it; empty for the program.

    `outside` is for readers outside the agency: then an activity is told by what it provides, never by its title.
    """
    from lens.reports.texts import ref_text

    if not about:
        return ""
    activity = case.activity(about)
    label = ""
    if activity is not None:
        given = tuple(dict.fromkeys(one.what for one in activity.provides))
        label = t.words("provided", given) if outside or not activity.title.strip() else activity.title
    place = next((one for one in case.program.places if one.id == about), None)
    if place is not None and place.country:
        label = place.country
    return t.opening(ref_text(about, t, {about: label}))
