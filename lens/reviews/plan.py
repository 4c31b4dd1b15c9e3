"""What a review will ask, before anyone starts: how many questions, of whom, with which documents, how long.

It goes through the same selection as the review, so that what is planned is what is then asked.
"""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from lens.cases.fields import public, record
from lens.checks.applies import applies
from lens.checks.setting import Setting
from lens.reviews.judge import subjects
from lens.reviews.model import PackMissing
from lens.reviews.provenance import packs_missing
from lens.reviews.select import select
from lens.words import Component, Depth, Document, Role, Stage

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date

    from lens.cases.case import Case
    from lens.cases.policy import Policy
    from lens.checks.model import Check
    from lens.hooks.registry import Registered, Registry


@record
class PlannedQuestion:
    """One question that will be asked, or that waits for the answer to another."""

    check: str = public(help="The question's id.")
    title: str = public(help="Its title.")
    ask: str = public(help="The question.")
    component: Component = public(help="The component of the lens.")
    first_look: bool = public(help="Whether it belongs to the first look.")
    times: int = public(help="Answers it needs: one, or one for each activity or place it is asked of.")
    answered: int = public(help="How many of them are given already.")
    certain: bool = public(help="no: the case does not say whether it applies, so it is asked.")
    after: tuple[str, ...] = public(default=(), help="Questions whose answers it waits for.")
    who: tuple[Role, ...] = public(help="Who can best answer, best first.")
    documents: tuple[Document, ...] = public(default=(), help="Documents to have at hand.")
    minutes: int = public(help="Rough minutes for what is not yet answered: a judgement, nobody has measured it.")


@record
class RoleShare:
    """What one role is asked, as the one who can best answer."""

    role: Role = public(help="The role.")
    questions: int = public(help="How many questions.")
    minutes: int = public(help="Rough minutes.")


@record
class DocumentUse:
    """A document to gather, and for how many questions."""

    document: Document = public(help="The kind of document.")
    questions: int = public(help="How many questions it serves.")


@record
class Plan:
    """What a review of a case will ask of people."""

    as_of: str = public(help="The day it speaks of.")
    stage: Stage | None = public(default=None, help="The stage.")
    depth: Depth = public(help="first-look or full.")
    questions: tuple[PlannedQuestion, ...] = public(help="What will be asked.")
    later: tuple[PlannedQuestion, ...] = public(help="What is asked only if another answer calls for it.")
    roles: tuple[RoleShare, ...] = public(help="What each role is asked, most first.")
    documents: tuple[DocumentUse, ...] = public(help="Documents to gather, most used first.")
    left_out: int = public(help="Questions that do not apply here, or not at this stage or depth.")
    packs_missing: tuple[PackMissing, ...] = public(default=(), help="Sector packs called for that are not here.")

    @property
    def sectors_not_asked(self) -> tuple[str, ...]:
        """What the sector packs are about that are surely called for and not here."""
        return tuple(one.title for one in self.packs_missing if one.surely)

    @property
    def minutes(self) -> int:
        """Rough minutes for everything that will be asked and is not yet answered."""
        return sum(one.minutes for one in self.questions)

    @property
    def answers(self) -> int:
        """How many answers are still to be given."""
        return sum(one.times - one.answered for one in self.questions)

    @property
    def uncertain(self) -> int:
        """How many questions are asked because the case does not say whether they apply."""
        return sum(not one.certain for one in self.questions)


def plan_of(
    case: Case, registry: Registry, *, as_of: date, policy: Policy, depth: Depth = "full", stage: Stage | None = None
) -> Plan:
    """Say what `run` with the same arguments will ask."""
    setting = Setting(as_of=as_of, stage=stage or case.program.stage, depth=depth, policy=policy)
    questions_of = {name: one for name, one in registry.checks.items() if one.check.question is not None}
    asked, all_left = select(registry, case, setting)
    left = [one for one in all_left if one.check in questions_of]
    waiting = {one.check for one in left if one.why == "waits"}

    questions = tuple(_planned(one, case, setting) for one in asked if one.check.id in questions_of)
    return Plan(
        as_of=as_of.isoformat(),
        stage=setting.stage,
        depth=depth,
        questions=questions,
        later=tuple(_planned(one, case, setting) for name, one in questions_of.items() if name in waiting),
        roles=_roles(questions),
        documents=_documents(questions),
        left_out=len(left) - len(waiting),
        packs_missing=packs_missing(registry, case, setting),
    )


def _planned(one: Registered, case: Case, setting: Setting) -> PlannedQuestion:
    check, question = one.check, one.check.question
    assert question is not None  # noqa: S101 - plan_of has looked
    # What waits may apply to nothing yet; then it counts once.
    asked_of = [subject.ref for subject in subjects(check, case, setting)] or [""]
    given = sum(_is_answered(check.id, case, ref) for ref in asked_of)
    return PlannedQuestion(
        check=check.id,
        title=check.title,
        ask=question.ask,
        component=check.component,
        first_look=check.depth == "first-look",
        times=len(asked_of),
        answered=given,
        certain=_is_certain(one, case, setting),
        after=_after(check),
        who=check.who,
        documents=question.documents,
        minutes=question.minutes * (len(asked_of) - given),
    )


def _is_answered(question: str, case: Case, ref: str) -> bool:
    # Where answers differ, somebody has to settle it; nobody has to be asked once more.
    return bool((ref and case.voices(question, ref)) or case.voices(question))


def _is_certain(one: Registered, case: Case, setting: Setting) -> bool:
    forms = (one.of_pack, one.check.applies)
    return all(applies(form, case, setting) is True for form in forms) or any(
        applies(one.check.applies, case, setting, activity) is True for activity in case.program.activities
    )


def _after(check: Check) -> tuple[str, ...]:
    form = check.applies
    conditions = (*form.all, *form.any, *form.none) if form else ()
    return tuple(dict.fromkeys(one.answer_to for one in conditions if one.answer_to))


def _roles(questions: Iterable[PlannedQuestion]) -> tuple[RoleShare, ...]:
    count, minutes = Counter[Role](), Counter[Role]()
    for one in questions:
        count[one.who[0]] += 1
        minutes[one.who[0]] += one.minutes
    made = (RoleShare(role=role, questions=number, minutes=minutes[role]) for role, number in count.items())
    return tuple(sorted(made, key=lambda one: (-one.questions, one.role)))


def _documents(questions: Iterable[PlannedQuestion]) -> tuple[DocumentUse, ...]:
    count = Counter[Document](document for one in questions for document in one.documents)
    made = (DocumentUse(document=document, questions=number) for document, number in count.items())
    return tuple(sorted(made, key=lambda one: (-one.questions, one.document)))
