"""From the sheets of a workbook to the data of a case, where each piece of it knows the cell it came from."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from itertools import pairwise
from typing import TYPE_CHECKING, Any

from lens.errors import Problem, near
from lens.office.sheets import cell_name
from lens.office.workbook import cells, layout

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from lens.office.sheets import Sheet
    from lens.office.workbook.layout import Column, Table
    from lens.office.workbook.marks import Marks
    from lens.readers.text import Key

_LOOK_FOR_HEAD = 40
_NAMED = 200


@dataclass(frozen=True, slots=True)
class Spot:
    """A cell: its sheet, its place, what its column is called."""

    sheet: str
    row: int
    column: int
    label: str = ""

    def __str__(self) -> str:
        label = f" ({self.label})" if self.label else ""
        return f'sheet "{self.sheet}", cell {cell_name(self.row, self.column)}{label}'


@dataclass(slots=True)
class PartData:
    """The data of one part of a case, and of each piece of it the number of its cell among the spots."""

    data: dict[str, Any] = field(default_factory=dict)
    lines: dict[Key, int] = field(default_factory=dict)
    is_filled: bool = False


@dataclass(frozen=True, slots=True)
class Found:
    """The heading of a sheet: in which row it stands, which column holds what, and which are not ours."""

    row: int
    columns: dict[str, int]
    others: dict[int, str]


@dataclass(slots=True)
class Book:
    """A workbook while it is read: what was found, what is wrong, what did not arrive."""

    called: str
    sheets: Mapping[str, Sheet]
    marks: Marks
    is_older: bool = False
    spots: list[Spot] = field(default_factory=list)
    problems: list[tuple[int, Problem]] = field(default_factory=list)
    """Each with a number that keeps them in the order of the cells."""
    left: list[str] = field(default_factory=list)
    """Cells that did not arrive."""
    notes: list[str] = field(default_factory=list)
    """What else to say: formulas whose last value was taken."""
    counts: dict[str, int] = field(default_factory=dict)
    used: set[str] = field(default_factory=set)
    """Sheets that were read."""
    formulas: list[Spot] = field(default_factory=list)

    def sheet(self, name: str) -> Sheet | None:
        """A sheet by its name, however it is cased."""
        found = next((one for one in self.sheets.values() if one.name.strip().casefold() == name), None)
        if found is not None:
            self.used.add(found.name)
        return found

    def spot(self, sheet: str, row: int, column: int, label: str = "") -> int:
        """Keep a cell; its number, counted from 1."""
        self.spots.append(Spot(sheet, row, column, label))
        return len(self.spots)

    def wrong(self, spot: int, what: str, fix: str = "", value: str = "") -> None:
        """Say what is wrong with a cell."""
        self.problems.append((spot, Problem(self.called, 0, str(self.spots[spot - 1]), what, fix, value)))

    def wrong_sheet(self, sheet: str, what: str, fix: str = "") -> None:
        """Say what is wrong with a whole sheet."""
        self.problems.append((len(self.spots), Problem(self.called, 0, f'sheet "{sheet}"', what, fix)))

    def left_out(self, sheet: str, what: str, places: Iterable[tuple[int, int]]) -> None:
        """Name cells that did not arrive."""
        if names := named(places):
            self.left.append(f'sheet "{sheet}", {what}: {names}')


def named(places: Iterable[tuple[int, int]]) -> str:
    """Cells by name; those that follow one another down a column as a range."""
    spans: list[list[int]] = []
    for row, column in sorted(set(places), key=lambda one: (one[1], one[0])):
        if spans and spans[-1][0] == column and spans[-1][2] == row - 1:
            spans[-1][2] = row
        else:
            spans.append([column, row, row])
    names = [
        cell_name(first, column) + (f":{cell_name(last, column)}" if last != first else "")
        for column, first, last in spans
    ]
    more = f" and {len(names) - _NAMED} more" if len(names) > _NAMED else ""
    return ", ".join(names[:_NAMED]) + more


def plain(label: str) -> str:
    """A heading as it is compared: however it is cased and spaced, with or without its mark."""
    return " ".join(label.replace("*", " ").casefold().split())


def heading(book: Book, sheet: Sheet, wanted: Sequence[str], told: Sequence[str] = ()) -> Found | None:
    """Find the heading of a sheet by what stands in it; columns that are not there are said.

    `told` are columns that are ours and not read: nothing is lost where they are gone.
    """
    known = {plain(one): one for one in (*wanted, *told)}
    best: tuple[int, int, tuple[str, ...]] | None = None
    for number, texts in sheet.rows[:_LOOK_FOR_HEAD]:
        hits = len({plain(one) for one in texts} & known.keys())
        if hits and (best is None or hits > best[0]):
            best = (hits, number, texts)
    if best is None:
        book.wrong_sheet(sheet.name, "Its row of headings is not here.", f"It reads: {', '.join(wanted)}.")
        return None
    _, row, texts = best
    columns: dict[str, int] = {}
    others: dict[int, str] = {}
    for number, text in enumerate(texts, 1):
        name = known.get(plain(text))
        if name is None:
            others[number] = text.strip()
        elif name in columns and name in wanted:
            spot = book.spot(sheet.name, row, number)
            book.wrong(spot, f'The heading "{name}" stands here a second time.', "Keep one of the two columns.")
        else:
            columns.setdefault(name, number)
    _missing(book, sheet, [one for one in wanted if one not in columns], [one for one in others.values() if one])
    return Found(row, columns, others)


def _missing(book: Book, sheet: Sheet, lacking: list[str], others: list[str]) -> None:
    if book.is_older:
        return  # what an older form did not have, nobody could fill in
    for name in lacking:
        alike = next((one for one in others if near(plain(one), [plain(name)])), "")
        hint = f'Is it "{alike[:40]}"? Give it its own heading back.' if alike else "Put it back, also if it is empty."
        book.wrong_sheet(sheet.name, f'The column "{name}" is not here.', hint)


def rows(book: Book, sheet: Sheet, found: Found) -> Iterator[tuple[int, dict[str, str]]]:
    """The rows below a heading by its columns; merged cells and what stands in other columns are said."""
    merged = _merged(sheet, found)
    for spot, span in merged:
        what = f"The cells {span} are merged, so that only the first of them holds anything."
        book.wrong(book.spot(sheet.name, *spot), what, "Take the merge apart and fill in each cell.")
    stray: dict[int, list[tuple[int, int]]] = {}
    for number, texts in sheet.rows:
        if number < found.row:
            _above(book, sheet, number, texts)
        if number <= found.row:
            continue
        for column, text in enumerate(texts, 1):
            if text.strip() and column not in found.columns.values():
                stray.setdefault(column, []).append((number, column))
        yield (
            number,
            {name: texts[column - 1] if column <= len(texts) else "" for name, column in found.columns.items()},
        )
    for column, places in sorted(stray.items()):
        head = found.others.get(column, "")
        book.left_out(sheet.name, f'column "{head[:60]}" is not ours' if head else "without a heading", places)


def _above(book: Book, sheet: Sheet, number: int, texts: Sequence[str]) -> None:
    """What stands above a heading and is not our title."""
    places = [
        (number, column)
        for column, text in enumerate(texts, 1)
        if text.strip()
        and not (column == 1 and text.strip().casefold().startswith(f"{sheet.name.strip().casefold()}:"))
    ]
    book.left_out(sheet.name, "above the headings", places)


def _merged(sheet: Sheet, found: Found) -> Iterator[tuple[tuple[int, int], str]]:
    """Merged cells below the heading, in columns that are read."""
    held = dict(sheet.rows)
    for span in sheet.merged:
        match = re.fullmatch(r"([A-Z]+)(\d+):([A-Z]+)(\d+)", span)
        if match is None:
            continue
        first, row, last, _ = match[1], int(match[2]), match[3], match[4]
        begin, end = column_number(first), column_number(last)
        texts = held.get(row, ())
        is_filled = begin <= len(texts) and bool(texts[begin - 1].strip())
        if row > found.row and is_filled and any(begin <= one <= end for one in found.columns.values()):
            yield (row, begin), span


def column_number(letters: str) -> int:
    """The number of a column: A is 1."""
    number = 0
    for one in letters:
        number = number * 26 + ord(one) - ord("A") + 1
    return number


def cell(book: Book, sheet: str, row: int, column: int, text: str, label: str) -> tuple[str, int]:
    """The text of a cell and its number; a formula or an error in it is said."""
    spot = book.spot(sheet, row, column, label)
    mark = book.marks.get(sheet, {}).pop((row, column), None)
    if mark == "error":
        book.wrong(spot, "This cell shows an error of the spreadsheet.", "Write what should stand here.")
        return "", spot
    if mark == "formula" and not text.strip():
        book.wrong(spot, "This formula shows nothing that could be taken.", "Write what it should show.")
    elif mark == "formula":
        book.formulas.append(book.spots[spot - 1])
    return ("" if not text.strip() else text), spot


def value_of(book: Book, column: Column, text: str, spot: int) -> Any:
    """What a cell says, as a file would have it; None where it is empty or cannot be taken."""
    if not text:
        return None
    if column.is_list:
        if text.strip() == cells.EMPTY_LIST:
            return []
        items = cells.list_read(text, commas=column.kind != "text")
        return [cells.word_read(one, column.words) for one in items] if column.words else items
    if column.kind == "text":
        return cells.as_read(text)
    plain_text = cells.as_read(text.strip())
    if column.choices == layout.COUNTRIES:
        return _country(plain_text)
    if column.kind == "amount":
        return cells.amount_read(plain_text)
    if column.kind == "word":
        return cells.word_read(plain_text, column.words)
    if column.kind == "day" and (wrong := cells.day_problem(plain_text, shown=column.is_public)):
        book.wrong(spot, *wrong)
        return None
    if column.kind == "share":
        try:
            return cells.share_read(plain_text)
        except ValueError as reason:
            book.wrong(spot, "This could be a share of one or of a hundred.", str(reason))
            return None
    return plain_text


def _country(text: str) -> str:
    """The code of a country that is named in English; anything else as it is."""
    from lens import catalog

    name = text.casefold()
    return next((code for code, (_, one) in catalog.countries().items() if one.casefold() == name), text)


def put(record: dict[str, Any], key: Key, value: Any) -> None:
    """Put a value where its key says, making what it stands in."""
    here: Any = record
    for step, following in pairwise(key):
        if isinstance(step, int):
            here = here[step]
        elif isinstance(following, int):
            here = here.setdefault(step, [{}])
        else:
            here = here.setdefault(step, {})
    here[key[-1]] = value


def fill(
    book: Book, sheet: str, row: int, columns: Iterable[tuple[Column, int]], texts: Mapping[str, str]
) -> tuple[dict[str, Any], dict[Key, int]]:
    """The record of one row, and the cell of each of its fields, also of empty ones."""
    record: dict[str, Any] = {}
    lines: dict[Key, int] = {}
    for column, number in columns:
        text, spot = cell(book, sheet, row, number, texts[column.label], column.label)
        value = value_of(book, column, text, spot)
        lines[column.key] = spot
        if value is not None:
            put(record, column.key, value)
    return record, lines


def table_rows(
    book: Book, table: Table, sheet: Sheet, lead: Sequence[str]
) -> Iterator[tuple[int, dict[str, str], dict[str, Any], dict[Key, int], Found]]:
    """The rows of a table that hold anything: number, texts, record, cells and the heading."""
    told = layout.SHOWN if layout.is_answers(table) else ()
    told = (*told, layout.NUMBER) if table.numbered else told
    follow = list(_follow_labels(sheet)) if layout.is_answers(table) else []
    wanted = [*lead, *(one.label for one in table.columns), *follow]
    found = heading(book, sheet, wanted, told)
    if found is None:
        return
    columns = [(one, found.columns[one.label]) for one in table.columns if one.label in found.columns]
    inputs = [one.label for one, _ in columns if layout.is_input(table, one)]
    inputs += [one for one in follow if one.startswith("answer")] + [one for one in lead if one == layout.OWNER]
    for number, texts in rows(book, sheet, found):
        marked = any(row == number for row, _ in book.marks.get(sheet.name, ()))
        if marked or any(texts.get(one, "").strip() for one in inputs):
            record, lines = fill(book, sheet.name, number, columns, texts)
            if record or marked or texts.get(layout.OWNER, "").strip() or any(texts[one].strip() for one in follow):
                yield number, texts, record, lines, found


def _follow_labels(sheet: Sheet) -> Iterator[str]:
    """The columns of follow-ups that a sheet has, however many."""
    for _, texts in sheet.rows[:_LOOK_FOR_HEAD]:
        for text in texts:
            if re.fullmatch(r"(answer to )?follow-up \d{1,3}", plain(text)):
                yield plain(text)
