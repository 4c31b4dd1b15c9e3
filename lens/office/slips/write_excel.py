"""A slip as a workbook: one sheet to read first, one with a row for each question, lists to choose from."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING, Any

from lens.errors import MissingExtraError
from lens.interview.typed import ANSWERS, KINDS, YES_NO
from lens.office.slips.form import FIELDS, LISTS, follow_up_label, intro, is_rtl, label, options, title, voice
from lens.office.slips.steady import steady
from lens.reports.inert import cell as inert

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from lens.languages.language import Language
    from lens.office.slips.form import Asked, Slip

FIRST, QUESTIONS = "Slip", "Questions"
_LABELS, _ENTRIES = 46, 64
"""Widths of the columns, in signs."""
_SHADE, _OPEN = "EDF1F4", "FFFFFF"


def as_excel(slip: Slip, t: Language, day: date) -> bytes:
    """The slip as a workbook. MissingExtraError where the extra `office` is not installed."""
    try:
        import openpyxl
    except ImportError:
        raise MissingExtraError("Writing workbooks", "office") from None
    book = openpyxl.Workbook()
    first = book.active
    assert first is not None  # noqa: S101 - a new workbook has a sheet
    first.title = FIRST
    _intro(first, slip, t)
    _lists(book.create_sheet(LISTS), t)
    _questions(book.create_sheet(QUESTIONS, 1), slip, t)
    properties = book.properties
    properties.title, properties.creator, properties.keywords = title(slip, t), "", str(slip.code(t))
    stream = io.BytesIO()
    book.save(stream)
    return steady(stream.getvalue(), day)


def _put(sheet: Any, row: int, column: int, text: str, *, bold: bool = False, shade: bool = True) -> Any:
    from openpyxl.styles import Border, Font, PatternFill, Side

    one = sheet.cell(row, column)
    one.value = inert(text) or None
    if text:
        one.data_type = "s"
    side = Side(style="thin", color="BFBFBF")
    one.border = Border(side, side, side, side)
    one.font = Font(bold=bold, size=10)
    one.fill = PatternFill("solid", fgColor=_SHADE if shade else _OPEN)
    one.alignment = _aligned(sheet, text)
    return one


def _aligned(sheet: Any, text: str) -> Any:
    from openpyxl.styles import Alignment

    from_right = sheet.sheet_view.rightToLeft and (is_rtl(text) or not text)
    side = "left" if sheet.sheet_view.rightToLeft and not from_right else None
    return Alignment(wrap_text=True, vertical="top", readingOrder=2 if from_right else 0, horizontal=side)


def _intro(sheet: Any, slip: Slip, t: Language) -> None:
    from openpyxl.styles import Font

    sheet.sheet_view.rightToLeft = t.direction == "rtl"
    sheet.column_dimensions["A"].width, sheet.column_dimensions["B"].width = _LABELS, _ENTRIES
    lines = [title(slip, t), *intro(slip, t, form="excel")]
    for number, text in enumerate(lines, 1):
        sheet.merge_cells(start_row=number, end_row=number, start_column=1, end_column=2)
        one = sheet.cell(number, 1, inert(text))
        one.data_type = "s"
        one.alignment = _aligned(sheet, text)
        one.font = Font(bold=number <= 2, size=14 if number == 1 else 10)
        sheet.row_dimensions[number].height = _height(text, _LABELS + _ENTRIES - 15) + (8 if number == 1 else 0)
    after = len(lines) + 2
    _put(sheet, after, 1, t.text("slip.code"))
    _put(sheet, after, 2, str(slip.code(t)))
    _put(sheet, after + 1, 1, t.text("slip.day"))
    _put(sheet, after + 1, 2, "", shade=False).number_format = "yyyy-mm-dd"
    if slip.unread:
        _put(sheet, after + 3, 1, t.text("slip.unread"), bold=True)
        _put(sheet, after + 3, 2, t.text("slip.unread.intro"))
        for number, text in enumerate(slip.unread, after + 4):
            sheet.merge_cells(start_row=number, end_row=number, start_column=1, end_column=2)
            _put(sheet, number, 1, text)
    sheet.page_setup.paperSize = 9
    sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight = 1, 0
    sheet.sheet_properties.pageSetUpPr.fitToPage = True


_COLUMNS = {"answer": "A", "follow-up": "B", "kind": "C", "asked": "D"}


def _lists(sheet: Any, t: Language) -> None:
    """What can be chosen, on a sheet of its own: a list within a cell cannot hold a text with a comma."""
    for name, texts in _choices(t).items():
        for number, text in enumerate(texts, 1):
            sheet[f"{_COLUMNS[name]}{number}"] = inert(text)
    sheet.sheet_state = "hidden"


def _choices(t: Language) -> dict[str, tuple[str, ...]]:
    return {
        "answer": options(ANSWERS, "answer", t),
        "follow-up": options(ANSWERS[:4], "answer", t),
        "kind": options(KINDS, "kind", t),
        "asked": options(YES_NO, "answer", t),
    }


def _questions(sheet: Any, slip: Slip, t: Language) -> None:
    sheet.sheet_view.rightToLeft = t.direction == "rtl"
    sheet.column_dimensions["A"].width, sheet.column_dimensions["B"].width = _LABELS, _ENTRIES
    rules, row = _rules(sheet, t), 1
    for number, one in enumerate(slip.asked, 1):
        row = _question(sheet, row, number, one, t)
        for text, name in _fields(slip, one, t):
            _put(sheet, row, 1, text)
            entry = _put(sheet, row, 2, "", shade=False)
            entry.number_format = "yyyy-mm-dd" if name == "on" else "@"
            if name in rules:
                rules[name].add(entry)
            sheet.row_dimensions[row].height = _height(text, _LABELS)
            row += 1
        row += 1
    sheet.page_setup.paperSize = 9
    sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight = 1, 0
    sheet.sheet_properties.pageSetUpPr.fitToPage = True


def _fields(slip: Slip, one: Asked, t: Language) -> Iterator[tuple[str, str]]:
    for letter, name in FIELDS.items():
        if name == "follow-up":
            yield from ((follow_up_label(each.ask, each.id, one.question, t), name) for each in one.question.follow_ups)
        else:
            yield label(letter, slip, t), name


def _height(text: str, width: int) -> float:
    """The height of a row that shows the whole of a text: what writes a workbook cannot measure, so it is generous."""
    wide = 2 if not text.isascii() and max(text) > "\u2e80" else 1
    lines = sum(1 + len(line) * wide // width for line in text.split("\n"))
    return max(14.0 * lines + 4, 22.0)


def _question(sheet: Any, row: int, number: int, one: Asked, t: Language) -> int:
    """What is asked, over both columns; the row behind it."""
    question = one.question
    head = t.text("slip.question", number=number)
    helps = (("meant", question.help), ("settles", question.settles), ("hold", question.hold_safely))
    more = [t.text(f"scaffold.{name}", text=text.strip()) for name, text in helps if text.strip()]
    told = [
        (f"{head}: {one.about}" if one.about else head, True),
        (question.ask.strip(), True),
        ("\n".join(more), False),
        (one.code, False),
    ]
    if one.voices:
        voices = "\n".join(voice(each, t) for each in one.voices)
        told.append((f"{t.text('slip.settle.said')}:\n{voices}", False))
    for text, bold in told:
        if not text:
            continue
        _put(sheet, row, 1, text, bold=bold)
        _put(sheet, row, 2, "")
        sheet.merge_cells(start_row=row, end_row=row, start_column=1, end_column=2)
        sheet.row_dimensions[row].height = _height(text, _LABELS + _ENTRIES)
        row += 1
    return row


def _rules(sheet: Any, t: Language) -> dict[str, Any]:
    """The lists of the cells; what is not in one can be written all the same, and is told when the slip comes back."""
    from openpyxl.worksheet.datavalidation import DataValidation

    made = {}
    for name, texts in _choices(t).items():
        column = _COLUMNS[name]
        rule = DataValidation(
            type="list", formula1=f"{LISTS}!${column}$1:${column}${len(texts)}", allow_blank=True, errorStyle="warning"
        )
        sheet.add_data_validation(rule)
        made[name] = rule
    return made
