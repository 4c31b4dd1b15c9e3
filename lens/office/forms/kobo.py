"""An export of submissions as what each person said; nothing of who that was, and nothing without consent."""

from __future__ import annotations

import hashlib
import re
from collections import Counter
from dataclasses import dataclass, field
from datetime import date
from typing import TYPE_CHECKING, cast

from lens.cases.answers import Answer
from lens.cases.context import Evidence
from lens.errors import InputError, Problem
from lens.office.forms.columns import Columns, columns_of
from lens.office.forms.labels import folded
from lens.office.forms.names import CHOICES, CONSENT, DAY, FORM, PREFER_NOT, ROLE, Field, Names

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from lens.office.forms.labels import Labels
    from lens.office.forms.tables import Table
    from lens.words import AnswerWord, EvidenceKind

_DAY = re.compile(r"(\d{4}-\d{2}-\d{2})(?:[T ].*)?")
REJECTED = frozenset({"validation_status_not_approved", "not approved", "rejected"})
"""How servers say that a supervisor has not approved a submission."""
_ANSWERS = f"Its choices are {', '.join((*CHOICES, PREFER_NOT))}."

KINDS: dict[str, EvidenceKind] = {"people_affected": "community", "local_partner": "local_organization"}
"""What kind of source a role is; every other is staff."""


@dataclass(slots=True)
class Taken:
    """What an export holds for a case, and what of it was left out and why."""

    answers: list[Answer] = field(default_factory=list)
    """What each person said to each question, with the submission it was taken from."""
    submissions: int = 0
    """Submissions with consent, each counted once."""
    without_consent: int = 0
    rejected: int = 0
    """Submissions that a supervisor has not approved."""
    of_another: int = 0
    """Submissions of the form of another case."""
    twice: int = 0
    """Rows that stand for a submission which was read already."""
    declined: Counter[tuple[str, str | None]] = field(default_factory=Counter)
    """How many preferred not to say, by question and subject. It is no answer."""
    no_role: int = 0
    no_day: int = 0
    versions: set[str] = field(default_factory=set)
    dropped: list[str] = field(default_factory=list)
    not_understood: list[str] = field(default_factory=list)
    """Columns and sheets of which nothing was read."""
    problems: list[Problem] = field(default_factory=list)
    """Cells that could not be read; their answers are left out, everything else is there."""
    _known: set[str] = field(default_factory=set)

    def is_new(self, submission: str) -> bool:
        """Whether a submission has not been read yet; from here on it has."""
        new = submission not in self._known
        self._known.add(submission)
        self.twice += not new
        return new

    def note(self, person: Person, version: str = "") -> None:
        """Count a submission whose answers are taken."""
        self.submissions += 1
        self.no_role += not person.role
        self.no_day += person.day is None
        self.versions.add(version)

    def leave(self, columns: Columns) -> None:
        """Note the columns of which nothing is read."""
        self.dropped += [one for one in columns.dropped if one not in self.dropped]
        self.not_understood += [one for one in columns.not_understood if one not in self.not_understood]


@dataclass(frozen=True, slots=True)
class Person:
    """What is kept of whoever answered: a role, a day, and a digest of the submission."""

    source: str
    role: str = ""
    day: date | None = None

    def says(
        self,
        question: str,
        about: str | None,
        word: str,
        follow_ups: dict[str, AnswerWord],
        reason: str = "",
    ) -> Answer:
        """One answer of this person, with the submission it can be traced to.

        That somebody said so in a form makes it stated, not documented: its evidence says only of what kind it is.
        """
        kind = KINDS.get(self.role, "staff")
        return Answer(
            question=question,
            about=about,
            answer=cast("AnswerWord", word),
            follow_ups=follow_ups,
            reason=reason,
            by=self.role,
            on=self.day,
            evidence=(Evidence(kind=kind, on=self.day),) if self.role else (),
            taken_from=self.source,
        )


def traced(uuid: str, table: Table, row: int) -> str:
    """What a submission is called: by a digest of its random number, which says nothing of who sent it."""
    text = uuid.strip().lower().removeprefix("uuid:")
    if not text:
        return f"submission in row {row} of {_digest(table.file)[:6]}"
    return f"submission {_digest(text)}"


def _digest(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()[:12]


@dataclass(slots=True)
class Reader:
    """Reads exports of the forms that lens makes for one case."""

    names: Names
    labels: Labels
    subjects: frozenset[str]
    """Activities and places that the case has."""
    keys: frozenset[str]
    """What the case's own forms carry."""
    today: date
    taken: Taken = field(default_factory=Taken)

    def read(self, tables: list[Table]) -> None:
        """Read one export. InputError where it is not one of a form of this case."""
        known = [columns_of(one, self.names, self.labels) for one in tables]
        main = max(known, key=lambda one: (one.is_ours, len(one.fields), CONSENT in one.own))
        if not main.is_ours or not main.fields:
            raise InputError(_another(tables, known))
        before = self.taken.of_another
        for one in known:
            self.taken.leave(one)
            if one is not main and one.table.rows:
                self.taken.not_understood.append(f"{one.table.name} (sheet)")
        if CONSENT not in main.own:
            raise InputError(
                Problem(
                    main.table.file,
                    field=CONSENT,
                    what="The column that says whether people agreed to answer is missing, so none of it can be used.",
                    fix="Export it again with all questions.",
                )
            )
        rows = list(main.body())
        for number, cells in rows:
            self._submission(main, number, cells)
        if rows and self.taken.of_another - before == len(rows):
            raise InputError(
                Problem(
                    main.table.file,
                    what="This is an export of another case's form, made for other countries or with a code.",
                    fix="Name the case it belongs to with --case, or its code with --code.",
                )
            )

    def _submission(self, main: Columns, number: int, cells: tuple[str, ...]) -> None:
        taken = self.taken
        key, _, version = first(cells, main.own.get(FORM, [])).partition(".")
        if key and key not in self.keys:
            taken.of_another += 1
            return
        if main.validation is not None and folded(at(cells, main.validation)) in REJECTED:
            taken.rejected += 1
            return
        if self.labels.answer(first(cells, main.own[CONSENT])) != "yes":
            taken.without_consent += 1
            return
        source = traced(first(cells, main.uuids), main.table, number)
        person = Person(source, self._role(main, number, cells), self._day(main, number, cells))
        words = self._words(main, number, cells)
        # The same row again adds nothing; the same submission with other answers is shown beside the first.
        taken.answers += self._answers(main, number, words, person)
        if taken.is_new(source):
            taken.note(person, version)
            taken.declined.update(
                (one.check, one.about) for one, word in words.items() if word == PREFER_NOT and one.part == "answer"
            )

    def _role(self, main: Columns, number: int, cells: tuple[str, ...]) -> str:
        given = first(cells, main.own.get(ROLE, []))
        role = self.labels.role(given)
        if given and role is None:
            self._wrong(main, number, main.own[ROLE], "This is none of the roles of the form.", "It was left empty.")
        return role or ""

    def _day(self, main: Columns, number: int, cells: tuple[str, ...]) -> date | None:
        given = first(cells, main.own.get(DAY, []))
        day = day_of(given)
        if given and (day is None or day > self.today):
            what = "This is not a day as year-month-day." if day is None else "This day lies in the future."
            self._wrong(main, number, main.own[DAY], what, "The answers of this row were left without a day.")
            return None
        return day

    def _words(self, main: Columns, number: int, cells: tuple[str, ...]) -> dict[Field, str]:
        """What each field of a row holds, as far as it could be read."""
        given = ((one, self._given(main, number, cells, places)) for one, places in main.fields.items())
        return {one: word for one, text in given if text and (word := self._word(main, number, one, text))}

    def _answers(self, main: Columns, number: int, words: dict[Field, str], person: Person) -> Iterator[Answer]:
        more: dict[Field, dict[str, AnswerWord]] = {}
        for one, word in words.items():
            question = Field(one.check, one.about)
            if one.part != "answer" and question not in words:
                what = "This belongs to a question that is not answered in this row."
                self._wrong(main, number, main.fields[one], what, "It was left out.")
            elif one.part == "follow_up" and word != PREFER_NOT:
                more.setdefault(question, {})[one.follow_up] = cast("AnswerWord", word)
        for one, word in words.items():
            if one.part == "answer" and word != PREFER_NOT:
                reason = words.get(Field(one.check, one.about, "reason"), "")
                yield person.says(one.check, one.about, word, more.get(one, {}), reason)

    def _given(self, main: Columns, number: int, cells: tuple[str, ...], places: list[int]) -> str:
        """What the columns of one field hold; the same question may stand in several, of several versions."""
        given = dict.fromkeys(text for place in places if (text := at(cells, place)))
        if len(given) > 1:
            what = "This question has two columns, and they say different things."
            self._wrong(main, number, places, what, "It was left out. Delete the column that does not count.")
            return ""
        return next(iter(given), "")

    def _word(self, main: Columns, number: int, one: Field, given: str) -> str:
        """The answer in a cell, or the text of a reason; empty where there is none to keep."""
        if one.about and one.about not in self.subjects:
            what = f"The case has no {one.about} any more."
            self._wrong(main, number, main.fields[one], what, "It was left out.")
            return ""
        if one.part == "reason":
            return given
        word = self.labels.answer(given)
        if word is None:
            self._wrong(main, number, main.fields[one], "This is no answer that the form offers.", _ANSWERS)
        return word or ""

    def _wrong(self, main: Columns, number: int, places: Iterable[int], what: str, fix: str) -> None:
        place = next(iter(places), 0)
        self.taken.problems.append(main.table.problem(number, place + 1, what, fix))


def day_of(text: str) -> date | None:
    """The day of a date or moment, as it was where it was written: its time and zone are set aside."""
    found = _DAY.fullmatch(text.strip())
    try:
        return date.fromisoformat(found[1]) if found else None
    except ValueError:
        return None


def at(cells: tuple[str, ...], place: int | None) -> str:
    """The cell in a column of a row; empty where the row ends before it."""
    return cells[place] if place is not None and place < len(cells) else ""


def first(cells: tuple[str, ...], places: Iterable[int]) -> str:
    """The first of some cells of a row that holds anything."""
    return next((text for place in places if (text := at(cells, place))), "")


def _another(tables: list[Table], known: list[Columns]) -> Problem:
    """Why an export is not one of ours."""
    table = tables[0]
    if {"survey", "choices"} <= {one.name.lower() for one in tables}:
        return Problem(
            table.file, what="This is a form, not what people answered.", fix="Export its data, and name that."
        )
    if any(one.is_ours for one in known):
        what = "This export has no question of this case, though it comes from a form of lens."
        return Problem(table.file, what=what, fix="Export it again with all questions, or name the case it belongs to.")
    return Problem(
        table.file,
        what="This is an export of another form: none of its columns asks a question of lens.",
        fix="Say with --map which column answers what; --draft-map FILE writes a file to begin with. Nothing was read.",
    )
