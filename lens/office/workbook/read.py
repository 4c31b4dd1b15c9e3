"""From a workbook back to a case: all that is wrong with it at once, by sheet and cell, and what did not arrive."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from lens.errors import InputError, LensError, Problem, near
from lens.office.sheets import cell_name, read_sheets
from lens.office.workbook import guide, layout
from lens.office.workbook.gather import Book, PartData, cell, fill, heading, plain, rows, table_rows
from lens.office.workbook.gather import value_of as value_of_cell
from lens.office.workbook.marks import marks
from lens.office.workbook.values import said, validated
from lens.office.workbook.words import lists
from lens.readers.text import Text

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

    from lens.cases import Annex, Case
    from lens.hooks.registry import Registry
    from lens.office.sheets import Sheet
    from lens.office.workbook.guide import Facts
    from lens.office.workbook.layout import Table
    from lens.readers.text import Key

_STEP = re.compile(r"([a-z_]+)|\[(\d{1,6})\]")


@dataclass(frozen=True, slots=True)
class Taken:
    """What a workbook held."""

    facts: Facts
    case: Case | None
    annex: Annex | None
    counts: dict[str, int]
    """How many rows each sheet has."""
    left: tuple[str, ...]
    """Cells that did not arrive, by sheet and name."""
    notes: tuple[str, ...]


def read_workbook(path: Path, registry: Registry | None = None) -> Taken | None:
    """Read a workbook that `lens workbook` made; None where it is some other table.

    Raises InputError with every problem, each with its sheet, its cell, what is wrong and what to write. No message
    says a value that is not public. `registry` lets it say which questions it does not know.
    """
    called = path.name
    sheets = read_sheets(path, called, whole=True)
    facts = _facts(sheets, called)
    if facts is None:
        return None
    book = Book(called, sheets, marks(path), facts.form < layout.FORM)
    if book.is_older:
        book.notes.append(f"This workbook has an older form ({facts.form}); what that form did not have stays empty.")
    return _names(book, facts) if facts.kind == "restricted" else _case(book, facts, registry)


def _facts(sheets: Mapping[str, Sheet], called: str) -> Facts | None:
    names = {name.strip().casefold(): name for name in sheets}
    facts = guide.facts_of(sheets[names[layout.GUIDE]].rows) if layout.GUIDE in names else None
    if facts is None:
        ours = names.keys() & {*layout.ORDER[1:-1]}
        if len(ours) < len(layout.ORDER) // 2 and layout.NAMES not in names:
            return None
        what = f'The sheet "{layout.GUIDE}" or its line "{guide.FORM_LABEL}" is missing, so its form is not known.'
        fix = "Put it back, as the first sheet of a workbook that `lens workbook new` makes."
        raise InputError(Problem(called, what=what, fix=fix))
    if facts.form > layout.FORM:
        what = f"This workbook was made by a newer lens (form {facts.form}, here {layout.FORM})."
        raise InputError(
            Problem(called, what=what, fix="Install that version, or make the workbook again with this one.")
        )
    return facts


def _case(book: Book, facts: Facts, registry: Registry | None) -> Taken:
    parts = {name: PartData() for name in ("program", "context", "answers", "decisions")}
    for form in layout.FORMS:
        _form(book, form, parts[form.part], facts)
    numbered: dict[tuple[str, str], tuple[PartData, Key, dict[str, Any]]] = {}
    for table in layout.TABLES:
        _table(book, table, parts[table.part], numbered, facts, registry)
    _more(book, numbered, facts)
    _published(book, parts["program"], facts)
    _left(book, facts)
    values = validated(book, parts, facts)
    if book.problems:
        raise InputError([one for _, one in sorted(book.problems, key=lambda pair: pair[0])])
    from lens.cases import Case, Decisions

    case = Case(
        program=values["program"],
        context=values.get("context"),
        answers=values.get("answers"),
        decisions=values.get("decisions") or Decisions(),
    )
    return _taken(book, facts, case, None)


def _taken(book: Book, facts: Facts, case: Case | None, annex: Annex | None) -> Taken:
    shown = [f"{one}: it is a formula; what it last showed was taken" for one in book.formulas]
    return Taken(facts, case, annex, book.counts, tuple(book.left), (*book.notes, *shown))


def _sheet(book: Book, name: str, facts: Facts) -> Sheet | None:
    """One of our sheets; where it is gone and held something, or has another name, that is wrong."""
    found = book.sheet(name)
    if found is not None or book.is_older:
        return found
    held = facts.counts.get(name, 0)
    if held and not any(_is_table(one, name) for one in book.sheets.values()):
        what = f"This sheet is missing; it held {held} when the workbook was made."
        book.wrong_sheet(name, what, "Give it its name back, or put the sheet back; empty it if nothing of it holds.")
    return None


def _form(book: Book, form: layout.Sheet, part: PartData, facts: Facts) -> None:
    sheet = _sheet(book, form.name, facts)
    book.counts[form.name] = 0
    if sheet is None:
        return
    known = {plain(one.label): one for one in form.columns}
    seen: set[str] = set()
    for number, texts in sheet.rows:
        label = plain(texts[0]) if texts else ""
        column = known.get(label)
        if column is not None and label not in seen:
            seen.add(label)
            text, spot = cell(book, sheet.name, number, 2, texts[1] if len(texts) > 1 else "", column.label)
            value = value_of_cell(book, column, text, spot)
            part.lines[column.key] = spot
            if value is not None:
                part.data[str(column.key[0])] = value
                part.is_filled = True
                book.counts[form.name] += 1
        elif number > layout.HEAD_ROW or label not in ("field", ""):
            ours = number <= layout.HEAD_ROW and label.startswith((f"{form.name}:", "field"))
            book.left_out(sheet.name, "lines that are not ours", [] if ours else _filled(number, texts))
            continue
        book.left_out(sheet.name, "beside the lines", _filled(number, texts, 4))
    part.lines.setdefault((), book.spot(sheet.name, layout.HEAD_ROW + 1, 1))
    for label in known.keys() - seen if not book.is_older else ():
        book.wrong_sheet(sheet.name, f'The line "{label}" is not here.', "Put it back, also if it is empty.")


def _filled(row: int, texts: Sequence[str], first: int = 1) -> list[tuple[int, int]]:
    return [(row, number) for number, text in enumerate(texts, 1) if number >= first and text.strip()]


def _table(
    book: Book,
    table: Table,
    part: PartData,
    numbered: dict[tuple[str, str], tuple[PartData, Key, dict[str, Any]]],
    facts: Facts,
    registry: Registry | None,
) -> None:
    sheet = _sheet(book, table.name, facts)
    book.counts[table.name] = 0
    if sheet is None:
        return
    lead = [layout.OWNER] if table.owner else []
    told = _Told(registry, facts.language) if layout.is_answers(table) else None
    for number, texts, record, lines, found in table_rows(book, table, sheet, lead):
        part.is_filled = True
        book.counts[table.name] += 1
        first = next(iter(lines.values()), 0)
        where = _place(book, table, part, sheet, number, texts, found.columns)
        if told is not None:
            _follow_ups(book, sheet, number, texts, found.columns, record, lines)
            told.look(number, texts, found.columns, str(record.get("question", "")))
        if where is None:
            part_of_row = PartData({}, {})
            at = _append(part_of_row, ("rows",), record, lines, first)
            _alone(book, table, part_of_row, at)
            continue
        at = _append(part, where, record, lines, first)
        if table.numbered and (own := texts.get(layout.NUMBER, "").strip()):
            if (table.name, own) in numbered:
                numbered[table.name, own] = (part, (), record)
            else:
                numbered[table.name, own] = (part, at, record)
    if told is not None:
        told.say(book, sheet.name)


def _place(
    book: Book,
    table: Table,
    part: PartData,
    sheet: Sheet,
    row: int,
    texts: Mapping[str, str],
    columns: Mapping[str, int],
) -> Key | None:
    """The list that a row belongs to; None where whose it is cannot be told."""
    if not table.owner:
        return table.path
    owner = texts.get(layout.OWNER, "").strip()
    if not owner and table.owner == "program":
        return table.path
    activities = part.data.get("activities", [])
    index = next((number for number, one in enumerate(activities) if one.get("id") == owner), None)
    if index is not None:
        return ("activities", index, table.path[-1])
    spot = book.spot(sheet.name, row, columns.get(layout.OWNER, 1), layout.OWNER)
    if not owner:
        book.wrong(spot, "Whose row this is, is not said.", "Write the activity, such as activity:1.")
    else:
        known = [str(one.get("id", "")) for one in activities]
        hint = near(owner, known) or f"On the sheet activities are: {', '.join(known[:20]) or 'none yet'}."
        book.wrong(spot, "There is no such activity.", hint)
    return None


def _append(part: PartData, where: Key, record: dict[str, Any], lines: Mapping[Key, int], first: int) -> Key:
    """Put a record at the end of its list; where it stands then."""
    here: Any = part.data
    for step in where[:-1]:
        here = here[step]
    listed = here.setdefault(where[-1], [])
    at = (*where, len(listed))
    listed.append(record)
    part.lines[at] = first
    part.lines.update({(*at, *key): spot for key, spot in lines.items()})
    return at


def _alone(book: Book, table: Table, part: PartData, at: Key) -> None:
    """Look at a row that belongs nowhere by itself, so that nothing else that is wrong with it is kept for later."""
    from lens.readers.boundary import validate

    try:
        validate(table.kind, Text(book.called, part.data, part.lines), at=at)
    except InputError as reason:
        said(book, reason)


def _follow_ups(
    book: Book,
    sheet: Sheet,
    row: int,
    texts: Mapping[str, str],
    columns: Mapping[str, int],
    record: dict[str, Any],
    lines: dict[Key, int],
) -> None:
    """The answers to follow-ups, by the name that stands before the question."""
    words = next(one for one in layout.columns_of(_answer()) if one.key == ("answer",))
    given: dict[str, Any] = {}
    for label, column in columns.items():
        if not label.startswith("answer to follow-up"):
            continue
        text, spot = cell(book, sheet.name, row, column, texts[label], label)
        word = value_of_cell(book, words, text, spot)
        if word is None:
            continue
        name = texts.get(label.removeprefix("answer to "), "").strip().partition(":")[0].strip()
        if not name:
            book.wrong(spot, "Which follow-up this answers is not said.", "Write its name in the column before.")
        elif name in given:
            book.wrong(spot, "This follow-up is answered twice.", "Keep one of the two answers.")
        else:
            given[name] = word
            lines["follow_ups", name] = spot
    if given:
        record["follow_ups"] = given


def _answer() -> type[Any]:
    from lens.cases.answers import Answer

    return Answer


class _Told:
    """What our own columns of the answers should hold: what somebody wrote into them does not arrive, and is named."""

    def __init__(self, registry: Registry | None, language: str) -> None:
        self.registry = registry
        self.changed: dict[str, list[tuple[int, int]]] = {}
        self.unknown: list[tuple[int, int]] = []
        self.language: Any = None
        if registry is not None:
            try:
                self.language = registry.language(language)
            except LensError:
                self.registry = None

    def look(self, row: int, texts: Mapping[str, str], columns: Mapping[str, int], question: str) -> None:
        """Compare a row with the question it is about."""
        from lens.office.workbook.questions import asked

        if self.registry is None:
            return
        found = self.registry.checks.get(question)
        if found is None or found.check.question is None:
            self.unknown.append((row, columns.get("question id", 1)))
            return
        shown = asked(found.check, "", (), self.language).shown
        for name, text in zip(layout.SHOWN[:3], shown, strict=False):
            said = " ".join(texts.get(name, "").split())
            if name in columns and said and said != " ".join(text.split()):
                self.changed.setdefault(name, []).append((row, columns[name]))

    def say(self, book: Book, sheet: str) -> None:
        """Name what was changed."""
        for name, places in self.changed.items():
            book.left_out(sheet, f'texts in our column "{name}" that are not (or no longer) ours', places)
        if self.unknown:
            names = ", ".join(cell_name(*one) for one in self.unknown[:20])
            book.notes.append(f'sheet "{sheet}", questions that are not known here, kept as they are: {names}')


def _more(book: Book, numbered: Mapping[tuple[str, str], tuple[PartData, Key, dict[str, Any]]], facts: Facts) -> None:
    """Evidence after the first piece, put to the row that it belongs to."""
    sheet = _sheet(book, layout.MORE, facts)
    book.counts[layout.MORE] = 0
    if sheet is None:
        return
    columns = layout.evidence_columns()
    labels = [one.label for one in columns]
    found = heading(book, sheet, [layout.OF_SHEET, layout.OF_NUMBER, *labels])
    if found is None:
        return
    placed = [(one, found.columns[one.label]) for one in columns if one.label in found.columns]
    for number, texts in rows(book, sheet, found):
        if not any(texts.get(one, "").strip() for one in (layout.OF_SHEET, layout.OF_NUMBER, *labels)):
            continue
        record, lines = fill(book, sheet.name, number, placed, texts)
        book.counts[layout.MORE] += 1
        of = (texts.get(layout.OF_SHEET, "").strip().casefold(), texts.get(layout.OF_NUMBER, "").strip())
        part, at, holder = numbered.get(of, (None, (), {}))
        if part is None or not at:
            spot = book.spot(sheet.name, number, found.columns.get(layout.OF_NUMBER, 1), layout.OF_NUMBER)
            what = (
                "Two rows have this number." if part is not None else "There is no row with this number on that sheet."
            )
            book.wrong(spot, what, "Write the sheet, and the number that stands in its first column.")
            alone = PartData({"evidence": [record]}, {("evidence", 0, *key): one for key, one in lines.items()})
            _evidence_alone(book, alone)
            continue
        pieces = holder.setdefault("evidence", [])
        where = (*at, "evidence", len(pieces))
        pieces.append(record)
        part.lines[where] = next(iter(lines.values()), 0)
        part.lines.update({(*where, *key): spot for key, spot in lines.items()})


def _evidence_alone(book: Book, part: PartData) -> None:
    from lens.cases.context import Evidence
    from lens.readers.boundary import validate

    try:
        validate(Evidence, Text(book.called, part.data, part.lines), at=("evidence", 0))
    except InputError as reason:
        said(book, reason)


def _published(book: Book, part: PartData, facts: Facts) -> None:
    """What only published data has: lines of a path and a value."""
    sheet = _sheet(book, layout.PUBLISHED, facts)
    if sheet is None:
        return
    found = heading(book, sheet, [layout.PATH, layout.VALUE])
    if found is None or len(found.columns) < 2:
        return
    from lens.office.workbook.cells import as_read

    data: dict[str, Any] = {}
    book.counts[layout.PUBLISHED] = 0
    for number, texts in rows(book, sheet, found):
        path = texts[layout.PATH].strip()
        text, spot = cell(book, sheet.name, number, found.columns[layout.VALUE], texts[layout.VALUE], layout.VALUE)
        if not path and not text:
            continue
        key = _key(path)
        if key is None or not _unflat(data, key, as_read(text)):
            book.wrong(
                spot, "Where this belongs cannot be told.", "Export the case again, and leave this sheet as it is."
            )
            continue
        book.counts[layout.PUBLISHED] += 1
        part.lines["published", *key] = spot
    if data:
        part.data["published"] = data
        part.is_filled = True


def _key(path: str) -> Key | None:
    """The steps of a path such as `transactions[1].total`."""
    steps: list[str | int] = []
    for one in path.replace("[", ".[").split("."):
        match = _STEP.fullmatch(one)
        if match is None:
            return None
        steps.append(match[1] or int(match[2]) - 1)
    return tuple(steps)


def _unflat(data: dict[str, Any], key: Key, value: str) -> bool:
    """Put a value into nested data; whether there is a place for it."""
    here: Any = data
    for step, following in zip(key, (*key[1:], None), strict=True):
        made: Any = value if following is None else [] if isinstance(following, int) else {}
        if isinstance(step, int):
            if not isinstance(here, list) or not 0 <= step <= len(here):
                return False
            if step == len(here):
                here.append(made)
            elif following is None:
                return False
        elif not isinstance(here, dict) or (following is None and step in here):
            return False
        else:
            here.setdefault(step, made)
        here = here[step]
    return True


def _left(book: Book, facts: Facts) -> None:
    """Name what stands where nothing is read: on other sheets, on the guide, among the words."""
    for name, sheet in book.sheets.items():
        called = name.strip().casefold()
        if called == layout.GUIDE:
            _of_ours(book, sheet, _guide_texts(facts))
        elif called == layout.WORDS:
            told = {" ".join(text.split()) for row in lists().rows for text in row} | {"list", "word", "what it means"}
            _of_ours(book, sheet, told)
        elif name not in book.used:
            _other(book, sheet)
    for name in book.used:
        book.left_out(name, "formulas and errors where nothing is read", book.marks.get(name, {}))


def _of_ours(book: Book, sheet: Sheet, told: set[str] | None) -> None:
    if told is None:
        return
    places = [
        (row, number)
        for row, texts in sheet.rows
        for number, text in enumerate(texts, 1)
        if text.strip() and " ".join(text.split()) not in told and not text.startswith(f"{layout.WORDS}:")
    ]
    book.left_out(sheet.name, "cells that are not ours", places)


def _guide_texts(facts: Facts) -> set[str] | None:
    from lens.languages.language import language

    try:
        t = language(facts.language)
    except LensError:
        return None
    return {" ".join(text.split()) for line in guide.lines(facts, t) for text in line.texts}


def _is_table(sheet: Sheet, name: str) -> bool:
    """Whether a sheet under another name has the columns of one of our tables."""
    texts = {plain(text) for _, row in sheet.rows[:5] for text in row}
    columns = next((one.columns for one in layout.TABLES if one.name == name), ())
    return (
        sheet.name.strip().casefold() not in layout.ORDER
        and bool(columns)
        and {plain(one.label) for one in columns} <= texts
    )


def _other(book: Book, sheet: Sheet) -> None:
    """A sheet that is not one of ours: perhaps one that has been renamed."""
    there = {name.strip().casefold() for name in book.sheets}
    gone = next((one.name for one in layout.TABLES if one.name not in there and _is_table(sheet, one.name)), None)
    if gone is not None:
        what = f'This sheet has the columns of "{gone}", which is missing.'
        book.wrong_sheet(sheet.name, what, f'Name it "{gone}" again.')
        return
    places = [place for row, line in sheet.rows for place in _filled(row, line)]
    book.left_out(sheet.name, f"a sheet that is not ours, {len(places)} cells", places)


def _names(book: Book, facts: Facts) -> Taken:
    """The annex, from its own workbook."""
    from lens.cases import Annex
    from lens.readers.boundary import validate

    part = PartData({"names": {}}, {})
    sheet = _sheet(book, layout.NAMES, facts)
    columns = layout.name_columns()
    found = heading(book, sheet, [layout.REFERENCE, *(one.label for one in columns)]) if sheet else None
    book.counts[layout.NAMES] = 0
    if sheet is not None and found is not None:
        placed = [(one, found.columns[one.label]) for one in columns if one.label in found.columns]
        for number, texts in rows(book, sheet, found):
            if any(text.strip() for text in texts.values()):
                _name(book, part, sheet, number, texts, placed, found.columns.get(layout.REFERENCE, 1))
    _left(book, facts)
    annex = None
    try:
        annex = validate(Annex, Text(book.called, part.data, part.lines))
    except InputError as reason:
        said(book, reason)
    if book.problems:
        raise InputError([one for _, one in sorted(book.problems, key=lambda pair: pair[0])])
    return _taken(book, facts, None, annex)


def _name(
    book: Book, part: PartData, sheet: Sheet, row: int, texts: Mapping[str, str], placed: Any, column: int
) -> None:
    ref, spot = cell(book, sheet.name, row, column, texts.get(layout.REFERENCE, "").strip(), layout.REFERENCE)
    record, lines = fill(book, sheet.name, row, placed, texts)
    book.counts[layout.NAMES] += 1
    if not ref:
        book.wrong(spot, "Which reference this stands behind is not said.", "Write it, such as partner:1.")
    elif ref in part.data["names"]:
        book.wrong(spot, "This reference stands here twice.", "Keep one row for each.")
    else:
        part.data["names"][ref] = record
        part.lines["names", ref] = spot
        part.lines.update({("names", ref, *key): one for key, one in lines.items()})
