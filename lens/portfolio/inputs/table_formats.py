"""Tables as an input of a portfolio: recognized by their header, cut into pieces of rows, read row by row."""

from __future__ import annotations

import re
from functools import partial
from itertools import chain, islice
from typing import TYPE_CHECKING, cast

from lens.errors import InputError, Problem, near
from lens.portfolio.inputs.pieces import Broken, Format, Piece
from lens.readers.tables import header
from lens.readers.tables.cells import columns_key
from lens.readers.tables.delimited import DELIMITERS, encoding_by_mark, encoding_of, sheet
from lens.readers.tables.layout import shipped
from lens.readers.tables.record import read_row
from lens.readers.tables.rows import Row

if TYPE_CHECKING:
    from collections.abc import Generator, Iterable, Iterator, Sequence

    from lens.portfolio.inputs.pieces import Source
    from lens.readers.published import PublishedActivity
    from lens.readers.tables.header import Found
    from lens.readers.tables.layout import Layout
    from lens.readers.tables.row import Frame
    from lens.readers.tables.rows import Sheet, Unread

NAME = "table"
MAX_ROWS = 1_000
MAX_TEXT = 1_000_000
"""Characters of a piece: what a worker is sent at a time."""
_MOST_NAMES = 40
_LONGEST_NAME = 60

_OLD_WORKBOOK = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_FIRST_PART = re.compile(rb"PK\x03\x04.{26}(?:\[Content_Types\]\.xml|_rels/|docProps/|xl/)", re.DOTALL)
_NO_TABLE = ("<", "{", "[", "%PDF", "PAR1", "PK")
_CONTROL = re.compile(r"[\x01-\x08\x0e-\x1f]")
"""What hardly stands in a text; NUL is left in by some programs."""


def formats(mappings: Sequence[Layout] = ()) -> tuple[Format, ...]:
    """The formats of tables; tables that a mapping of the user's knows are read by it before any other."""
    return (Format(NAME, recognizes, partial(cut, mappings=tuple(mappings)), read),)


def is_workbook(head: bytes) -> bool:
    """Whether the first bytes are those of a workbook, which is a zip that is no archive of files."""
    return head.startswith(_OLD_WORKBOOK) or _FIRST_PART.match(head) is not None


def recognizes(head: bytes, source: Source) -> bool:  # noqa: ARG001 - every format takes what every format takes
    """Whether an input is a table: a workbook, or text with a delimiter in its first line that holds anything."""
    if is_workbook(head):
        return True
    text = head.decode(encoding_by_mark(head) or "utf-8", "replace").lstrip()
    if not text or text.startswith(_NO_TABLE) or _is_binary(text[:4096]):
        return False
    return any(delimiter in line for line in text.splitlines()[: header.SEARCHED] for delimiter in DELIMITERS)


def _is_binary(text: str) -> bool:
    return len(_CONTROL.findall(text)) * 100 > len(text)


def cut(source: Source, *, mappings: tuple[Layout, ...] = ()) -> Iterator[Piece | Broken]:
    """The pieces of a table, sheet by sheet. InputError where no sheet has a header that is known.

    A table that says records of another again has no pieces; it is left out with a word.
    """
    found: list[tuple[Sheet, Found]] = []
    others: list[Sheet] = []
    for one in _sheets(source, mappings):
        known = _find(one, mappings)
        if known is not None:
            found.append((one, known))
        else:
            others.append(one)
    if not found and not any(header.repeated(one, shipped()) for one in others):
        raise InputError(_unknown(source, others, mappings))
    number = 1
    for one, known in found:
        frame = header.frame_of(one, known)
        if known.layout in mappings and (lacking := header.missing(known, frame)):
            raise InputError(_lacking(source, known, lacking))
        number = yield from _pieces(source, one, known, frame, number)
    for one in others:
        yield Broken(0, _left_out(source, one, is_alone=not found), left_out=True)


def read(piece: Piece, file: str) -> Iterator[PublishedActivity | Broken]:
    """The records of a piece. A row that cannot be one is told."""
    frame = cast("Frame", piece.frame)
    for number, row in enumerate(cast("tuple[Row, ...]", piece.body), piece.first):
        # In a workbook no cell can have slipped: columns without a header only hold what nobody names.
        if not frame.sheet and any(cell.strip() for cell in row.cells[frame.width :]):
            what = "This row has more cells than the header, so that what stands where is not certain; it was not read."
            yield Broken(number, Problem(file, row.line, frame.sheet, what, "Look for a delimiter or quote in a text."))
            continue
        made = read_row(row, frame, file)
        if not made.identifier and not made.program.title:
            what = "This row has neither identifier nor title, as notes and totals have; it was not read."
            yield Broken(number, Problem(file, row.line, frame.sheet, what))
        else:
            yield made


def _sheets(source: Source, mappings: tuple[Layout, ...]) -> list[Sheet]:
    with source.open() as stream:
        head = stream.read(65_536)
    if is_workbook(head):
        from lens.readers.tables.workbook import read_workbook

        return read_workbook(source.local(), source.name)
    encoding = encoding_of(source)
    made = [sheet(source, encoding, delimiter) for delimiter in DELIMITERS]
    # The delimiter is the one that gives a header that is known, else the one that cuts most.
    return [max(made, key=lambda one: (_find(one, mappings) is not None, _widest(one)))]


def _find(one: Sheet, mappings: tuple[Layout, ...]) -> Found | None:
    own = header.find(one, mappings) if mappings else None
    return own or header.find(one, shipped())


def _widest(one: Sheet) -> int:
    return max((len(row.cells) for row in header.first_rows(one)), default=0)


def _pieces(
    source: Source, one: Sheet, known: Found, frame: Frame, number: int
) -> Generator[Piece | Broken, None, int]:
    """The pieces of one sheet; gives back the number of the record after its last."""
    rows = _records(one, known)
    first = list(islice(rows, MAX_ROWS))
    frame = header.sized(frame, (row for row in first if isinstance(row, Row)))
    held: list[Row] = []
    size = 0
    for row in chain(first, rows):
        length = sum(map(len, row.cells)) if isinstance(row, Row) else 0
        if held and (not isinstance(row, Row) or len(held) >= MAX_ROWS or size + length > MAX_TEXT):
            yield Piece(number, len(held), held[0].line, tuple(held), frame)
            number, held, size = number + len(held), [], 0
        if isinstance(row, Row):
            held.append(row)
            size += length
        else:
            told = row if isinstance(row, Problem) else Problem(source.name, row.line, one.name, row.what, row.fix)
            yield Broken(number, told)
            number += 1
    if held:
        yield Piece(number, len(held), held[0].line, tuple(held), frame)
    return number + len(held)


def _records(one: Sheet, known: Found) -> Iterator[Row | Unread | Problem]:
    """The rows below a header that are no header again, nor a row of tags; last, why the sheet breaks off."""
    head = known.header
    try:
        for row in one.rows():
            if row.line <= head.line:
                continue
            if isinstance(row, Row) and (row.cells == head.cells or _is_tags(row) or _is_second(row, known)):
                continue
            yield row
    except InputError as reason:
        yield from reason.problems[:1]


def _is_second(row: Row, known: Found) -> bool:
    """Whether a row below the header is one too: some tables have one for machines and one for people."""
    near_by = row.line <= known.header.line + 2
    return near_by and header.knows(known.layout, frozenset(map(columns_key, row.cells)))


def _is_tags(row: Row) -> bool:
    """Whether every filled cell is a hashtag, as in the second row of HXL."""
    filled = (cell.strip() for cell in row.cells if cell.strip())
    return all(cell.startswith("#") for cell in filled)


def _unknown(source: Source, sheets: Iterable[Sheet], mappings: tuple[Layout, ...]) -> Problem:
    """What is said of a table that no layout knows; its cells are not shown, since they may be anything."""
    if len(mappings) == 1:
        rows = [row for one in sheets for row in header.first_rows(one)]
        lacking, best = header.nearest(mappings[0], rows)
        what = f"No row of this table has the columns that the mapping is recognized by; missing: {_listed(lacking)}."
        return Problem(source.name, best.line if best else 0, what=what, fix=_there(lacking, best))
    known = ", ".join(layout.standard for layout in shipped())
    what = f"This is a table whose columns are not known. Known without a mapping: {known}."
    fix = "Write a mapping file that says what its columns mean, and name it with --mapping."
    return Problem(source.name, what=what, fix=fix)


def _left_out(source: Source, one: Sheet, *, is_alone: bool) -> Problem:
    """Why a sheet was left out; `is_alone` where its file holds no records beside it."""
    if again := header.repeated(one, shipped()):
        what = f"{again} It was left out, so that nothing is counted twice."
        fix = "Name the table of records; nothing is missing where it is named too." if is_alone else ""
        return Problem(source.name, field=one.name, what=what, fix=fix)
    what = "This sheet has no header that a layout knows. It was left out."
    return Problem(source.name, field=one.name, what=what, fix="If it holds records, write a mapping file.")


def _lacking(source: Source, known: Found, lacking: list[str]) -> Problem:
    what = f"The mapping names columns that this table does not have: {_listed(lacking)}."
    return Problem(source.name, known.header.line, what=what, fix=_there(lacking, known.header))


def _there(lacking: Iterable[str], row: Row | None) -> str:
    """Which columns there are; of a row that has none of those asked for, nothing is shown."""
    if row is None:
        return "Compare the mapping with the table's header."
    there = [cell.strip() for cell in row.cells if cell.strip()]
    hints = [hint for name in lacking if (hint := near(name, there))]
    return " ".join([*hints[:3], f"The table has: {_listed(there)}."])


def _listed(names: Iterable[str]) -> str:
    some = [one[:_LONGEST_NAME] for one in names]
    more = f" and {len(some) - _MOST_NAMES} more" if len(some) > _MOST_NAMES else ""
    return ", ".join(some[:_MOST_NAMES]) + more
