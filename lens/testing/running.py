"""One check run on a case, through the engine that reviews run through."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Literal

from lens.errors import LensError, near
from lens.testing.cases import AS_OF, setting

if TYPE_CHECKING:
    from collections.abc import Mapping

    from lens.cases import Case
    from lens.checks.model import Check, Found
    from lens.checks.setting import Setting
    from lens.hooks.registry import Registered, Registry
    from lens.reviews.model import Finding


def findings(
    check: str,
    given: Case,
    *,
    as_of: str = AS_OF,
    policy: Mapping[str, object] | None = None,
    registry: Registry | None = None,
) -> list[Finding]:
    """What one check finds in a case: a question by its answers, a computed check by its function.

    `registry` is where the check is looked for: what is installed, if left out. One that raises, or says what it does
    not declare, gives a finding in state `error`. Raises LensError where there is no such check.
    """
    from lens.reviews.findings import findings_of

    return findings_of(_registered(check, registry), given, setting(policy, as_of=as_of))


def found(check: str, given: Case, within: Setting | None = None, *, registry: Registry | None = None) -> list[Found]:
    """What the function of a computed check gives, before it is judged; what it raises is raised."""
    run = _registered(check, registry).run
    if run is None:
        raise LensError(f"{check} is a question. Use findings() or example().")
    return list(run(given, within or setting()))


def told(one: Found) -> str:
    """What a function gave, as tables write it: outcome, about, on; empty ends are left out."""
    return " ".join([one.outcome, one.about or "program", one.on]) if one.on else f"{one.outcome} {one.about}".strip()


def example(check: str | Check, which: Literal["concern", "addressed"], registry: Registry | None = None) -> Finding:
    """What the engine makes of one of the two examples of a question: answered today, on the evidence it names.

    Raises LensError where the question has no examples.
    """
    from lens.cases import Answer, Answers, Case, Evidence, Program
    from lens.reviews.judge import ask

    described = _registered(check, registry).check if isinstance(check, str) else check
    question = described.question
    if question is None or question.examples is None:
        raise LensError(f"{described.id} has no examples. Give it a concern and an answer that is none.")
    shown = question.examples.concern if which == "concern" else question.examples.addressed
    today = date.fromisoformat(AS_OF)
    answer = Answer(
        question=described.id,
        answer=shown.answer,
        follow_ups=shown.follow_ups,
        by="program officer",
        on=today,
        evidence=(Evidence(kind=shown.evidence, ref="annex", on=today, checked_by="auditor"),),
    )
    (made,) = ask(described, Case(program=Program(), answers=Answers(answers=(answer,))), setting())
    return made


def _registered(check: str, registry: Registry | None) -> Registered:
    from lens.hooks.registry import Registry as Registry_

    here = registry or Registry_()
    known = here.checks.get(check)
    if known is None:
        why = [f"{one.owner}: {one.where}: {one.what}" for one in here.faults]
        hint = near(check, tuple(here.checks)) or "`lens plugins` says what is installed, and what did not load."
        raise LensError("\n".join([f"There is no check {check[:60]}. {hint}", *why]))
    return known
