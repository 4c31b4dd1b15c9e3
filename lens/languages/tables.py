"""Texts as a table for translators: English beside what is there, out as CSV or XLSX, and back in."""

from __future__ import annotations

import csv
import io
from dataclasses import dataclass, field, fields
from typing import TYPE_CHECKING, Any, Literal

from lens.errors import InputError, MissingExtraError, Problem
from lens.languages import files
from lens.reports.inert import cell

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence
    from pathlib import Path

    from lens.languages.english import Unit

State = Literal["current", "stale", "missing"]

_COLUMNS = ("file", "id", "field", "english", "translation", "state", "of")
_NEEDED = ("file", "id", "field", "translation", "of")
_MARK = "\ufeff"
_FORMULA_GUARD = ("'=", "'+", "'-", "'@")
_MAX_BYTES = 20_000_000
_MAX_ROWS = 50_000


@dataclass(frozen=True, slots=True)
class Row:
    """One text with its translation, as translators see it."""

    file: str
    id: str
    field: str
    english: str
    translation: str
    state: State
    of: str
    """The digest of the English beside it: it comes back with the row, so that a change in between is noticed."""


@dataclass(slots=True)
class Taken:
    """What became of the rows of a table."""

    taken: int = 0
    unchanged: int = 0
    empty: int = 0
    stale: list[str] = field(default_factory=list)
    """Texts whose English has changed since the table was made: kept, and told in English until looked at again."""
    gone: list[str] = field(default_factory=list)
    """Translations of texts that there are no more, left out of the files."""
    problems: list[Problem] = field(default_factory=list)
    """Rows that could not be taken."""


def state_of(unit: Unit, entry: files.Entry | None) -> State:
    """How a text stands in a language."""
    if entry is None:
        return "missing"
    return "current" if entry.of == files.digest(unit.text) and not files.wrong(entry.says, unit.text) else "stale"


def rows(units: Iterable[Unit], held: Mapping[str, files.TranslationFile]) -> Iterator[Row]:
    """The rows of a table: every text, with its translation where a file holds one."""
    for unit in units:
        made = held.get(unit.file)
        entry = made.texts.get((unit.item, unit.field)) if made else None
        english = " ".join(unit.text.split())
        says = entry.says if entry else ""
        yield Row(unit.file, unit.item, unit.field, english, says, state_of(unit, entry), files.digest(english))


def as_csv(table: Iterable[Row]) -> bytes:
    """The table as CSV that spreadsheets open as it is meant; no cell can be read as a formula."""
    stream = io.StringIO()
    writer = csv.writer(stream, lineterminator="\r\n")
    writer.writerow(_COLUMNS)
    for row in table:
        writer.writerow([cell(value) for value in _values(row)])
    return (_MARK + stream.getvalue()).encode()


def as_xlsx(table: Iterable[Row]) -> bytes:
    """The table as a workbook of one sheet. MissingExtraError where the extra `office` is not installed."""
    from openpyxl.styles import Alignment, Font
    from openpyxl.utils import get_column_letter

    book = _openpyxl().Workbook()
    sheet = book.active
    sheet.title = "texts"
    sheet.append(list(_COLUMNS))
    for row in table:
        sheet.append([cell(value) for value in _values(row)])
    for line in sheet.iter_rows():
        for one in line:
            one.data_type = "s"  # text, whatever it looks like
            one.alignment = Alignment(wrap_text=True, vertical="top")
    for one in sheet[1]:
        one.font = Font(bold=True)
    for number, width in enumerate((18, 26, 22, 60, 60, 10, 14), 1):
        sheet.column_dimensions[get_column_letter(number)].width = width
    sheet.freeze_panes = "A2"
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


def _values(row: Row) -> list[str]:
    return [getattr(row, one.name) for one in fields(row)]


def _openpyxl() -> Any:
    try:
        import openpyxl
    except ImportError:
        raise MissingExtraError("Writing workbooks", "office") from None
    return openpyxl


def read_table(path: Path) -> Iterator[tuple[int, dict[str, str]]]:
    """The rows of a CSV or XLSX file with their numbers. InputError where it is not such a table."""
    from lens.readers.text import read_text

    called = path.name
    if path.suffix.lower() == ".xlsx":
        lines: Iterator[Sequence[object]] = _sheet(path, called)
    else:
        text = read_text(path, called, limit=_MAX_BYTES)
        semicolons = text.partition("\n")[0].count(";") >= len(_NEEDED) - 1
        lines = csv.reader(io.StringIO(text, newline=""), delimiter=";" if semicolons else ",")
    head: list[str] = []
    try:
        for number, line in enumerate(lines, 1):
            if number > _MAX_ROWS:
                raise InputError(Problem(called, number, what=f"The table has more than {_MAX_ROWS} rows."))
            if not head:
                head = [str(one or "").strip().lower() for one in line]
                if lacking := [one for one in _NEEDED if one not in head]:
                    raise InputError(
                        Problem(
                            called,
                            number,
                            what=f"The first row lacks {', '.join(lacking)}.",
                            fix="Use the table that `lens translations export` made, with its first row as it is.",
                        )
                    )
                continue
            yield number, {name: _plain(one) for name, one in zip(head, line, strict=False)}
    except csv.Error as reason:
        raise InputError(Problem(called, what=f"This is not a table: {reason}.", fix="Save it as CSV again.")) from None
    if not head:
        raise InputError(Problem(called, what="The table is empty."))


def _plain(value: object) -> str:
    text = "" if value is None else str(value).strip()
    return text[1:] if text.startswith(_FORMULA_GUARD) else text


def _sheet(path: Path, called: str) -> Iterator[Sequence[object]]:
    """The first sheet of a workbook, a row at a time, with empty rows in their places."""
    from lens.office.sheets import read_sheets

    sheets = list(read_sheets(path, called).values())
    before = 0
    for number, line in sheets[0].rows if sheets else ():
        yield from ([] for _ in range(before + 1, number))
        yield line
        before = number


def take(
    table: Iterable[tuple[int, Mapping[str, str]]],
    called: str,
    units: Iterable[Unit],
    held: Mapping[str, files.TranslationFile],
) -> Taken:
    """Put the rows of a table into the files that are held; what became of them.

    A row that cannot be taken is a problem of its own and leaves the others alone. An empty translation changes
    nothing. Texts that there are no more are taken out of the files.
    """
    known = {(unit.file, unit.item, unit.field): unit for unit in units}
    made = Taken()
    for number, row in table:
        where = (row.get("file", ""), row.get("id", ""), row.get("field", ""))
        says = row.get("translation", "")
        unit = known.get(where)
        if not any(where) and not says:
            continue
        if unit is None:
            problem = Problem(
                called, number, " ".join(where)[:80], "There is no such text.", "Leave file, id and field."
            )
            made.problems.append(problem)
        elif not says:
            made.empty += 1
        elif why := files.wrong(says, unit.text):
            made.problems.append(Problem(called, number, f"{unit.item}: {unit.field}", f"Not taken: {why}."))
        else:
            _keep(made, unit, files.Entry(says, row.get("of", "")), held[unit.file])
    for file, one in held.items():
        gone = [key for key in one.texts if (file, *key) not in known]
        made.gone += [f"{item}: {name}" for item, name in gone]
        order = [(unit.item, unit.field) for unit in known.values() if unit.file == file]
        one.texts = {key: one.texts[key] for key in order if key in one.texts}
    return made


def _keep(made: Taken, unit: Unit, entry: files.Entry, into: files.TranslationFile) -> None:
    key = (unit.item, unit.field)
    if entry.of != files.digest(unit.text):
        made.stale.append(f"{unit.item}: {unit.field}")
    if into.texts.get(key) == entry:
        made.unchanged += 1
        return
    into.texts[key] = entry
    into.signed = {}  # who signed has not read this
    made.taken += 1
