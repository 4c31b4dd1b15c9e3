"""Exports of forms that are not ours: a file that says which column answers which question, and what its words mean."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from lens.cases.fields import AboutRef, CheckId, internal, record
from lens.errors import InputError, Problem, near
from lens.office.forms.columns import Columns, columns_of, last_part
from lens.office.forms.kobo import REJECTED, Person, Taken, at, day_of, first, traced
from lens.office.forms.labels import folded
from lens.words import AnswerWord, Role

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping
    from datetime import date
    from pathlib import Path

    from lens.checks.model import Check
    from lens.office.forms.labels import Labels
    from lens.office.forms.names import Names
    from lens.office.forms.tables import Table
    from lens.readers.text import Text

TOP = "map"


@record
class Consent:
    """Where it is said that a person agreed to answer."""

    column: str = internal(default="", help="The column that says so.")
    given: tuple[str, ...] = internal(default=(), help="What stands there where the person agreed.")
    elsewhere: str = internal(default="", help="How consent was asked, if the form has no column for it.")


@record
class RoleOf:
    """In which role people answer."""

    column: str = internal(default="", help="The column that says so.")
    words: dict[str, Role] = internal(factory=dict, help="What stands there, and the role it means.")
    always: Role | None = internal(default=None, help="The role, where it is the same for everybody.")


@record
class AboutOf:
    """What a row is about, where a column says so."""

    column: str = internal(help="The column.")
    words: dict[str, AboutRef] = internal(help="What stands there, and the activity, place or partner it means.")


@record
class AnswerOf:
    """One column that answers a question."""

    question: CheckId = internal(help="The question's id.")
    column: str = internal(help="The column: its header, or the last part of it.")
    sheet: str = internal(default="", help="The sheet of a repeat; the first with submissions if left out.")
    about: AboutRef | None = internal(default=None, help="activity:1, place:1 or partner:1 where it is about one.")
    about_of: AboutOf | None = internal(default=None, help="Where a column says what it is about.")
    follow_up: str = internal(default="", help="The follow-up it answers, if not the question itself.")
    words: dict[str, AnswerWord] = internal(factory=dict, help="What stands in the column, and the answer it means.")
    selected: dict[str, AnswerWord] = internal(
        factory=dict, help="For a column of several choices: the answer where one of these is among them."
    )
    otherwise: AnswerWord | None = internal(default=None, help="With selected: the answer where none of them is.")
    no_answer: tuple[str, ...] = internal(default=(), help="What stands there where the person did not answer.")


@record
class Map:
    """How an export of another form is read."""

    consent: Consent = internal(help="Where consent is said.")
    role: RoleOf | None = internal(default=None, help="In which role people answer.")
    day: str = internal(default="", help="The column with the day of the answers.")
    submission: str = internal(default="", help="The column that tells submissions apart; found if left out.")
    answers: tuple[AnswerOf, ...] = internal(help="Which column answers what.")


def read_map(path: Path, checks: Mapping[str, Check], subjects: frozenset[str]) -> Map:
    """A map from its file. InputError with every line that names what does not exist."""
    from lens.readers.boundary import validate
    from lens.readers.text import load_yaml

    text = load_yaml(path)
    if not isinstance(text.data, dict) or set(text.data) != {TOP}:
        what = "This is not a map: its first word should be `map:`."
        raise InputError(Problem(text.name, what=what, fix="Begin one with --draft-map FILE."))
    made = validate(Map, text, at=(TOP,))
    problems = [*_consent(made, text), *_questions(made, text, checks, subjects)]
    if problems:
        raise InputError(problems)
    return made


def _consent(made: Map, text: Text) -> Iterator[Problem]:
    one = made.consent
    if not (one.column and one.given) and not one.elsewhere.strip():
        yield Problem(
            text.name,
            text.line((TOP, "consent")),
            "map.consent",
            "This does not say who agreed to answer.",
            "Write column and given; or, if the form does not say it, under elsewhere how consent was asked.",
        )


def _questions(made: Map, text: Text, checks: Mapping[str, Check], subjects: frozenset[str]) -> Iterator[Problem]:
    asked = {name: one.question for name, one in checks.items() if one.question is not None}
    for number, one in enumerate(made.answers):
        path = f"map.answers[{number + 1}]"
        line = text.line((TOP, "answers", number))
        question = asked.get(one.question)
        if question is None:
            hint = near(one.question, tuple(asked)) or "`lens checks` lists them."
            yield Problem(text.name, line, f"{path}.question", f"There is no question {one.question}.", hint)
            continue
        follow_ups = [each.id for each in question.follow_ups]
        if one.follow_up and one.follow_up not in follow_ups:
            known = ", ".join(follow_ups) or "none"
            yield Problem(
                text.name, line, f"{path}.follow_up", "The question has no such follow-up.", f"It has: {known}."
            )
        refs = [one.about, *(one.about_of.words.values() if one.about_of else ())]
        for ref in dict.fromkeys(ref for ref in refs if ref and ref not in subjects):
            yield Problem(
                text.name, line, f"{path}.about", f"There is no {ref} in this case.", near(ref, sorted(subjects))
            )
        if bool(one.words) == bool(one.selected) or (one.selected and one.otherwise is None):
            yield Problem(
                text.name,
                line,
                path,
                "This does not say which answer its words mean.",
                "Write words; or, for a column of several choices, selected and otherwise.",
            )


@dataclass(slots=True)
class MapReader:
    """Reads one export of another form by a map."""

    map: Map
    names: Names
    labels: Labels
    today: date
    taken: Taken = field(default_factory=Taken)

    def read(self, tables: list[Table]) -> None:
        """Read one export. InputError where a column that the map names is not there, or stands twice."""
        known = {one.name: columns_of(one, self.names, self.labels) for one in tables}
        main = self._main(known)
        places = _Places(main)
        who = _Who(
            places.of(self.map.consent.column),
            places.of(self.map.role.column) if self.map.role else None,
            places.of(self.map.day),
            places.of(self.map.submission),
        )
        answers = self._by_sheet(known, places)
        if places.problems:
            raise InputError(places.problems)
        index = places.where("_index")
        parents: dict[str, Person] = {}
        for number, cells in main.body():
            person = self._person(main, number, cells, who)
            if person is not None:
                parents |= {f"uuid {at(cells, one)}": person for one in main.uuids}
                parents[f"index {at(cells, index)}"] = person
                self._row(main, number, cells, person, answers.get(main.table.name, []))
        for sheet, own in answers.items():
            if sheet != main.table.name:
                self._repeat(places.beside(known[sheet]), own, parents)
        self._left(known, places)

    def _by_sheet(self, known: dict[str, Columns], places: _Places) -> dict[str, list[tuple[AnswerOf, _Where]]]:
        """What the map says of each sheet, with the columns where it stands."""
        main = places.sheet.table
        found: dict[str, list[tuple[AnswerOf, _Where]]] = {}
        for one in self.map.answers:
            sheet = one.sheet or main.name
            if sheet not in known:
                what = "The map names this sheet, and it is not there."
                places.problems.append(Problem(main.file, field=sheet[:60], what=what, fix=near(sheet, list(known))))
                continue
            own = places if sheet == main.name else places.beside(known[sheet])
            about = own.of(one.about_of.column) if one.about_of else None
            found.setdefault(sheet, []).append((one, _Where(own.of(one.column), about)))
        return found

    def _main(self, known: dict[str, Columns]) -> Columns:
        """The sheet of submissions: the one that is not a repeat."""
        for one in known.values():
            heads = _headers(one)
            if one.table.rows and "_parent_index" not in heads and "parent_key" not in heads:
                return one
        first = next(iter(known.values()))
        raise InputError(Problem(first.table.file, what="None of its sheets holds submissions."))

    def _person(self, main: Columns, number: int, cells: tuple[str, ...], who: _Who) -> Person | None:
        """Whoever answered in a row, by role and day; None where nothing of the row may be used."""
        if main.validation is not None and folded(at(cells, main.validation)) in REJECTED:
            self.taken.rejected += 1
            return None
        if who.consent is not None and plain(at(cells, who.consent)) not in map(plain, self.map.consent.given):
            self.taken.without_consent += 1
            return None
        source = traced(at(cells, who.submission) or first(cells, main.uuids), main.table, number)
        person = Person(source, self._role(main, number, cells, who.role), self._day(main, number, cells, who.day))
        if self.taken.is_new(source):
            self.taken.note(person)
        return person

    def _role(self, main: Columns, number: int, cells: tuple[str, ...], place: int | None) -> str:
        if self.map.role is None or place is None:
            return self.map.role.always or "" if self.map.role else ""
        given = at(cells, place)
        found = {plain(word): role for word, role in self.map.role.words.items()}.get(plain(given))
        if given and found is None:
            self._wrong(main, number, place, "The map does not say which role this is.", "It was left empty.")
        return found or self.map.role.always or ""

    def _day(self, main: Columns, number: int, cells: tuple[str, ...], place: int | None) -> date | None:
        given = at(cells, place)
        day = day_of(given)
        if given and place is not None and (day is None or day > self.today):
            what = "This is not a day as year-month-day." if day is None else "This day lies in the future."
            self._wrong(main, number, place, what, "The answers of this row were left without a day.")
            return None
        return day

    def _row(
        self,
        sheet: Columns,
        number: int,
        cells: tuple[str, ...],
        person: Person,
        answers: Iterable[tuple[AnswerOf, _Where]],
    ) -> None:
        found: dict[tuple[str, str | None], tuple[str, dict[str, AnswerWord]]] = {}
        for one, where in answers:
            about = self._about(sheet, number, cells, one, where)
            word = self._word(sheet, number, cells, one, where) if about != "" else None
            if word is None:
                continue
            main, follow_ups = found.get((one.question, about), ("", {}))
            if one.follow_up:
                found[one.question, about] = (main, {**follow_ups, one.follow_up: word})
            elif main and main != word:
                # Two columns of one person that say different things: both are shown, none is chosen.
                self.taken.answers.append(person.says(one.question, about, word, {}))
            else:
                found[one.question, about] = (word, follow_ups)
        self.taken.answers += [person.says(*key, word, more) for key, (word, more) in found.items() if word]

    def _about(self, sheet: Columns, number: int, cells: tuple[str, ...], one: AnswerOf, where: _Where) -> str | None:
        """What an answer is about; empty where its column says what the map does not know."""
        if one.about_of is None or where.about is None:
            return one.about
        given = at(cells, where.about)
        found = {plain(word): ref for word, ref in one.about_of.words.items()}.get(plain(given))
        if found is None and at(cells, where.column):
            self._wrong(sheet, number, where.about, "The map does not say what this is about.", "It was left out.")
        return found or ""

    def _word(
        self, sheet: Columns, number: int, cells: tuple[str, ...], one: AnswerOf, where: _Where
    ) -> AnswerWord | None:
        given = plain(at(cells, where.column))
        if not given or given in {plain(each) for each in one.no_answer}:
            return None
        if one.selected:
            chosen = set(given.split())
            hits = {word for code, word in one.selected.items() if plain(code) in chosen}
            if len(hits) <= 1:
                return next(iter(hits), one.otherwise)
            what = "The choices made here mean different answers."
        elif (found := {plain(word): answer for word, answer in one.words.items()}.get(given)) is not None:
            return found
        else:
            what = "The map does not say which answer this is."
        self._wrong(sheet, number, where.column or 0, what, "It was left out. Add it to the map.")
        return None

    def _repeat(self, places: _Places, answers: list[tuple[AnswerOf, _Where]], parents: dict[str, Person]) -> None:
        """The rows of a repeat, each with the submission it belongs to; those of nobody who agreed are left out."""
        sheet = places.sheet
        uuid = places.where("_submission__uuid", "parent_key")
        index = places.where("_parent_index")
        for number, cells in sheet.body():
            key = f"uuid {at(cells, uuid)}" if at(cells, uuid) else f"index {at(cells, index)}"
            if (person := parents.get(key)) is not None:
                self._row(sheet, number, cells, person, answers)

    def _wrong(self, sheet: Columns, number: int, place: int, what: str, fix: str) -> None:
        self.taken.problems.append(sheet.table.problem(number, place + 1, what, fix))

    def _left(self, known: dict[str, Columns], places: _Places) -> None:
        """Every column that the map does not name."""
        for name, one in known.items():
            self.taken.leave(one)
            used = places.used.get(name, set())
            self.taken.not_understood = [header for header in self.taken.not_understood if plain(header) not in used]


def plain(text: str) -> str:
    """A cell as it is compared: numbers kept as text count as the numbers they are."""
    return folded(text).removesuffix(".0")


@dataclass(frozen=True, slots=True)
class _Who:
    consent: int | None
    role: int | None
    day: int | None
    submission: int | None


@dataclass(frozen=True, slots=True)
class _Where:
    column: int | None
    about: int | None


@dataclass(slots=True)
class _Places:
    """Where the columns that a map names stand, and what is wrong with the names."""

    sheet: Columns
    problems: list[Problem] = field(default_factory=list)
    used: dict[str, set[str]] = field(default_factory=dict)

    def beside(self, sheet: Columns) -> _Places:
        """The same for another sheet."""
        return _Places(sheet, self.problems, self.used)

    def where(self, *names: str) -> int | None:
        """The column of the first of some names that servers give."""
        heads = _headers(self.sheet)
        return next((heads.index(name) for name in names if name in heads), None)

    def of(self, name: str) -> int | None:
        """The column that the map calls so; what is wrong with the name is noted."""
        if not name:
            return None
        heads = _headers(self.sheet)
        wanted = plain(name)
        found = [place for place, head in enumerate(heads) if head == wanted]
        found = found or [place for place, head in enumerate(heads) if head and plain(last_part(head)) == wanted]
        table = self.sheet.table
        if len(found) == 1:
            self.used.setdefault(table.name, set()).add(heads[found[0]])
            return found[0]
        if found:
            what, fix = "Several columns are called so.", "Write the whole header, with the groups before it."
        else:
            what, fix = (
                "The map names this column, and it is not there.",
                near(wanted, [*heads, *map(last_part, heads)]),
            )
        self.problems.append(Problem(table.file, self.sheet.row, name[:60], what, fix))
        return None


def _headers(sheet: Columns) -> list[str]:
    row = next((cells for number, cells in sheet.table.rows if number == sheet.row), ())
    return [plain(one) for one in row]
