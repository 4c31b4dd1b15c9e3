"""The workbook as a file: notes and drop-downs, pleasant to fill in and to print; the same bytes each time."""

from __future__ import annotations

import hashlib
import io
import re
import zipfile
from copy import copy
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import TYPE_CHECKING, Any

from lens.cases.files import PARTS, data_of, text_of
from lens.errors import MissingExtraError
from lens.office.sheets import cell_name
from lens.office.workbook import guide, layout
from lens.office.workbook.questions import asked
from lens.office.workbook.rows import flat, form_of, more_evidence, names_of, rows_of
from lens.office.workbook.words import Lists, lists

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from lens.cases import Case
    from lens.hooks.registry import Registry
    from lens.languages.language import Language
    from lens.office.workbook.layout import Column, Table
    from lens.office.workbook.questions import Asked
    from lens.office.workbook.rows import Row

_BLANK_ROWS = 20
_LAST_ROW = 2000
"""How far down drop-downs and forms of cells reach."""
_MADE = datetime(2000, 1, 1)  # noqa: DTZ001 - what files say of when they were made: the same each time
_ZIP_DAY = (2000, 1, 1, 0, 0, 0)

_DARK, _MIDDLE, _LIGHT, _OURS, _LINE = "FF17494D", "FF2F6F73", "FFDCEBEA", "FFF0F0EE", "FFBFC9C8"
_RED = "FF8A1C1C"
_HIGH = {"title": 30, "marking": 18, "head": 24}
_WIDTHS = {"text": 34, "day": 14, "amount": 15, "count": 11, "share": 10, "word": 20, "form": 17}
_PAGE_WIDTH = 230
"""About how many signs fit beside one another on a printed page."""


@dataclass(slots=True)
class Head:
    """One column as it stands on a sheet."""

    label: str
    width: int
    column: Column | None = None
    note: str = ""
    choices: str = ""
    ours: bool = False
    """Whether it is told and not read back."""
    words: tuple[str, ...] = ()


@dataclass(slots=True)
class _Book:
    """What every sheet is written with."""

    book: Any
    lists: Lists
    marking: str
    counts: dict[str, int] = field(default_factory=dict)
    styles: dict[tuple[object, ...], Any] = field(default_factory=dict)
    """The look of cells that has been made already."""


def case_workbook(
    case: Case, questions: Sequence[Asked], registry: Registry, t: Language, *, as_of: date, new: bool = False
) -> bytes:
    """A case as a workbook, with the questions that are still to be answered.

    The annex is never in it. Raises MissingExtraError without the extra `office`, InputError for a text that is
    longer than a cell can hold.
    """
    made = _begun(t.text("marking.internal"))
    made.book.active.title = layout.GUIDE
    for name in layout.ORDER[1:-1]:
        _sheet(made, name, case, questions, registry, t)
    if case.program.published is not None:
        lines = list(flat(data_of(case.program.published)))
        _plain(made, layout.PUBLISHED, "What only published data has. Nobody types here.", lines)
    _words(made)
    parts = tuple(name for name in PARTS if getattr(case, name) is not None)
    facts = guide.Facts(
        kind="case",
        language=t.code,
        as_of=as_of.isoformat(),
        parts=parts,
        digests={} if new else {name: digest(name, getattr(case, name)) for name in parts},
        counts=made.counts,
    )
    _guide(made, guide.lines(facts, t))
    return _saved(made.book)


def names_workbook(case: Case, t: Language, *, as_of: date) -> bytes:
    """The annex of a case as a workbook of its own: names, contacts, exact places."""
    made = _begun(t.text("marking.restricted"))
    made.book.active.title = layout.GUIDE
    rows = names_of(case)
    heads = [
        Head(layout.REFERENCE + " *", 18, note="partner:1, person:1, place:1, group:a …"),
        *(_head(one) for one in layout.name_columns()),
    ]
    body = [[ref, *(held.get(one.key) for one in layout.name_columns())] for ref, held in rows]
    _grid(made, layout.NAMES, "Who and where the references of the case are. Keep it apart from the case.", heads, body)
    facts = guide.Facts("restricted", t.code, as_of.isoformat(), ("restricted",), {}, made.counts)
    _guide(made, guide.lines(facts, t))
    return _saved(made.book)


def digest(name: str, part: Any) -> str:
    """What a part of a case is known by: whether it has changed since."""
    return hashlib.sha256(text_of(name, part).encode()).hexdigest()[:16]


def heads_of(table: Table, pairs: int = 2) -> list[Head]:
    """The columns of a table, in their order."""
    made = [Head(layout.NUMBER, 6, note="The row's number: further evidence refers to it.")] if table.numbered else []
    if table.owner:
        star = " *" if table.owner == "activity" else ""
        note = "The activity it belongs to." + ("" if star else " Empty for the program as a whole.")
        made.append(Head(layout.OWNER + star, 14, note=note, choices="activities"))
    fields = [_head(one) for one in table.columns]
    if not layout.is_answers(table):
        return [*made, *fields]
    asked_, meant, who, when = (
        Head(label, width, ours=True) for label, width in zip(layout.SHOWN, (46, 84, 24, 18), strict=True)
    )
    question, about, answer, *rest = fields
    follow = [
        one
        for number in range(1, pairs + 1)
        for one in (
            Head(layout.FOLLOW_UP.format(number), 36, note="Asked where the answer is not the good one.", ours=True),
            Head(layout.FOLLOWED.format(number), 18, note="yes, partly, no …", words=answer.words),
        )
    ]
    return [*made, asked_, about, answer, meant, who, *follow, *rest, when, question]


def _begun(marking: str) -> _Book:
    try:
        import openpyxl
    except ImportError:
        raise MissingExtraError("Writing workbooks", "office") from None
    book = openpyxl.Workbook()
    book.properties.creator = "lens"
    book.properties.created = _MADE
    return _Book(book, lists(), marking)


def _sheet(made: _Book, name: str, case: Case, questions: Sequence[Asked], registry: Registry, t: Language) -> None:
    """One sheet of a case, by its name."""
    if (form := next((one for one in layout.FORMS if one.name == name), None)) is not None:
        _form(made, form, form_of(form, case))
    elif name == layout.MORE:
        heads = [
            Head(f"{layout.OF_SHEET} *", 14, note="Whose evidence it is: the sheet.", words=tuple(layout.EVIDENCED)),
            Head(f"{layout.OF_NUMBER} *", 10, note="And the number in the first column there."),
            *(_head(one) for one in layout.evidence_columns()),
        ]
        rows = [
            [sheet, number, *(held.get(one.key) for one in layout.evidence_columns())]
            for sheet, number, held in more_evidence(case)
        ]
        what = "Evidence after the first piece: of a factor, an inhibitor or an answer."
        _grid(made, layout.MORE, what, heads, rows)
    else:
        table = next(one for one in layout.TABLES if one.name == name)
        rows_ = rows_of(table, case)
        if layout.is_answers(table):
            own = {"answers": False, layout.SETTLED: True}.get(name)
            _answers(made, table, rows_, [one for one in questions if one.settles is own], registry, t)
        else:
            heads = heads_of(table)
            _grid(made, name, table.what, heads, [_row(table, one) for one in rows_], numbered=table.numbered)


def _row(table: Table, row: Row) -> list[Any]:
    lead: list[Any] = [row.number] if table.numbered else []
    lead += [row.owner or None] if table.owner else []
    return [*lead, *(row.cells.get(one.key) for one in table.columns)]


def _answers(
    made: _Book, table: Table, rows: list[Row], questions: Sequence[Asked], registry: Registry, t: Language
) -> None:
    """Answers that are given, then the questions that nobody has answered."""
    lines: list[tuple[int, tuple[str, ...], list[tuple[str, str, Any]], dict[Any, Any]]] = []
    pairs: list[tuple[str, str, Any]]
    held: dict[Any, Any]
    for row in rows:
        found = registry.checks.get(str(row.cells[("question",)]))
        told = asked(found.check, "", (), t) if found and found.check.question else None
        given = dict(row.follow_ups)
        texts = dict(told.follow_ups) if told else {}
        pairs = [(name, texts.get(name, ""), word) for name, word in given.items()]
        pairs += [(name, text, None) for name, text in texts.items() if name not in given]
        lines.append((row.number, told.shown if told else ("",) * 4, pairs, row.cells))
    for number, one in enumerate(questions, len(rows) + 1):
        held = {("question",): one.question, ("about",): one.about or None}
        lines.append((number, one.shown, [(name, text, None) for name, text in one.follow_ups], held))
    count = max(2, *(len(pairs) for _, _, pairs, _ in lines), 2)
    body = []
    for number, shown, pairs, held in lines:
        question, about, answer, *rest = (held.get(one.key) for one in table.columns)
        follow = [cell for name, text, word in pairs for cell in (f"{name}: {text}" if text else name, word)]
        follow += [None] * (2 * count - len(follow))
        asked_, meant, who, when = (one or None for one in shown)
        body.append([number, asked_, about, answer, meant, who, *follow, *rest, when, question])
    _grid(made, table.name, table.what, heads_of(table, count), body, numbered=True, counted=len(rows), blank=5, keep=3)


def _head(column: Column) -> Head:
    width = 26 if column.is_list and column.kind != "text" else _WIDTHS[column.kind]
    lines = [column.help]
    if column.is_list:
        lines.append("Several go into one cell, with ; between them.")
    if column.kind == "day":
        lines.append("Write year-month-day, such as 2026-03-31.")
    if column.kind == "share":
        lines.append("Write 40 or 12.5.")
    if column.words and isinstance(column.default, str):
        lines.append(f"Empty stands for: {column.default.replace('_', ' ')}.")
    if column.words or column.choices in ("risk factors", "inhibitors", "risk factors and inhibitors", "harm paths"):
        lines.append("The sheet “words” says what each means.")
    label = f"{column.label} *" if column.needed else column.label
    note = "\n".join(line for line in lines if line)
    return Head(label, width, column, note, column.choices, words=() if column.is_list else column.words)


def _grid(
    made: _Book,
    name: str,
    what: str,
    heads: Sequence[Head],
    rows: Iterable[Sequence[Any]],
    *,
    numbered: bool = False,
    counted: int | None = None,
    blank: int = _BLANK_ROWS,
    keep: int = 1,
) -> None:
    """A sheet with a heading, and a row each; blank rows at its end are ready to be filled in."""
    from openpyxl.utils import get_column_letter

    body = [list(row) for row in rows]
    made.counts[name] = len(body) if counted is None else counted
    body += [[len(body) + more + 1 if numbered else None] + [None] * (len(heads) - 1) for more in range(blank)]
    sheet = made.book.create_sheet(name)
    _title(sheet, name, what, [head.width for head in heads])
    for number, head in enumerate(heads, 1):
        _heading(sheet, number, head)
        letter = get_column_letter(number)
        dimension = sheet.column_dimensions[letter]
        dimension.width = head.width
        dimension.number_format = _format(head)
        _validation(made, sheet, head, letter)
    for line, values in enumerate(body, layout.HEAD_ROW + 1):
        for number, (head, value) in enumerate(zip(heads, values, strict=True), 1):
            _cell(made, sheet, line, number, value, head)
    _heights(sheet, layout.HEAD_ROW + 1, [head.width for head in heads])
    sheet.freeze_panes = cell_name(layout.HEAD_ROW + 1, min(keep, len(heads)) + 1)
    last = cell_name(layout.HEAD_ROW + len(body), len(heads))
    sheet.auto_filter.ref = f"A{layout.HEAD_ROW}:{last}"
    _printed(sheet, made.marking, sum(head.width for head in heads))
    sheet.print_title_cols = f"A:{get_column_letter(min(keep, len(heads)))}"
    sheet.print_title_rows = f"{layout.TITLE_ROW}:{layout.HEAD_ROW}"


def _form(made: _Book, form: layout.Sheet, held: dict[Any, Any]) -> None:
    """A sheet with a line for each field: its name, what is filled in, its help."""
    sheet = made.book.create_sheet(form.name)
    made.counts[form.name] = len(held)
    heads = (Head("field", 30), Head("fill in here", 60), Head("what is meant", 64, ours=True))
    _title(sheet, form.name, form.what, [head.width for head in heads])
    for number, head in enumerate(heads, 1):
        _heading(sheet, number, head)
        sheet.column_dimensions["ABC"[number - 1]].width = head.width
    for line, column in enumerate(form.columns, layout.HEAD_ROW + 1):
        head = _head(column)
        _cell(made, sheet, line, 1, head.label, Head("", 0, ours=True), bold=True)
        _cell(made, sheet, line, 2, held.get(column.key), head)
        _cell(made, sheet, line, 3, head.note.replace("\n", " "), Head("", 0, ours=True))
        _validation(made, sheet, head, "B", line, line)
    _heights(sheet, layout.HEAD_ROW + 1, [head.width for head in heads])
    sheet.freeze_panes = cell_name(layout.HEAD_ROW + 1, 2)
    _printed(sheet, made.marking, sum(head.width for head in heads))


def _plain(made: _Book, name: str, what: str, lines: list[tuple[str, str]]) -> None:
    heads = [Head(layout.PATH, 40), Head(layout.VALUE, 60)]
    _grid(made, name, what, heads, lines, blank=0)


def _words(made: _Book) -> None:
    """The lists that drop-downs take their words from, with what each word means."""
    heads = [Head("list", 30, ours=True), Head("word", 34, ours=True), Head("what it means", 90, ours=True)]
    what = "What the words of the drop-downs and the numbers of the lists mean."
    _grid(made, layout.WORDS, what, heads, made.lists.rows, blank=0)
    del made.counts[layout.WORDS]


def _title(sheet: Any, name: str, what: str, widths: Sequence[int]) -> None:
    """The first row: what the sheet is; its color runs on as far as its text."""
    from openpyxl.styles import Alignment, PatternFill

    text = f"{name}: {what}"
    width = len(widths) + max(0, -(-int(len(text) * 1.3 - sum(widths)) // 9))
    for number in range(1, width + 1):
        sheet.cell(layout.TITLE_ROW, number).fill = PatternFill("solid", fgColor=_DARK)
    cell = sheet.cell(layout.TITLE_ROW, 1, text)
    cell.data_type = "s"
    cell.font = _font(12, "FFFFFFFF", bold=True)
    cell.alignment = Alignment(vertical="center")
    sheet.row_dimensions[layout.TITLE_ROW].height = 24
    sheet.sheet_view.showGridLines = False


def _heading(sheet: Any, number: int, head: Head) -> None:
    from openpyxl.comments import Comment
    from openpyxl.styles import Alignment, PatternFill

    cell = sheet.cell(layout.HEAD_ROW, number, head.label)
    part = bool(head.column and len(head.column.key) > 1) or head.label.startswith(("follow-up", "answer to"))
    cell.fill = PatternFill("solid", fgColor=_LIGHT if part else _MIDDLE)
    cell.font = _font(color=_DARK if part else "FFFFFFFF", bold=True)
    cell.alignment = Alignment(wrap_text=True, vertical="center")
    cell.border = _border()
    sheet.row_dimensions[layout.HEAD_ROW].height = 34
    if head.note:
        lines = sum(1 + len(one) // 38 for one in head.note.split("\n"))
        cell.comment = Comment(head.note, "lens", height=24 + 17 * lines, width=280)


def _format(head: Head) -> str:
    kind = head.column.kind if head.column and not head.column.is_list else ""
    if kind == "day":
        return "yyyy-mm-dd"
    return "General" if kind in ("amount", "count") or head.label.startswith(("no.", layout.OF_NUMBER)) else "@"


def _font(size: int = 10, color: str = "FF000000", *, bold: bool = False) -> Any:
    from openpyxl.styles import Font

    return Font(name="Arial", size=size, color=color, bold=bold)


def _border() -> Any:
    from openpyxl.styles import Border, Side

    line = Side("thin", color=_LINE)
    return Border(line, line, line, line)


def _cell(made: _Book, sheet: Any, line: int, number: int, value: Any, head: Head, *, bold: bool = False) -> None:
    cell = sheet.cell(line, number)
    is_text = isinstance(value, str)
    is_number = value is not None and not is_text and not isinstance(value, date)
    form = _format(head)
    if is_number:
        whole = "#,##0" if isinstance(value, int) else "#,##0.00####"
        form = whole if head.column is not None else "General"
    right = is_number and head.column is not None
    key = (head.ours, bold, right, form, is_text)
    if key in made.styles:
        cell._style = copy(made.styles[key])
    else:
        _styled(cell, *key)
        made.styles[key] = copy(cell._style)
    if value is not None:
        cell.value = value
        if is_text:
            cell.data_type = "s"  # text, whatever it looks like


def _styled(cell: Any, ours: bool, bold: bool, right: bool, form: str, is_text: bool) -> None:
    from openpyxl.styles import Alignment, PatternFill

    cell.alignment = Alignment(wrap_text=True, vertical="top", horizontal="right" if right else "left", indent=1)
    cell.border = _border()
    cell.fill = PatternFill("solid", fgColor=_OURS) if ours else PatternFill()
    cell.font = _font(color=_DARK if ours else "FF000000", bold=bold)
    cell.number_format = form
    if is_text:
        cell.quotePrefix = True  # a text still, when somebody has edited it


def _heights(sheet: Any, first: int, widths: Sequence[int]) -> None:
    """Rows as high as their texts: not every program that opens a workbook looks for itself."""
    for row in sheet.iter_rows(min_row=first):
        lines = 1
        for cell, width in zip(row, widths, strict=False):
            if isinstance(cell.value, str):
                lines = max(lines, sum(1 + int(len(one) * 0.84 / width) for one in cell.value.split("\n")))
        sheet.row_dimensions[row[0].row].height = min(405, 2 + 13 * lines)


def _validation(made: _Book, sheet: Any, head: Head, letter: str, first: int = 0, last: int = 0) -> None:
    """A drop-down where there is a list, and a hint where a day or a number is wanted."""
    from openpyxl.worksheet.datavalidation import DataValidation

    column = head.column
    kind = column.kind if column is not None and not column.is_list else ""
    if column is not None and column.is_list:
        return  # a drop-down takes one word only
    if head.words:
        rule = DataValidation(type="list", formula1=made.lists.range_of(head.words), errorStyle="stop")
        rule.error = "Choose one of the list. The sheet “words” says what each means."
    elif head.choices and head.choices != layout.COUNTRIES:
        rule = DataValidation(type="list", formula1=_references(made, head.choices), errorStyle="warning")
        rule.error = "There is no such entry yet. Go on only if you will add it."
    elif kind == "day":
        rule = DataValidation(type="date", operator="between", formula1="1", formula2="73415", errorStyle="stop")
        rule.error = "Write year-month-day, such as 2026-03-31."
    elif kind in ("amount", "count"):
        rule = DataValidation(
            type="decimal", operator="between", formula1="-1000000000000000", formula2="1000000000000000"
        )
        rule.error = "Write a number in digits, without the currency."
    else:
        return
    rule.errorTitle, rule.showErrorMessage, rule.allow_blank = "lens", True, True
    sheet.add_data_validation(rule)
    rule.add(f"{letter}{first or layout.HEAD_ROW + 1}:{letter}{last or _LAST_ROW}")


def _references(made: _Book, choices: str) -> str:
    """Where the references of a table stand, or the numbers of a list of the catalog."""
    if choices in made.lists.named:
        return made.lists.named[choices]
    return f"'{choices}'!$A${layout.HEAD_ROW + 1}:$A${_LAST_ROW}"


def _printed(sheet: Any, marking: str, width: int) -> None:
    from openpyxl.worksheet.properties import PageSetupProperties

    sheet.page_setup.orientation = "landscape"
    sheet.page_setup.paperSize = sheet.PAPERSIZE_A4
    sheet.page_setup.fitToWidth = max(1, -(-width // _PAGE_WIDTH))
    sheet.page_setup.fitToHeight = 0
    sheet.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
    sheet.page_margins.left = sheet.page_margins.right = 0.4
    sheet.page_margins.top = sheet.page_margins.bottom = 0.85
    sheet.page_margins.header = sheet.page_margins.footer = 0.4
    sheet.oddHeader.center.text = marking.replace("&", "&&")
    sheet.oddFooter.center.text = "&A, &P / &N"


def _guide(made: _Book, lines: Sequence[guide.Line]) -> None:
    """The first sheet: what this is, how it is filled in, what holds what."""
    from openpyxl.styles import Alignment, PatternFill

    sheet = made.book[layout.GUIDE]
    widths = (28, 96, 16)
    fonts = {
        "title": _font(18, _DARK, bold=True),
        "head": _font(12, _DARK, bold=True),
        "marking": _font(10, "FFFFFFFF", bold=True),
        "fact": _font(8, "FF777777"),
    }
    for letter, width in zip("ABC", widths, strict=True):
        sheet.column_dimensions[letter].width = width
    for number, line in enumerate(lines, 1):
        wraps = line.kind in ("text", "sheet", "fact")
        for column, text in enumerate(line.texts, 1):
            if text:
                cell = sheet.cell(number, column, text)
                cell.data_type, cell.number_format = "s", "@"
                cell.font = fonts.get(line.kind) or _font(bold=column == 1)
                cell.alignment = Alignment(wrap_text=wraps, vertical="top", horizontal="left")
        if line.kind == "marking":
            for column in range(1, 4):
                sheet.cell(number, column).fill = PatternFill("solid", fgColor=_RED)
    _heights(sheet, 1, widths)
    for number, line in enumerate(lines, 1):
        if line.kind in _HIGH:
            sheet.row_dimensions[number].height = _HIGH[line.kind]
    sheet.sheet_view.showGridLines = False
    _printed(sheet, made.marking, sum(widths))
    sheet.page_setup.orientation = "portrait"
    sheet.page_setup.fitToHeight = 1


def _saved(book: Any) -> bytes:
    """The file, with the same bytes whenever it is made."""
    stream = io.BytesIO()
    book.save(stream)
    out = io.BytesIO()
    with zipfile.ZipFile(stream) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for one in old.namelist():
            content = old.read(one)
            if one == "docProps/core.xml":
                content = re.sub(rb"(<dcterms:modified[^>]*>)[^<]*", rb"\g<1>2000-01-01T00:00:00Z", content)
            elif one.startswith("xl/worksheets/sheet"):
                # A height that is given and not "custom" grows with what is typed.
                content = _without_marks(content.replace(b' customHeight="1"', b""))
            new.writestr(zipfile.ZipInfo(one, _ZIP_DAY), content, zipfile.ZIP_DEFLATED)
    return out.getvalue()


def _without_marks(sheet: bytes) -> bytes:
    """A sheet in which Excel puts no green mark beside numbers that are meant as texts."""
    ignored = f'<ignoredErrors><ignoredError sqref="A1:AZ{_LAST_ROW}" numberStoredAsText="1"/></ignoredErrors>'.encode()
    return re.sub(rb"(?=<legacyDrawing|</worksheet>)", ignored, sheet, count=1)
