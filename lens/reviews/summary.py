"""What follows from the findings: how much was asked and is not known, and what there is to do."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from typing import TYPE_CHECKING

from lens.checks.model import Option
from lens.languages.language import english
from lens.reviews.gate import decided, escalated
from lens.reviews.model import Action, Coverage, Finding, NotAsked
from lens.words import COMPONENTS, LEVELS, spoken

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from datetime import date

    from lens.cases.policy import Due
    from lens.checks.model import Check
    from lens.reviews.model import Review
    from lens.words import Role


ESCALATE = "escalate-now"
"""The option, shared by every check that can escalate, to tell the end of the escalation route."""

DO_NOT_PRESS = "do-not-press"
"""What to do about an answer that is known and not safe to record."""

SETTLE = "settle-answers"
"""What to do where answers differ."""


def coverage_of(
    findings: Iterable[Finding], left: Iterable[NotAsked], component_of: Mapping[str, str]
) -> tuple[Coverage, ...]:
    """Counts for each of the three components, also where nothing was asked."""
    found, unasked = list(findings), list(left)
    made = []
    for component in COMPONENTS:
        states = Counter(one.state for one in found if one.component == component)
        reasons = Counter(one.because for one in found if one.component == component and one.because)
        made.append(
            Coverage(
                component=component,
                asked=sum(states.values()),
                concern=states["concern"],
                addressed=states["addressed"],
                nothing_seen=states["nothing_seen"],
                not_applicable=states["not_applicable"],
                error=states["error"],
                open=dict(sorted(reasons.items())),
                not_selected=sum(component_of.get(one.check) == component for one in unasked),
            )
        )
    return tuple(made)


def actions_of(findings: Iterable[Finding], checks: Mapping[str, Check], as_of: date, due: Due) -> tuple[Action, ...]:
    """What there is to do: the first option of each open or undecided finding; a shared remedy is told once."""
    # By id and text: where two packs call different things by one name, both are told.
    options: dict[tuple[str, str], Option] = {}
    answers: dict[tuple[str, str], list[Finding]] = {}
    for finding in findings:
        check = checks.get(finding.check)
        needed = finding.state == "open" or (finding.state == "concern" and not decided(finding))
        if check is None or not needed:
            continue
        option = _remedy(finding, check)
        options.setdefault((option.id, option.do), option)
        answers.setdefault((option.id, option.do), []).append(finding)
    made = [_action(options[name], found, as_of, due) for name, found in answers.items()]
    return tuple(sorted(made, key=_pressing))


def _remedy(finding: Finding, check: Check) -> Option:
    """The option told first.

    An escalating sign that nobody was told of is told before anything else is done. A question that is open is first
    of all answered: what a check proposes against a concern would be premature.
    """
    if finding.escalates and not escalated(finding):
        return next((one for one in check.options if one.id == ESCALATE), check.options[0])
    if finding.because == "withheld_for_safety":
        return _do_not_press()
    if finding.because == "disagreement":
        return Option(id=SETTLE, do=english().text(f"action.{SETTLE}"), effort="hours", who="senior_reviewer")
    if finding.state == "open" and check.question is not None:
        return _find_out(check.who[0])
    return next((one for one in check.options if one.id != ESCALATE), check.options[0])


def _do_not_press() -> Option:
    do = english().text(f"action.{DO_NOT_PRESS}")
    return Option(id=DO_NOT_PRESS, do=do, effort="hours", who="protection_adviser")


def _find_out(role: Role) -> Option:
    name = f"find-out-{role.replace('_', '-')}"
    if role == "people_affected":
        # They are heard, not given work.
        return Option(id=name, do=english().text(f"action.{name}"), effort="days", who="community_liaison")
    return Option(id=name, do=english().text("action.find-out", role=spoken(role)), effort="days", who=role)


def _action(option: Option, found: list[Finding], as_of: date, due: Due) -> Action:
    whole = Action(option=option.id, do=option.do, who=option.who, effort=option.effort, checks=(), findings=0)
    return _answering(whole, found, as_of, due)


def only_for(action: Action, findings: Iterable[Finding], review: Review) -> Action | None:
    """An action of a review as far as it answers some of the findings alone; None where it answers none of them."""
    found = [one for one in findings if one.fingerprint in action.fingerprints]
    return _answering(action, found, review.as_of, review.due) if found else None


def _answering(action: Action, found: list[Finding], as_of: date, due: Due) -> Action:
    level = min((one.level for one in found if one.level), key=LEVELS.index, default=None)
    escalates = any(one.escalates for one in found)
    return replace(
        action,
        level=level,
        escalates=escalates,
        by=due.by(level, as_of, escalates=escalates),
        checks=tuple(dict.fromkeys(one.check for one in found)),
        findings=len(found),
        fingerprints=tuple(one.fingerprint for one in found),
    )


def _pressing(action: Action) -> tuple[bool, int, int, str, str]:
    level = LEVELS.index(action.level) if action.level else len(LEVELS)
    return not action.escalates, level, -action.findings, action.option, action.do
