"""Which checks are asked, and for each that is not, why."""

from __future__ import annotations

from typing import TYPE_CHECKING, get_args

from lens.checks.applies import applies, waits
from lens.reviews.model import NotAsked
from lens.words import Stage

if TYPE_CHECKING:
    from lens.cases import Case
    from lens.cases.policy import Policy
    from lens.checks.model import Check
    from lens.checks.setting import Setting
    from lens.hooks.registry import Registered, Registry

_ORDER: tuple[Stage, ...] = get_args(Stage)


def select(registry: Registry, case: Case, setting: Setting) -> tuple[list[Registered], list[NotAsked]]:
    """Checks to ask, in their order, and those not asked with the reason. Not known always asks."""
    asked: list[Registered] = []
    left: list[NotAsked] = []
    for one in registry.checks.values():
        why = set_aside(one.check, registry, setting.policy) or why_not(one, case, setting)
        if why:
            left.append(NotAsked(check=one.check.id, title=one.check.title, why=why))
        else:
            asked.append(one)
    left += [NotAsked(check=one.id, title=one.title, why="code") for one in registry.without_code]
    return asked, left


def set_aside(check: Check, registry: Registry, policy: Policy) -> str:
    """Why a check is not asked whatever the case: its life cycle, or the agency's own policy."""
    if check.lifecycle == "preview" and not registry.rules.preview:
        return "preview"
    if check.lifecycle == "deprecated" and _is_asked(check.successor, registry, policy):
        return "deprecated"
    # What can escalate, and what HRDDP asks, is asked whatever a policy says; see Provenance.policy_refused.
    return "policy" if policy.switches_off(check.id) and not check.is_floored else ""


def _is_asked(successor: str, registry: Registry, policy: Policy) -> bool:
    """Whether the check that takes over is here and in use: until then, the deprecated one is asked."""
    found = registry.checks.get(successor)
    return found is not None and found.check.lifecycle != "deprecated" and not set_aside(found.check, registry, policy)


def why_not(one: Registered, case: Case, setting: Setting) -> str:
    """Why a check is not asked of a case: depth, stage, applies, waits; empty where it is."""
    check = one.check
    if setting.depth == "first-look" and check.depth == "full":
        return "depth"
    if not _reached(check, setting.stage):
        return "stage"
    if applies(one.of_pack, case, setting) is False:
        return "applies"
    if check.question is not None and check.question.per == "activity" and case.program.activities:
        holds = [applies(check.applies, case, setting, each) for each in case.program.activities]
    else:
        holds = [applies(check.applies, case, setting)]
    if any(value is not False for value in holds):
        return ""
    return "waits" if waits(check.applies, case, setting) else "applies"


def _reached(check: Check, stage: Stage | None) -> bool:
    """Whether a stage is at or past the first that a check belongs to.

    What should have been settled earlier is asked later too; where the stage is not known, everything is asked.
    """
    if stage is None or not check.stages:
        return True
    return min(_ORDER.index(one) for one in check.stages) <= _ORDER.index(stage)
