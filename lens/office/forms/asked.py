"""What a field form of a case asks, about what, in which order: the questions of the plan, and those that wait."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from lens.checks.setting import Setting
from lens.errors import LensError
from lens.office.forms.names import Field
from lens.office.forms.relevance import ALWAYS, relevant
from lens.reviews.judge import Subject, subjects
from lens.reviews.plan import plan_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from datetime import date

    from lens.cases.case import Case
    from lens.cases.policy import Policy
    from lens.checks.model import Check
    from lens.hooks.registry import Registry
    from lens.reviews.plan import Plan, PlannedQuestion
    from lens.words import Depth, Role, Stage

MAX_FIELDS = 5_000
"""More questions than that no phone shows and nobody answers."""


@dataclass(frozen=True, slots=True)
class Ask:
    """One question about one subject, and when it is asked: an expression, or empty for always."""

    check: Check
    about: str = ""
    relevant: str = ALWAYS

    @property
    def name(self) -> str:
        """What its answer is called inside the form."""
        return Field(self.check.id, self.about or None).name


@dataclass(frozen=True, slots=True)
class FieldForm:
    """Everything a form asks; its texts are put in when it is written."""

    case: Case
    asks: tuple[Ask, ...]
    """What is asked in any case: first about the program, then about each activity and place."""
    later: tuple[Ask, ...]
    """What is asked only if an answer in this form calls for it; what waits for what stands in that order."""
    waiting: int
    """Questions that wait for answers that this form does not ask for."""
    key: str
    """What tells the forms of one case from those of another: a digest of public facts alone."""
    id: str
    version: str
    role: Role | None

    def subjects(self) -> tuple[str, ...]:
        """What is asked about, in its order; empty stands for the program."""
        return tuple(dict.fromkeys(one.about for one in self.asks))


def form_of(
    case: Case,
    registry: Registry,
    *,
    as_of: date,
    policy: Policy,
    depth: Depth = "full",
    stage: Stage | None = None,
    role: Role | None = None,
    about: tuple[str, ...] = (),
    unanswered: bool = False,
    code: str = "",
) -> FieldForm:
    """The form that asks what `plan_of` with the same arguments says.

    `role` keeps what that role can best answer; `about` keeps, of what is asked of each, some activities or places;
    `unanswered` keeps what the case has no answer to. LensError where nothing is left to ask.
    """
    _known(about, case)
    plan = plan_of(case, registry, as_of=as_of, policy=policy, depth=depth, stage=stage)
    setting = Setting(as_of=as_of, stage=stage or case.program.stage, depth=depth, policy=policy)
    asks = sorted(_asks(plan, registry, case, setting, role, about, unanswered), key=lambda one: _place(one.about))
    waiting = [one for one in plan.later if _is_for(one, role)]
    later = _later(waiting, registry, case, setting, about, asks)
    if not asks and not later:
        raise LensError("There is nothing to ask in such a form. `lens plan` says what is asked of whom.")
    if len(asks) + len(later) > MAX_FIELDS:
        count = len(asks) + len(later)
        raise LensError(f"This form would ask {count} questions. Make it shorter with --about, --role or --first-look.")
    key = key_of(case, code)
    id_ = "_".join(filter(None, ("lens", key, role or "", "first" if depth == "first-look" else "")))
    left = len(waiting) - len({one.check.id for one in later})
    made = FieldForm(case, tuple(asks), later, left, key, id_, "", role)
    return replace(made, version=_version(made))


def key_of(case: Case, code: str = "") -> str:
    """What every form of a case carries: its countries and a code the user chose, as a digest.

    Nothing that is not public goes into it: a digest of that could be guessed.
    """
    countries = sorted({place.country or "" for place in case.program.places})
    return _digest(case.program.subject, code, *countries)[:8]


def _version(form: FieldForm) -> str:
    asked = ((one, one.check.question) for one in (*form.asks, *form.later))
    return _digest(form.id, *(f"{one.name} {one.relevant} {question.ask}" for one, question in asked if question))[:10]


def _digest(*parts: str) -> str:
    return hashlib.sha256("\n".join(parts).encode()).hexdigest()


def _known(about: Iterable[str], case: Case) -> None:
    from lens.errors import near

    program = case.program
    there = [*(one.id for one in program.activities), *(one.id for one in program.places)]
    for ref in about:
        if ref not in there:
            raise LensError(f'There is no "{ref[:40]}" in this case. {near(ref, there)}'.rstrip())


def _is_for(one: PlannedQuestion, role: Role | None) -> bool:
    return role is None or one.who[0] == role


def _place(about: str) -> tuple[int, int]:
    kind, _, number = about.partition(":")
    return ("", "activity", "place").index(kind), int(number or 0)


def _asks(
    plan: Plan,
    registry: Registry,
    case: Case,
    setting: Setting,
    role: Role | None,
    about: tuple[str, ...],
    unanswered: bool,
) -> Iterator[Ask]:
    for planned in plan.questions:
        if not _is_for(planned, role):
            continue
        check = registry.checks[planned.check].check
        for subject in subjects(check, case, setting):
            answered = case.answers_to(check.id, subject.ref or None) or case.answers_to(check.id)
            if (not about or not subject.ref or subject.ref in about) and not (unanswered and answered):
                yield Ask(check, subject.ref)


def _later(
    waiting: list[PlannedQuestion],
    registry: Registry,
    case: Case,
    setting: Setting,
    about: tuple[str, ...],
    asks: list[Ask],
) -> tuple[Ask, ...]:
    """What waits, with the expression it waits for; what waits for an answer the form does not ask is left out."""
    found = [
        Ask(registry.checks[one.check].check, subject.ref)
        for one in waiting
        for subject in _could_ask(registry.checks[one.check].check, case)
        if not about or not subject.ref or subject.ref in about
    ]
    while True:
        told = list(_told(found, asks, case, setting))
        if len(told) == len(found):
            return _ordered(told)
        # What waited for one of those that have gone can go now too.
        found = told


def _told(found: list[Ask], asks: list[Ask], case: Case, setting: Setting) -> Iterator[Ask]:
    """Those that an answer in this form can call for, each with its expression."""
    names: dict[str, list[str]] = {}
    for one in (*asks, *found):
        names.setdefault(one.check.id, []).append(one.name)

    def asked(question: str) -> tuple[str, ...]:
        return tuple(names.get(question, ()))

    for one in found:
        expression = relevant(one.check.applies, case, setting, case.activity(one.about), asked)
        if expression is not None:
            yield replace(one, relevant=expression)


def _could_ask(check: Check, case: Case) -> list[Subject]:
    """What a question could be asked about, once an answer calls for it."""
    per = check.question.per if check.question else "program"
    refs = {
        "activity": [one.id for one in case.program.activities],
        "place": [one.id for one in case.program.places],
    }
    return [Subject(one) for one in refs.get(per, [])] or [Subject("")]


def _ordered(asks: list[Ask]) -> tuple[Ask, ...]:
    """Each question after those whose answers it waits for, so that nobody has to turn back."""
    left, made = list(asks), []
    while left:
        names = [f"${{{one.name}}}" for one in left]
        free = [one for one in left if not any(name in one.relevant for name in names)] or left[:1]
        made += free
        left = [one for one in left if one not in free]
    return tuple(made)
