"""Contribution registers, in YAML and as workbooks: what an entry becomes, and what is said of one that is wrong."""

import re
from decimal import Decimal
from importlib import resources

import pytest

from lens.errors import InputError
from lens.portfolio.inputs.register_format import register_format
from lens.readers.published import Flow


@pytest.fixture
def entries(held):
    """The records of a register."""

    def read(content, name="register.yaml"):
        source = held(content, name)
        one = register_format()
        assert one.recognizes(source.content[:65_536], source)
        return [record for piece in one.cut(source) for record in one.read(piece, name)]

    return read


@pytest.fixture
def entry(entries):
    """The record of one entry, of which only what a test is about is given."""

    def read(more=""):
        (one,) = entries(f"contributions:\n- id: C-1\n  donor: XA\n  commitment: 40 officers\n{more}")
        return one

    return read


FULL = """# The register of Xanadia
---
contributions:
  - id: C-1
    donor: XA
    kind: mediation
    title: Talks in the valleys
    commitment: Two mediators for a year
    amount: 1200000
    currency: USD
    money: disbursement
    start: 2024-01-01
    end: 2024-12-31
    countries: [XB]
    place: Upper Valley
    inhibitors: [INH5, local:1]
    through: [local_organization]
    through_names: [Council of the Valleys]
    safeguard: The mediators choose where they meet.
    source: Annual report, page 12
"""


def test_an_entry_is_a_record_with_what_it_is_meant_to_support(entries):
    (found,) = entries(FULL)

    program, (activity,) = found.program, found.program.activities
    assert (found.identifier, found.belongs_to, found.donor, found.line) == ("C-1", "C-1", "XA", 4)
    assert program.title == "Talks in the valleys"
    assert program.description == "Two mediators for a year\nAnnual report, page 12"
    assert (str(program.start), str(program.end)) == ("2024-01-01", "2024-12-31")
    assert [(one.country, one.below_country) for one in program.places] == [("XB", "no"), ("XB", "yes")]
    assert [(one.kind, one.role) for one in program.partners] == [("local_organization", "implementing")]
    assert found.flows == (Flow("disbursement", Decimal(1200000), "USD", 2024, 1, None, "XB"),)
    assert [(one.on, one.kind, one.safeguard.what) for one in activity.effects] == [
        ("INH5", "intended_to_support", "The mediators choose where they meet."),
        ("local:1", "intended_to_support", "The mediators choose where they meet."),
    ]
    assert [one.budget for one in activity.effects] == [None, None]
    assert program.published.standard == "contribution register"
    assert {"sectors", "markers", "results"} <= set(program.published.not_published)
    assert found.exposes == {"named-place": 1, "named-local-body": 1}
    assert {ref: one.name for ref, one in found.annex.names.items()} == {
        "place:2": "Upper Valley",
        "partner:1": "Council of the Valleys",
    }


def test_the_sum_stands_on_the_effect_where_there_is_only_one(entry):
    found = entry("  kind: mediation\n  amount: 5.50\n  currency: USD\n  inhibitors: [INH5]")

    (effect,) = found.program.activities[0].effects
    assert (effect.budget.amount, effect.budget.kind) == (Decimal("5.50"), "commitment")


@pytest.mark.parametrize(
    ("more", "expected"),
    [
        ("kind: police", [("security_force", "implementing")]),
        (
            "kind: troops\n  through: [multilateral]",
            [("multilateral", "implementing"), ("security_force", "implementing")],
        ),
        ("kind: training_of_forces\n  through: [security_ministry]", [("security_ministry", "recipient")]),
        (
            "kind: other\n  through: [not_known]\n  through_names: [Border Police of Xanadia]",
            [("ranger_border_or_prison_service", "implementing")],
        ),
        (
            "kind: other\n  through: [ministry]\n  through_names: [Ministry of Defence]",
            [("security_ministry", "implementing")],
        ),
        (
            "kind: other\n  through: [academic]\n  through_names: [The Police Studies Center]",
            [("not_known", "implementing")],
        ),
        ("kind: mediation", []),
    ],
)
def test_a_force_is_among_the_bodies_by_kind_by_name_or_by_what_is_given(entry, more, expected):
    assert [(one.kind, one.role) for one in entry(f"  {more}").program.partners] == expected


def test_training_is_provided_to_the_force(entry):
    activity = entry("  kind: training_of_forces").program.activities[0]

    assert [(one.what, one.to) for one in activity.provides] == [("training", "partner:1")]


def test_a_commitment_in_words_is_text_and_no_money(entry):
    found = entry("  kind: police\n  regions: [Western Africa]")

    assert found.flows == ()
    assert found.program.published.text_length == len("40 officers")
    assert found.program.published.regions == ("1030",)


def test_everything_that_is_wrong_is_told_at_once_with_its_line_and_no_value(entries):
    with pytest.raises(InputError) as refused:
        entries(
            "contributions:\n"
            "- id: C-1\n  donor: XA\n  kind: mediation\n  countries: [QQ]\n"
            "- id: C-1\n  donor: XA\n  kind: police\n  amount: 5\n  start: 2024-02-01\n  end: 2024-01-01\n"
            "  through: [multilateral]\n  through_names: [Zoé, Zed]\n  regions: [Atlantis]\n"
        )

    assert [(one.line, one.what) for one in refused.value.problems] == [
        (2, "contributions[1].commitment: This says neither an amount nor what was committed."),
        (5, "contributions[1].countries: QQ is no country's code."),
        (2, "contributions[1].id: Another entry has the same id."),
        (6, "contributions[2].currency: An amount and its currency go together."),
        (11, "contributions[2].end: It ends before it starts."),
        (14, "contributions[2].regions: A region is not known."),
        (13, "contributions[2].through_names: These are not as many as the kinds of bodies."),
        (6, "contributions[2].id: Another entry has the same id."),
    ]
    assert "Atlantis" not in str(refused.value)
    assert "Zed" not in str(refused.value)


def test_an_unknown_word_or_name_is_told_with_what_is_near(entries):
    with pytest.raises(InputError) as refused:
        entries("contributions:\n- id: C-1\n  donor: XA\n  kind: polise\n  comitment: x\n")

    assert [(one.line, one.what, one.fix) for one in refused.value.problems] == [
        (
            4,
            "contributions[1].kind: This word is not one of the list.",
            'Did you mean "police"? Nothing of this register was read.',
        ),
        (
            5,
            "contributions[1].comitment: This name is not known here.",
            'Did you mean "commitment"? Nothing of this register was read.',
        ),
    ]


SHEET = [
    ["ID", "Donor", "Kind", "Commitment", "Amount", "Currency", "Through", "Countries", "Start"],
    [
        "C-1",
        "XA",
        "mediation",
        "Two mediators",
        1200000,
        "USD",
        "local_organization; religious_body",
        "XB;XC",
        "2024-01-01",
    ],
    [],
    ["C-2", "XA", "police", "=SUM(A1:A9)", None, None, None, None, None],
]


def test_a_workbook_is_the_same_register(entries, xlsx):
    first, second = entries(xlsx({"Notes": [["any"]], "Contributions": SHEET}), "register.xlsx")

    assert [one.kind for one in first.program.partners] == ["local_organization", "religious_body"]
    assert [one.country for one in first.program.places] == ["XB", "XC"]
    assert first.flows == (Flow("commitment", Decimal(1200000), "USD", 2024),)
    assert (second.identifier, second.line, second.program.title) == ("C-2", 4, "=SUM(A1:A9)")


def test_columns_that_lack_or_are_not_known_are_told(entries, xlsx):
    with pytest.raises(InputError) as refused:
        entries(xlsx({"contributions": [["id", "donor", "kindd"], ["C-1", "XA", "police"]]}), "register.xlsx")

    assert [one.what for one in refused.value.problems] == [
        "contributions: There is no column kind.",
        'contributions: A column of the register is not known here. It says "kindd".',
    ]
    assert refused.value.problems[1].fix.startswith('Did you mean "kind"?')


def test_a_wrong_cell_is_told_with_its_row(entries, xlsx):
    with pytest.raises(InputError) as refused:
        entries(xlsx({"contributions": [SHEET[0], SHEET[1], ["C-2", "XA", "polise", "x"]]}), "register.xlsx")

    assert [(one.line, one.what) for one in refused.value.problems] == [
        (3, "contributions[2].kind: This word is not one of the list.")
    ]


@pytest.mark.parametrize("content", [b"program:\n  id: 1\n", b"a: 1\ncontributions: []\n", b"id,donor\n"])
def test_other_files_are_no_registers(held, content):
    assert not register_format().recognizes(content, held(content))


def test_the_scaffold_is_a_register_once_its_examples_are_taken(entries):
    text = resources.files("lens.templates").joinpath("scaffold/register.yaml").read_text("utf-8")
    filled = re.sub(r"(?m)^##.*\n", "", re.sub(r"(?m)^  # ", "  ", text))

    assert [one.identifier for one in entries(filled)] == ["C-1", "C-2"]
    with pytest.raises(InputError):
        entries(text)
