"""Mapping files and their errors, the page about them, and the layouts of lens, which have the same form."""

import dataclasses
import re
from datetime import date
from decimal import Decimal
from importlib import resources
from pathlib import Path

import pytest

from lens.errors import InputError
from lens.readers.published import Flow
from lens.readers.tables.layout import TOP, Layout, read_mapping, shipped

ROOT = Path(__file__).resolve().parents[3]
PAGE = (ROOT / "docs" / "how-to" / "portfolio-tables.md").read_text("utf-8")
TABLE, MAPPING, REGISTER = (re.findall(r"(?s)```(?:text|yaml)\n(.*?)```", PAGE)) or ("", "", "")


@pytest.fixture
def mapping(tmp_path):
    def read(text):
        path = tmp_path / "mapping.yaml"
        path.write_text(text, "utf-8")
        return read_mapping(path)

    return read


@pytest.fixture
def problems(mapping):
    """What is told of a mapping that is wrong: line, field, what, fix."""

    def told(text):
        with pytest.raises(InputError) as refused:
            mapping(text)
        return [(one.line, one.field, one.what, one.fix) for one in refused.value.problems]

    return told


def test_the_page_s_table_is_read_with_the_page_s_mapping(records, mapping):
    wells, guards = records(TABLE, mapping=mapping(MAPPING))

    assert (wells.identifier, wells.belongs_to, wells.donor) == ("14", "14", "XC")
    assert wells.program.title == "Wells for the valleys"
    assert (wells.program.start, wells.program.end) == (date(2024, 2, 1), date(2025, 12, 31))
    assert [one.country for one in wells.program.places] == ["XA"]
    assert wells.flows == (Flow("planned", Decimal("250000.5"), "EUR", 2024, 1, None, "XA", "", "14030"),)
    assert wells.program.budgets[0].amount == Decimal("250000.5")
    assert [one.kind for one in wells.program.partners] == ["local_organization"]
    assert wells.exposes == {"named-local-body": 1}
    assert wells.program.published.standard == "Made-up agency"
    assert wells.program.published.languages == ("en",)
    assert [one.kind for one in guards.program.partners] == ["ranger_border_or_prison_service"]
    assert [one.significance for one in guards.program.published.markers] == ["0"]
    assert {"description", "end", "status"} <= set(guards.program.published.not_published)


def test_the_page_names_every_field_and_every_layout():
    names = {field.name for field in dataclasses.fields(Layout)}
    rows = re.findall(r"(?m)^\| ((?:`\w+`(?:, )?)+) \|", PAGE)

    assert {name for row in rows for name in re.findall(r"`(\w+)`", row)} == names
    for layout in shipped():
        word = layout.standard.removesuffix(" projects").split()[-1]
        assert word in PAGE.partition("What you should know")[0]


def test_the_page_s_register_is_one(held):
    from lens.portfolio.inputs.register_format import register_format

    source = held(REGISTER, "register.yaml")
    found = [one for piece in register_format().cut(source) for one in register_format().read(piece, source.name)]

    assert [one.identifier for one in found] == ["C-1", "C-2"]


def test_the_layouts_that_come_with_lens_are_mapping_files_and_read_alike(mapping):
    files = sorted(
        (one for one in resources.files("lens.readers.tables").joinpath("layouts").iterdir()), key=lambda one: one.name
    )

    assert [mapping(one.read_text("utf-8")) for one in files] == list(shipped())
    assert [one.name for one in shipped()] == [one.name.removesuffix(".yaml") for one in files]


def test_no_layout_knows_another_s_header():
    for layout in shipped():
        others = [one for one in shipped() if one is not layout and set(one.recognize) <= set(layout.columns())]
        assert others == []


def test_a_layout_that_is_read_twice_is_the_same_value_and_can_be_sent_elsewhere():
    import pickle

    assert pickle.loads(pickle.dumps(shipped())) == shipped()  # noqa: S301 - our own bytes


SMALL = "table:\n  name: x\n  standard: X\n  recognize: [Ref, Name]\n  identifier: [Ref]\n  title: [Name]\n"


def test_an_unknown_name_is_told_with_what_is_near(problems):
    assert problems(SMALL + "  sektors:\n    - column: S\n") == [
        (7, "table.sektors", "This name is not known here.", 'Did you mean "sectors"?')
    ]


def test_a_wrong_word_is_told_with_the_words_there_are(problems):
    ((line, field, what, _),) = problems(SMALL + "  money:\n    - {column: M, kind: gift}\n")

    assert (line, field, what) == (8, "table.money[1].kind", "This word is not one of the list.")


def test_empty_lists_and_missing_names_are_told(problems):
    assert problems("table:\n  name: x\n  standard: X\n  recognize: []\n  identifier: [Ref]\n  title: []\n") == [
        (4, "table.recognize", "This list is empty.", "Name a column."),
        (6, "table.title", "This list is empty.", "Name a column."),
    ]
    assert {field for _, field, _, _ in problems("table:\n  name: x\n")} == {
        "table.standard",
        "table.recognize",
        "table.identifier",
        "table.title",
    }


def test_a_file_that_is_no_mapping_is_told(problems):
    ((_, _, what, _),) = problems("map:\n  name: x\n")

    assert what == "This is not a mapping file: its first word should be `table:`, and nothing should stand beside it."


def test_columns_that_the_table_does_not_have_are_told_with_those_that_are_there(everything, mapping):
    own = mapping(SMALL + "  year: Yaer\n  start: [Begin]\n")

    with pytest.raises(InputError) as refused:
        everything("Ref,Name,Year\n1,Wells,2020\n", mapping=own)

    assert str(refused.value) == (
        "table.csv, line 1: The mapping names columns that this table does not have: Yaer, Begin. "
        'Did you mean "Year"? The table has: Ref, Name, Year.'
    )


def test_a_table_that_the_mapping_does_not_know_is_told_with_what_lacks(everything, mapping):
    with pytest.raises(InputError) as refused:
        everything("Zoé,Zed\nRef,Title\n1,Wells\n", mapping=mapping(SMALL))

    assert str(refused.value) == (
        "table.csv, line 2: No row of this table has the columns that the mapping is recognized by; missing: Name. "
        "The table has: Ref, Title."
    )
    assert "Zed" not in str(refused.value)


def test_a_mapping_is_asked_before_the_layouts_that_come_with_lens(records, mapping):
    content = "donor_code,crs_id,purpose_code,recipient_code,usd_commitment,project_title\n9,7,15220,998,1,Wells\n"
    own = mapping(
        "table:\n  name: own\n  standard: Own\n  recognize: [crs_id]\n  identifier: [donor_code, crs_id]\n"
        "  program: [crs_id]\n  title: [project_title]\n"
    )

    (found,) = records(content, mapping=own)

    assert (found.program.published.standard, found.identifier, found.belongs_to) == ("Own", "9-7", "7")


FIELDS = [
    ("countries: [{column: C, separator: ','}]", "Congo, Democratic Republic, Ghana", ["CD", "GH"]),
    ("countries: [{column: C}]", "Côte d’Ivoire", ["CI"]),
    ("countries: [{column: C}]", "cote d'ivoire", ["CI"]),
    ("countries: [{column: C}]", "West Bank and Gaza Strip", ["PS"]),
    ("countries: [{column: C}]", "Burma/Myanmar", ["MM"]),
    ("countries: [{column: C}]", "DR Congo (Zaire)", ["CD"]),
    ("countries: [{column: C}]", "Republic of Congo", ["CG"]),
    ("countries: [{column: C}]", "Korea", [None]),
    ("countries: [{column: C}]", "235.0", ["CD"]),
    ("countries: [{column: C}]", "COD", ["CD"]),
    ("countries: [{column: C}]", "cod", [None]),
    ("countries: [{column: C}]", "Republic of Benin", ["BJ"]),
    ("countries: [{column: C, form: own, values: {AL: DZ}}]", "AL", ["DZ"]),
    ("countries: [{column: C, form: own, values: {AL: DZ}}]", "GH", [None]),
    ("countries: [{column: C, values: {Upper: XA}}]", "Upper", ["XA"]),
    ("countries: [{column: C}]", "", []),
    ("countries: [{column: C}]", "NA", []),
    ("countries: [{column: C, separator: ';'}]\n  regions: [C]", "Mali; Africa, regional; Mali", ["ML"]),
]


@pytest.mark.parametrize(("line", "cell", "expected"), FIELDS)
def test_countries_are_found_by_code_or_name_and_never_guessed(records, mapping, line, cell, expected):
    (found,) = records(f'Ref,Name,C\n1,Wells,"{cell}"\n', mapping=mapping(f"{SMALL}  {line}\n"))

    assert [one.country for one in found.program.places] == expected


@pytest.mark.parametrize(
    ("line", "cell", "expected"),
    [
        ("{column: C, currency: EUR}", "1,234.50", [("commitment", "1234.5", "EUR")]),
        ("{column: C, currency: EUR}", " 95,018 ", [("commitment", "95018", "EUR")]),
        ("{column: C, currency: EUR}", "(1,000)", [("commitment", "-1000", "EUR")]),
        ("{column: C, currency: EUR, negative: yes}", "5", [("commitment", "-5", "EUR")]),
        ("{column: C, currency: EUR, multiplier: 1000}", "1.5e3", [("commitment", "1500000", "EUR")]),
        ("{column: C, currency: EUR}", " -   ", []),
        ("{column: C, kind: disbursement}", "5", [("disbursement", "5", "")]),
        ("{column: C, currency_column: Name}", "5", [("commitment", "5", "")]),
        ("{column: None, currency: EUR, otherwise: [{column: C, currency: CHF}]}", "5", [("commitment", "5", "CHF")]),
    ],
)
def test_money_in_the_ways_that_tables_write_it(records, mapping, line, cell, expected):
    content = f'Ref,Name,C,None\n1,Wells,"{cell}",\n'

    (found,) = records(content, mapping=mapping(f"{SMALL}  money: [{line}]\n"))

    assert [(one.kind, str(one.amount), one.currency) for one in found.flows] == expected


@pytest.mark.parametrize(
    ("order", "cell", "expected"),
    [
        ("day_first", "02-01-2010", "2010-01-02"),
        ("month_first", "02-01-2010", "2010-02-01"),
        ("month_first", "31-12-2010", "2010-12-31"),
        ("month_first", "9/30/2026 12:00:00 AM", "2026-09-30"),
        ("day_first", "2022-06-30T00:00:00Z", "2022-06-30"),
        ("day_first", "2022/6/3", "2022-06-03"),
        ("day_first", "1-May-07 ", "2007-05-01"),
        ("day_first", "12-Mar-98", "1998-03-12"),
        ("day_first", "43198", "2018-04-08"),
        ("day_first", "43198.5", "2018-04-08"),
        ("day_first", "31-02-2010", "None"),
        ("day_first", "02-01-10", "None"),
        ("day_first", "2010", "None"),
        ("day_first", "99999", "None"),
    ],
)
def test_days_in_the_ways_that_tables_write_them(records, mapping, order, cell, expected):
    own = mapping(f"{SMALL}  days: {order}\n  start: [C]\n")

    (found,) = records(f"Ref,Name,C\n1,Wells,{cell}\n", mapping=own)

    assert str(found.program.start) == expected


def test_a_day_of_which_only_the_year_is_known_is_noted(records, mapping):
    own = mapping(f"{SMALL}  start_year: C\n  end_year: C\n")

    (found,) = records("Ref,Name,C\n1,Wells,2010.0\n", mapping=own)

    assert (str(found.program.start), str(found.program.end)) == ("2010-01-01", "2010-12-31")
    assert [(one.code, one.count) for one in found.program.published.notes] == [("date-from-year", 2)]


def test_rows_that_are_not_for_sums_are_set_aside(records, mapping):
    own = mapping(
        f"{SMALL}  set_aside:\n  - {{column: U, values: {{'Yes': umbrella}}}}\n"
        "  - {column: S, values: {'No': not-for-sums}}\n"
    )

    found = records("Ref,Name,U,S\n1,A,YES,No\n2,B,No,FALSE\n3,C,no,Yes\n4,D,,\n", mapping=own)

    assert [one.set_aside for one in found] == ["umbrella", "not-for-sums", "", ""]


def test_several_bodies_in_a_cell_have_their_own_kinds(records, mapping):
    own = mapping(
        f"{SMALL}  bodies:\n  - {{column: B, role: recipient, separator: '|', kind_from: {{column: K, values: "
        "{NGO: national_organization, Firm: company}}}\n"
    )

    (found,) = records("Ref,Name,B,K\n1,A,Aid Circle||Pump Works|Ministry of Defence,NGO||Firm|Gov\n", mapping=own)

    assert [one.kind for one in found.program.partners] == ["national_organization", "company", "security_ministry"]


def test_what_gives_people_away_is_counted_and_not_kept(records, mapping):
    own = mapping(f"{SMALL}  exposes: {{person: [Contact], e-mail: [Mail]}}\n")

    (found,) = records("Ref,Name,Contact,Mail\n1,A,Zoé Zed|Yan Yed|,z@example.org\n", mapping=own)

    assert found.exposes == {"e-mail": 1, "person": 2}
    assert "Zed" not in str(dataclasses.asdict(found))


def test_the_key_of_a_mapping_is_the_one_in_the_page():
    assert MAPPING.startswith(f"# table.yaml\n{TOP}:\n")
