"""What people answered, who they are by role, on which day, and what it rests on."""

from __future__ import annotations

from lens.cases.context import Evidence
from lens.cases.fields import AboutRef, CheckId, Day, FollowUpId, internal, public, record
from lens.words import AnswerWord, YesNo


@record
class Affected:
    """Whether people whom it concerns were asked, and what they said."""

    asked: YesNo = public(help="Whether people affected were asked.")
    who: str = internal(default="", help="Who, by kind: women of the market, displaced youth; no names.")
    how: str = internal(default="", help="In what setting, and whether they called it safe.")
    said: str = internal(default="", help="What they said, so that nobody can be recognized.")


@record
class Answer:
    """One answer to one question, about the program or one of its activities, places or partners."""

    question: CheckId = public(help="The question's id, such as harm.reaches-force.")
    about: AboutRef | None = internal(default=None, help="activity:1, place:1 or partner:1 where asked of each.")
    answer: AnswerWord = public(help="yes, partly, no, not_known, not_applicable, known_not_safe_to_record.")
    follow_ups: dict[FollowUpId, AnswerWord] = public(factory=dict, help="Answers to the question's own follow-ups.")
    reason: str = internal(default="", help="Why; needed with not_applicable.")
    by: str = internal(default="", help="The respondent's role; no names.")
    on: Day | None = public(default=None, band="day", help="The day of the answer.")
    evidence: tuple[Evidence, ...] = internal(default=(), help="What it rests on.")
    affected: Affected | None = internal(default=None, help="The view of the people it concerns.")
    dissent: str = internal(default="", help="Who, by role, sees it differently, and why.")


@record
class Answers:
    """All answers for one program."""

    answers: tuple[Answer, ...] = public(default=(), help="One entry per question and subject.")
