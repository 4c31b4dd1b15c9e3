"""Tables of one's own: taken by a mapping or by their headings; what is not understood is named, nothing is guessed."""

import contextlib
import io

import pytest

from lens import api
from lens.cases.files import text_of
from lens.cli import run
from lens.errors import InputError
from lens.office.workbook.table import fields, read_map, read_own_table

openpyxl = pytest.importorskip("openpyxl")


def lens(*arguments):
    out, err = io.StringIO(), io.StringIO()
    with contextlib.redirect_stdout(out), contextlib.redirect_stderr(err):
        code = run([str(one) for one in arguments])
    return code, out.getvalue(), err.getvalue()


def table(place, rows, *merged, name="table.xlsx"):
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.title = "Plan"
    for number, row in enumerate(rows, 1):
        for column, value in enumerate(row, 1):
            if value is not None:
                sheet.cell(number, column).value = value
    for one in merged:
        sheet.merge_cells(one)
    book.save(place / name)
    return place / name


def mapped(place, text):
    path = place / "mapping.yaml"
    path.write_text(text)
    return read_map(path)


def program(taken):
    return text_of("program", taken.case.program)


def test_headings_that_are_known_are_taken_and_the_others_are_named(tmp_path):
    path = table(
        tmp_path,
        [
            ["Activity plan of the country office"],
            [],
            ["Activity", "Start date", "End date", "DAC code", "Budget", "Currency", "Color"],
            ["Wells", "2026-03-01", "2026-12-31", "14030", 250000, "USD", "blue"],
            ["Training", "2026-04-01", None, "15210; 15220", None, None, None],
        ],
    )
    taken = read_own_table(path)
    assert taken.unknown == ("Color",)
    assert taken.left == ()
    assert program(taken) == (
        "program:\n"
        "  activities:\n"
        "  - id: activity:1\n"
        "    title: Wells\n"
        "    sectors:\n"
        "    - code: '14030'\n"
        "    budgets:\n"
        "    - amount: '250000'\n"
        "      currency: USD\n"
        "    start: 2026-03-01\n"
        "    end: 2026-12-31\n"
        "  - id: activity:2\n"
        "    title: Training\n"
        "    sectors:\n"
        "    - code: '15210'\n"
        "    - code: '15220'\n"
        "    start: 2026-04-01\n"
    ).replace("'", "")


def test_a_logframe_with_merged_headings_and_titles_is_taken_by_its_mapping(tmp_path):
    path = table(
        tmp_path,
        [
            ["Logframe"],
            ["Output", "Period", None, "Meant to change", None],
            [None, "From", "To", "Factor", "How"],
            ["Radio", "01.04.2026", "31.12.2027", "RF7.14", "Rumors are checked"],
            [None, None, None, "INH6", "Core money"],
            ["Markets", "01.03.2026", "30.11.2027", "RF1.9", "Both groups earn"],
        ],
        "A2:A3",
        "B2:C2",
        "D2:E2",
        "A4:A5",
    )
    mapping = mapped(
        tmp_path,
        "columns:\n"
        "  Output: activities.title\n"
        "  Period From: activities.start\n"
        "  Period To: activities.end\n"
        "  Factor: effects.on\n"
        "  How: effects.mechanism\n"
        "fixed:\n"
        "  effects.kind: intended_to_reduce\n"
        "dates: day-month-year\n",
    )
    taken = read_own_table(path, mapping)
    assert (taken.unknown, taken.left) == ((), ())
    radio, markets = taken.case.program.activities
    assert [(one.on, one.mechanism) for one in radio.effects] == [
        ("RF7.14", "Rumors are checked"),
        ("INH6", "Core money"),
    ]
    assert (radio.start.isoformat(), markets.end.isoformat()) == ("2026-04-01", "2027-11-30")


def test_names_go_into_the_annex_and_a_number_stands_for_them(tmp_path):
    path = table(
        tmp_path,
        [
            ["Activity", "Partner", "Kind of partner", "District"],
            ["Wells", "Open Fields", "Local NGO", "Quillan; Ostmere"],
            ["Radio", "Radio Tamarel", "Station", "Ostmere"],
            ["Seeds", "Open Fields", "Local NGO", None],
        ],
    )
    mapping = mapped(
        tmp_path,
        "columns: {Activity: activities.title, Partner: partners.name, Kind of partner: partners.kind,"
        " District: places.name}\n"
        "fixed: {places.country: XA}\n"
        "values:\n  partners.kind: {Local NGO: local_organization}\n",
    )
    taken = read_own_table(path, mapping)
    made = taken.case.program
    assert [one.partners for one in made.activities] == [("partner:1",), ("partner:2",), ("partner:1",)]
    assert [one.places for one in made.activities] == [("place:1", "place:2"), ("place:2",), ("place:3",)]
    assert [one.kind for one in made.partners] == ["local_organization", "not_known"]
    assert {ref: one.name for ref, one in taken.annex.names.items()} == {
        "partner:1": "Open Fields",
        "partner:2": "Radio Tamarel",
        "place:1": "Quillan",
        "place:2": "Ostmere",
    }
    assert "Open Fields" not in program(taken)
    assert len(taken.left) == 1
    assert taken.left[0].startswith(
        'sheet "Plan", Kind of partner: This word is not one of the list. Write one of: security force,'
    )
    assert taken.left[0].endswith('It says "Station". C3')


def test_what_cannot_be_read_is_left_out_and_named_and_the_rest_is_taken(tmp_path):
    path = table(
        tmp_path,
        [
            ["Activity", "Start", "Budget", "Currency", "DAC code", None],
            ["Wells", "05/06/2026", "1,5 million", "USD", "99999", "stray"],
            ["Radio", "2026-05-06", "1200", "USD", "22030", None],
            [None, None, 5000, None, None, None],
            ["Seeds", "=1/0", 700.1234567, "USD", "31120", None],
        ],
    )
    taken = read_own_table(path)
    assert sorted(taken.left) == [
        (
            'sheet "Plan", Budget: An amount must look like 250000 or 250000.50, without thousands signs. It says '
            '"1,5 million". C2'
        ),
        'sheet "Plan", DAC code: 99999 is not a DAC sector code. E2',
        'sheet "Plan", Start: This day can be read in two ways. Write 2026-06-05 or 2026-05-06. B2',
        'sheet "Plan", Start: This formula shows nothing that could be taken. Write what it should show. B5',
        'sheet "Plan", a row without a title: C4',
        'sheet "Plan", column 6 has no heading: F2',
    ]
    made = taken.case.program.activities
    assert [one.title for one in made] == ["Wells", "Radio", "Seeds"]
    assert str(made[2].budgets[0].amount) == "700.123457"


def test_numbers_with_thousands_are_read_only_where_the_mapping_says_how(tmp_path):
    path = table(tmp_path, [["Activity", "Budget"], ["Wells", "1.250,5"], ["Radio", "1.250"]])
    columns = "columns: {Activity: activities.title, Budget: budgets.amount}\n"
    plain = read_own_table(path, mapped(tmp_path, columns))
    assert [one.budgets and str(one.budgets[0].amount) for one in plain.case.program.activities] == [(), "1.250"]
    told = read_own_table(path, mapped(tmp_path, columns + "decimal: comma\n"))
    assert [str(one.budgets[0].amount) for one in told.case.program.activities] == ["1250.5", "1250"]


def test_only_the_rows_that_are_asked_for_are_taken(tmp_path):
    path = table(tmp_path, [["Activity", "Program"], ["Wells", "P1"], ["Radio", "P2"]])
    taken = read_own_table(path, mapped(tmp_path, "columns: {Activity: activities.title}\nonly: {Program: P2}\n"))
    assert [one.title for one in taken.case.program.activities] == ["Radio"]
    assert taken.notes == ('1 rows are not what "only" asks for.',)


def test_hxl_tags_are_headings_and_no_rows(tmp_path):
    path = tmp_path / "3w.csv"
    path.write_text("Quoi,Qui,Ou\n#activity,#org,#adm1\nWells,Open Fields,Quillan\n")
    taken = read_own_table(path)
    assert taken.mapped == (
        ("#activity", "activities.title"),
        ("#org", "partners.name"),
        ("#adm1", "places.name"),
    )
    assert [one.title for one in taken.case.program.activities] == ["Wells"]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("columns: {Activity: activity.title}", 'There is no field "activity.title". Did you mean "activities.title"'),
        ("columns: {Aktivity: activities.title}", 'No heading here reads "Aktivity". Did you mean "Activity"?'),
        ("sheet: Plans\ncolumns: {Activity: activities.title}", 'There is no sheet "Plans". Did you mean "Plan"?'),
        ("dates: german", "This word is not one of the list."),
        ("colums: {}", 'Did you mean "columns"?'),
    ],
)
def test_a_mistake_in_a_mapping_is_said(text, said, tmp_path):
    path = table(tmp_path, [["Activity", "Start"], ["Wells", "2026-01-01"]])
    with pytest.raises(InputError) as problem:
        read_own_table(path, mapped(tmp_path, text + "\n"))
    assert said in str(problem.value)


def test_every_field_that_a_mapping_can_name_is_one(tmp_path):
    text = "columns:\n" + "".join(f"  h{number}: {name}\n" for number, name in enumerate(fields()))
    assert len(mapped(tmp_path, text).columns) == len(fields())


def test_the_command_says_what_was_understood_and_what_was_not(tmp_path):
    path = table(tmp_path, [["Activity", "Partner", "Color"], ["Wells", "CANARYQ", "blue"]])
    code, out, err = lens("workbook", "import", path, "--folder", tmp_path / "case", "--only-core")
    assert (code, err) == (1, "")
    assert "Activity → activities.title" in out
    assert "Columns that were not understood:\n  Color\n" in out
    assert "CANARYQ" not in out
    assert "CANARYQ" not in (tmp_path / "case" / "program.yaml").read_text()
    assert "CANARYQ" in (tmp_path / "case" / "restricted.yaml").read_text()
    assert api.read_case(tmp_path / "case").case.program.activities[0].partners == ("partner:1",)


@pytest.mark.data
def test_real_tables_are_read_or_refused_in_plain_words(data, tmp_path):
    """Titles above headings, 70 columns, headings in two rows, several sheets, amounts with noise."""
    done = []
    for path in sorted(one for one in data.glob("portfolio/*/*.xlsx") if one.stat().st_size < 3_000_000):
        code, _out, err = lens("workbook", "import", path, "--folder", tmp_path / path.stem, "--only-core")
        assert code in (0, 1, 2), path.name
        assert "fault in lens" not in err, path.name
        if code != 2:
            api.read_case(tmp_path / path.stem)
            done.append(path.name)
        else:
            assert "Say in a mapping file which column is what" in err
    assert len(done) >= 3
