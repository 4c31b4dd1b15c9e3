"""Exports of forms that are not ours: a map says what answers what, and what it does not say is named."""

import contextlib
import io
import re
from datetime import date
from pathlib import Path

import pytest

from lens import api
from lens.cli import run
from lens.errors import InputError
from lens.hooks.registry import Registry
from lens.office.forms.importing import draft, imported
from lens.office.forms.mapping import Map, RoleOf, plain
from lens.readers.boundary import validate
from lens.readers.text import parse

openpyxl = pytest.importorskip("openpyxl")
pytest.importorskip("python_calamine")

ROOT = Path(__file__).resolve().parents[2]
EXAMPLE = ROOT / "templates" / "example"
DAY = date(2026, 11, 15)
SECRET = "Canary"

MAIN = [
    ["start", "Intro/consent", "who", "date", "grp.force", "grp.needs", "_uuid", "_submitted_by", "_index", "note"],
    [SECRET, "agreed", "1", "2026-10-01", "2", "food police", "u1", SECRET, "1", SECRET],
    [SECRET, "agreed", "9", "2026-10-02", "7", "food", "u2", SECRET, "2", SECRET],
    [SECRET, "refused", "1", "2026-10-03", "1", "police", "u3", SECRET, "3", SECRET],
    [SECRET, "agreed", "1", "2026-10-04", "refused", "", "u4", SECRET, "4", SECRET],
]
REPEAT = [
    ["site", "feared", "_index", "_parent_index", "_submission__uuid", "_submission__submitted_by"],
    ["A", "yes", "1", "1", "u1", SECRET],
    ["B", "no", "2", "1", "u1", SECRET],
    ["A", "yes", "3", "3", "u3", SECRET],
    ["Z", "yes", "4", "2", "u2", SECRET],
]
MAPPED = """
map:
  consent:
    column: consent
    given: [agreed]
  role:
    column: who
    words: {"1.0": people_affected}
  day: date
  answers:
  - question: harm.reaches-force
    column: force
    words: {"1": yes, "2": no}
    no_answer: [refused]
  - question: harm.sparks-violence
    column: grp.needs
    selected: {police: yes}
    otherwise: not_known
  - question: risk.unpunished-violence
    sheet: sites
    column: feared
    words: {yes: yes, no: no}
    about_of:
      column: site
      words: {A: place:1, B: place:2}
"""


@pytest.fixture(scope="module")
def registry():
    return Registry(only_core=True)


@pytest.fixture(scope="module")
def case(registry):
    return api.read_case(EXAMPLE, registry=registry).case


def workbook(path, **sheets):
    book = openpyxl.Workbook()
    del book[book.sheetnames[0]]
    for name, lines in sheets.items():
        sheet = book.create_sheet(name)
        for line in lines:
            sheet.append(line)
    book.save(path)
    return path


def take(tmp_path, case, registry, text=MAPPED, **sheets):
    file = tmp_path / "map.yaml"
    file.write_text(text, "utf-8")
    export = workbook(tmp_path / "other.xlsx", **(sheets or {"data": MAIN, "sites": REPEAT}))
    return imported([export], case, registry, today=DAY, map_file=file)


def lens(*arguments):
    out, err = io.StringIO(), io.StringIO()
    with contextlib.redirect_stdout(out), contextlib.redirect_stderr(err):
        code = run([str(one) for one in arguments])
    return code, out.getvalue(), err.getvalue()


def told(made):
    return [(one.question, one.about, one.answer, one.by, one.on) for one in made.taken.answers]


def test_columns_choices_and_repeats_become_answers(tmp_path, case, registry):
    made = take(tmp_path, case, registry)
    first, second = date(2026, 10, 1), date(2026, 10, 2)
    assert told(made) == [
        ("harm.reaches-force", None, "no", "people_affected", first),
        ("harm.sparks-violence", None, "yes", "people_affected", first),
        ("harm.sparks-violence", None, "not_known", "", second),
        ("risk.unpunished-violence", "place:1", "yes", "people_affected", first),
        ("risk.unpunished-violence", "place:2", "no", "people_affected", first),
    ]
    assert (made.taken.submissions, made.taken.without_consent) == (3, 1)


def test_what_the_map_does_not_say_is_named_by_its_cell(tmp_path, case, registry):
    made = take(tmp_path, case, registry)
    assert [re.sub(r"\. .*", "", str(one)) for one in made.taken.problems] == [
        "other.xlsx, data!C3: The map does not say which role this is",
        "other.xlsx, data!E3: The map does not say which answer this is",
        "other.xlsx, sites!A5: The map does not say what this is about",
    ]
    assert made.taken.not_understood == ["note"]
    assert made.taken.dropped == ["start", "_submitted_by", "_submission__submitted_by"]
    assert SECRET not in repr([str(one) for one in made.taken.problems]) + repr(told(made))


def test_a_repeat_without_uuids_is_found_by_its_index(tmp_path, case, registry):
    sites = [[one for number, one in enumerate(line) if number != 4] for line in REPEAT]
    made = take(tmp_path, case, registry, data=MAIN, sites=sites)
    assert [one[1] for one in told(made) if one[1]] == ["place:1", "place:2"]


def test_the_sheets_may_stand_in_any_order(tmp_path, case, registry):
    assert told(take(tmp_path, case, registry, sites=REPEAT, data=MAIN)) == told(take(tmp_path, case, registry))


def test_two_columns_of_one_person_that_differ_are_both_shown(tmp_path, case, registry):
    text = MAPPED + "  - {question: harm.reaches-force, column: who, words: {'1': yes, '9': yes}}\n"
    made = take(tmp_path, case, registry, text)
    assert [one[2] for one in told(made) if one[0] == "harm.reaches-force"][:2] == ["yes", "no"]
    assert "harm.reaches-force" in {one.question for one in made.differ}


def test_a_follow_up_belongs_to_its_question(tmp_path, case, registry):
    follow_up = registry.checks["harm.reaches-force"].check.question.follow_ups[0].id
    entry = f"{{question: harm.reaches-force, follow_up: {follow_up}, column: who, words: {{'1': no, '9': no}}}}"
    text = f"{MAPPED}  - {entry}\n"
    made = take(tmp_path, case, registry, text)
    assert made.taken.answers[0].follow_ups == {follow_up: "no"}


@pytest.mark.parametrize(
    ("before", "after", "said"),
    [
        ("harm.reaches-force", "harm.reach-force", 'Did you mean "harm.reaches-force"'),
        ("column: force", "column: forse", "is not there. Did you mean"),
        ("sheet: sites", "sheet: places", "names this sheet, and it is not there"),
        ("A: place:1", "A: place:8", "There is no place:8 in this case"),
        ('"1": yes, "2": no', '"1": maybe', "is not one of the list"),
        ("    given: [agreed]\n", "", "does not say who agreed"),
        ("    otherwise: not_known\n", "", "does not say which answer its words mean"),
        ("map:", "mapp:", "This is not a map"),
        ("no_answer", "noanswer", "This name is not known here"),
        ('{"1.0": people_affected}', '{"1.0": chief}', "is not one of the list"),
    ],
)
def test_a_wrong_map_is_said_with_its_place(tmp_path, case, registry, before, after, said):
    with pytest.raises(InputError) as reason:
        take(tmp_path, case, registry, MAPPED.replace(before, after))
    assert said in str(reason.value)


def test_columns_called_alike_are_not_guessed(tmp_path, case, registry):
    main = [[*MAIN[0], "other.force"], *([*line, "1"] for line in MAIN[1:])]
    with pytest.raises(InputError, match="Several columns are called so"):
        take(tmp_path, case, registry, data=main, sites=REPEAT)


def test_consent_that_was_asked_elsewhere_has_to_be_said(tmp_path, case, registry):
    text = MAPPED.replace("    column: consent\n    given: [agreed]\n", "    elsewhere: by word of mouth\n")
    assert take(tmp_path, case, registry, text).taken.submissions == 4


def test_a_role_that_is_the_same_for_all(tmp_path, case, registry):
    text = MAPPED.replace('    column: who\n    words: {"1.0": people_affected}', "    always: local_partner")
    assert {one[3] for one in told(take(tmp_path, case, registry, text))} == {"local_partner"}


@pytest.mark.parametrize(("text", "compared"), [("1.0", "1"), (" Yes ", "yes"), ("2", "2"), ("1.05", "1.05")])
def test_numbers_kept_as_text_are_the_numbers_they_are(text, compared):
    assert plain(text) == compared


def test_a_draft_names_every_column_and_no_value(tmp_path, registry):
    text = draft(workbook(tmp_path / "other.xlsx", data=MAIN, sites=REPEAT), registry)
    assert SECRET not in text
    for name in ("Intro/consent", "grp.force", "site", "feared"):
        assert f"#   {name}\n" in text
    assert "_submitted_by" not in text
    assert set(parse(text, "map.yaml").data) == {"map"}


def test_an_export_of_another_form_is_said_and_a_draft_leads_on(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    export = workbook(tmp_path / "other.xlsx", data=MAIN, sites=REPEAT)
    code, _, err = lens("import", "kobo", export, "--case", EXAMPLE)
    assert code == 2
    assert "export of another form" in err
    assert "--draft-map" in err
    assert lens("import", "kobo", export, "--draft-map", "map.yaml")[0] == 0
    (tmp_path / "map.yaml").write_text(MAPPED)
    code, out, _ = lens("import", "kobo", export, "--case", EXAMPLE, "--map", "map.yaml", "--output", "back.yaml")
    assert code == 3
    assert "Read: 3 submissions" in out
    assert SECRET not in out + (tmp_path / "back.yaml").read_text()


def test_the_example_of_the_documentation_is_a_map(registry):
    page = (ROOT / "docs" / "how-to" / "field-forms.md").read_text("utf-8")
    made = validate(Map, parse(page.partition("```text\n")[2].partition("```")[0], "map.yaml"), at=("map",))
    assert isinstance(made.role, RoleOf)
    assert {one.question for one in made.answers} <= set(registry.checks)


# Real exports


def forms(data):
    return data / "forms" / "kobocruncher"


@pytest.mark.data
@pytest.mark.parametrize("name", ["data.xlsx", "data_likert.xlsx", "form_likert.xlsx", "sample_xlsform.xlsx"])
def test_real_files_of_other_forms_are_told_apart(data, case, registry, name):
    with pytest.raises(InputError) as reason:
        imported([forms(data) / name], case, registry, today=DAY)
    (problem,) = reason.value.problems
    said = "This is a form, not what people answered." if "form" in name else "This is an export of another form"
    assert problem.what.startswith(said)


@pytest.mark.data
@pytest.mark.parametrize("name", ["kobo choices.csv", "kobo questions.csv"])
def test_tables_of_a_real_form_are_no_export_of_ours(data, case, registry, name):
    with pytest.raises(InputError, match="another form"):
        imported([data / "forms" / "msna18" / name], case, registry, today=DAY)


@pytest.mark.data
def test_a_real_export_with_groups_choices_and_a_repeat_is_read_by_a_map(data, case, registry, tmp_path):
    file = tmp_path / "map.yaml"
    file.write_text(
        """
map:
  consent: {elsewhere: before the form}
  role: {always: people_affected}
  answers:
  - question: harm.sparks-violence
    column: profile.reason
    selected: {safety: yes}
    otherwise: no
  - question: harm.reaches-force
    column: profile.reason.safety
    words: {"1": yes, "0": no}
  - question: risk.women-and-men-heard
    sheet: members
    column: sex
    words: {male: no, female: yes}
""",
        "utf-8",
    )
    made = imported([forms(data) / "data.xlsx"], case, registry, today=DAY, map_file=file)
    assert made.taken.problems == []
    assert made.taken.submissions > 0
    by_question = {}
    for one in made.taken.answers:
        by_question.setdefault(one.question, []).append((one.taken_from, one.answer))
    assert sorted(by_question["harm.sparks-violence"]) == sorted(by_question["harm.reaches-force"])
    assert len(by_question["risk.women-and-men-heard"]) == 12
    assert {one for one, _ in by_question["risk.women-and-men-heard"]} <= {
        one for one, _ in by_question["harm.reaches-force"]
    }
    assert {"start", "end", "location", "_submitted_by"} <= set(made.taken.dropped)


@pytest.mark.data
def test_a_real_scale_is_read_by_a_map(data, case, registry, tmp_path):
    file = tmp_path / "map.yaml"
    words = "{likely: yes, unlikely: no, neutral: partly}"
    file.write_text(
        f"map:\n  consent: {{elsewhere: x}}\n  answers:\n"
        f"  - {{question: harm.sparks-violence, column: violence, words: {words}}}\n",
        "utf-8",
    )
    made = imported([forms(data) / "data_likert.xlsx"], case, registry, today=DAY, map_file=file)
    assert made.taken.submissions == 120
    assert len(made.taken.answers) + len(made.taken.problems) <= 120
    assert len(made.taken.not_understood) == 17
