"""The data of a workbook as values of the model: every problem at once, each at its cell.

What is wrong with one field is said, and the field taken out, so that the rest is looked at all the same.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from lens.errors import InputError, Problem
from lens.office.workbook.gather import named
from lens.readers.text import Text

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from lens.cases import Annex, Case
    from lens.office.workbook.gather import Book, PartData
    from lens.office.workbook.guide import Facts
    from lens.readers.text import Key

_ROUNDS = 50


def validated(book: Book, parts: Mapping[str, PartData], facts: Facts) -> dict[str, Any]:
    """The parts of the case. What is wrong with one field is said, and the rest is looked at all the same."""
    from lens.cases import Answers, Context, Decisions, Program
    from lens.readers.consistency import Part, problems_of

    kinds: dict[str, type[Any]] = {"program": Program, "context": Context, "answers": Answers, "decisions": Decisions}
    texts: dict[str, Text] = {}
    values: dict[str, Any] = {}
    defined = {str(one.get("id")) for part in parts.values() for one in _records(part.data)}
    for name, kind in kinds.items():
        part = parts[name]
        if name == "program" or part.is_filled or name in facts.parts:
            texts[name] = Text(book.called, part.data, part.lines)
            values[name] = _made(book, kind, part)
    checked = [Part(value, texts[name]) for name, value in values.items() if value is not None]
    for one in problems_of(checked):
        # A row that has gone because something else is wrong with it is there all the same.
        missing = re.match(r"There is no (\S+) in these files", one.what)
        if missing is None or missing[1] not in defined:
            say(book, one)
    return values


def _records(data: Any) -> Iterator[dict[str, Any]]:
    if isinstance(data, dict):
        yield data
        for value in data.values():
            yield from _records(value)
    elif isinstance(data, list):
        for one in data:
            yield from _records(one)


def _made(book: Book, kind: type[Any], part: PartData) -> Any:
    """A part as a value of the model; where fields of it are wrong, they are said and taken out until it is one."""
    from lens.readers.boundary import validate

    already: set[int] = set()
    for _ in range(_ROUNDS):
        try:
            return validate(kind, Text(book.called, part.data, part.lines))
        except InputError as reason:
            said(book, reason, already)
            if not _without(part, {one.line for one in reason.problems}):
                return None
    return None


def _without(part: PartData, spots: set[int]) -> bool:
    """Take out the fields of some cells, or their rows where there is nothing in them to take out."""
    keys = sorted((key for key, spot in part.lines.items() if spot in spots and key), key=len, reverse=True)
    done = False
    for key in dict.fromkeys(max(group, key=len) for group in _by_spot(part, keys)):
        done = _taken_out(part, key) or done
    return done


def _by_spot(part: PartData, keys: Sequence[Key]) -> list[list[Key]]:
    groups: dict[int, list[Key]] = {}
    for key in keys:
        groups.setdefault(part.lines[key], []).append(key)
    return list(groups.values())


def _taken_out(part: PartData, key: Key) -> bool:
    return any(_drop(part, key[:length]) for length in range(len(key), 0, -1))


def _drop(part: PartData, key: Key) -> bool:
    here: Any = part.data
    for step in key[:-1]:
        try:
            here = here[step]
        except (KeyError, IndexError, TypeError):
            return False
    last = key[-1]
    if isinstance(last, int):
        if not isinstance(here, list) or last >= len(here):
            return False
        del here[last]
        part.lines = _shifted(part.lines, key[:-1], last)
        return True
    if isinstance(here, dict) and last in here:
        del here[last]
        return True
    return False


def _shifted(lines: dict[Key, int], at: Key, gone: int) -> dict[Key, int]:
    """The cells of a list after one of its records has been taken out."""
    made: dict[Key, int] = {}
    depth = len(at)
    for key, spot in lines.items():
        number = key[depth] if len(key) > depth and key[:depth] == at else None
        if number == gone:
            continue
        if isinstance(number, int) and number > gone:
            key = (*at, number - 1, *key[depth + 1 :])
        made[key] = spot
    return made


def said(book: Book, reason: InputError, already: set[int] | None = None) -> None:
    """Say the problems of the model, but those of cells that something was said of already."""
    for one in reason.problems:
        if already is None or one.line not in already:
            say(book, one)
    if already is not None:
        already.update(one.line for one in reason.problems)


def say(book: Book, one: Problem) -> None:
    """Say a problem of the model where it stands in the workbook; its line is the number of the cell."""
    what, fix = one.what, one.fix
    if what.startswith("This is needed"):
        what, fix = "This is needed and is empty.", "Fill it in."
    elif what.startswith("This word is not one of the list"):
        fix = fix.replace("_", " ")
    if what.startswith("This is needed") and any(spot == one.line for spot, _ in book.problems):
        return  # what stands there is wrong, and that has been said
    where = str(book.spots[one.line - 1]) if 0 < one.line <= len(book.spots) else one.field
    book.problems.append((one.line, Problem(book.called, 0, where, what, fix, one.value)))


def validated_table(book: Book, part: PartData, names: Mapping[str, dict[str, str]]) -> tuple[Case, Annex | None]:
    """A table of one's own as a case: what is wrong with a cell leaves that cell out, and is named."""
    from lens.cases import Annex, Case, Program
    from lens.readers.boundary import validate
    from lens.readers.consistency import Part, problems_of

    program = _made(book, Program, part) or Program()
    for _ in range(_ROUNDS):
        text = Text(book.called, part.data, part.lines)
        wrong = problems_of([Part(program, text)])
        if not wrong:
            break
        for one in wrong:
            say(book, one)
        _without(part, {one.line for one in wrong})
        program = _made(book, Program, part) or Program()
    book.left.extend(_grouped(book))
    there = {one.id for one in (*program.places, *program.partners)}
    kept = {ref: one for ref, one in names.items() if ref in there}
    annex = validate(Annex, Text(book.called, {"names": kept})) if kept else None
    return Case(program=program), annex


def _grouped(book: Book) -> Iterator[str]:
    """What is wrong with the cells of a table, the same of one column together."""
    groups: dict[tuple[str, str, str], list[tuple[int, int]]] = {}
    for spot, problem in sorted(book.problems, key=lambda pair: pair[0]):
        at = book.spots[spot - 1] if 0 < spot <= len(book.spots) else None
        said_ = f"{problem.what} {problem.fix}".rstrip()
        value = f' It says "{problem.value}".' if problem.value else ""
        key = (at.sheet, at.label, said_ + value) if at else ("", problem.field, said_)
        groups.setdefault(key, []).extend([(at.row, at.column)] if at else [])
    for (sheet, label, what), places in groups.items():
        where = f'sheet "{sheet}", ' if sheet else ""
        yield f"{where}{label}: {what} {named(places)}".rstrip()
