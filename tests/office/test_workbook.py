"""A case goes into a workbook and comes back the same, whatever texts are in it; nothing of the model has no place."""

import dataclasses
import io
import re
import typing
import zipfile
from datetime import date
from pathlib import Path

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from lens import api
from lens.cases import Annex, Answers, Case, Context, Decisions, Program
from lens.cases.files import texts_of
from lens.cases.policy import Policy
from lens.cases.program import Budget
from lens.cases.published import Published
from lens.errors import InputError
from lens.hooks.registry import Registry
from lens.languages.language import language
from lens.office.sheets import text_of
from lens.office.workbook import cells, layout
from lens.office.workbook.questions import asked_of
from lens.office.workbook.read import read_workbook
from lens.office.workbook.write import case_workbook, names_workbook
from lens.readers.boundary import class_in, hints_of, validate
from lens.readers.text import Text
from lens.testing import case
from lens.words import TYPES, spoken

openpyxl = pytest.importorskip("openpyxl")

EXAMPLE = Path(__file__).resolve().parents[2] / "templates" / "example"
DAY = date(2026, 11, 15)
TEXT = st.text(
    st.characters(exclude_categories=("Cs", "Co", "Cn")) | st.sampled_from("\n;,\"'=-[]\u241b_x"), max_size=30
) | st.sampled_from(["", " ", "[]", '""', '"a"', '"[]"', "=1+1", "'=1", "-x", "_x0041_", "a\r\nb", "\n", "no", "1e5"])


REGISTRY = Registry(only_core=True)


def book_of(given_, *, questions=True):
    t = language("en")
    asked = asked_of(given_, REGISTRY, t, as_of=DAY, policy=Policy()) if questions else []
    return case_workbook(given_, asked, REGISTRY, t, as_of=DAY)


def read(content, folder):
    path = folder / "book.xlsx"
    path.write_bytes(content)
    return read_workbook(path, REGISTRY)


# Out and back in


def numbered(program):
    """A program whose parts have a number each, and references among them."""

    def ids(items, head):
        return tuple(dataclasses.replace(one, id=f"{head}:{number}") for number, one in enumerate(items, 1))

    return dataclasses.replace(
        program,
        subject="program",
        places=ids(program.places, "place"),
        partners=ids(program.partners, "partner"),
        activities=ids(program.activities, "activity"),
    )


@settings(max_examples=8, suppress_health_check=list(HealthCheck), phases=[Phase.generate])
@given(data=st.data())
def test_a_random_case_comes_back_the_same(values, data, tmp_path_factory):
    """References that lead nowhere are left in: here the form of a case is looked at, not its sense."""
    given_ = Case(
        program=numbered(data.draw(values(Program, TEXT, 3))),
        context=data.draw(st.none() | values(Context, TEXT, 3)),
        answers=data.draw(st.none() | values(Answers, TEXT, 3)),
        decisions=data.draw(values(Decisions, TEXT, 3)),
    )
    folder = tmp_path_factory.mktemp("book")
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("lens.readers.consistency.problems_of", lambda parts: [])
        patch.setattr("lens.office.workbook.write._BLANK_ROWS", 1)
        content = book_of(given_, questions=False)
        taken = read(content, folder)
        assert taken.case == given_
        assert texts_of(taken.case) == texts_of(given_)
        assert taken.left == ()
        assert book_of(taken.case, questions=False) == content


def test_the_example_comes_back_the_same_and_makes_the_same_workbook(tmp_path):
    given_ = api.read_case(EXAMPLE).case
    content = book_of(given_)
    taken = read(content, tmp_path)
    assert (taken.case, taken.left, taken.notes) == (given_, (), ())
    assert book_of(taken.case) == content


def test_a_published_program_comes_back_with_all_that_only_published_data_has(tmp_path):
    published = {
        "standard": "IATI",
        "humanitarian": "true",
        "languages": ["en", "fr"],
        "transactions": [
            {"kind": "2", "number": "3", "total": "-12.50"},
            {"kind": "3", "number": "1", "total": "7", "currency": "USD"},
        ],
        "notes": [{"code": "x", "count": "2", "detail": "=1+1"}],
    }
    made = case({"program": {"title": "Wells"}})
    given_ = dataclasses.replace(
        made, program=dataclasses.replace(made.program, published=validate(Published, Text("p", published)))
    )
    assert read(book_of(given_, questions=False), tmp_path).case == given_


@pytest.mark.parametrize("part", ["context", "answers"])
def test_a_part_that_is_there_and_empty_stays_there(part, tmp_path):
    empty = {"context": Context(), "answers": Answers()}[part]
    given_ = dataclasses.replace(case({"program": {"title": "Wells"}}), **{part: empty})
    assert read(book_of(given_, questions=False), tmp_path).case == given_


@pytest.mark.parametrize(
    "text",
    [
        "",
        " ",
        "a\n",
        " a",
        "=1+1",
        "'=1+1",
        "''=1",
        "-x",
        "@x",
        '""',
        '" "',
        '"a"',
        "[]",
        "a;b",
        "_x0041_",
        "\x07\r\t",
        "\u241b0041",
    ],
)
def test_texts_come_back_as_they_went(text):
    assert cells.as_read(cells.written(text)) == text
    assert cells.list_read(cells.list_written([text, "x"]), commas=False) == [text, "x"]
    assert not cells.written(text).startswith(("=", "+", "-", "@"))


@given(st.lists(TEXT, min_size=1, max_size=3))
def test_any_texts_come_back_as_they_went(texts):
    assert [cells.as_read(cells.written(one)) for one in texts] == texts
    assert cells.list_read(cells.list_written(texts), commas=False) == texts


@given(data=st.data())
def test_an_amount_is_a_number_only_where_every_spreadsheet_keeps_all_of_it(values, data):
    amount = data.draw(values(typing.get_type_hints(Budget, include_extras=True)["amount"], TEXT))
    made = cells.number_written(amount)
    text = made if isinstance(made, str) else text_of(float(f"{made:.15g}"))
    assert cells.as_read(text) == f"{amount:f}"


# Everything has its place


def paths(kind, at=()):
    """Every field of a class of the model that holds a value of its own."""
    for one in dataclasses.fields(kind):
        inner = class_in(hints_of(kind)[one.name])
        if inner is None:
            yield (*at, one.name)
        else:
            yield from paths(inner, (*at, one.name))


@pytest.mark.parametrize(
    ("part", "kind"),
    [("program", Program), ("context", Context), ("answers", Answers), ("decisions", Decisions)],
    ids=["program", "context", "answers", "decisions"],
)
def test_no_field_of_the_model_is_forgotten(part, kind):
    """A new field gets its column by itself; a new list of records fails here until it has a sheet."""
    placed = {tuple(map(str, one.key)) for form in layout.FORMS if form.part == part for one in form.columns}
    for table in layout.TABLES:
        if table.part == part:
            for start in {table.path, table.path[-1:]} if table.owner == "program" else {table.path}:
                placed |= {(*start, *(step for step in one.key if step != 0)) for one in table.columns}
    placed |= {("published", *rest) for _, *rest in paths(Program) if _ == "published"}
    placed |= {(*one.path, "follow_ups") for one in layout.TABLES if layout.is_answers(one)}
    both = {("activities", *one) for one in placed if one[0] in ("sectors", "budgets")}
    assert set(paths(kind)) - placed - both == set()


def test_what_may_be_left_out_as_a_whole_says_what_makes_it_be_there():
    """A safeguard or a sum of money is there once any of its columns is filled in: one of them must always be."""
    for table in layout.TABLES:
        groups = {}
        for column in table.columns:
            if len(column.key) > 1:
                groups.setdefault(column.key[:-1], []).append(column.needed)
        assert all(any(needed) for needed in groups.values()), table.name


def test_the_words_of_each_list_are_told_apart_however_they_are_written():
    for kind in TYPES.values():
        words = typing.get_args(kind)
        for word in words:
            assert cells.word_read(spoken(word).upper(), words) == word
            assert cells.word_read(word, words) == word
    assert cells.word_read("looked for, not seen", ("looked_for_not_seen",)) == "looked_for_not_seen"


# What people see


@pytest.fixture(scope="module")
def example():
    return openpyxl.load_workbook(io.BytesIO(book_of(api.read_case(EXAMPLE).case)))


def test_the_guide_comes_first_and_the_words_last(example):
    assert tuple(example.sheetnames) == layout.ORDER
    said = [str(one.value) for row in example["guide"] for one in row if one.value]
    assert said[0] == "A case in one workbook"
    assert "For use inside the agency: handle as such, and do not hand it on." in said


def test_every_closed_list_and_every_reference_has_a_drop_down_with_exactly_its_words(example):
    for table in layout.TABLES:
        sheet = example[table.name]
        heads = {str(one.value).removesuffix(" *"): one.column_letter for one in sheet[2] if one.value}
        rules = {str(rule.sqref).split("3:")[0]: rule for rule in sheet.data_validations.dataValidation}
        for column in table.columns:
            if column.is_list or column.choices == layout.COUNTRIES:
                continue
            if column.words or column.choices:
                rule = rules[heads[column.label]]
                assert rule.type == "list"
                name, _, cells_ = rule.formula1.replace("'", "").replace("$", "").partition("!")
                held = [row[0].value for row in example[name][cells_]]
                if column.words:
                    assert held == [spoken(word) for word in column.words]


def test_every_heading_has_the_help_of_its_field(example):
    for table in layout.TABLES:
        heads = {str(one.value).removesuffix(" *"): one for one in example[table.name][2] if one.value}
        for column in table.columns:
            assert heads[column.label].comment.text.startswith(column.help)


def test_days_are_days_money_is_a_number_and_texts_are_texts(example):
    activities = {one.value: one.column for one in example["activities"][2]}
    assert example["activities"].cell(3, activities["start (day)"]).is_date
    assert example["budgets"]["B3"].value == 5000000
    assert all(one.data_type != "f" for sheet in example for row in sheet for one in row)


def test_headings_stay_in_sight_and_every_page_says_for_whom_it_is(example):
    for name in layout.ORDER[1:]:
        assert example[name].freeze_panes
        assert "inside the agency" in example[name].oddHeader.center.text


def test_only_questions_that_a_plan_names_are_asked_about_what_it_asks_them(example):
    plan = api.plan(EXAMPLE, as_of=DAY, registry=REGISTRY)
    sheet = example["answers"]
    heads = {str(one.value).removesuffix(" *"): one.column for one in sheet[2] if one.value}
    rows = [
        (sheet.cell(row, heads["question id"]).value, sheet.cell(row, heads["answer"]).value)
        for row in range(3, sheet.max_row + 1)
        if sheet.cell(row, heads["question id"]).value
    ]
    asked = [name for name, answer in rows if not answer]
    assert set(asked) <= {one.check for one in (*plan.questions, *plan.later)}
    assert len(asked) == plan.answers + len(plan.later)


def test_the_same_case_and_day_give_the_same_bytes():
    given_ = api.read_case(EXAMPLE).case
    first = book_of(given_)
    assert first == book_of(given_)
    with zipfile.ZipFile(io.BytesIO(first)) as packed:
        assert {one.date_time for one in packed.infolist()} == {(2000, 1, 1, 0, 0, 0)}


def test_hostile_texts_stay_texts(tmp_path):
    evil = '=HYPERLINK("http://example.org","x")'
    given_ = case({"program": {"title": evil, "activities": [{"id": "activity:1", "title": "+cmd|' /C calc'!A0"}]}})
    content = book_of(given_, questions=False)
    with zipfile.ZipFile(io.BytesIO(content)) as packed:
        sheets = b"".join(packed.read(one) for one in packed.namelist() if "worksheets/sheet" in one)
    assert b"<f>" not in sheets
    assert b"hyperlink" not in sheets
    assert read(content, tmp_path).case == given_


def test_a_text_too_long_for_a_cell_is_said_and_nothing_is_cut():
    given_ = case({"program": {"description": "CANARY" * 6000}})
    with pytest.raises(InputError) as problem:
        book_of(given_, questions=False)
    assert str(problem.value) == (
        "program: description: This text is longer than the 32767 signs that a cell can hold. Shorten it in its file."
    )


# Names


def test_names_are_never_in_the_workbook_of_a_case():
    read_ = api.read_case(EXAMPLE, with_annex=True)
    names = [one.name for one in read_.case.annex.names.values() if one.name]
    with zipfile.ZipFile(io.BytesIO(book_of(read_.case))) as packed:
        text = b"".join(packed.read(one) for one in packed.namelist()).decode(errors="replace")
    assert [name for name in names if re.search(rf"\b{name}\b", text)] == []


@settings(max_examples=15, suppress_health_check=list(HealthCheck))
@given(data=st.data())
def test_the_workbook_of_names_comes_back_the_same(values, data, tmp_path_factory):
    annex = data.draw(values(Annex, TEXT, 3))
    folder = tmp_path_factory.mktemp("names")
    given_ = dataclasses.replace(case({"program": {"title": "Wells"}}), annex=annex)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("lens.office.workbook.write._BLANK_ROWS", 1)
        taken = read(names_workbook(given_, language("en"), as_of=DAY), folder)
    assert (taken.annex, taken.case, taken.left) == (annex, None, ())
