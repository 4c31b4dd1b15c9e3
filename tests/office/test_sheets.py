"""Workbooks as they come in: every cell is a text in its place, and what is no workbook is refused in plain words."""

import datetime
import zipfile

import pytest

from lens.errors import InputError
from lens.office.sheets import Sheet, cell_name, read_sheets

openpyxl = pytest.importorskip("openpyxl")


def saved(place, fill):
    book = openpyxl.Workbook()
    fill(book.active)
    path = place / "book.xlsx"
    book.save(path)
    return path


def said(path):
    with pytest.raises(InputError) as problem:
        read_sheets(path)
    return str(problem.value)


def test_every_value_is_the_text_that_stands_in_its_cell(tmp_path):
    def fill(sheet):
        sheet.title = "answers"
        sheet["B3"], sheet["C3"], sheet["D3"] = "no", 14030, 12.5
        sheet["E3"], sheet["F3"] = datetime.date(2026, 3, 1), True
        sheet["B9"] = "last"

    assert read_sheets(saved(tmp_path, fill)) == {
        "answers": Sheet("answers", ((3, ("", "no", "14030", "12.5", "2026-03-01", "yes")), (9, ("", "last"))))
    }


def test_a_formula_is_never_run_and_merged_cells_are_named(tmp_path):
    def fill(sheet):
        sheet["A1"] = '=HYPERLINK("http://example.org","x")'
        sheet["A2"] = "wide"
        sheet.merge_cells("A2:C2")

    (sheet,) = read_sheets(saved(tmp_path, fill)).values()
    assert sheet.rows == ((2, ("wide",)),)
    assert sheet.merged == ("A2:C2",)


def test_a_million_empty_rows_cost_nothing(tmp_path):
    def fill(sheet):
        sheet["A1"] = "first"
        sheet["A1048576"] = "last"

    (sheet,) = read_sheets(saved(tmp_path, fill)).values()
    assert sheet.rows == ((1, ("first",)), (1048576, ("last",)))


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600, "protected by a password, or in the old form .xls"),
        (b"name,answer\n", "This is not a workbook that can be read."),
        (b"", "This is not a workbook that can be read."),
        (b"PK\x03\x04" + b"\0" * 50, "This is not a workbook that can be read."),
    ],
)
def test_what_is_no_workbook_is_refused_with_what_to_do(tmp_path, content, words):
    path = tmp_path / "book.xlsx"
    path.write_bytes(content)
    assert words in said(path)
    assert "ave it" in said(path)


def test_a_zip_bomb_is_refused_before_it_is_unpacked(tmp_path):
    path = tmp_path / "bomb.xlsx"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as packed:
        for number in range(4):
            packed.writestr(f"xl/worksheets/sheet{number}.xml", b"0" * 100_000_000)
    assert path.stat().st_size < 1_000_000
    assert "too large to be one of ours" in said(path)


def test_entities_in_its_xml_are_not_expanded(tmp_path):
    path = saved(tmp_path, lambda sheet: sheet.append(["x"]))
    evil = b'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]><worksheet>&a;</worksheet>'
    out = tmp_path / "evil.xlsx"
    with zipfile.ZipFile(path) as old, zipfile.ZipFile(out, "w") as new:
        for one in old.namelist():
            new.writestr(one, evil if one.endswith("sheet1.xml") else old.read(one))
    try:
        assert "root:" not in repr(read_sheets(out))
    except InputError as problem:
        assert "root:" not in str(problem)


@pytest.mark.parametrize(("row", "column", "name"), [(1, 1, "A1"), (2, 26, "Z2"), (3, 27, "AA3"), (4, 703, "AAA4")])
def test_cells_are_called_as_in_a_workbook(row, column, name):
    assert cell_name(row, column) == name
