"""The workbook in LibreOffice, without a screen: it opens, is saved there, and comes back the same (make office)."""

import shutil
import subprocess
from datetime import date
from pathlib import Path

import pytest

from lens import api
from lens.cases.policy import Policy
from lens.hooks.registry import Registry
from lens.languages.language import language
from lens.office.workbook.questions import asked_of
from lens.office.workbook.read import read_workbook
from lens.office.workbook.write import case_workbook, names_workbook
from lens.testing import case

pytestmark = [pytest.mark.office, pytest.mark.timeout(300)]
openpyxl = pytest.importorskip("openpyxl")

EXAMPLE = Path(__file__).resolve().parents[2] / "templates" / "example"
DAY = date(2026, 11, 15)
REGISTRY = Registry(only_core=True)


def saved_in_libreoffice(path, ending, place):
    """The file as LibreOffice saves it."""
    office = shutil.which("soffice")
    assert office, "LibreOffice is not here: apt-get install libreoffice-calc"
    subprocess.run(
        [
            office,
            f"-env:UserInstallation=file://{place}/profile",
            "--headless",
            "--convert-to",
            ending,
            "--outdir",
            str(place / ending),
            str(path),
        ],
        check=True,
        capture_output=True,
        timeout=240,
    )
    return place / ending / f"{path.stem}.{ending}"


@pytest.fixture(scope="module")
def place(tmp_path_factory):
    return tmp_path_factory.mktemp("office")


@pytest.fixture(scope="module")
def book(place):
    given = api.read_case(EXAMPLE).case
    t = language("en")
    asked = asked_of(given, REGISTRY, t, as_of=DAY, policy=Policy())
    path = place / "book.xlsx"
    path.write_bytes(case_workbook(given, asked, REGISTRY, t, as_of=DAY))
    return path


@pytest.mark.parametrize("ending", ["xlsx", "ods"])
def test_saved_in_libreoffice_it_is_the_same_case(book, place, ending):
    taken = read_workbook(saved_in_libreoffice(book, ending, place), REGISTRY)
    assert (taken.case, taken.left, taken.notes) == (api.read_case(EXAMPLE).case, (), ())


def test_saved_in_libreoffice_it_still_has_its_drop_downs_and_notes(book, place):
    before, after = (openpyxl.load_workbook(one) for one in (book, saved_in_libreoffice(book, "xlsx", place)))
    assert after.sheetnames == before.sheetnames
    for sheet in before:
        again = after[sheet.title]
        lists = [sum(rule.type == "list" for rule in one.data_validations.dataValidation) > 0 for one in (sheet, again)]
        assert lists[0] == lists[1]
        notes = [[cell.comment.text if cell.comment else "" for cell in one[2]] for one in (sheet, again)]
        assert [one for one in notes[0] if one] == [one for one in notes[1] if one]


@pytest.mark.parametrize(
    "text",
    [
        "=1+1",
        "'=1",
        "a\nb\n",
        " a",
        "-x",
        "007",
        "1e5",
        "2026-01-01",
        "TRUE",
        '""',
        "\u202eabc",
        "عربي\u200f",
        "_x0041_",
        "\x07",
    ],
)
def test_texts_that_a_spreadsheet_could_change_come_back_as_they_went(text, place):
    given = case({"program": {"title": text, "activities": [{"id": "activity:1", "description": text}]}})
    path = place / "text.xlsx"
    path.write_bytes(case_workbook(given, [], REGISTRY, language("en"), as_of=DAY))
    assert read_workbook(saved_in_libreoffice(path, "xlsx", place), REGISTRY).case == given


def test_the_workbook_of_names_comes_back_the_same(place):
    given = api.read_case(EXAMPLE, with_annex=True).case
    path = place / "names.xlsx"
    path.write_bytes(names_workbook(given, language("en"), as_of=DAY))
    assert read_workbook(saved_in_libreoffice(path, "xlsx", place)).annex == given.annex


def test_every_sheet_can_be_printed(book, place):
    pdf = saved_in_libreoffice(book, "pdf", place).read_bytes()
    assert pdf.startswith(b"%PDF")
    assert len(pdf) > 100_000
