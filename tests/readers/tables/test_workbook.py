"""Workbooks part by part, as programs write them and as attackers do."""

import zipfile
from decimal import Decimal

import pytest

from lens.errors import InputError
from lens.portfolio.inputs.pieces import Broken
from lens.portfolio.inputs.table_formats import formats
from lens.readers.tables import workbook

HEAD = [
    "crs_id",
    "donor_code",
    "purpose_code",
    "recipient_code",
    "usd_commitment",
    "project_title",
    "expected_start_date",
]
ROW = [1, 9, 15220, 998, 0.5, "Wells"]

STRINGS = """<sst><si><t>Wells</t></si><si><r><t>Wells</t></r><r><t xml:space="preserve"> and pumps</t></r>
<rPh sb="0" eb="1"><t>spoken</t></rPh></si></sst>"""
STYLES = """<styleSheet><numFmts><numFmt numFmtId="164" formatCode="yyyy\\-mm\\-dd"/>
<numFmt numFmtId="165" formatCode="[Red]0.00 &quot;days&quot;"/></numFmts>
<cellStyleXfs><xf numFmtId="14"/></cellStyleXfs>
<cellXfs><xf numFmtId="0"/><xf numFmtId="14"/><xf numFmtId="164"/><xf numFmtId="165"/></cellXfs></styleSheet>"""


def row(number, cells):
    return f'<row r="{number}">{cells}</row>'


@pytest.fixture
def head(xlsx):
    """The header as a row of XML."""
    from io import BytesIO

    with zipfile.ZipFile(BytesIO(xlsx({"x": [HEAD]}))) as packed:
        part = packed.read("xl/worksheets/sheet1.xml").decode()
    return part.partition("<sheetData>")[2].partition("</sheetData>")[0]


def test_shared_strings_are_read_without_how_they_are_spoken(records, xlsx, head):
    cells = '<c r="A2"><v>1</v></c><c r="F2" t="s"><v>1</v></c>'

    (found,) = records(xlsx({"x": head + row(2, cells)}, parts={"xl/sharedStrings.xml": STRINGS}), "a.xlsx")

    assert found.program.title == "Wells and pumps"


@pytest.mark.parametrize(
    ("style", "value", "expected"),
    [("1", "43198", "2018-04-08"), ("2", "43198.75", "2018-04-08"), ("0", "43198", "2018-04-08"), ("3", "12", None)],
)
def test_days_are_read_by_their_style_and_numbers_that_should_be_days_too(records, xlsx, head, style, value, expected):
    cells = f'<c r="A2"><v>1</v></c><c r="G2" s="{style}"><v>{value}</v></c>'

    (found,) = records(xlsx({"x": head + row(2, cells)}, parts={"xl/styles.xml": STYLES}), "a.xlsx")

    assert str(found.program.start) == str(expected)


def test_a_formula_counts_as_what_it_last_showed(records, xlsx, head):
    cells = (
        '<c r="A2"><v>1</v></c><c r="E2"><f>1/2</f><v>0.5</v></c>'
        '<c r="F2" t="str"><f>HYPERLINK("http://x","y")</f><v>Wells</v></c>'
    )

    (found,) = records(xlsx({"x": head + row(2, cells)}), "a.xlsx")

    assert (found.program.title, found.flows[0].amount) == ("Wells", Decimal(500000))


def test_a_formula_as_text_stays_text(records, xlsx):
    (found,) = records(xlsx({"x": [HEAD, [*ROW[:5], "=cmd()"]]}), "a.xlsx")

    assert found.program.title == "=cmd()"


def test_an_error_in_a_cell_is_nothing(records, xlsx, head):
    cells = '<c r="A2"><v>1</v></c><c r="E2" t="e"><v>#DIV/0!</v></c><c r="F2" t="inlineStr"><is><t>Wells</t></is></c>'

    (found,) = records(xlsx({"x": head + row(2, cells)}), "a.xlsx")

    assert found.flows == ()


def test_every_sheet_is_looked_at_and_one_that_nobody_knows_is_told(everything, xlsx):
    first, second, left = everything(
        xlsx({"Notes": [["About", "this"]], "One": [["Title"], [], HEAD, ROW], "Two": [HEAD, [2, *ROW[1:]]]}), "a.xlsx"
    )

    assert [(one.identifier, one.line) for one in (first, second)] == [("1", 4), ("2", 2)]
    assert str(left.problem) == (
        "a.xlsx, Notes: This sheet has no header that a layout knows. It was left out. If it holds records, write a "
        "mapping file."
    )


def test_numbers_of_rows_and_columns_that_cannot_be_are_not_filled_up_to(records, xlsx, head):
    dimension = '<c r="XFD9999999"><v>1</v></c>'
    cells = '<c r="A2"><v>1</v></c><c r="F2" t="inlineStr"><is><t>Wells</t></is></c>'

    found = records(xlsx({"x": head + row("99999999999999999999", cells) + row(9999999, cells + dimension)}), "a.xlsx")

    assert [(one.identifier, one.line) for one in found] == [("1", 2), ("1", 9999999)]


def test_a_part_that_declares_a_document_type_is_refused(everything, xlsx):
    bomb = '<!DOCTYPE x [<!ENTITY a "ha"><!ENTITY b "&a;&a;">]><worksheet><sheetData/></worksheet>'

    with pytest.raises(InputError, match="declares a document type"):
        everything(xlsx({"x": [HEAD, ROW]}, parts={"xl/worksheets/sheet1.xml": bomb}), "a.xlsx")


def test_a_workbook_that_would_fill_a_disk_is_refused_before_it_is_unpacked(everything, xlsx, monkeypatch):
    monkeypatch.setattr(workbook, "_RATIO_FROM", 1_000_000)
    blanks = "<worksheet><sheetData>" + " " * 2_000_000 + "</sheetData></worksheet>"

    with pytest.raises(InputError, match="too large"):
        everything(xlsx({"x": [HEAD, ROW]}, parts={"xl/worksheets/sheet1.xml": blanks}), "a.xlsx")


def test_a_tag_that_never_ends_is_refused_before_it_fills_the_memory(everything, xlsx):
    with pytest.raises(InputError, match="a tag that never ends"):
        everything(xlsx({"x": '<row r="' + "1" * 5_000_000 + '"></row>'}), "a.xlsx")


def test_a_cell_that_is_far_too_long_costs_its_row(everything, xlsx):
    found = everything(xlsx({"x": [HEAD, [*ROW[:5], "x" * 200_000], ROW]}), "a.xlsx")

    assert isinstance(found[0], Broken)
    assert (found[0].number, found[0].problem.line) == (1, 2)
    assert found[1].identifier == "1"


def test_links_to_elsewhere_are_never_looked_at(records, xlsx):
    outside = {"xl/externalLinks/externalLink1.xml": "<!DOCTYPE x><externalLink/>", "xl/vbaProject.bin": "macro"}

    (found,) = records(xlsx({"x": [HEAD, ROW]}, parts=outside), "a.xlsm")

    assert found.program.title == "Wells"


@pytest.mark.parametrize("at", range(20, 1500, 97))
def test_a_damaged_workbook_is_refused_or_told_and_never_worse(held, xlsx, at):
    content = bytearray(xlsx({"x": [HEAD, *([ROW] * 50)]}))
    content[at % len(content)] ^= 0xFF
    source = held(bytes(content), "a.xlsx")

    try:
        list(formats()[0].cut(source))
    except InputError as told:
        assert "a.xlsx" in str(told)


def test_what_breaks_off_is_told_after_what_was_read(everything, xlsx, head):
    good = "".join(row(n, f'<c r="A{n}"><v>{n}</v></c>') for n in range(2, 4000))

    found = everything(xlsx({"x": head + good + "<row><c></row>"}), "a.xlsx")

    assert [one.identifier for one in found[:-1]][:2] == ["2", "3"]
    assert len(found) > 2000
    assert str(found[-1].problem).startswith("a.xlsx: This is not a workbook that can be read.")


@pytest.mark.parametrize(
    ("content", "reason"),
    [(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600, "in the old form .xls"), (b"PK\x03\x04", None)],
)
def test_an_old_workbook_is_refused_with_what_to_do_and_half_a_one_is_none(held, content, reason):
    source = held(content, "a.xls")
    one = formats()[0]

    assert one.recognizes(content, source) is bool(reason)
    if reason:
        with pytest.raises(InputError, match=reason):
            list(one.cut(source))


def test_what_openpyxl_writes_is_read_as_it_was(records, tmp_path):
    openpyxl = pytest.importorskip("openpyxl", reason="needs the extra office")
    from datetime import date

    book = openpyxl.Workbook()
    book.active.append(HEAD)
    book.active.append([1, 9, 15220, 998, 0.1, "Wells & <pumps>", date(2020, 2, 29)])
    book.save(tmp_path / "a.xlsx")

    (found,) = records((tmp_path / "a.xlsx").read_bytes(), "b.xlsx")

    assert (found.program.title, str(found.program.start)) == ("Wells & <pumps>", "2020-02-29")
    assert found.flows[0].amount == Decimal(100000)
