"""From what a check says to a finding: by answer and evidence, or by the outcome that it declared."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from typing import TYPE_CHECKING

from lens.cases.case import grade_of, newest
from lens.cases.context import Evidence
from lens.checks.applies import applies
from lens.checks.conditions import given
from lens.reviews.model import AnswerView, EvidenceView, Finding, Value, year
from lens.words import LEVELS, at_least, lower

if TYPE_CHECKING:
    from collections.abc import Iterator

    from lens.cases import Activity, Answer, Case
    from lens.cases.policy import Policy
    from lens.checks.model import Check, Found, Question
    from lens.checks.setting import Setting
    from lens.words import Level, OpenBecause, State


@dataclass(frozen=True, slots=True)
class Subject:
    """What a check is asked about."""

    ref: str
    activity: Activity | None = None


def subjects(check: Check, case: Case, setting: Setting) -> list[Subject]:
    """What a question is asked about: the program, or each activity or place where it applies or may apply."""
    per = check.question.per if check.question else "program"
    if per == "place":
        return [Subject(place.id) for place in case.program.places] or [Subject("")]
    if per == "activity":
        found = [
            Subject(one.id, one)
            for one in case.program.activities
            if applies(check.applies, case, setting, one) is not False
        ]
        return found or ([Subject("")] if not case.program.activities else [])
    return [Subject("")]


def ask(check: Check, case: Case, setting: Setting) -> Iterator[Finding]:
    """The findings of a question, one for each of its subjects."""
    assert check.question is not None  # noqa: S101 - the caller has looked
    for subject in subjects(check, case, setting):
        # An answer given for the whole program stands for each of its activities and places.
        if given := case.differing(check.id, subject.ref):
            yield _disputed(check, check.question, case, setting, subject, given)
        else:
            yield _judged(check, check.question, case, setting, subject, case.answer_for(check.id, subject.ref))


def _disputed(
    check: Check, question: Question, case: Case, setting: Setting, subject: Subject, given: tuple[Answer, ...]
) -> Finding:
    """The finding where answers differ: none of them is chosen, and the gravest that any of them says is at stake.

    An escalating sign that one of them tells of goes to the escalation route at once, as from anybody alone.
    """
    readings = [_read(question, case, one) for one in given]
    escalates = any(one[1] for one in readings)
    # What escalates is not hidden behind something graver that does not.
    levels = [level for level, alone, *_ in readings if level and (alone or not escalates)]
    level = min([*levels, *(() if escalates else (question.if_not_known,))], key=LEVELS.index)
    evidence = tuple(dict.fromkeys(piece for one in given for piece in one.evidence))
    finding = _finding(
        check,
        setting,
        subject.ref,
        "concern" if escalates else "open",
        None if escalates else "disagreement",
        level,
        "disagreement",
        escalates=escalates,
        grade=grade_of(evidence, said=any(one.by for one in given)),
        evidence=evidence,
    )
    return replace(finding, answers=tuple(_answer(check, one) for one in given))


def _judged(
    check: Check, question: Question, case: Case, setting: Setting, subject: Subject, answer: Answer | None
) -> Finding:
    if answer is None:
        because: OpenBecause = "not_published" if case.is_published and case.answers is None else "not_asked"
        return _finding(check, setting, subject.ref, "open", because, question.if_not_known, because)
    grade = grade_of(answer.evidence, said=bool(answer.by))
    reading = _read(question, case, answer)
    level, escalates, state, because_, outcome = reading
    day = newest(answer.evidence, answer.on)
    if state in ("addressed", "nothing_seen"):
        if grade in ("stated", "none"):
            state, because_, level, outcome = "open", "no_evidence", question.if_not_known, "no_evidence"
        elif setting.policy.is_stale(day, check.tendency, setting.as_of):
            state, because_, level, outcome = "open", "stale", question.if_not_known, "stale"
    return _finding(
        check,
        setting,
        subject.ref,
        state,
        because_,
        level,
        outcome,
        escalates=escalates,
        opens_full=question.opens_full and state == "open",
        grade=grade,
        evidence=answer.evidence,
        answer=answer,
    )


def _read(question: Question, case: Case, answer: Answer) -> tuple[Level | None, bool, State, OpenBecause | None, str]:
    """What an answer says before its evidence is weighed: level, escalation, state, why open, outcome."""
    word = answer.answer
    if word == "not_known":
        return question.if_not_known, False, "open", "not_known", "not_known"
    if word == "known_not_safe_to_record":
        return question.if_not_known, False, "open", "withheld_for_safety", "withheld_for_safety"
    if word == "not_applicable":
        if answer.reason.strip():
            return None, False, "not_applicable", None, "not_applicable"
        return question.if_not_known, False, "open", "no_evidence", "no_reason"
    if word == question.good:
        # Where the good answer is no, all that can be said is that nothing was seen.
        return None, False, "addressed" if question.good == "yes" else "nothing_seen", None, "good"
    level, escalates = question.if_bad, question.escalates
    for one in question.readings:
        if all(_words_of(case, answer, name) & set(words) for name, words in one.when.items()):
            level, escalates = one.level, one.escalates
            break
    if word == "partly":
        return lower(level), escalates, "concern", None, "partly"
    return level, escalates, "concern", None, "bad"


def _words_of(case: Case, answer: Answer, name: str) -> set[str]:
    """The answer to a follow-up, or the answers to another question; a question not answered is not known.

    What was answered of the same subject is meant; else whatever was answered of any: a sign at one place counts for
    a program that works there.
    """
    if "." not in name:
        return {answer.follow_ups.get(name, "not_known")}
    same = case.voices(name, answer.about) if answer.about else ()
    return {one.answer for one in same or given(name, case)} or {"not_known"}


def judge(check: Check, found: Found, setting: Setting) -> Finding:
    """The finding behind what a computed check says. ValueError where it says what it never declared."""
    declared = check.outcomes.get(found.outcome)
    if declared is None:
        raise ValueError("the check gave an outcome that it does not declare")
    evidence = tuple(one for one in found.evidence if isinstance(one, Evidence))
    return _finding(
        check,
        setting,
        found.about,
        declared.state,
        declared.because,
        declared.level,
        found.outcome,
        escalates=declared.escalates,
        on=found.on,
        values=tuple(_value(name, value) for name, value in sorted(found.values.items())),
        grade=grade_of(evidence, said=False),
        evidence=evidence,
    )


def _value(name: str, value: str | int | date) -> Value:
    if isinstance(value, int):
        return Value(name=name, kind="count", exact=str(value), coarse=str(value))
    if isinstance(value, date):
        return Value(name=name, kind="day", exact=value.isoformat(), coarse=year(value))
    head, colon, _ = value.partition(":")
    if colon and head != "local":
        return Value(name=name, kind="ref", exact=value, coarse=head)
    return Value(name=name, kind="id" if value[:1].isupper() or colon else "word", exact=value, coarse=value)


def _finding(
    check: Check,
    setting: Setting,
    about: str,
    state: State,
    because: OpenBecause | None,
    level: Level | None,
    outcome: str,
    *,
    escalates: bool = False,
    opens_full: bool = False,
    on: str = "",
    values: tuple[Value, ...] = (),
    grade: str = "none",
    evidence: tuple[Evidence, ...] = (),
    answer: Answer | None = None,
) -> Finding:
    if state in ("concern", "open") and level is None:
        level = LEVELS[1]  # a check that forgets to say counts as high, never as nothing
    if state not in ("concern", "open"):
        level = None
    if level is not None:
        level = _under(setting.policy, check, level, escalates=escalates)
    if check.question is not None:
        # Of the same question unasked, everything is unknown, so the full review opens too.
        opens_full = check.question.opens_full and state == "open"
    factor = on or next((one.split(".")[0] for one in check.touches if one.startswith(("RF", "INH", "AH-"))), "program")
    return Finding(
        check=check.id,
        title=check.title,
        component=check.component,
        verdict=check.verdict,
        state=state,
        because=because,
        level=level,
        escalates=escalates and state == "concern",
        opens_full=opens_full,
        outcome=outcome,
        about=about,
        on=on,
        activities=(about,) if about.startswith("activity:") else (),
        values=values,
        grade=grade,  # type: ignore[arg-type] # a Grade by construction
        evidence=tuple(_evidence(one) for one in evidence),
        answer=_answer(check, answer) if answer is not None else None,
        who=check.who,
        fingerprint=f"{check.id}/{about or 'program'}/{factor}",
    )


def _under(policy: Policy, check: Check, level: Level, *, escalates: bool) -> Level:
    """The level a finding has under an agency's policy. What can escalate, and HRDDP, may be raised, never lowered."""
    change = next((one for one in policy.levels if one.check == check.id), None)
    if change is None or (at_least(level, change.level) and (escalates or check.is_floored)):
        return level
    return change.level if at_least(change.level, policy.floor) else policy.floor


def _evidence(one: Evidence) -> EvidenceView:
    return EvidenceView(
        kind=one.kind,
        grade=grade_of((one,), said=True),
        year=year(one.on),
        on=one.on,
        ref=one.ref,
        held_elsewhere=one.held_elsewhere,
        checked_by=one.checked_by,
        note=one.note,
    )


def _answer(check: Check, answer: Answer) -> AnswerView:
    # Only follow-ups that the question has: other keys are whatever somebody typed.
    known = [one.id for one in check.question.follow_ups] if check.question else []
    affected = answer.affected
    return AnswerView(
        answer=answer.answer,
        follow_ups={name: answer.follow_ups[name] for name in known if name in answer.follow_ups},
        year=year(answer.on),
        on=answer.on,
        by=answer.by,
        reason=answer.reason,
        affected_asked=affected.asked if affected else "",
        affected_who=affected.who if affected else "",
        affected_said=affected.said if affected else "",
        has_dissent=bool(answer.dissent.strip()),
        dissent=answer.dissent,
    )
