"""What a check is: a question to people, or a function of the case; both with why, options and sources.

A check declares every outcome it can have, as data. Its function only says which of them holds, about what, and
with which values, so that a finding never carries a sentence.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import date
from typing import TYPE_CHECKING

from lens.cases.fields import CheckId, public, record
from lens.checks.applies import Applies
from lens.checks.setting import Setting
from lens.words import (
    AnswerWord,
    Component,
    Depth,
    Document,
    EffortWord,
    EvidenceKind,
    Level,
    Lifecycle,
    Needs,
    OpenBecause,
    Role,
    Stage,
    State,
    Tendency,
    Verdict,
)

if TYPE_CHECKING:
    from lens.cases.case import Case


@record
class Option:
    """Something that can be done about a finding. One with an id alone is the catalog's remedy of that id."""

    id: str = public(help="A short name; checks that share a remedy share it.")
    do: str = public(default="", help="What to do, as one sentence that begins with a verb.")
    effort: EffortWord = public(default="days", help="Rough effort.")
    who: Role = public(default="program_manager", help="Who does it.")


@record
class Outcome:
    """One way a check can come out."""

    state: State = public(help="concern, open, addressed, nothing_seen or not_applicable.")
    says: str = public(help="The sentence of the report, with {names} for the values of the finding.")
    level: Level | None = public(default=None, help="How worrying, or the level at stake where it is open.")
    because: OpenBecause | None = public(default=None, help="Why it is open.")
    escalates: bool = public(default=False, help="Whether it goes to the escalation route at once.")


@record
class FollowUp:
    """A second question that is asked only where the first is answered badly, and that can change its level."""

    id: str = public(help="A short name.")
    ask: str = public(help="The question.")


@record
class Reading:
    """How a bad answer is read where follow-ups, or answers to other questions, say more."""

    when: dict[str, tuple[AnswerWord, ...]] = public(
        help="For each follow-up or other question, the answers meant; all must hold."
    )
    level: Level = public(help="The level then.")
    escalates: bool = public(default=False, help="Whether it escalates then.")


@record
class Example:
    """A made-up answer, short enough to read at once, and what it rests on."""

    tells: str = public(help="What was found, in one or two sentences.")
    answer: AnswerWord = public(help="How the question is then answered.")
    evidence: EvidenceKind = public(default="program_document", help="The kind of source it rests on.")
    follow_ups: dict[str, AnswerWord] = public(factory=dict, help="Answers to the follow-ups.")


@record
class Examples:
    """One answer that is a concern and one that is not; a test runs both."""

    concern: Example = public(help="An answer that makes a concern.")
    addressed: Example = public(help="An answer that does not.")


@record
class Question:
    """The part of a check that is asked of people."""

    ask: str = public(help="One thing, in plain words, not leading.")
    help: str = public(default="", help="What is meant, what is not.")
    good: AnswerWord = public(help="The good answer: yes or no.")
    per: str = public(default="program", help="program, place, activity: what it is asked of.")
    if_bad: Level = public(help="The level of a bad answer; partly is one lower.")
    escalates: bool = public(default=False, help="Whether a bad answer escalates.")
    readings: tuple[Reading, ...] = public(default=(), help="The first that fits changes level and escalation.")
    if_not_known: Level = public(help="The level at stake where it is not known.")
    opens_full: bool = public(default=False, help="Whether not known opens the full review.")
    follow_ups: tuple[FollowUp, ...] = public(default=(), help="Asked where the answer is bad.")
    settles: str = public(help="What evidence settles it.")
    hold_safely: str = public(default="", help="How to hold that evidence safely.")
    documents: tuple[Document, ...] = public(default=(), help="Documents to have at hand for it.")
    minutes: int = public(
        default=15, help="Rough minutes to answer it, the documents at hand and people asked: a judgement."
    )
    examples: Examples | None = public(default=None, help="A concern and an answer that is none.")


@record
class DocumentedCase:
    """A documented case that shows the mechanism at work, with where it is documented."""

    text: str = public(help="What happened, in our words.")
    source: str = public(help="A source id of the catalog or the pack.")


@record
class Check:
    """One check of a pack. `run` is set for computed checks, `question` for those asked of people."""

    id: CheckId = public(help="<pack>.<slug>; never reused.")
    title: str = public(help="A few words.")
    component: Component = public(help="risk, inhibitors or harm.")
    verdict: Verdict | None = public(default=None, help="For harm: which of the two verdicts it serves.")
    depth: Depth = public(default="full", help="first-look checks are part of the full review too.")
    order: int = public(default=100, help="Place within its component; stop-questions first.")
    stages: tuple[Stage, ...] = public(default=(), help="Stages it is asked at; empty for all.")
    applies: Applies | None = public(default=None, help="When it applies; empty for always.")
    needs: tuple[Needs, ...] = public(default=("program",), help="What it reads.")
    tendency: Tendency = public(default="mixed", help="How fast an answer goes stale.")
    touches: tuple[str, ...] = public(help="Ids of factors, indicators, inhibitors, harm paths, HRDDP steps.")
    why: str = public(help="The mechanism: how harm comes about.")
    how: str = public(default="", help="How it is judged.")
    limits: str = public(default="", help="What it cannot see.")
    case: DocumentedCase | None = public(default=None, help="A documented case.")
    who: tuple[Role, ...] = public(help="Who can best answer, best first.")
    options: tuple[Option, ...] = public(help="At least one thing that can be done.")
    others: tuple[str, ...] = public(default=(), help="Who else must act.")
    change_our_mind: str = public(help="What would change the finding.")
    sources: tuple[str, ...] = public(help="Source ids.")
    lifecycle: Lifecycle = public(default="stable", help="preview, stable or deprecated.")
    successor: str = public(default="", help="The check that takes over from a deprecated one.")
    outcomes: dict[str, Outcome] = public(factory=dict, help="For computed checks: each way it can come out.")
    question: Question | None = public(default=None, help="For checks asked of people.")

    @property
    def pack(self) -> str:
        """The pack it belongs to."""
        return self.id.split(".")[0]

    @property
    def can_escalate(self) -> bool:
        """Whether any outcome, or any reading of an answer, escalates."""
        if self.question is not None:
            return self.question.escalates or any(one.escalates for one in self.question.readings)
        return any(outcome.escalates for outcome in self.outcomes.values())

    @property
    def is_floored(self) -> bool:
        """Whether no policy may lower it: it can escalate, or it asks a step of HRDDP."""
        return self.can_escalate or any(one.startswith("HRDDP-") for one in self.touches)


Value = str | int | date
"""What a finding may carry: a reference, an id, a number, a day. Never a sentence."""


@record
class Found:
    """What a computed check says: which of its outcomes, about what, with which values."""

    outcome: str
    about: str = public(default="", help="activity:1, place:1, partner:1; empty for the program.")
    on: str = public(default="", help="The factor, inhibitor or harm path it is about.")
    values: dict[str, Value] = public(factory=dict)
    evidence: tuple[object, ...] = public(default=())


Run = Callable[["Case", Setting], Iterable[Found]]
