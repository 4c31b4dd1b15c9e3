"""What several people answered to one question: side by side, never averaged, and nothing chosen for anybody.

Whatever brings answers back from more than one person (field forms, slips) hands over what each said and gets back the
answers that nobody contradicts, and the points where people differ. A point is settled by a named role, in a file.
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from lens.cases.answers import Affected, Answer, Answers
from lens.cases.fields import AboutRef, CheckId, FollowUpId, internal, record
from lens.words import AnswerWord, spoken

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from pathlib import Path

    from lens.cases.context import Evidence

Key = tuple[str, str | None]
"""A question, and what it was asked about."""

THE_CASE = "the case"


@dataclass(frozen=True, slots=True)
class Said:
    """What one person answered to one question about one subject, and what that can be traced to."""

    answer: Answer
    source: str
    """A submission, a slip, or `the case`: never who it was."""

    @property
    def key(self) -> Key:
        """The question, and what it was asked about."""
        return self.answer.question, self.answer.about


@dataclass(frozen=True, slots=True)
class Point:
    """One question about one subject, with everything that was said to it."""

    question: str
    about: str | None
    said: tuple[Said, ...]

    @property
    def key(self) -> Key:
        """The question, and what it was asked about."""
        return self.question, self.about

    @property
    def is_agreed(self) -> bool:
        """Whether nobody contradicts anybody: one answer, and no follow-up answered in two ways.

        Not known beside yes is a difference as well: whether the one who knows is to be believed, a person decides.
        """
        words = {one.answer.answer for one in self.said}
        return len(words) == 1 and all(len(held) == 1 for held in _follow_ups(self.said).values())


@record
class Settled:
    """One point as a file shows it: what was said, for reading, and what a named role holds to be right."""

    question: CheckId = internal(help="The question's id.")
    about: AboutRef | None = internal(default=None, help="What it was asked about.")
    ask: str = internal(default="", help="The question, for reading.")
    said: tuple[dict[str, str], ...] = internal(default=(), help="What was said, for reading.")
    answer: AnswerWord | None = internal(default=None, help="The answer held to be right; empty: not settled yet.")
    follow_ups: dict[FollowUpId, AnswerWord] = internal(factory=dict, help="Its follow-ups, where people differ.")
    decided_by: str = internal(default="", help="The role that decides; no names.")
    because: str = internal(default="", help="Why.")


@record
class Disagreements:
    """Points where people differ."""

    points: tuple[Settled, ...] = internal(default=(), help="One entry per question and subject.")


@dataclass(frozen=True, slots=True)
class Together:
    """What came of putting people's answers into a case."""

    answers: Answers
    """The answers of the case with those added that nobody contradicts, and those that a role has settled."""
    differ: tuple[Point, ...]
    """Points where people differ, not settled yet. An answer that the case has stands, with the dissent beside it."""
    added: int
    """Points that had no answer and have one now."""
    settled: int
    """Points where people differ and a named role has settled it."""


def points(said: Iterable[Said]) -> tuple[Point, ...]:
    """What was said by question and subject, in the order of its first mention; what was said twice counts once."""
    found: dict[Key, dict[object, Said]] = {}
    for one in said:
        mark = (one.source, repr(one.answer), one.answer.reason, one.answer.by)
        found.setdefault(one.key, {}).setdefault(mark, one)
    return tuple(Point(*key, tuple(held.values())) for key, held in found.items())


def together(case: Answers | None, said: Iterable[Said], settled: Iterable[Settled] = ()) -> Together:
    """Put what people said beside the answers of a case. Putting in the same again changes nothing.

    An answer of the case is never changed unless a named role has settled the point: who sees it differently is added
    to its dissent.
    """
    held: dict[Key, Answer] = {(one.question, one.about): one for one in (case.answers if case else ())}
    decisions = {(one.question, one.about): one for one in settled if one.answer is not None}
    differ: list[Point] = []
    added = count = 0
    for point in points(said):
        # An answer for the whole program stands for each of its activities and places.
        standing = point.key if point.key in held else (point.question, None)
        before = held.get(standing)
        if before is not None and _is_settled(before, point):
            continue
        full = point if before is None else replace(point, said=(Said(before, THE_CASE), *point.said))
        if full.is_agreed:
            held[point.key] = _joined(full)
            added += before is None
        elif (decision := decisions.get(point.key)) is not None:
            held[point.key] = _decided(full, decision)
            count += 1
        else:
            differ.append(full)
            if before is not None:
                held[standing] = replace(before, dissent=_with(before.dissent, _against(full.said, before)))
    return Together(Answers(answers=tuple(held.values())), tuple(differ), added, count)


def roles_of(said: Iterable[Said]) -> str:
    """Who answered, by role, most first; an answer whose role was not given is left out."""
    count = Counter(one.answer.by for one in said if one.answer.by)
    return ", ".join(sorted(count, key=lambda role: (-count[role], role)))


_SETTLED = "Settled by"


def _is_settled(before: Answer, point: Point) -> bool:
    """Whether a role has settled this point already, and knew of everything that was said here."""
    known = " ".join((before.dissent, *(piece.note for piece in before.evidence)))
    return _SETTLED in before.dissent and all(_names(one.source, known) for one in point.said)


def _names(source: str, text: str) -> bool:
    return re.search(rf"(?<!\w){re.escape(source)}(?!\w)", text) is not None


def _follow_ups(said: Iterable[Said]) -> dict[str, set[str]]:
    found: dict[str, set[str]] = {}
    for one in said:
        for name, word in one.answer.follow_ups.items():
            found.setdefault(name, set()).add(word)
    return found


def _joined(point: Point) -> Answer:
    """One answer from several that say the same, with what each of them rests on."""
    first, answers = point.said[0], [one.answer for one in point.said]
    own = first.source == THE_CASE
    return Answer(
        question=point.question,
        about=point.about,
        answer=first.answer.answer,
        follow_ups={name: word for one in answers for name, word in one.follow_ups.items()},
        reason=_texts(one.reason for one in answers),
        by=first.answer.by if own and first.answer.by else roles_of(point.said),
        on=first.answer.on if own and first.answer.on else max((one.on for one in answers if one.on), default=None),
        evidence=_evidence(answers),
        affected=_affected(answers),
        dissent=_texts(one.dissent for one in answers),
    )


def _decided(point: Point, decision: Settled) -> Answer:
    """The answer that a role holds to be right, with those who gave it; the others stay beside it as dissent."""
    assert decision.answer is not None  # noqa: S101 - the caller has looked
    word, follow_ups = decision.answer, decision.follow_ups
    wanted = Answer(question=point.question, about=point.about, answer=word, follow_ups=follow_ups)
    same = tuple(one for one in point.said if not _differs(one.answer, wanted))
    base = _joined(replace(point, said=same)) if same else replace(wanted, by=decision.decided_by)
    told = "; ".join(_against(point.said, wanted))
    why = f"{_SETTLED} {decision.decided_by}: {decision.because}"
    # What those who gave this answer differ on, and nobody has settled, stays not known.
    open_ = {name for name, held in _follow_ups(same).items() if len(held) > 1 and name not in follow_ups}
    agreed = {name: held for name, held in {**base.follow_ups, **follow_ups}.items() if name not in open_}
    return replace(base, follow_ups=agreed, dissent=_texts((base.dissent, f"{told}. {why}" if told else why)))


def _differs(one: Answer, other: Answer) -> bool:
    return one.answer != other.answer or any(
        other.follow_ups.get(name, word) != word for name, word in one.follow_ups.items()
    )


def _against(said: Iterable[Said], answer: Answer) -> list[str]:
    """Those who answer otherwise, each in a phrase of its own."""
    return [_phrase(one) for one in said if _differs(one.answer, answer)]


def _phrase(one: Said) -> str:
    who = spoken(one.answer.by) if one.answer.by else "role not given"
    day = f", {one.answer.on.isoformat()}" if one.answer.on else ""
    rests = [text for piece in one.answer.evidence if (text := piece.ref or piece.held_elsewhere)]
    on = f", resting on {', '.join(rests)}" if rests else ""
    more = "".join(f", {name}: {spoken(word)}" for name, word in one.answer.follow_ups.items())
    return f"{spoken(one.answer.answer)}{more} ({who}{day}, {one.source}{on})"


def _with(dissent: str, phrases: Iterable[str]) -> str:
    """A dissent with more of it, each voice once."""
    return "; ".join(filter(None, (dissent, *(one for one in phrases if one not in dissent))))


def _texts(texts: Iterable[str]) -> str:
    return "; ".join(dict.fromkeys(one for text in texts if (one := text.strip())))


def _evidence(answers: Iterable[Answer]) -> tuple[Evidence, ...]:
    return tuple(dict.fromkeys(piece for one in answers for piece in one.evidence))


def _affected(answers: Iterable[Answer]) -> Affected | None:
    told = [one.affected for one in answers if one.affected is not None]
    if not told:
        return None
    asked = {one.asked for one in told}
    return Affected(
        asked="yes" if "yes" in asked else next(iter(asked)) if len(asked) == 1 else "not_known",
        who=_texts(one.who for one in told),
        how=_texts(one.how for one in told),
        said=_texts(one.said for one in told),
    )


# The file that shows points side by side, and in which a role settles them

TOP = "disagreements"

_HEAD = (
    "People answered these differently. Nothing was chosen for anybody: what is not settled here is not answered.",
    "Write under `answer` what you hold to be right, under `decided_by` your role, and why; then import again with",
    "--settled and the name of this file. The others stay beside the answer, as dissent. For the agency only.",
)
_TO_FILL = "(to fill in)"


def text_of(differ: Iterable[Point], ask: Callable[[str], str]) -> str:
    """The points as a file to settle them in; `ask` gives the question behind an id."""
    from lens.cases.files import text_of as written

    shown = tuple(
        {
            "question": one.question,
            **({"about": one.about} if one.about else {}),
            "ask": ask(one.question),
            "said": tuple(_shown(said) for said in one.said),
            **dict.fromkeys(("answer", "decided_by", "because"), _TO_FILL),
        }
        for one in differ
    )
    head = "".join(f"# {line}\n" for line in _HEAD)
    return head + re.sub(rf": {re.escape(_TO_FILL)}$", ":", written(TOP, {"points": shown}), flags=re.MULTILINE)


def _shown(said: Said) -> dict[str, str]:
    one = said.answer
    told = {"answer": one.answer, "by": one.by, "on": one.on.isoformat() if one.on else "", "source": said.source}
    told["follow_ups"] = ", ".join(f"{name}: {word}" for name, word in one.follow_ups.items())
    told["reason"], told["dissent"] = one.reason, one.dissent
    return {name: text for name, text in told.items() if text}


def read_settled(path: Path) -> tuple[Settled, ...]:
    """The points that a role has settled in such a file. InputError where who decided, or why, is missing."""
    from lens.errors import InputError, Problem
    from lens.readers.boundary import validate
    from lens.readers.text import load_yaml

    text = load_yaml(path)
    if not isinstance(text.data, dict) or set(text.data) != {TOP}:
        what = "This is not a file of disagreements."
        raise InputError(Problem(text.name, what=what, fix="Name the one that an import wrote."))
    found = validate(Disagreements, text, at=(TOP,)).points
    problems = [
        Problem(
            text.name,
            text.line((TOP, "points", number)),
            f"points[{number + 1}].{name}",
            "This point has an answer, and this is empty.",
            "Write the role that decides (no names), and why.",
        )
        for number, one in enumerate(found)
        for name in ("decided_by", "because")
        if one.answer is not None and not getattr(one, name).strip()
    ]
    if problems:
        raise InputError(problems)
    return tuple(one for one in found if one.answer is not None)
