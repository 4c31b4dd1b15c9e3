"""What people answered, who they are by role, on which day, and what it rests on."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from lens.cases.context import Evidence
from lens.cases.fields import AboutRef, CheckId, Day, FollowUpId, internal, public, record
from lens.words import AnswerWord, YesNo

if TYPE_CHECKING:
    from collections.abc import Iterable


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
    taken_from: str = internal(default="", help="The slip or form it was taken from, by its number; never a name.")


@record
class Answers:
    """All answers for one program."""

    answers: tuple[Answer, ...] = public(default=(), help="One entry per question and subject.")
    others: tuple[Answer, ...] = public(
        default=(),
        help="What others answered to the same. Where they differ, the question is open until it is settled.",
    )
    settled: tuple[Answer, ...] = public(
        default=(), help="What a named role settled where answers differ; one entry per question and subject."
    )

    @property
    def all(self) -> tuple[Answer, ...]:
        """Every answer, whoever gave it."""
        return (*self.answers, *self.others, *self.settled)


def agree(given: tuple[Answer, ...]) -> bool:
    """Whether several answers to one question say the same, follow-ups included. Not to know is not the same as no."""
    follow_ups: dict[str, str] = {}
    return len({one.answer for one in given}) <= 1 and all(
        follow_ups.setdefault(name, word) == word for one in given for name, word in one.follow_ups.items()
    )


def joined(given: tuple[Answer, ...]) -> Answer:
    """Several answers that say the same as one, with everything that each of them rests on."""
    first, *more = given
    if not more:
        return first
    said = [one.affected for one in given if one.affected]
    heard: YesNo = next((one.asked for word in ("yes", "no") for one in said if one.asked == word), "not_known")
    return replace(
        first,
        follow_ups={name: word for one in given for name, word in one.follow_ups.items()},
        reason=_together(one.reason for one in given),
        by=_together((one.by for one in given), ", "),
        on=max((one.on for one in given if one.on), default=None),
        evidence=tuple(dict.fromkeys(piece for one in given for piece in one.evidence)),
        affected=Affected(
            asked=heard,
            who=_together(one.who for one in said),
            how=_together(one.how for one in said),
            said=_together(one.said for one in said),
        )
        if said
        else None,
        dissent=_together(one.dissent for one in given),
        taken_from=_together((one.taken_from for one in given), ", "),
    )


def _together(texts: Iterable[str], sign: str = "; ") -> str:
    return sign.join(dict.fromkeys(one for one in texts if one.strip()))
