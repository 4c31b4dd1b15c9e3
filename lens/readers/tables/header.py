"""Which layout a sheet has, where its header stands, and which column is where: by header cells, never by file name."""

from __future__ import annotations

from dataclasses import dataclass, replace
from decimal import Decimal
from itertools import islice
from typing import TYPE_CHECKING

from lens.errors import InputError
from lens.readers.iati.notes import Notes
from lens.readers.tables.cells import amount, columns_key, decimal_sign
from lens.readers.tables.row import Cells, Frame
from lens.readers.tables.rows import Row

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from lens.readers.tables.layout import Layout
    from lens.readers.tables.rows import Sheet

SEARCHED = 30
"""A header stands among the first so many rows that hold anything."""

LARGE = 1_000
"""What no amount in the middle is larger than, in millions, or smaller than, in whole units."""


@dataclass(frozen=True, slots=True)
class Found:
    """A header that a layout knows."""

    layout: Layout
    header: Row


def find(sheet: Sheet, layouts: Sequence[Layout]) -> Found | None:
    """The header of a sheet and the layout that knows it best; the first of the layouts where several do."""
    best: Found | None = None
    for row in first_rows(sheet):
        there = frozenset(map(columns_key, row.cells))
        for layout in layouts:
            if knows(layout, there) and (best is None or len(layout.recognize) > len(best.layout.recognize)):
                best = Found(layout, row)
        if best is not None:
            return best
    return None


def first_rows(sheet: Sheet) -> Iterator[Row]:
    """The first rows of a sheet that can be read. InputError where not even one can."""
    none_yet = True
    try:
        for row in islice(sheet.rows(), SEARCHED):
            if isinstance(row, Row):
                none_yet = False
                yield row
    except InputError:
        if none_yet:
            raise


def knows(layout: Layout, there: frozenset[str]) -> bool:
    """Whether a header has every column a layout is recognized by, and none that it must not have."""
    return all(any(key in there for key in _keys(layout, name)) for name in layout.recognize) and not any(
        columns_key(name) in there for name in layout.unless
    )


def _keys(layout: Layout, name: str) -> tuple[str, ...]:
    return (columns_key(name), *map(columns_key, layout.same.get(name, ())))


def frame_of(sheet: Sheet, found: Found) -> Frame:
    """The frame for the rows of a sheet. A header that stands twice counts where it stands first."""
    place: dict[str, int] = {}
    doubled: set[str] = set()
    for number, cell in enumerate(found.header.cells):
        if key := columns_key(cell):
            if key in place:
                doubled.add(key)
            place.setdefault(key, number)
    at = {}
    notes = list(sheet.notes)
    for name in found.layout.columns():
        key = next((one for one in _keys(found.layout, name) if one in place), "")
        if key:
            at[name] = place[key]
            if key in doubled and "column-doubled" not in notes:
                notes.append("column-doubled")
    layout = found.layout
    width = len(found.header.cells)
    return Frame(layout, at, width, sheet.name, decimal_comma=layout.decimal_comma, notes=tuple(notes))


def missing(found: Found, frame: Frame) -> list[str]:
    """The columns that a layout names and the sheet does not have."""
    return [name for name in found.layout.columns() if name not in frame.at]


def repeated(sheet: Sheet, layouts: Iterable[Layout]) -> str:
    """What a sheet repeats of the records of a layout's own table, as a sentence; empty where it does not."""
    for row in first_rows(sheet):
        there = frozenset(map(columns_key, row.cells))
        for layout in layouts:
            for what, columns in layout.repeats.items():
                if there.issuperset(map(columns_key, columns)):
                    return f"This holds {what} of {layout.standard}, whose table of records says the same."
    return ""


def sized(frame: Frame, rows: Iterable[Row]) -> Frame:
    """The frame with what the amounts in `rows` show: decimal commas, and whole units where its layout has millions."""
    seen = [Cells(frame, row.cells, Notes()) for row in rows]
    return _in_units(_with_commas(frame, seen), seen)


def _with_commas(frame: Frame, seen: Sequence[Cells]) -> Frame:
    """The frame with decimal commas where some amounts show one, and none a decimal point."""
    if frame.decimal_comma:
        return frame
    money = frame.layout.money
    columns = [one.column for one in (*money, *(other for one in money for other in one.otherwise))]
    signs = {decimal_sign(cells.text(name)) for cells in seen for name in columns} - {""}
    if "," not in signs:
        return frame
    if "." in signs:
        return replace(frame, notes=(*frame.notes, "amounts-mixed"))
    return replace(frame, decimal_comma=True, notes=(*frame.notes, "amounts-comma"))


def _in_units(frame: Frame, seen: Sequence[Cells]) -> Frame:
    """The frame with the columns that hold whole units where its layout has millions.

    The amount in the middle decides: in millions, half of all over the limit would be unheard of; in whole units, half
    of all under it would.
    """
    columns = [one.column for one in frame.layout.money if one.or_whole]
    texts = [cells.text(name) for cells in seen for name in columns]
    amounts = (amount(text, Decimal(1), decimal_comma=frame.decimal_comma) for text in texts)
    sizes = sorted(abs(one) for one in amounts if one)
    if not sizes or sizes[len(sizes) // 2] <= LARGE:
        return frame
    return replace(frame, whole=frozenset(columns), notes=(*frame.notes, "amounts-whole"))


def nearest(layout: Layout, rows: Iterable[Row]) -> tuple[list[str], Row | None]:
    """Of the columns that a layout is recognized by, those that are missing in the row that has most of them."""
    lacking: list[str] = list(layout.recognize)
    best: Row | None = None
    for row in rows:
        there = frozenset(map(columns_key, row.cells))
        now = [name for name in layout.recognize if not any(key in there for key in _keys(layout, name))]
        if len(now) < len(lacking):
            lacking, best = now, row
    return lacking, best
