"""A form as the workbook that KoboToolbox and ODK take in; the same form gives the same bytes."""

from __future__ import annotations

import io
import re
import zipfile
from typing import TYPE_CHECKING, Any

from lens.errors import LensError, MissingExtraError
from lens.office.forms.rows import Row, Rows, inert

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from lens.languages.language import Language
    from lens.office.forms.asked import FieldForm

_TOLD = (("label", "label"), ("hint", "hint"), ("guidance", "guidance_hint"))
_PLAIN = ("relevant", "constraint", "appearance", "default", "calculation")
_WIDTHS = {"survey": (26, 60, 60), "choices": (16, 30, 40), "settings": (34, 34, 16, 22)}
_DAY = (1980, 1, 1, 0, 0, 0)


def language_of(t: Language) -> str:
    """What a form calls a language: its own name and its code."""
    return f"{t.name} ({t.code})"


def sheets_of(form: FieldForm, languages: Sequence[Language], *, titles: bool = False) -> dict[str, list[list[str]]]:
    """The sheets of a form as rows of text, the first of each being its header; the first language is the default."""
    rows = Rows(form, titles=titles)
    survey = list(rows.survey())
    head = ["type", "name", *_columns(_TOLD, languages), *_PLAIN, *_columns((("", "constraint_message"),), languages)]
    choices = [[list_name, name, *_in(languages, label)] for list_name, name, label in rows.choices()]
    settings = [
        inert(languages[0].text("xlsform.title")),
        form.id,
        form.version,
        language_of(languages[0]),
    ]
    return {
        "survey": [head, *(_cells(one, languages) for one in survey)],
        "choices": [["list_name", "name", *_columns((("", "label"),), languages)], *choices],
        "settings": [["form_title", "form_id", "version", "default_language"], settings],
    }


def _columns(told: Iterable[tuple[str, str]], languages: Sequence[Language]) -> list[str]:
    return [f"{column}::{language_of(t)}" for _, column in told for t in languages]


def _cells(row: Row, languages: Sequence[Language]) -> list[str]:
    told = [text for name, _ in _TOLD for text in _in(languages, getattr(row, name))]
    plain = [getattr(row, name) for name in _PLAIN]
    return [row.type, row.name, *told, *plain, *_in(languages, row.constraint_message)]


def _in(languages: Sequence[Language], say: Callable[[Language], str] | None) -> list[str]:
    return ["" if say is None else inert(say(t)) for t in languages]


def workbook_of(sheets: dict[str, list[list[str]]]) -> bytes:
    """Sheets as a workbook whose cells are all text. MissingExtraError without the extra `office`."""
    try:
        import openpyxl
    except ImportError:
        raise MissingExtraError("Writing a field form", "office") from None
    book = openpyxl.Workbook()
    del book[book.sheetnames[0]]
    for name, rows in sheets.items():
        _fill(book.create_sheet(name), rows)
    stream = io.BytesIO()
    book.save(stream)
    return _same_bytes(stream.getvalue())


def _fill(sheet: Any, rows: list[list[str]]) -> None:
    from openpyxl.styles import Alignment, Font
    from openpyxl.utils import get_column_letter

    for row in rows:
        sheet.append([text or None for text in row])
    for line in sheet.iter_rows():
        for one in line:
            if one.value is not None:
                one.data_type = "s"  # text, whatever it looks like
                one.alignment = Alignment(wrap_text=True, vertical="top")
    for one in sheet[1]:
        one.font = Font(bold=True)
    widths = _WIDTHS[sheet.title]
    for number in range(1, len(rows[0]) + 1):
        width = widths[min(number, len(widths)) - 1]
        sheet.column_dimensions[get_column_letter(number)].width = width
    sheet.freeze_panes = "C2"


def _same_bytes(packed: bytes) -> bytes:
    """The workbook without the moment it was made at."""
    stream = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(packed)) as given, zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as made:
        for one in sorted(given.namelist()):
            data = given.read(one)
            if one == "docProps/core.xml":
                data = re.sub(rb"(<dcterms:(?:created|modified)[^>]*>)[^<]*", rb"\g<1>2000-01-01T00:00:00Z", data)
            made.writestr(zipfile.ZipInfo(one, _DAY), data, zipfile.ZIP_DEFLATED)
    return stream.getvalue()


def examined(workbook: bytes) -> None:
    """Have pyxform, the converter that KoboToolbox and ODK use, take the form in. LensError where it does not."""
    try:
        from pyxform.errors import PyXFormError
        from pyxform.xls2xform import convert
    except ImportError:
        raise MissingExtraError("Writing a field form", "office") from None
    try:
        convert(workbook, validate=False, file_type=".xlsx")
    except PyXFormError as reason:
        raise LensError(f"Form builders would refuse this form, so it was not written: {str(reason)[:300]}") from None
