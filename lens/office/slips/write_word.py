"""A slip as a Word document: a table for each question, boxes to tick, empty cells to write in."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING, Any

from lens.errors import MissingExtraError
from lens.interview.typed import ANSWERS, KINDS, YES_NO
from lens.office.slips.form import FIELDS, follow_up_label, intro, is_rtl, label, options, title, voice
from lens.office.slips.steady import steady
from lens.reports.inert import clean

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date

    from lens.languages.language import Language
    from lens.office.slips.form import Asked, Slip

BOX = "\u2610"
_TICKED = "\u2612"
_GRAY = "595959"
_SHADE = "EDF1F4"
_LABELS, _ENTRIES = 5.4, 11.6
"""Widths in centimeters; with margins of 2 they fill a page of A4."""
_FONTS = {"zh": "Noto Sans CJK SC"}
_W14 = "http://schemas.microsoft.com/office/word/2010/wordml"


def as_word(slip: Slip, t: Language, day: date) -> bytes:
    """The slip as a document. MissingExtraError where the extra `office` is not installed."""
    return _Writer(slip, t).made(day)


class _Writer:
    """Puts a slip into a document of python-docx."""

    def __init__(self, slip: Slip, t: Language) -> None:
        try:
            import docx
        except ImportError:
            raise MissingExtraError("Writing Word documents", "office") from None
        self.slip, self.t = slip, t
        self.is_rtl = t.direction == "rtl"
        self.document: Any = docx.Document()
        self._ids = 0

    def made(self, day: date) -> bytes:
        slip, t = self.slip, self.t
        self._set_up()
        self._paragraph(title(slip, t), style="Title", size=20)
        first, *rest = intro(slip, t, form="word")
        self._paragraph(first, bold=True)
        for text in rest:
            self._paragraph(text)
        self._head()
        for number, one in enumerate(slip.asked, 1):
            self._question(number, one)
        if slip.unread:
            self._paragraph(t.text("slip.unread"), style="Heading 1", size=14)
            self._paragraph(t.text("slip.unread.intro"))
            for text in slip.unread:
                self._paragraph(text, style="List Bullet")
        stream = io.BytesIO()
        self.document.save(stream)
        return steady(stream.getvalue(), day)

    def _set_up(self) -> None:
        from docx.oxml import OxmlElement
        from docx.oxml.ns import qn
        from docx.shared import Cm, Pt

        section = self.document.sections[0]
        section.page_width, section.page_height = Cm(21), Cm(29.7)
        section.left_margin = section.right_margin = Cm(2)
        section.top_margin = section.bottom_margin = Cm(1.8)
        if self.is_rtl:
            section._sectPr.append(OxmlElement("w:bidi"))
        normal = self.document.styles["Normal"]
        normal.font.size = Pt(10.5)
        normal.paragraph_format.space_after = Pt(4)
        fonts = normal.element.get_or_add_rPr().get_or_add_rFonts()
        latin = "Arial"
        for name in ("w:ascii", "w:hAnsi", "w:cs"):
            fonts.set(qn(name), latin)
        if east := _FONTS.get(self.t.code.partition("-")[0]):
            fonts.set(qn("w:eastAsia"), east)
        properties = self.document.core_properties
        properties.title = clean(title(self.slip, self.t))
        properties.author = properties.last_modified_by = properties.comments = ""
        properties.keywords = str(self.slip.code(self.t))
        properties.language = self.t.code
        self._footer(section)

    def _footer(self, section: Any) -> None:
        marking = next(iter(intro(self.slip, self.t, form="word")))
        self._fill(section.footer.paragraphs[0], marking, size=8, gray=True)

    def _fill(self, paragraph: Any, text: str, *, bold: bool = False, size: float = 0, gray: bool = False) -> Any:
        """Put a text into a paragraph, in the direction of the language."""
        from docx.enum.text import WD_ALIGN_PARAGRAPH
        from docx.oxml import OxmlElement
        from docx.shared import Pt, RGBColor

        run = paragraph.add_run(clean(text))
        run.bold = bold or None
        if size:
            run.font.size = Pt(size)
        if gray:
            run.font.color.rgb = RGBColor.from_string(_GRAY)
        if self.is_rtl and is_rtl(text):
            bidi = OxmlElement("w:bidi")
            properties = paragraph._p.get_or_add_pPr()
            if not properties.xpath("w:bidi"):
                properties.insert_element_before(
                    bidi,
                    "w:adjustRightInd",
                    "w:snapToGrid",
                    "w:spacing",
                    "w:ind",
                    "w:contextualSpacing",
                    "w:jc",
                    "w:rPr",
                )
            paragraph.alignment = paragraph.alignment or WD_ALIGN_PARAGRAPH.LEFT  # the side where a line begins
            run.font.rtl = True
            if size:
                run.font.size = Pt(size)
                self._complex(run, size, bold=bold)
            elif bold:
                self._complex(run, 0, bold=True)
        return run

    @staticmethod
    def _complex(run: Any, size: float, *, bold: bool) -> None:
        """The size and weight of letters of Arabic script, which Word keeps apart."""
        run.font.cs_bold = bold or None
        if size:
            from docx.oxml import OxmlElement
            from docx.oxml.ns import qn

            made = OxmlElement("w:szCs")
            made.set(qn("w:val"), str(int(size * 2)))
            run._r.get_or_add_rPr().append(made)

    def _paragraph(self, text: str, *, style: str = "", bold: bool = False, size: float = 0) -> Any:
        paragraph = self.document.add_paragraph(style=style or None)
        self._fill(paragraph, text, bold=bold, size=size)
        return paragraph

    # Tables

    def _table(self) -> Any:
        from docx.oxml import OxmlElement
        from docx.shared import Cm

        table = self.document.add_table(rows=0, cols=2)
        table.style = "Table Grid"
        table.autofit = False
        if self.is_rtl:
            table._tbl.tblPr.append(OxmlElement("w:bidiVisual"))
        for column, width in zip(table.columns, (_LABELS, _ENTRIES), strict=True):
            column.width = Cm(width)
        return table

    def _row(self, table: Any, text: str, *, small: str = "") -> Any:
        """A row with its label; the cell to write in."""
        from docx.shared import Cm

        row = table.add_row()
        left, right = row.cells
        left.width, right.width = Cm(_LABELS), Cm(_ENTRIES)
        self._tight(left.paragraphs[0])
        self._tight(right.paragraphs[0])
        self._fill(left.paragraphs[0], text, size=9.5)
        if small:
            self._fill(left.paragraphs[0], f" {small}", size=7.5, gray=True)
        self._shade(left)
        self._whole(row)
        row.height = Cm(0.75)  # at least: room to write in, also by hand
        return right

    @staticmethod
    def _tight(paragraph: Any) -> None:
        from docx.shared import Pt

        paragraph.paragraph_format.space_after = Pt(1)

    @staticmethod
    def _shade(cell: Any) -> None:
        from docx.oxml import OxmlElement
        from docx.oxml.ns import qn

        made = OxmlElement("w:shd")
        for name, value in (("w:val", "clear"), ("w:color", "auto"), ("w:fill", _SHADE)):
            made.set(qn(name), value)
        cell._tc.get_or_add_tcPr().append(made)

    @staticmethod
    def _whole(row: Any) -> None:
        """Keep a row on one page."""
        from docx.oxml import OxmlElement

        row._tr.get_or_add_trPr().append(OxmlElement("w:cantSplit"))

    def _head(self) -> None:
        table = self._table()
        cell = self._row(table, self.t.text("slip.code"))
        self._fill(cell.paragraphs[0], str(self.slip.code(self.t)), size=8, gray=True)
        self._row(table, self.t.text("slip.day"))

    def _question(self, number: int, one: Asked) -> None:
        t = self.t
        head = self._paragraph(t.text("slip.question", number=number), style="Heading 2", size=12)
        head.paragraph_format.keep_with_next = True
        table = self._table()
        row = table.add_row()
        cell = row.cells[0].merge(row.cells[1])
        self._whole(row)
        if one.about:
            self._tight(cell.paragraphs[0])
            self._fill(cell.paragraphs[0], one.about, size=9.5)
            cell.add_paragraph()
        self._fill(cell.paragraphs[-1], one.question.ask.strip(), bold=True, size=11)
        for name, text in self._helps(one):
            paragraph = cell.add_paragraph()
            self._tight(paragraph)
            self._fill(paragraph, t.text(f"scaffold.{name}", text=text.strip()), size=9)
        paragraph = cell.add_paragraph()
        self._tight(paragraph)
        self._fill(paragraph, one.code, size=7.5, gray=True)
        if one.voices:
            self._voices(table, one)
        self._fields(table, one)

    def _helps(self, one: Asked) -> Iterable[tuple[str, str]]:
        question = one.question
        told = (("meant", question.help), ("settles", question.settles), ("hold", question.hold_safely))
        return [(name, text) for name, text in told if text.strip()]

    def _voices(self, table: Any, one: Asked) -> None:
        cell = self._row(table, self.t.text("slip.settle.said"))
        for place, answer in enumerate(one.voices):
            paragraph = cell.add_paragraph() if place else cell.paragraphs[0]
            self._tight(paragraph)
            self._fill(paragraph, voice(answer, self.t), size=9.5)

    def _fields(self, table: Any, one: Asked) -> None:
        t, slip = self.t, self.slip
        for letter, name in FIELDS.items():
            if name == "follow-up":
                for each in one.question.follow_ups:
                    text, _, small = follow_up_label(each.ask, each.id, one.question, t).rpartition(" ")
                    self._boxes(self._row(table, text, small=small), options(ANSWERS[:4], "answer", t))
                continue
            cell = self._row(table, label(letter, slip, t))
            if name == "answer":
                self._boxes(cell, options(ANSWERS, "answer", t))
            elif name == "asked":
                self._boxes(cell, options(YES_NO, "answer", t))
            elif name == "kind":
                self._list(cell.paragraphs[0], options(KINDS, "kind", t))

    # Content controls: what Word and LibreOffice let people tick and choose

    def _control(self, paragraph: Any, kind: Any, text: str, *, is_placeholder: bool = False) -> None:
        """A control in a paragraph: what it is, and what it shows."""
        from docx.oxml import OxmlElement
        from docx.oxml.ns import qn
        from docx.shared import RGBColor

        self._ids += 1
        control, properties, content = (OxmlElement(name) for name in ("w:sdt", "w:sdtPr", "w:sdtContent"))
        identity = OxmlElement("w:id")
        identity.set(qn("w:val"), str(1000 + self._ids))
        properties.append(identity)
        if is_placeholder:
            properties.append(OxmlElement("w:showingPlcHdr"))
        properties.append(kind)
        run = paragraph.add_run(text)
        if is_placeholder:
            run.font.color.rgb = RGBColor.from_string(_GRAY)
            if self.is_rtl and is_rtl(text):
                run.font.rtl = True
        if not is_placeholder and text in (BOX, _TICKED):
            fonts = run._r.get_or_add_rPr().get_or_add_rFonts()
            for name in ("w:ascii", "w:hAnsi", "w:eastAsia", "w:cs"):
                fonts.set(qn(name), "MS Gothic")
        paragraph._p.remove(run._r)
        content.append(run._r)
        control.append(properties)
        control.append(content)
        paragraph._p.append(control)

    def _boxes(self, cell: Any, texts: tuple[str, ...]) -> None:
        from docx.oxml import parse_xml

        for place, text in enumerate(texts):
            paragraph = cell.add_paragraph() if place else cell.paragraphs[0]
            self._tight(paragraph)
            states = "".join(
                f'<w14:{name} w14:val="{value}"{font}/>'
                for name, value, font in (
                    ("checked", "0", ""),
                    ("checkedState", "2612", ' w14:font="MS Gothic"'),
                    ("uncheckedState", "2610", ' w14:font="MS Gothic"'),
                )
            )
            self._control(paragraph, parse_xml(f'<w14:checkbox xmlns:w14="{_W14}">{states}</w14:checkbox>'), BOX)
            self._fill(paragraph, f" {text}", size=9.5)

    def _list(self, paragraph: Any, texts: tuple[str, ...]) -> None:
        from docx.oxml import OxmlElement
        from docx.oxml.ns import qn

        kind = OxmlElement("w:dropDownList")
        for text in texts:
            item = OxmlElement("w:listItem")
            item.set(qn("w:displayText"), clean(text))
            item.set(qn("w:value"), clean(text))
            kind.append(item)
        self._control(paragraph, kind, clean(self.t.text("slip.choose")), is_placeholder=True)
