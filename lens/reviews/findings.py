"""What one check finds in a case; where it fails, that it failed. For reviews and for screening alike."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from lens.checks.model import Found
from lens.hooks.contain import contained
from lens.reviews.judge import ask, judge
from lens.reviews.model import Finding
from lens.reviews.sound import why_not

if TYPE_CHECKING:
    from lens.cases import Case
    from lens.checks.model import Check
    from lens.checks.setting import Setting
    from lens.hooks.registry import Registered

MAX_FINDINGS_OF_ONE_CHECK = 2_000
"""A check that gives more has failed: the report would drown, and a check that never ends would never return."""


def findings_of(one: Registered, case: Case, setting: Setting) -> list[Finding]:
    """What one check finds. One that raises, exits or gives what it never declared is an error finding."""
    made: list[Finding] = []

    def work() -> None:
        if one.run is None:
            made.extend(ask(one.check, case, setting))
            return
        for found in one.run(case, setting):
            if type(found) is not Found:
                raise TypeError("a check gives Found")
            if wrong := why_not(found):
                raise ValueError(wrong)
            made.append(judge(one.check, found, setting))
            if len(made) > MAX_FINDINGS_OF_ONE_CHECK:
                raise ValueError("too many findings")

    what = contained(work)
    if not what and made:
        return _once(made)
    # A check that was asked and says nothing at all has not said that all is well.
    return [_failed(one.check, what or "said-nothing")]


def _once(findings: list[Finding]) -> list[Finding]:
    """Findings with the same fingerprint and outcome as one."""
    kept: dict[tuple[str, str], Finding] = {}
    for one in findings:
        key = (one.fingerprint, one.outcome)
        kept[key] = replace(kept[key], count=kept[key].count + 1) if key in kept else one
    return list(kept.values())


def _failed(check: Check, what: str) -> Finding:
    return Finding(
        check=check.id,
        title=check.title,
        component=check.component,
        verdict=check.verdict,
        state="error",
        outcome=what,
        who=check.who,
        fingerprint=f"{check.id}/program/error",
    )
