"""Word and Excel: what is in them, that Word takes them as they are, and that nothing in them can act."""

from __future__ import annotations

import dataclasses
import importlib.util
import io
import itertools
import re
import zipfile
from html import unescape
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given as given_
from hypothesis import settings
from hypothesis import strategies as st

from lens.errors import LensError, MissingExtraError
from lens.hooks.specs import ReportInput
from lens.languages.language import language
from lens.reports import RENDERERS
from lens.reports.documents.direction import segments
from lens.reports.documents.plain import one_line
from lens.reports.files import template_bytes
from lens.reports.translated import in_language
from lens.reviews.redact import redact

from .conftest import filled_everywhere, given_for, make_checks, make_review

if TYPE_CHECKING:
    from lens.reviews.model import Review

docx = pytest.importorskip("docx", reason="the extra [office] is not installed")
openpyxl = pytest.importorskip("openpyxl", reason="the extra [office] is not installed")

ROOT = Path(__file__).resolve().parents[2]
W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
KINDS = ("report", "brief", "actions")
HOSTILE = (
    '{{ 7*7 }}{% raw %}{_{ 8*8 }_}{_% x %_} </w:t></w:r><w:fldSimple w:instr="DDE c:\\x"/> INCLUDETEXT '
    'http://x.example =HYPERLINK("http://x.example") \u202egnp.exe \x07\x0c & <b>'
)
SHOWN = HOSTILE.replace("\u202e", "\ufffd").replace(" \x07\x0c", "")


def word(given: ReportInput, kind: Any = "report") -> bytes:
    from lens.reports.documents.word import write_docx

    return write_docx(given, kind)


def register(given: ReportInput) -> bytes:
    from lens.reports.documents.register import write_register

    return write_register(given)


def in_(code: str, review: Review, **more: Any) -> ReportInput:
    return in_language(ReportInput(review, make_checks(), language(code), **more))


def opened(data: bytes) -> Any:
    return docx.Document(io.BytesIO(data))


def part(data: bytes, name: str = "word/document.xml") -> str:
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        return package.read(name).decode()


def words(data: bytes) -> str:
    return "\n".join(
        "".join(one.text or "" for one in p.iter(f"{W}t")) for p in opened(data).element.body.iter(f"{W}p")
    )


def sheet(data: bytes) -> Any:
    return openpyxl.load_workbook(io.BytesIO(data)).worksheets[0]


def office_formats() -> list[Any]:
    return [one for one in RENDERERS if one.file_name.endswith((".docx", ".xlsx"))]


# What is in them


def test_word_has_what_the_page_for_a_browser_has(any_audience: Review) -> None:
    """Every text that HTML shows stands in the Word report as well; only where it stands differs."""
    from lens.reports.pages import page

    html = page(given_for(any_audience), "report.html").partition("<body>")[2]
    html = re.sub(
        r'<span class="(?:hidden|shape)"[^>]*>[^<]*</span>|<style>.*?</style>|<nav.*?</nav>', " ", html, flags=re.S
    )
    shown = {" ".join(text.split()) for text in re.findall(r">([^<>]+)<", html)}
    data = word(given_for(any_audience))
    said = (words(data) + re.sub("<[^>]+>", "", part(data, "word/header1.xml"))).replace("\u00a0", " ")
    left_out = {text for text in shown if text and unescape(text).replace("\u00a0", " ") not in said}
    t = language()
    # A browser is told how to skip and where it is; on paper the factors head the rows and not the columns.
    known = {t.text(name) for name in ("report.skip", "report.kicker", "matrix.activity")}
    assert left_out - known == set()


def test_what_is_not_known_stands_before_what_is_worrying(review: Review) -> None:
    said = words(word(given_for(review)))
    assert said.index("What is not known") < said.index("What is worrying") < said.index("Findings")
    brief = words(word(given_for(review), "brief"))
    assert brief.index("What is not known") < brief.index("What is worrying")
    plan = words(word(given_for(review), "actions"))
    assert plan.index("What is not known") < plan.index("What to do, most pressing first")


def test_headings_are_real_headings_and_go_down_one_step_at_a_time(any_audience: Review) -> None:
    document = opened(word(given_for(any_audience)))
    found = [one.style.name for one in document.paragraphs if one.style.name.startswith("Heading")]
    levels = [int(name[-1]) for name in found]
    assert levels[0] == 1
    assert max(levels) <= 5
    assert all(after <= before + 1 for before, after in itertools.pairwise(levels))


def test_the_contents_lead_to_headings_that_are_there(review: Review) -> None:
    source = part(word(given_for(review)))
    anchors = re.findall(r'<w:hyperlink w:anchor="([^"]+)"', source)
    assert len(anchors) >= 9
    assert set(anchors) <= set(re.findall(r'<w:bookmarkStart [^>]*w:name="([^"]+)"', source))


@pytest.mark.parametrize("kind", KINDS)
def test_the_marking_stands_in_the_head_of_each_page_and_the_page_number_in_its_foot(kind: str, review: Review) -> None:
    draft = dataclasses.replace(redact(review, "internal"), draft=True)
    document = opened(word(given_for(draft), kind))
    for section in document.sections:
        assert "".join(one.text for one in section.header.paragraphs) == (
            "Draft · For use inside the agency: handle as such, and do not hand it on."
        )
        foot = section.footer._element.xpath(".//w:instrText")
        assert [one.text.strip() for one in foot] == ["PAGE", "NUMPAGES"]


def test_the_action_plan_is_a_table_with_who_by_when_effort_and_what_it_settles(review: Review) -> None:
    document = opened(word(given_for(review), "actions"))
    table = document.tables[0]
    assert [cell.text for cell in table.rows[0].cells] == [
        *("What to do", "Gravest level", "Who", "By when", "Effort", "Answers"),
    ]
    assert [cell.text.replace("\u00a0", " ") for cell in table.rows[1].cells] == [
        "Ask the people concerned what would protect them now.",
        "◆ severe\n⚑ escalates",
        "community liaison",
        "at once",
        "hours",
        "4 findings\nAttacked for who they are\nWhat reaches those who use force",
    ]
    assert len(table.rows) == 4
    assert document.sections[0].page_width > document.sections[0].page_height


def test_tables_repeat_their_heads_and_do_not_break_within_a_row(review: Review) -> None:
    for kind in ("report", "actions"):
        document = opened(word(given_for(review), kind))
        tables = [one for one in document.tables if one.style.name == "Lens Table"]
        assert tables
        for table in tables:
            assert table.rows[0]._tr.trPr.find(f"{W}tblHeader") is not None
            assert all(row._tr.trPr.find(f"{W}cantSplit") is not None for row in table.rows)
            assert table._tbl.tblPr.find(f"{W}tblCaption").get(f"{W}val")


def test_columns_of_every_table_have_a_width_and_every_cell_ends_with_a_paragraph(any_audience: Review) -> None:
    for kind in KINDS:
        document = opened(word(given_for(any_audience), kind))
        for table in document.element.body.iter(f"{W}tbl"):
            columns = table.findall(f"{W}tblGrid/{W}gridCol")
            assert all(int(one.get(f"{W}w")) > 300 for one in columns)
            for row in table.findall(f"{W}tr"):
                assert len(row.findall(f"{W}tc")) == len(columns)
            for cell in table.iter(f"{W}tc"):
                assert cell[-1].tag == f"{W}p"


def test_a_program_with_many_activities_has_its_matrix_a_few_at_a_time(review: Review) -> None:
    row = review.matrix.rows[0]
    many = tuple(dataclasses.replace(row, number=n, activity=f"activity:{n}", title=f"Part {n}") for n in range(1, 13))
    made = dataclasses.replace(review, matrix=dataclasses.replace(review.matrix, rows=many))
    tables = [one for one in opened(word(given_for(made))).tables if "Activity" in one.rows[0].cells[-1].text]
    assert [len(one.columns) for one in tables] == [6, 6, 3]
    assert tables[2].rows[0].cells[2].text == "Activity 12\nPart 12"


def test_every_audience_gets_every_document_with_the_same_bytes_each_time(any_audience: Review) -> None:
    for one in office_formats():
        assert one.render(given_for(any_audience)) == one.render(given_for(any_audience))


def test_the_only_date_in_a_file_is_the_day_of_the_review(review: Review) -> None:
    for one in office_formats():
        data = one.render(given_for(review))
        with zipfile.ZipFile(io.BytesIO(data)) as package:
            assert {entry.date_time for entry in package.infolist()} == {(1980, 1, 1, 0, 0, 0)}
            core = package.read("docProps/core.xml").decode()
        assert set(re.findall(r"\d{4}-\d\d-\d\dT[\d:]+Z", core)) == {"2026-05-14T00:00:00Z"}
        assert "Resilient borders and markets" in core


def test_the_title_is_what_an_audience_may_know(review: Review) -> None:
    made = redact(review, "public")
    for one in office_formats():
        data = one.render(given_for(made))
        with zipfile.ZipFile(io.BytesIO(data)) as package:
            assert not [name for name in package.namelist() if b"Resilient borders" in package.read(name)]
            assert b"A program in Xanadia" in package.read("docProps/core.xml")


# That Word takes them as they are

ORDER = {
    "pPr": (
        *("pStyle", "keepNext", "keepLines", "numPr", "pBdr", "shd", "tabs", "bidi", "spacing", "ind", "jc"),
        *("outlineLvl", "rPr", "sectPr"),
    ),
    "rPr": ("rStyle", "rFonts", "b", "bCs", "i", "color", "sz", "szCs", "rtl", "lang"),
    "tblPr": (
        *("tblStyle", "bidiVisual", "tblW", "tblInd", "tblBorders", "tblLayout", "tblCellMar", "tblLook"),
        "tblCaption",
    ),
    "tcPr": ("tcW", "shd"),
    "trPr": ("cantSplit", "tblHeader"),
    "sectPr": ("headerReference", "footerReference", "pgSz", "pgMar", "cols"),
    "tbl": ("tblPr", "tblGrid", "tr"),
    "style": (
        *("name", "basedOn", "next", "uiPriority", "semiHidden", "unhideWhenUsed", "qFormat"),
        *("pPr", "rPr", "tblPr", "tblStylePr"),
    ),
}
"""What may stand in what, in the order that the form of the file (ISO 29500, transitional) gives: Word wants it so."""


@pytest.mark.parametrize("code", ["en", "ar", "zh"])
@pytest.mark.parametrize("kind", KINDS)
def test_every_element_stands_where_word_wants_it(kind: str, code: str, review: Review) -> None:
    from lxml import etree

    data = word(in_(code, review), kind)
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        parts = {
            name: etree.fromstring(package.read(name))
            for name in package.namelist()
            if name.startswith("word/") and name.endswith(".xml")
        }
    assert set(parts) == {
        f"word/{name}.xml" for name in ("document", "styles", "numbering", "settings", "header1", "footer1")
    }
    for tree in parts.values():
        for element in tree.iter():
            name = element.tag.removeprefix(W)
            if name in ORDER:
                inside = [one.tag.removeprefix(W) for one in element]
                assert set(inside) <= set(ORDER[name]), (name, inside)
                places = [ORDER[name].index(one) for one in inside]
                assert places == sorted(places), (name, inside)
                if name.endswith("Pr"):
                    assert len(set(inside) - {"tblStylePr"}) == len([one for one in inside if one != "tblStylePr"])
            if name in ("body", "tc", "hdr", "ftr", "p", "tr", "tbl"):
                # Text that is in no run makes Word offer to repair the file.
                assert not (element.text or "").strip()
                assert not [one for one in element if (one.tail or "").strip()]


def test_every_style_and_part_that_is_named_is_there(review: Review) -> None:
    for kind in KINDS:
        data = word(given_for(review), kind)
        styles = set(re.findall(r'w:styleId="([^"]+)"', part(data, "word/styles.xml")))
        for name in ("word/document.xml", "word/header1.xml", "word/footer1.xml"):
            assert set(re.findall(r'<w:(?:pStyle|rStyle|tblStyle) w:val="([^"]+)"', part(data, name))) <= styles
        with zipfile.ZipFile(io.BytesIO(data)) as package:
            types = package.read("[Content_Types].xml").decode()
            assert package.namelist()[0] == "[Content_Types].xml"
            for name in package.namelist():
                assert name.endswith(".rels") or f'PartName="/{name}"' in types or name == "[Content_Types].xml"


def test_the_templates_are_those_that_their_script_makes() -> None:
    spec = importlib.util.spec_from_file_location("make_templates", ROOT / "templates" / "office" / "make.py")
    assert spec
    assert spec.loader
    made = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(made)
    for name, parts in made.templates().items():
        with zipfile.ZipFile(io.BytesIO(template_bytes("office", name))) as package:
            assert {one: package.read(one).decode() for one in package.namelist()} == parts


# Right to left, and other languages


def test_arabic_runs_from_right_to_left_in_text_tables_and_head(review: Review) -> None:
    data = word(in_("ar", review))
    document = opened(data)
    assert all(table.find(f"{W}tblPr/{W}bidiVisual") is not None for table in document.element.body.iter(f"{W}tbl"))
    for paragraph in document.element.body.iter(f"{W}p"):
        text = "".join(one.text or "" for one in paragraph.iter(f"{W}t"))
        if re.search("[\u0621-\u064a]", text):
            assert paragraph.find(f"{W}pPr/{W}bidi") is not None
    for run in document.element.body.iter(f"{W}r"):
        text = "".join(one.text or "" for one in run.iter(f"{W}t"))
        is_marked = run.find(f"{W}rPr/{W}rtl") is not None
        if re.search("[\u0621-\u064a]", text):
            assert is_marked, text
            assert not re.search("[A-Za-z]", text), text
    head = document.sections[0].header._element
    assert head.find(f".//{W}bidi") is not None
    assert '<w:lang w:val="en-US" w:eastAsia="zh-CN" w:bidi="ar-SA"/>' in part(data, "word/styles.xml")


def test_a_translation_that_nobody_signed_is_marked(review: Review) -> None:
    for code in ("ar", "zh"):
        for kind in KINDS:
            assert language(code).text("banner.unofficial.title") in words(word(in_(code, review), kind))
        texts = [str(cell.value) for row in sheet(register(in_(code, review))).iter_rows(max_row=12) for cell in row]
        assert any(language(code).text("banner.unofficial.title") in one for one in texts)


def test_arabic_in_an_english_report_reads_from_right_to_left(review: Review) -> None:
    made = dataclasses.replace(review, program=dataclasses.replace(review.program, title="مشروع المياه"))
    data = word(given_for(made))
    title = opened(data).paragraphs[0]._p
    assert title.find(f"{W}pPr/{W}bidi") is not None
    assert title.find(f"{W}r/{W}rPr/{W}rtl") is not None


@pytest.mark.parametrize(
    ("text", "base", "pieces"),
    [
        ("RF7.10 (الأسباب)", "R", [("L", "RF7.10"), ("R", " (الأسباب)")]),
        ("سلام (x) سلام", "R", [("R", "سلام ("), ("L", "x"), ("R", ") سلام")]),
        ("a سلام, b", "L", [("L", "a "), ("R", "سلام"), ("L", ", b")]),
        ("حتى \u200e2026-05-14\u200e", "R", [("R", "حتى "), ("L", "\u200e2026-05-14\u200e")]),
        ("", "L", []),
    ],
)
def test_a_text_is_cut_where_its_direction_turns(text: str, base: str, pieces: list[tuple[str, str]]) -> None:
    assert list(segments(text, base)) == pieces


def test_dates_keep_their_order_from_right_to_left() -> None:
    assert one_line("حتى 2026-05-14.", "rtl") == "حتى \u200e2026-05-14\u200e."
    assert one_line("until 2026-05-14", "ltr") == "until 2026-05-14"


# That nothing in them can act


@pytest.mark.parametrize("kind", KINDS)
def test_hostile_text_is_inert_in_word(kind: str) -> None:
    plain = word(given_for(make_review()), kind)
    data = word(given_for(filled_everywhere(HOSTILE)), kind)
    with zipfile.ZipFile(io.BytesIO(data)) as package, zipfile.ZipFile(io.BytesIO(plain)) as other:
        assert package.namelist() == other.namelist()
        relations = [name for name in package.namelist() if name.endswith(".rels")]
        assert all(package.read(name) == other.read(name) for name in relations)
    fields = r"<w:(?:instrText|fldSimple|hyperlink|object|pict|drawing|altChunk)\b[^>]*>[^<]*"
    assert set(re.findall(fields, part(data))) <= set(re.findall(fields, part(plain)))
    assert SHOWN in words(data)
    assert "\u202e" not in part(data)
    assert " 49" not in words(data)


def test_hostile_text_is_inert_in_the_register() -> None:
    made = sheet(register(given_for(filled_everywhere(HOSTILE))))
    cells = [cell for row in made.iter_rows() for cell in row]
    assert {cell.data_type for cell in cells} <= {"s", "inlineStr", "n"}
    assert not [cell for cell in cells if cell.hyperlink or cell.comment]
    assert made.oddHeader.left.text


@pytest.mark.parametrize("start", ["=", "+", "-", "@", "\t=", "＝"])
def test_no_cell_of_the_register_is_a_formula(start: str) -> None:
    data = register(given_for(filled_everywhere(f'{start}cmd("x")')))
    for row in sheet(data).iter_rows():
        for cell in row:
            for line in str(cell.value or "").split("\n"):
                assert not re.match("[=+\\-@\t＝]", line), cell.coordinate
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        assert not [
            name for name in package.namelist() if name.startswith("xl/worksheets/") and b"<f>" in package.read(name)
        ]


@settings(max_examples=8, deadline=None)
@given_(st.text(alphabet=st.characters(exclude_categories=()), max_size=40))
def test_any_text_everywhere_is_written(text: str) -> None:
    from lxml import etree

    review = filled_everywhere(text)
    for one in office_formats():
        with zipfile.ZipFile(io.BytesIO(one.render(given_for(review)))) as package:
            for name in package.namelist():
                etree.fromstring(package.read(name))
    if one_line(text):
        assert one_line(text) in words(word(given_for(review)))


# Templates of an agency's own


def house(folder: Path, change: Any, name: str = "report.docx") -> ReportInput:
    """The core's template after somebody changed it, in a folder of their own."""
    document = docx.Document(io.BytesIO(template_bytes("office", name)))
    change(document)
    document.save(str(folder / name))
    return given_for(make_review(), templates=folder)


def test_an_agency_puts_its_letterhead_on(tmp_path: Path) -> None:
    def letterhead(document: Any) -> None:
        document.sections[0].header.paragraphs[0].insert_paragraph_before("Made-up Agency")
        document.paragraphs[0].insert_paragraph_before("Reviewed on {{ review.as_of }} for {{ title }}")

    data = word(house(tmp_path, letterhead))
    assert opened(data).sections[0].header.paragraphs[0].text == "Made-up Agency"
    assert words(data).startswith("Reviewed on 2026-05-14 for Resilient borders and markets\n")
    # The other documents stay the core's.
    assert words(word(given_for(make_review(), templates=tmp_path), "brief")) == words(
        word(given_for(make_review()), "brief")
    )


def test_the_data_of_an_agencys_template_is_escaped_too(tmp_path: Path) -> None:
    given = house(tmp_path, lambda document: document.paragraphs[0].insert_paragraph_before("{{ title }}{{r title }}"))
    hostile = dataclasses.replace(given, review=filled_everywhere(HOSTILE))
    assert "<w:fldSimple" not in part(word(hostile))


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("{{ nothing_of_that_name }}", "nothing_of_that_name"),
        ("{{ title | safe }}", "safe"),
        ("{% autoescape false %}{{ title }}{% endautoescape %}", "switch escaping off"),
        ('{% include "x.docx" %}', "x.docx"),
        ("{{ ''.__class__.__mro__ }}", "unsafe"),
        ("{% for x in panels %}", "report.docx"),
    ],
)
def test_what_an_agencys_template_cannot_do_is_said(tmp_path: Path, text: str, says: str) -> None:
    given = house(tmp_path, lambda document: document.paragraphs[0].insert_paragraph_before(text))
    with pytest.raises(LensError) as found:
        word(given)
    assert says in str(found.value)


def _with_part(path: Path, name: str, text: bytes) -> None:
    with zipfile.ZipFile(path, "a") as package:
        package.writestr(name, text)


def _outside(path: Path) -> None:
    source = template_bytes("office", "report.docx")
    link = (
        b'<Relationship Id="rId99" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/image" '
        b'Target="http://x.example/pixel.png" TargetMode="External"/></Relationships>'
    )
    _rewritten(path, source, "word/_rels/document.xml.rels", lambda text: text.replace(b"</Relationships>", link))


def _field(path: Path) -> None:
    field = b'<w:p><w:r><w:instrText> IncludeText "c:\\x" </w:instrText></w:r></w:p><w:sectPr>'
    source = template_bytes("office", "report.docx")
    _rewritten(path, source, "word/document.xml", lambda text: text.replace(b"<w:sectPr>", field, 1))


def _macros(path: Path) -> None:
    path.write_bytes(template_bytes("office", "report.docx"))
    _with_part(path, "word/vbaProject.bin", b"x")


def _bomb(path: Path) -> None:
    path.write_bytes(template_bytes("office", "report.docx"))
    with zipfile.ZipFile(path, "a", zipfile.ZIP_DEFLATED) as package:
        package.writestr("word/media/x.xml", b" " * 60_000_000)


def _rewritten(path: Path, source: bytes, name: str, change: Any) -> None:
    with zipfile.ZipFile(io.BytesIO(source)) as given, zipfile.ZipFile(path, "w") as made:
        for one in given.namelist():
            made.writestr(one, change(given.read(one)) if one == name else given.read(one))


@pytest.mark.parametrize(
    ("make", "says"),
    [
        (_outside, "loads something from outside"),
        (_field, "a field in it fetches or runs something"),
        (_macros, "it holds macros"),
        (_bomb, "unpacks to more"),
        (lambda path: path.write_bytes(b"no zip"), "it is no Word file"),
    ],
)
def test_a_template_that_would_act_on_its_readers_is_refused(tmp_path: Path, make: Any, says: str) -> None:
    make(tmp_path / "report.docx")
    with pytest.raises(LensError, match=says):
        word(given_for(make_review(), templates=tmp_path))


@pytest.mark.parametrize("kind", ["docx", "risk-register"])
def test_without_the_extra_the_message_says_what_to_install(kind: str, monkeypatch: Any, review: Review) -> None:
    for name in ("docxtpl", "openpyxl"):
        monkeypatch.setitem(__import__("sys").modules, name, None)
    renderer = next(one for one in RENDERERS if one.name == kind)
    with pytest.raises(MissingExtraError, match=r"pip install 'atrocity-lens\[office\]'"):
        renderer.render(given_for(review))


# The register


def rows_of(given: ReportInput) -> tuple[list[str], list[dict[str, Any]]]:
    """What stands above the table, and its rows by column."""
    made = sheet(register(given))
    at = next(row[0].row for row in made.iter_rows() if row[0].value == "No.")
    above = [str(row[0].value) for row in made.iter_rows(max_row=at - 1) if row[0].value]
    heads = [cell.value for cell in made[at]]
    return above, [
        dict(zip(heads, (cell.value for cell in row), strict=True)) for row in made.iter_rows(min_row=at + 1)
    ]


def test_the_register_says_cause_event_consequence_control_and_owner(review: Review) -> None:
    above, rows = rows_of(given_for(review))
    first = next(row for row in rows if row["What could happen"].startswith("Attacked"))
    assert first == {
        "No.": 1,
        "Known or not known": "▲ Concern",
        "Cause": "“In the last 90 days, have people here been attacked, expelled or marked because of who they are?” "
        "was answered yes. That is a concern.",
        "What could happen": "Attacked for who they are\nRF7 (Enabling circumstances or preparatory action)",
        "Consequence": "Capacity to attack civilians can come from outside: a radio, fuel, a vehicle, a list.",
        "How grave": "⚑ severe",
        "Likelihood": None,
        "Control": "• Trace everything the program provides to whoever ends up with it. (procurement, days)\n"
        "• Ask the people concerned what would protect them now. (community liaison, hours)",
        "Owner (role)": "procurement (proposed)",
        "By when (proposed)": "2026-05-14",
        "Rests on": "documented",
        "Decided": None,
        "About": None,
    }
    assert above[0] == "Risk register: Resilient borders and markets"
    assert above[1].startswith("Restricted:")
    assert above[-1].startswith("Likelihood is left empty on purpose.")


def test_likelihood_is_never_filled_and_what_is_open_or_failed_is_a_row(review: Review) -> None:
    _, rows = rows_of(given_for(review))
    assert {row["Likelihood"] for row in rows} == {None}
    known = {row["Known or not known"] for row in rows}
    assert {"✕ Not checked", "? Open: not answered yet", "? Open: known, not safe to record"} <= known
    assert not {row for row in known if "addressed" in row.lower() or "nothing" in row.lower()}
    wanted = {(one.check, one.state) for one in review.findings if one.state in ("concern", "open", "error")}
    assert len(rows) == len(wanted)


def test_the_owner_of_a_decision_that_holds_owns_the_risk(review: Review) -> None:
    _, rows = rows_of(given_for(review))
    row = next(row for row in rows if row["What could happen"].startswith("Named and unfunded") and row["Decided"])
    assert row["Owner (role)"] == "program manager"
    assert row["Decided"].startswith("Mitigate, until 2026-09-01")


def test_an_empty_register_does_not_say_that_there_is_no_risk(review: Review) -> None:
    made = sheet(register(given_for(dataclasses.replace(review, findings=()))))
    assert "That is no sign that there is none." in str([cell.value for row in made.iter_rows() for cell in row])


def test_the_register_has_its_head_on_each_page_and_the_marking(review: Review) -> None:
    made = sheet(register(in_("ar", review)))
    assert made.sheet_view.rightToLeft
    assert made.print_title_rows
    assert made.oddHeader.left.text.startswith(language("ar").text("marking.restricted")[:12])
    assert sheet(register(given_for(review))).freeze_panes
