"""The risk register as a workbook: cause, event, consequence, control, owner. Likelihood is left to people."""

from __future__ import annotations

import io
import unicodedata
from dataclasses import dataclass
from math import ceil
from typing import TYPE_CHECKING, Any

from lens.errors import MissingExtraError
from lens.reports import inert
from lens.reports.documents.archive import settled
from lens.reports.documents.kinds import properties_of
from lens.reports.findings import SYMBOLS, decision_lines, names_of
from lens.reports.prepare import prepare
from lens.reports.texts import finding_text, id_text, ref_text
from lens.reviews.summary import ESCALATE
from lens.words import LEVELS

if TYPE_CHECKING:
    from collections.abc import Iterable

    from lens.checks.model import Check
    from lens.hooks.specs import ReportInput
    from lens.reviews.model import Finding

_COLUMNS = (
    ("number", 5),
    ("known", 14),
    ("cause", 44),
    ("event", 30),
    ("consequence", 42),
    ("level", 11),
    ("likelihood", 13),
    ("control", 46),
    ("owner", 22),
    ("by", 13),
    ("rests", 14),
    ("decided", 24),
    ("about", 20),
)
_STATES = ("error", "open", "concern")
"""At one level what could not be checked comes first, then what is not known."""
_MOST = 3
_LONGEST = 32_000
_LINE, _HIGHEST = 13.0, 409.0
"""The height of a line, and what Excel lets a row have at most, in points."""
_SLIM = 0.95
"""How wide a letter is, beside the digit that widths of columns are counted in; rather too much than a cut line."""


@dataclass(frozen=True, slots=True)
class Risk:
    """One row, in the order of the columns; likelihood has no place here."""

    known: str
    cause: str
    event: str
    consequence: str
    level: str
    control: str
    owner: str
    by: str
    rests: str
    decided: str
    about: str


def risks_of(given: ReportInput) -> tuple[Risk, ...]:
    """A row for each check with a concern, an open point or a failure, the gravest first."""
    kept: dict[tuple[str, str], list[Finding]] = {}
    for one in sorted(given.review.findings, key=_gravity):
        if one.state in _STATES:
            kept.setdefault((one.check, one.state), []).append(one)
    return tuple(_risk(found, given) for found in kept.values())


def _gravity(one: Finding) -> tuple[bool, int, int]:
    level = LEVELS.index(one.level) if one.level else -1 if one.state == "error" else len(LEVELS)
    return not one.escalates, level, _STATES.index(one.state) if one.state in _STATES else len(_STATES)


def _risk(found: list[Finding], given: ReportInput) -> Risk:
    t, first = given.language, found[0]
    check = given.checks.get(first.check)
    names = names_of(given)
    known = t.opening(t.word("state", first.state))
    if first.state == "open" and first.because:
        known = t.opening(t.text("mark.open", because=t.word("because", first.because)))
    level = t.word("level", first.level) if first.level else t.text("brief.level-not-known")
    if first.level and first.state == "open":
        level = t.text("mark.at-stake", level=level)
    grades = dict.fromkeys(t.word("grade", one.grade) for one in found)
    decided = [line for one in found if one.disposition for line in decision_lines(one.disposition, t)]
    about = dict.fromkeys(t.opening(ref_text(one.about, t, names.subjects)) for one in found if one.about)
    return Risk(
        known=f"{SYMBOLS[first.state]} {known}",
        cause=_lines(finding_text(one, check, t, names.partners_and_places) for one in found),
        event=_event(found, check, given),
        consequence=check.why.strip() if check else "",
        level=f"{SYMBOLS['escalates']} {level}" if first.escalates else level,
        control=_lines(
            "• "
            + t.text("fact.option", do=one.do.strip(), who=t.word("role", one.who), effort=t.word("effort", one.effort))
            for one in (check.options if check else ())
            if one.id != ESCALATE or first.escalates
        ),
        owner=_owner(found, check, given),
        by=_by(found, given),
        rests=_lines(grades),
        decided=_lines(dict.fromkeys(decided)),
        about=_lines(about),
    )


def _event(found: list[Finding], check: Check | None, given: ReportInput) -> str:
    """What could happen: the check's title, with the factors, inhibitors or harm paths that it is about."""
    t = given.language
    touched = list(dict.fromkeys(one.on for one in found if one.on))
    if not touched and check:
        touched = [one for one in check.touches if one.startswith("AH-")] or list(check.touches[:1])
    lines = [found[0].title, *(id_text(one, t) for one in touched[:_MOST])]
    if len(touched) > _MOST:
        lines.append(t.text("actions.more", count=len(touched) - _MOST))
    return _lines(lines)


def _owner(found: list[Finding], check: Check | None, given: ReportInput) -> str:
    """Who answers for it by a decision that holds; else whose task the first control would be, as a proposal."""
    t = given.language
    owners = dict.fromkeys(
        one.disposition.owner for one in found if one.disposition and one.disposition.valid and one.disposition.owner
    )
    if owners:
        return _lines(owners)
    role = check.options[0].who if check and check.options else ""
    return t.text("register.owner.proposed", role=t.word("role", role)) if role else ""


def _by(found: list[Finding], given: ReportInput) -> str:
    review = given.review
    level = min((one.level for one in found if one.level), key=LEVELS.index, default=None)
    escalates = any(one.escalates for one in found)
    return review.due.by(level, review.as_of, escalates=escalates).isoformat() if level or escalates else ""


def _lines(texts: Iterable[str]) -> str:
    return "\n".join(text for text in dict.fromkeys(texts) if text)


def write_register(given: ReportInput) -> bytes:
    """The register as an Excel file that opens in Excel and LibreOffice. No cell can be read as a formula."""
    try:
        from openpyxl import Workbook
    except ImportError:
        raise MissingExtraError("A workbook", "office") from None

    t = given.language
    variables = prepare(given)
    title = t.text("register.title", title=variables.title)
    workbook = Workbook()
    sheet: Any = workbook.active
    sheet.title = t.text("register.sheet")[:31]
    head = [
        (title, "title"),
        (variables.marking, "bold"),
        (" · ".join(variables.subtitle), "soft"),
        *((f"{one.symbol} {one.title}. {one.text}", "bold") for one in variables.banners),
        (t.text("register.likelihood.note"), "plain"),
    ]
    for text, look in head:
        sheet.append([_cell(text)])
        _look(sheet.cell(sheet.max_row, 1), look)
        sheet.merge_cells(start_row=sheet.max_row, end_row=sheet.max_row, start_column=1, end_column=len(_COLUMNS))
    sheet.row_dimensions[1].height = 26
    sheet.row_dimensions[len(head)].height = 2 * _LINE + 4
    first = len(head) + 2
    for column, (name, _) in enumerate(_COLUMNS, start=1):
        made = sheet.cell(first, column, _cell(t.text(f"register.{name}")))
        _look(made, "head")
    sheet.row_dimensions[first].height = 2 * _LINE + 4
    risks = risks_of(given)
    for number, risk in enumerate(risks, start=1):
        _row(sheet, first + number, number, risk)
    if not risks:
        _look(sheet.cell(first + 1, 1, _cell(t.text("register.none"))), "plain")
    _page(sheet, first, len(risks), variables.marking, right_to_left=t.direction == "rtl")
    made_of = io.BytesIO()
    workbook.save(made_of)
    properties = properties_of(title, t, given.review.as_of)
    return settled(made_of.getvalue(), {"docProps/core.xml": properties})


def _cell(text: str) -> str:
    """Text as a cell that is never a formula; a very long one ends with a sign that it goes on."""
    lines = (inert.cell(" ".join(line.split())) for line in text.split("\n"))
    told = "\n".join(lines)
    return told if len(told) <= _LONGEST else f"{told[:_LONGEST]} …"


def _row(sheet: Any, at: int, number: int, risk: Risk) -> None:
    for column, (name, _) in enumerate(_COLUMNS, start=1):
        made = sheet.cell(at, column)
        if name == "number":
            made.value = number
        elif name != "likelihood":
            made.value = _cell(getattr(risk, name))
            made.data_type = "s"
        _look(made, "empty" if name == "likelihood" else "cell")
    sheet.row_dimensions[at].height = _height(risk)


def _height(risk: Risk) -> float:
    """How high a row has to be, since not every program works that out by itself when it opens the file."""
    lines = 1
    for name, width in _COLUMNS:
        texts = str(getattr(risk, name, "")).split("\n")
        lines = max(lines, sum(max(1, ceil(_width(text) * _SLIM / width)) for text in texts))
    return min(lines * _LINE + 4.0, _HIGHEST)


def _width(text: str) -> float:
    """How many letters wide a text is; those of Chinese, Japanese and Korean take the room of two."""
    return len(text) + sum(unicodedata.east_asian_width(sign) in ("W", "F") for sign in text)


def _look(cell: Any, name: str) -> None:
    """How a cell looks."""
    from openpyxl.styles import Alignment, Border, Font, PatternFill, Side

    fonts = {
        "title": Font(name="Calibri", size=16, bold=True),
        "bold": Font(name="Calibri", size=10, bold=True),
        "soft": Font(name="Calibri", size=10, color="FF4D5A64"),
        "head": Font(name="Calibri", size=10, bold=True),
    }
    cell.font = fonts.get(name, Font(name="Calibri", size=10))
    cell.alignment = Alignment(vertical="top", wrap_text=True)
    fills = {"head": "FFEEF3F2", "empty": "FFFBF0E4"}
    if name in fills:
        cell.fill = PatternFill("solid", fgColor=fills[name])
    if name in ("head", "cell", "empty"):
        line = Side(style="thin", color="FFC9C5BA")
        cell.border = Border(top=line, bottom=line)


def _page(sheet: Any, first: int, count: int, marking: str, *, right_to_left: bool) -> None:
    """Widths, a head that stays, and the marking of the audience on each printed page."""
    from openpyxl.utils import get_column_letter

    for column, (_, width) in enumerate(_COLUMNS, start=1):
        sheet.column_dimensions[get_column_letter(column)].width = width
    sheet.sheet_view.rightToLeft = right_to_left
    sheet.freeze_panes = sheet.cell(first + 1, 1)
    if count:
        sheet.auto_filter.ref = f"A{first}:{get_column_letter(len(_COLUMNS))}{first + count}"
    sheet.print_title_rows = f"{first}:{first}"
    sheet.page_setup.orientation = "landscape"
    sheet.page_setup.paperSize = sheet.PAPERSIZE_A3
    sheet.page_setup.fitToHeight = 0
    sheet.sheet_properties.pageSetUpPr.fitToPage = True
    sheet.oddHeader.left.text = inert.clean(marking).replace("&", "&&")
    sheet.oddFooter.right.text = "&P / &N"
