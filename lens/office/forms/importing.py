"""From exports and a case to answers: what all agree on, what people differ on, and what was left out and why."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from lens.cases.answers import Answers
from lens.errors import InputError, LensError, Problem
from lens.languages.files import codes_in, own_folders
from lens.office.forms.asked import key_of
from lens.office.forms.columns import columns_of
from lens.office.forms.kobo import Reader, Taken
from lens.office.forms.labels import Labels
from lens.office.forms.mapping import MapReader, read_map
from lens.office.forms.names import Names
from lens.office.forms.tables import read_tables

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from datetime import date
    from pathlib import Path

    from lens.cases.answers import Answer
    from lens.cases.case import Case
    from lens.checks.model import Check
    from lens.hooks.registry import Registry


@dataclass(frozen=True, slots=True)
class Point:
    """One question about one subject to which people answer differently, with what each of them says."""

    question: str
    about: str | None
    voices: tuple[Answer, ...]


@dataclass(frozen=True, slots=True)
class Imported:
    """What came of importing exports into a case."""

    taken: Taken
    answers: Answers
    """What is new: answers of others than whoever wrote the case, none of them chosen over another."""
    already: int
    """Answers that the case has from an earlier import of the same submissions."""
    differ: tuple[Point, ...]
    """Where people differ, with the answers of the case among them."""


def imported(
    exports: Sequence[Path],
    case: Case,
    registry: Registry,
    *,
    today: date,
    map_file: Path | None = None,
    code: str = "",
    translations: Path | None = None,
) -> Imported:
    """Read exports of field forms for a case.

    Raises InputError for what is no export, or none of a form of this case; what is wrong with single cells is in
    `taken.problems`, and everything else stands.
    """
    checks = {name: one.check for name, one in registry.checks.items() if one.check.question is not None}
    names, labels = Names(checks.values()), labels_of(checks.values(), registry, translations)
    refs = frozenset((*_ids(case.program.activities), *_ids(case.program.places), *_ids(case.program.partners)))
    taken = Taken()
    reader: Reader | MapReader
    if map_file is None:
        reader = Reader(names, labels, refs, frozenset({key_of(case, code)}), today, taken)
    else:
        reader = MapReader(read_map(map_file, checks, refs), names, labels, today, taken)
    problems: list[Problem] = []
    for path in exports:
        try:
            reader.read(read_tables(path))
        except InputError as reason:
            problems.extend(reason.problems)
    if problems:
        raise InputError(problems)
    return _beside(case, taken)


def _beside(case: Case, taken: Taken) -> Imported:
    """What was taken, beside what the case has: nothing twice, and nothing of the case changed."""
    before = case.answers or Answers()
    known = {_mark(one) for one in before.all if one.taken_from}
    found = {_mark(one): one for one in reversed(taken.answers)}
    new = tuple(one for mark, one in reversed(found.items()) if mark not in known)
    after = replace(case, answers=replace(before, others=(*before.others, *new)))
    keys = dict.fromkeys((one.question, one.about) for one in new)
    points = (Point(*key, after.differing(key[0], key[1] or "")) for key in keys)
    return Imported(taken, Answers(others=new), len(found) - len(new), tuple(one for one in points if one.voices))


def _mark(one: Answer) -> tuple[object, ...]:
    """What makes one answer the same as another that came back before."""
    return one.taken_from, one.question, one.about, one.answer, tuple(sorted(one.follow_ups.items())), one.reason


def _ids(things: Iterable[object]) -> list[str]:
    return [getattr(one, "id", "") for one in things]


def labels_of(checks: Iterable[Check], registry: Registry, translations: Path | None) -> Labels:
    """What forms can say, in every language there is: an export says it in the language somebody chose."""
    codes = {"en"}.union(*(codes_in(folder) for folder in own_folders().values()))
    languages = []
    for code in sorted(codes):
        try:
            languages.append(registry.language(code, translations))
        except LensError:
            continue
    return Labels(list(checks), languages)


def draft(path: Path, registry: Registry) -> str:
    """A map to begin with, for an export of another form: its columns, without anything that stands in them."""
    checks = [one.check for one in registry.checks.values() if one.check.question is not None]
    names, labels = Names(checks), Labels(checks, [])
    lines = [*_DRAFT]
    for table in read_tables(path):
        known = columns_of(table, names, labels)
        head = next((cells for number, cells in table.rows if number == known.row), ())
        told = [one for one in head if one in known.not_understood]
        lines += [
            f"# Columns{f' of the sheet {_line(table.name)}' if table.name else ''}:",
            *(f"#   {_line(one)}" for one in told),
        ]
    return "\n".join(lines) + "\n"


def _line(text: str) -> str:
    from lens.reports.inert import clean

    return " ".join(clean(text).split())[:200]


_DRAFT = (
    "# Which column of this export answers which question. Take away the # where you fill something in.",
    "# `lens checks` lists the questions, `lens explain harm.reaches-force` says what one means.",
    "map:",
    "  consent:",
    "    column:            # the column that says whether the person agreed to answer",
    "    given: [yes]       # what stands there where the person did",
    "    # elsewhere: asked by word of mouth, before the form   # where no column says it",
    "  # role:",
    "  #   column: respondent",
    "  #   words: {teacher: people_affected}  # left: what stands there; right: a role of lens",
    "  #   always: people_affected           # where it is the same for everybody",
    "  # day: date                           # the column with the day",
    "  answers:",
    "  - column:",
    "    question:",
    "    words: {yes: yes, no: no}           # left: what stands there; right: the answer it means",
    "    # no_answer: [refused]              # what stands there where the person did not answer",
    "    # about: activity:1                 # where it is about one activity, place or partner",
    "    # sheet: members                    # where it stands in the sheet of a repeat",
    '    # about_of: {column: which, words: {"1": activity:1}}',
    "    # selected: {police: yes}           # for several choices in one column, in place of words",
    "    # otherwise: no",
    "",
)
