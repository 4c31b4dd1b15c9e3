"""The questions of the sheet of answers: those that a plan names, each with its help and about what it is asked."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from lens.checks.setting import Setting
from lens.languages.english import check_in
from lens.reviews.judge import subjects
from lens.reviews.plan import plan_of

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from lens.cases import Case
    from lens.cases.policy import Policy
    from lens.checks.model import Check
    from lens.hooks.registry import Registry
    from lens.languages.language import Language
    from lens.words import Depth, Stage


@dataclass(frozen=True, slots=True)
class Asked:
    """One question about one subject, as it is told."""

    question: str
    about: str
    shown: tuple[str, ...]
    """What is asked, what is meant, who can best answer, when it is asked."""
    follow_ups: tuple[tuple[str, str], ...] = ()
    """Each follow-up with its question."""
    settles: bool = False
    """Whether people have answered it differently, so that somebody has to settle it."""


def asked_of(
    case: Case,
    registry: Registry,
    t: Language,
    *,
    as_of: date,
    policy: Policy,
    depth: Depth = "full",
    stage: Stage | None = None,
) -> list[Asked]:
    """The questions that a review of the case asks and nobody has answered, and those that have to be settled.

    Those that wait for another answer come last.
    """
    plan = plan_of(case, registry, as_of=as_of, policy=policy, depth=depth, stage=stage)
    setting = Setting(as_of=as_of, stage=stage or case.program.stage, depth=depth, policy=policy)
    return [
        one
        for planned in (*plan.questions, *plan.later)
        for one in _each(registry.checks[planned.check].check, planned.after, case, setting, t)
    ]


def _each(check: Check, after: tuple[str, ...], case: Case, setting: Setting, t: Language) -> Iterator[Asked]:
    """One question about each of its subjects: to be answered, or to be settled where answers differ."""
    unsettled: dict[str, None] = {}
    # What waits may apply to nothing yet; then it is told once.
    for ref in [subject.ref for subject in subjects(check, case, setting)] or [""]:
        own = case.voices(check.id, ref) if ref else ()
        if case.differing(check.id, ref):
            unsettled[ref if own else ""] = None
        elif not own and not case.voices(check.id):
            yield asked(check, ref, after, t)
    for ref in unsettled:
        yield replace(asked(check, ref, (), t), settles=True)


def asked(check: Check, about: str, after: tuple[str, ...], t: Language) -> Asked:
    """One question as it is told in a language."""
    told = check_in(check, t).question
    assert told is not None  # noqa: S101 - a plan names questions only
    lines = [told.help.strip()]
    lines += [t.text("scaffold.settles", text=told.settles.strip())] if told.settles.strip() else []
    lines += [t.text("scaffold.hold", text=told.hold_safely.strip())] if told.hold_safely.strip() else []
    shown = (
        " ".join(told.ask.split()),
        "\n".join(" ".join(one.split()) for one in lines if one),
        t.opening(t.words("role", check.who)),
        t.text("plan.after", checks=", ".join(after)) if after else "",
    )
    return Asked(check.id, about, shown, tuple((one.id, " ".join(one.ask.split())) for one in told.follow_ups))
