"""An Excel workbook: a sheet that says what everything means, then a sheet a table, written row by row."""

from __future__ import annotations

import zipfile
from datetime import date
from decimal import Decimal
from itertools import chain, islice
from shutil import copyfileobj
from typing import TYPE_CHECKING, Any

from lens.errors import MissingExtraError
from lens.languages.language import english
from lens.portfolio.report.given import cut, one_line

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    from lens.portfolio.analysis.tables import Cell, Table
    from lens.portfolio.report.given import Shown

MOST_ROWS = 1_048_575
"""How many rows a sheet of Excel takes below its head; a longer table goes on in another sheet."""
_LONGEST = 32_000  # Excel takes 32,767 signs a cell
_LONGEST_NAME = 31
_EPOCH = (1980, 1, 1, 0, 0, 0)
_PROPERTIES = "docProps/core.xml"
_WIDTHS = {"text": 48, "code": 26, "count": 12, "money": 20, "year": 8, "percent": 10, "day": 12}
_EXACT_IN = "Excel itself shows 15 digits of a number; longer ones are whole in the CSV, Parquet and DuckDB files."


def write_workbook(shown: Shown, path: Path, private: Path) -> None:
    """Every table as a workbook, the same bytes each time. No cell of text can be read as a formula."""
    try:
        from openpyxl import Workbook
    except ImportError:
        raise MissingExtraError("A workbook", "portfolio") from None
    workbook = Workbook(write_only=True)
    first = workbook.create_sheet("read me")
    parts = [(table, _fill(workbook, table)) for table in shown.tables]
    _read_me(first, shown, parts)
    made = private / "workbook.xlsx"
    workbook.save(made)
    _settle(made, path, shown)
    made.unlink()


def _fill(workbook: Any, table: Table) -> list[str]:
    """Write a table on as many sheets as it needs, each with a filter; gives their names."""
    from openpyxl.utils import get_column_letter

    names: list[str] = []
    rows = iter(table.rows())
    part = tuple(islice(rows, 1))
    while part or not names:
        suffix = f" {len(names) + 1}" if names else ""
        names.append(table.name[: _LONGEST_NAME - len(suffix)] + suffix)
        sheet = workbook.create_sheet(names[-1])
        _lay_out(sheet, table)
        sheet.append([_cell(sheet, column.name, bold=True) for column in table.columns])
        last = 1
        for row in chain(part, islice(rows, MOST_ROWS - len(part))):
            sheet.append([_cell(sheet, cell) for cell in row])
            last += 1
        sheet.auto_filter.ref = f"A1:{get_column_letter(len(table.columns))}{last}"
        sheet.close()
        part = tuple(islice(rows, 1))
    return names


def _lay_out(sheet: Any, table: Table) -> None:
    from openpyxl.utils import get_column_letter

    sheet.freeze_panes = "B2"
    for number, column in enumerate(table.columns, start=1):
        sheet.column_dimensions[get_column_letter(number)].width = _WIDTHS[column.kind]


def _cell(sheet: Any, value: Cell, *, bold: bool = False) -> Any:
    """A cell. Text is text for Excel too, whatever it begins with, also when somebody edits it."""
    if value is None or isinstance(value, int) or (isinstance(value, date) and not bold):
        return value
    from openpyxl.cell import WriteOnlyCell

    if isinstance(value, Decimal):
        number: Any = value  # written as it stands; the types of the package know no decimals
        made = WriteOnlyCell(sheet, number)
        made.number_format = "#,##0.00"
        return made
    text = one_line(str(value))
    made = WriteOnlyCell(sheet, cut(text, _LONGEST))
    made.data_type = "s"
    if text[:1] in "=+-@":
        made.quotePrefix = True
    if bold:
        from openpyxl.styles import Font

        made.font = Font(bold=True)
    return made


def _link(sheet: Any, text: str, name: str) -> Any:
    """A cell that leads to a sheet of this workbook."""
    from openpyxl.styles import Font
    from openpyxl.worksheet.hyperlink import Hyperlink

    made = _cell(sheet, text)
    made.hyperlink = Hyperlink(ref="", location=f"'{name}'!A1")
    made.font = Font(color="0563C1", underline="single")
    return made


def _read_me(sheet: Any, shown: Shown, parts: Sequence[tuple[Table, list[str]]]) -> None:
    sheet.column_dimensions["A"].width = 28
    sheet.column_dimensions["B"].width = 24
    sheet.column_dimensions["C"].width = 100
    for row in _about(shown):
        sheet.append([_cell(sheet, text, bold=len(row) == 1) for text in row])
    sheet.append([_cell(sheet, "sheets", bold=True)])
    for table, sheets in parts:
        sheet.append([_link(sheet, table.name, sheets[0]), None, _cell(sheet, table.title)])
    for table, sheets in parts:
        sheet.append([])
        sheet.append([_link(sheet, table.name, sheets[0])])
        for row in _told(table, sheets):
            sheet.append([_cell(sheet, text) for text in row])


def _about(shown: Shown) -> Iterator[tuple[str, ...]]:
    yield ("A portfolio through the atrocity prevention lens",)
    yield "for", "", english().text(f"marking.{shown.audience}")
    yield "as of", "", shown.as_of
    yield "lens", "", shown.version
    for name, value in shown.facts:
        yield name, "", value
    yield "numbers", "", _EXACT_IN


def _told(table: Table, sheets: Sequence[str]) -> Iterator[tuple[str, ...]]:
    """What a table and its columns mean."""
    yield table.title, "", table.help
    if len(sheets) > 1:
        yield "sheets", "", f"The table is longer than a sheet and goes on: {', '.join(sheets)}."
    for column in table.columns:
        yield "", column.name, column.help


def _settle(made: Path, path: Path, shown: Shown) -> None:
    """The same archive with its parts in a fixed order and on a fixed date, never held in memory as a whole."""
    from lens.reports.documents.kinds import properties_of

    properties = properties_of(
        "A portfolio through the atrocity prevention lens",
        english(),
        shown.day,
    )
    with zipfile.ZipFile(made) as given, zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name in given.namelist():
            entry = zipfile.ZipInfo(name, _EPOCH)
            entry.compress_type = zipfile.ZIP_DEFLATED
            if name == _PROPERTIES:
                archive.writestr(entry, properties)
                continue
            with given.open(name) as source, archive.open(entry, "w", force_zip64=True) as target:
                copyfileobj(source, target)
