"""Workbooks as people fill them in, with mistakes: each named by sheet and cell, all at once, and nothing is lost."""

import contextlib
import datetime
import io
import zipfile
from datetime import date
from pathlib import Path

import pytest

from lens import api
from lens.cases.policy import Policy
from lens.cli import run
from lens.errors import InputError
from lens.hooks.registry import Registry
from lens.languages.language import language
from lens.office.workbook import layout
from lens.office.workbook.questions import asked_of
from lens.office.workbook.read import read_workbook
from lens.office.workbook.write import case_workbook

openpyxl = pytest.importorskip("openpyxl")

EXAMPLE = Path(__file__).resolve().parents[2] / "templates" / "example"
DAY = date(2026, 11, 15)
REGISTRY = Registry(only_core=True)


@pytest.fixture(scope="module")
def content():
    t = language("en")
    given = api.read_case(EXAMPLE).case
    return case_workbook(given, asked_of(given, REGISTRY, t, as_of=DAY, policy=Policy()), REGISTRY, t, as_of=DAY)


class Edit:
    """A workbook that somebody works on."""

    def __init__(self, content, place):
        self.book = openpyxl.load_workbook(io.BytesIO(content))
        self.path = place / "book.xlsx"

    def cell(self, sheet, row, label):
        heads = {str(one.value).removesuffix(" *"): one.column for one in self.book[sheet][2] if one.value}
        return self.book[sheet].cell(row, heads[label])

    def put(self, sheet, row, label, value):
        self.cell(sheet, row, label).value = value

    def read(self):
        self.book.save(self.path)
        return read_workbook(self.path, REGISTRY)

    def said(self):
        with pytest.raises(InputError) as problem:
            self.read()
        return [str(one).removeprefix("book.xlsx, ") for one in problem.value.problems]


@pytest.fixture
def edit(content, tmp_path):
    return Edit(content, tmp_path)


def form_line(edit, label):
    return next(row for row in edit.book["program"].iter_rows(min_row=3) if row[0].value == label)


# One wrong cell


@pytest.mark.parametrize(
    ("sheet", "cell", "label", "value", "said"),
    [
        (
            "activities",
            "F3",
            "start (day)",
            "31.12.2026",
            "This day is a text. If you mean 2026-12-31, write 2026-12-31.",
        ),
        (
            "activities",
            "F3",
            "start (day)",
            "05/06/2026",
            "This day can be read in two ways. Write 2026-06-05 or 2026-05-06.",
        ),
        (
            "effects",
            "E3",
            "by (day)",
            "12/31/2026",
            ("This day is a text that can be read in more than one way. Write year-month-day, such as 2026-03-31."),
        ),
        (
            "activities",
            "G3",
            "end (day)",
            datetime.datetime(2026, 12, 31, 14, 30),  # noqa: DTZ001 - as a cell holds it
            "This day has a time with it. Write the day alone, such as 2026-03-31.",
        ),
        (
            "activities",
            "G3",
            "end (day)",
            "soon",
            "This is no day. Write year-month-day, such as 2026-03-31.",
        ),
        (
            "partners",
            "C3",
            "role",
            "implementer",
            'This word is not one of the list. It says "implementer". Did you mean "implementing"?',
        ),
        (
            "places",
            "D4",
            "share",
            "0.4",
            (
                "This could be a share of one or of a hundred. Write forty percent as 40 or 40%, and "
                "four tenths of a percent as 0.4%."
            ),
        ),
        (
            "places",
            "B3",
            "country",
            "Xanadia",
            'A country must look like XA (two capital letters, ISO 3166). It says "Xanadia".',
        ),
        (
            "effects",
            "B3",
            "on (factor or inhibitor)",
            "7.10",
            "A risk factor or inhibitor must look like RF7.10, INH5 or local:1.",
        ),
        (
            "effects",
            "A3",
            "activity",
            "activity:9",
            'There is no such activity. Did you mean "activity:3" or "activity:2"?',
        ),
        (
            "effects",
            "C3",
            "kind",
            None,
            "This is needed and is empty. Fill it in.",
        ),
        (
            "provisions",
            "C3",
            "to",
            "partner:99",
            'There is no partner:99 in these files. Did you mean "partner:9" or "partner:8"?',
        ),
        (
            "budgets",
            "B3",
            "amount",
            "5,000,000",
            ('An amount must look like 250000 or 250000.50, without thousands signs. It says "5,000,000".'),
        ),
        (
            "budgets",
            "B3",
            "amount",
            "=2+3",
            "This formula shows nothing that could be taken. Write what it should show.",
        ),
        (
            "more evidence",
            "B3",
            "row no.",
            77,
            (
                "There is no row with this number on that sheet. Write the sheet, and the number that "
                "stands in its first column."
            ),
        ),
    ],
    ids=lambda one: str(one)[:20],
)
def test_a_cell_that_cannot_be_taken_is_named_with_what_to_write(edit, sheet, cell, label, value, said):
    edit.book[sheet][cell] = value
    assert edit.said() == [f'sheet "{sheet}", cell {cell} ({label}): {said}']


def test_one_bad_row_never_takes_down_the_rest(edit):
    edit.put("partners", 3, "kind", "secret police")
    edit.put("activities", 3, "start (day)", "31.12.2026")
    edit.put("provisions", 3, "to", "partner:99")
    edit.put("effects", 3, "activity", "activity:9")
    edit.put("effects", 3, "kind", "bad")
    edit.put("answers", 3, "answer", "perhaps")
    edit.put("factors", 3, "on (day)", "last year")
    edit.put("dispositions", 3, "owner (role)", None)
    assert sorted(one.split(" (")[0] for one in edit.said()) == [
        'sheet "activities", cell F3',
        'sheet "answers", cell D3',
        'sheet "dispositions", cell D3',
        'sheet "effects", cell A3',
        'sheet "effects", cell C3',
        'sheet "factors", cell E3',
        'sheet "partners", cell B3',
        'sheet "provisions", cell C3',
    ]


def test_references_to_a_row_that_is_wrong_for_another_reason_are_not_wrong_as_well(edit):
    edit.put("partners", 3, "id", "partner:1")
    edit.put("partners", 3, "kind", "secret police")
    assert len(edit.said()) == 1


# The shape of the workbook


def test_a_renamed_sheet_is_told_from_a_missing_one(edit):
    edit.book["actors"].title = "Akteure"
    assert edit.said() == [
        'sheet "Akteure": This sheet has the columns of "actors", which is missing. Name it "actors" again.'
    ]


def test_a_missing_sheet_that_held_something_is_wrong(edit):
    del edit.book["actors"]
    assert edit.said() == [
        (
            'sheet "actors": This sheet is missing; it held 4 when the workbook was made. Give it its name back, '
            "or put the sheet back; empty it if nothing of it holds."
        )
    ]


def test_a_missing_sheet_that_held_nothing_is_not_missed(edit):
    del edit.book["escalations"]
    assert edit.read().case == api.read_case(EXAMPLE).case


def test_sheets_and_headings_are_known_however_they_are_cased_and_wherever_they_stand(edit):
    edit.book["actors"].title = " actors "
    edit.book["places"].insert_rows(1, 3)
    edit.book["places"].insert_cols(1)
    edit.book["groups"]["A2"] = " ID "
    edit.book.move_sheet("answers", -5)
    assert edit.read().case == api.read_case(EXAMPLE).case


def test_a_renamed_column_is_wrong_and_the_new_name_is_seen(edit):
    edit.cell("partners", 2, "women led").value = "women led?"
    assert edit.said() == [
        'sheet "partners": The column "women led" is not here. Is it "women led?"? Give it its own heading back.'
    ]


def test_a_column_that_stands_twice_is_wrong(edit):
    edit.book["groups"]["C2"] = "note"
    assert edit.said() == [
        'sheet "groups", cell C2: The heading "note" stands here a second time. Keep one of the two columns.'
    ]


def test_merged_cells_are_wrong_and_named(edit):
    edit.book["calendar"].merge_cells("A3:A4")
    assert edit.said() == [
        (
            'sheet "calendar", cell A3: The cells A3:A4 are merged, so that only the first of them holds anything. '
            "Take the merge apart and fill in each cell."
        ),
        'sheet "calendar", cell A4 (kind): This is needed and is empty. Fill it in.',
    ]


def test_what_stands_beside_our_columns_does_not_arrive_and_is_named(edit):
    edit.book["places"]["J2"] = "my remarks"
    edit.book["places"]["J3"] = edit.book["places"]["J4"] = "CANARY"
    edit.book["places"]["L5"] = "CANARY"
    edit.book["guide"]["E30"] = "CANARY"
    edit.book["words"]["E2"] = "CANARY"
    edit.book["program"]["F4"] = "CANARY"
    edit.book["answers"]["E3"] = "CANARY"
    edit.book.create_sheet("my notes")["B2"] = "CANARY"
    edit.book["groups"]["F9"] = "=1+1"
    taken = edit.read()
    assert taken.case == api.read_case(EXAMPLE).case
    assert sorted(taken.left) == [
        'sheet "answers", texts in our column "what is meant" that are not (or no longer) ours: E3',
        'sheet "groups", formulas and errors where nothing is read: F9',
        'sheet "guide", cells that are not ours: E30',
        'sheet "my notes", a sheet that is not ours, 1 cells: B2',
        'sheet "places", column "my remarks" is not ours: J3:J4',
        'sheet "places", without a heading: L5',
        'sheet "program", beside the lines: F4',
        'sheet "words", cells that are not ours: E2',
    ]


def test_a_formula_counts_as_what_it_last_showed_and_that_is_said(edit):
    edit.read()
    with zipfile.ZipFile(edit.path) as old:
        parts = {one: old.read(one) for one in old.namelist()}
    number = edit.book.sheetnames.index("budgets") + 1
    name = f"xl/worksheets/sheet{number}.xml"
    before = parts[name]
    parts[name] = before.replace(b"<v>5000000</v>", b"<f>2*2500000</f><v>5000000</v>")
    assert parts[name] != before
    with zipfile.ZipFile(edit.path, "w") as new:
        for one, content in parts.items():
            new.writestr(one, content)
    taken = read_workbook(edit.path, REGISTRY)
    assert taken.case == api.read_case(EXAMPLE).case
    assert taken.notes == ('sheet "budgets", cell B3 (amount): it is a formula; what it last showed was taken',)


def test_a_million_empty_rows_cost_nothing(edit):
    edit.book["places"].cell(1_048_576, 30).value = " "
    assert edit.read().case == api.read_case(EXAMPLE).case


def test_a_workbook_of_a_newer_form_is_refused(edit):
    row = next(row for row in edit.book["guide"].iter_rows() if row[0].value == "form of this workbook")
    row[1].value = "2"
    assert edit.said() == [
        (
            "book.xlsx: This workbook was made by a newer lens (form 2, here 1). Install that version, or make the "
            "workbook again with this one."
        )
    ]


def test_a_workbook_of_an_older_form_is_read_as_far_as_it_goes(edit):
    row = next(row for row in edit.book["guide"].iter_rows() if row[0].value == "form of this workbook")
    row[1].value = "0"
    edit.book["partners"].delete_cols(5)
    del edit.book["milestones"]
    taken = edit.read()
    assert taken.notes == ("This workbook has an older form (0); what that form did not have stays empty.",)
    assert [one.women_led for one in taken.case.program.partners] == ["not_known"] * 9
    assert taken.case.program.milestones == ()


def test_without_its_guide_a_workbook_is_not_guessed(edit):
    del edit.book["guide"]
    assert edit.said() == [
        (
            'book.xlsx: The sheet "guide" or its line "form of this workbook" is missing, so its form is not known. '
            "Put it back, as the first sheet of a workbook that `lens workbook new` makes."
        )
    ]


def test_rows_can_be_sorted_and_left_out(edit):
    sheet = edit.book["partners"]
    last = [one.value for one in sheet[11]]
    sheet.delete_rows(11)
    sheet.insert_rows(3)
    for number, value in enumerate(last, 1):
        sheet.cell(3, number).value = value
    partners = [one.id for one in edit.read().case.program.partners]
    assert partners == ["partner:9", *(f"partner:{number}" for number in range(1, 9))]


def test_words_are_taken_however_they_are_written_and_several_stand_in_one_cell(edit):
    edit.put("partners", 3, "kind", "Security Force")
    edit.put("places", 3, "country", "Kenya")
    edit.put("places", 3, "share", "20 %")
    edit.put("activities", 3, "places", "place:1, place:2\nplace:3")
    form_line(edit, "flags")[1].value = "humanitarian; remote management"
    program = edit.read().case.program
    assert program.partners[0].kind == "security_force"
    assert (program.places[0].country, str(program.places[0].share)) == ("KE", "20")
    assert program.activities[0].places == ("place:1", "place:2", "place:3")
    assert program.flags == ("humanitarian", "remote_management")


# Canaries


def test_no_message_says_a_value_that_is_not_public(edit):
    """A canary in every cell that is filled in, and in many that are not: messages name cells, not values."""
    tokens = {}
    for table in layout.TABLES:
        heads = {str(one.value).removesuffix(" *"): one.column for one in edit.book[table.name][2] if one.value}
        for column in table.columns:
            for row in (3, 4, 9):
                if not column.is_public:
                    token = f"CANARY{len(tokens)}Q"
                    tokens[token] = (table.name, column.label)
                    edit.book[table.name].cell(row, heads[column.label]).value = token
    for form in layout.FORMS:
        for row in edit.book[form.name].iter_rows(min_row=3, max_col=2):
            column = next((one for one in form.columns if one.label == row[0].value), None)
            if column is not None and not column.is_public:
                token = f"CANARY{len(tokens)}Q"
                tokens[token] = (form.name, column.label)
                row[1].value = token
    edit.book.save(edit.path)
    out, err = io.StringIO(), io.StringIO()
    with contextlib.redirect_stdout(out), contextlib.redirect_stderr(err):
        code = run(["workbook", "import", str(edit.path), "--folder", str(edit.path.parent / "case"), "--only-core"])
    assert code == 2
    with pytest.raises(InputError) as problem:
        read_workbook(edit.path, REGISTRY)
    text = out.getvalue() + err.getvalue() + str(problem.value)
    assert len(problem.value.problems) > 50
    assert [(token, tokens[token]) for token in tokens if token in text] == []
    assert not (edit.path.parent / "case").exists()
