"""Slips taken back into a case: nobody's answer is lost, none is averaged, and where they differ none is chosen."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, get_args

from lens.cases import Answers, Case
from lens.cases.answers import agree
from lens.errors import InputError, LensError, Problem
from lens.interview.items import Item
from lens.interview.typed import day_of
from lens.office.slips.form import FORM, Slip, asked, case_mark
from lens.office.slips.read import read_slip
from lens.office.slips.understand import Point, has_changed, known_texts, strange, understood
from lens.words import Role

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from datetime import date
    from pathlib import Path

    from lens.cases import Answer
    from lens.hooks.registry import Registry
    from lens.languages.language import Language
    from lens.office.slips.form import Asked
    from lens.office.slips.read import Entry, Returned

NAME = "answers-slips.yaml"
Key = tuple[str, str | None]


@dataclass(slots=True)
class Taken:
    """What became of one slip."""

    called: str
    number: str
    role: str = ""
    answers: int = 0
    again: int = 0
    """Answers that had been taken from this very file before."""
    empty: int = 0
    """Questions left without an answer."""
    points: list[Point] = field(default_factory=list)


@dataclass(slots=True)
class Merged:
    """What slips add to a case."""

    answers: Answers
    """What the file of slips' answers now holds."""
    taken: list[Taken] = field(default_factory=list)
    refused: list[Problem] = field(default_factory=list)
    """Slips that could not be taken at all."""
    differing: list[Key] = field(default_factory=list)
    """Questions on which answers differ, and that nobody has settled."""

    @property
    def points(self) -> list[tuple[Taken, Point]]:
        """Everything that a person must look at, with its slip."""
        return [(slip, one) for slip in self.taken for one in slip.points]


def merge(
    case: Case, held: Answers, paths: Iterable[Path], registry: Registry, language: Callable[[str], Language]
) -> Merged:
    """Take slips into a case.

    `held` is what the file of slips' answers holds so far, which is a part of the case too; `language` gives the
    language of a code. A slip that cannot be taken is named and leaves the others alone.
    """
    made = _Merge(case, held, registry, language)
    seen: set[str] = set()
    for path in paths:
        try:
            slip = read_slip(path)
            if slip.number in seen:
                continue
            seen.add(slip.number)
            made.take(slip)
        except InputError as reason:
            made.merged.refused.extend(reason.problems)
    made.merged.differing = _differing(made.case)
    made.merged.answers = made.held
    return made.merged


class _Merge:
    """Takes one slip after the other."""

    def __init__(self, case: Case, held: Answers, registry: Registry, language: Callable[[str], Language]) -> None:
        self.case, self.held, self.registry, self.language = case, held, registry, language
        self.merged = Merged(held)

    def take(self, slip: Returned) -> None:
        """Take one slip; InputError where it is not one of this case."""
        code = slip.code
        assert code is not None  # noqa: S101 - a slip without its code is not read
        if code.form != FORM:
            what = f"This slip was written by another version of lens (form {code.form}; this one reads form {FORM})."
            raise InputError(
                Problem(slip.called, what=what, fix="Read it with that version, or ask again on a new slip.")
            )
        if code.case != case_mark(self.case):
            what = "This slip belongs to another case, or the number and title of the program have changed since."
            raise InputError(Problem(slip.called, what=what, fix="Name the case that it was written for."))
        roles: dict[str, Role] = {one: one for one in get_args(Role)}
        role = roles.get(code.role)
        if role is None:
            raise InputError(
                Problem(slip.called, what="The role in the code of this slip is not known.", fix="Correct it.")
            )
        try:
            t = self.language(code.lang)
        except LensError as reason:
            raise InputError(Problem(slip.called, what=str(reason))) from None
        taken = Taken(slip.called, slip.number, role)
        self.merged.taken.append(taken)
        day = self._day(slip, taken)
        entries = self._entries(slip, t, role, taken)
        form = Slip(code.kind, role, code.case, tuple(one for _, one in entries))
        known = known_texts(form, t)
        for where, text in strange(slip.loose, known):
            taken.points.append(Point(where, "Text stands beside the questions.", text))
        for entry, one in entries:
            answer, points = understood(entry, one, t.word("role", role), day, t, known, origin=f"slip {slip.number}")
            taken.points += points
            if answer is None:
                taken.empty += 1
            elif self._is_taken(answer):
                taken.again += 1
            else:
                taken.answers += 1
                self._settle(answer, t) if code.kind == "settle" else self._add(answer, taken)

    def _day(self, slip: Returned, taken: Taken) -> date | None:
        day = day_of(slip.day)
        if day is None:
            what = "No day is written" if not slip.day.strip() else "The day is not written as year-month-day"
            taken.points.append(Point("its beginning", f"{what}, so its answers count as undated.", slip.day))
        return day

    def _entries(self, slip: Returned, t: Language, role: Role, taken: Taken) -> list[tuple[Entry, Asked]]:
        """Entries that can be read, each with its question; the others are named with all that is on them."""
        from lens.interview.items import OUTSIDE

        found: list[tuple[Entry, Asked]] = []
        seen: set[Key] = set()
        program = self.case.program
        refs = {*(x.id for x in program.activities), *(x.id for x in program.places), *(x.id for x in program.partners)}
        for entry in slip.entries:
            key = (entry.check, entry.about)
            registered = self.registry.checks.get(entry.check)
            what = ""
            if registered is None or registered.check.question is None:
                what = "There is no such question here: its pack may be missing."
            elif entry.about and entry.about not in refs:
                what = "What it is about is not in the program any more."
            elif key in seen:
                what = "This question stands twice on the slip, and only the first was read."
            seen.add(key)
            if not what and registered is not None:
                voices = self._open_voices(key) if slip.code and slip.code.kind == "settle" else ()
                one = asked(Item(registered.check, entry.about), self.case, t, outside=role in OUTSIDE, voices=voices)
                if not has_changed(entry, one):
                    found.append((entry, one))
                    continue
                what = "The question reads otherwise now than on the slip, so the answer may not fit it."
            taken.points.append(
                Point(f"{entry.check}, {entry.where}", f"{what} Nothing of it was taken.", _all_of(entry))
            )
        return found

    def _is_taken(self, answer: Answer) -> bool:
        return any(
            (one.question, one.about) == (answer.question, answer.about)
            and answer.taken_from in one.taken_from.split(", ")
            for one in self.held.all
        )

    def _add(self, answer: Answer, taken: Taken) -> None:
        """Put an answer beside those that there are; where there is none yet, it is the answer."""
        there = self.case.voices(answer.question, answer.about)
        is_settled = there and there[0] in (self.case.answers.settled if self.case.answers else ())
        if is_settled and not agree((*there, answer)):
            about = f" {answer.about}" if answer.about else ""
            what = "This was settled before, and the answer differs from what was settled. It was kept beside it."
            taken.points.append(Point(f"{answer.question}{about}", what))
        name = "others" if there else "answers"
        self._hold(**{name: (*getattr(self.held, name), answer)})

    def _settle(self, answer: Answer, t: Language) -> None:
        """Put what a role settled above the answers that differ, with who saw it differently."""
        key = (answer.question, answer.about)
        given = self._open_voices(key)
        said = [each for each in given if each.answer != answer.answer]
        told = [", ".join(part for part in (each.by, each.on.isoformat() if each.on else "") if part) for each in said]
        apart = [f"{who}: {t.word('answer', each.answer)}" for who, each in zip(told, said, strict=True)]
        evidence = tuple(
            dict.fromkeys(
                (
                    *answer.evidence,
                    *(piece for each in given if each.answer == answer.answer for piece in each.evidence),
                )
            )
        )
        made = replace(answer, evidence=evidence, dissent="; ".join(x for x in (answer.dissent, *apart) if x))
        others = tuple(each for each in self.held.settled if (each.question, each.about) != key)
        self._hold(settled=(*others, made))

    def _open_voices(self, key: Key) -> tuple[Answer, ...]:
        """What everybody answered, whether it was settled before or not."""
        answers = self.case.answers or Answers()
        return tuple(each for each in (*answers.answers, *answers.others) if (each.question, each.about) == key)

    def _hold(self, **changes: tuple[Answer, ...]) -> None:
        before, self.held = self.held, replace(self.held, **changes)
        whole = self.case.answers or Answers()
        lists = {}
        for name in ("answers", "others", "settled"):
            elsewhere = list(getattr(whole, name))
            for one in getattr(before, name):
                elsewhere.remove(one)
            lists[name] = (*elsewhere, *getattr(self.held, name))
        self.case = replace(self.case, answers=Answers(**lists))


def _all_of(entry: Entry) -> str:
    cells = {**entry.fields, **entry.follow_ups}
    return "\n".join(f"{name}: {one.text}" for name, one in cells.items() if one.text)


def _differing(case: Case) -> list[Key]:
    answers = case.answers or Answers()
    keys = dict.fromkeys((one.question, one.about) for one in (*answers.answers, *answers.others))
    return [key for key in keys if not agree(case.voices(*key))]


def to_settle(merged: Merged, case: Case, registry: Registry, t: Language, role: Role) -> Slip | None:
    """The slip on which a role settles what differs and sees what could not be taken in; None if there is neither."""
    found = [
        asked(Item(registry.checks[check].check, about), case, t, voices=case.voices(check, about))
        for check, about in merged.differing
        if check in registry.checks and registry.checks[check].check.question is not None
    ]
    unread = tuple(
        f"slip {slip.number}, {point.where}: {point.what}"
        + (f" – {' / '.join(point.text.splitlines())}" if point.text else "")
        for slip, point in merged.points
        if point.text
    )
    if not found and not unread:
        return None
    return Slip("settle", role, case_mark(case), tuple(found), unread)
