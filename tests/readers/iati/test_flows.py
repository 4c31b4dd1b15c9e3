"""Money by kind, year, currency and what its own lines are for; nothing is spread that the data does not spread."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lens.readers.iati.flows import split


def transaction(kind="3", value="10", on="2020-01-31", inside="", attributes=""):
    dated = f'<transaction-date iso-date="{on}"/>' if on else ""
    return (
        f'<transaction><transaction-type code="{kind}"/>{dated}<value currency="XAB" {attributes}>{value}</value>'
        f"{inside}</transaction>"
    )


def shown(found):
    return [
        (one.kind, one.year, one.currency, str(one.amount), one.country, one.region, one.sector) for one in found.flows
    ]


def notes(found):
    return {note.code: note.count for note in found.program.published.notes}


@pytest.mark.parametrize(
    ("code", "kind"),
    [
        ("1", "incoming"),
        ("2", "commitment"),
        ("3", "disbursement"),
        ("4", "expenditure"),
        ("5", "other"),
        ("11", "incoming"),
        ("12", "other"),
        ("13", "incoming"),
        ("C", "commitment"),
        ("D", "disbursement"),
        ("E", "expenditure"),
        ("IF", "incoming"),
        ("R", "other"),
        ("99", "other"),
    ],
)
def test_kinds_of_money(one, code, kind):
    assert [flow.kind for flow in one(transaction(code)).flows] == [kind]


def test_lines_of_one_kind_year_and_currency_are_added_up_and_what_was_taken_back_is_told(one):
    found = one(
        transaction("3", "10")
        + transaction("3", "-4", "2020-12-31")
        + transaction("3", "5", "2021-01-01")
        + transaction("2", "100", "")
        + transaction("3", "", "2020-01-01")
    )

    assert shown(found) == [
        ("commitment", None, "XAB", "100", "", "", ""),
        ("disbursement", 2020, "XAB", "6", "", "", ""),
        ("disbursement", 2021, "XAB", "5", "", "", ""),
    ]
    assert [(flow.number, flow.taken_back) for flow in found.flows] == [(1, None), (2, Decimal(-4)), (1, None)]
    assert notes(found)["value-unreadable"] == 1


def test_budgets_are_planned_money_of_the_year_they_begin_in(one):
    period = '<period-start iso-date="2019-07-01"/><period-end iso-date="2020-06-30"/>'
    original = f'<budget type="1">{period}<value>5</value></budget>'
    revised = f'<budget type="2">{period}<value>7</value></budget>'

    found = one(original + revised + "<budget><value>1</value></budget>", 'default-currency="XAB"')

    assert shown(found) == [("planned", None, "XAB", "1", "", "", ""), ("planned", 2019, "XAB", "7", "", "", "")]


COUNTRY = '<recipient-country code="{}"/>'
REGION = '<recipient-region code="{}"/>'
SECTOR = '<sector vocabulary="{}" code="{}"/>'
SHARED = '<sector vocabulary="1" code="{}" percentage="{}"/>'
WHERE = {
    "nothing": ("", [("10", "", "", "")]),
    "a country": (COUNTRY.format("xa"), [("10", "XA", "", "")]),
    "a country of three letters": (COUNTRY.format("AFG"), [("10", "AF", "", "")]),
    "a country that is none": (COUNTRY.format("Q9"), [("10", "", "", "")]),
    "a country twice": (COUNTRY.format("XA") * 2, [("10", "XA", "", "")]),
    "two countries": (COUNTRY.format("XA") + COUNTRY.format("XB"), [("10", "", "", "")]),
    "a number as country": (COUNTRY.format("998"), [("10", "", "998", "")]),
    "a region": (REGION.format("298"), [("10", "", "298", "")]),
    "a region of another vocabulary": ('<recipient-region code="R1" vocabulary="99"/>', [("10", "", "99:R1", "")]),
    "two regions": (REGION.format("298") + REGION.format("289"), [("10", "", "", "")]),
    "a sector": (SECTOR.format("1", "15220"), [("10", "", "", "15220")]),
    "a sector without vocabulary": ('<sector code="15220"/>', [("10", "", "", "15220")]),
    "a sector of another vocabulary": (SECTOR.format("99", "15220"), [("10", "", "", "")]),
    "a sector beside one of another": (
        SECTOR.format("99", "1") + SECTOR.format("1", "15220"),
        [("10", "", "", "15220")],
    ),
    "a sector of three digits beside": (
        SECTOR.format("2", "152") + SECTOR.format("1", "15220"),
        [("10", "", "", "15220")],
    ),
    "two sectors": (SECTOR.format("1", "15220") + SECTOR.format("1", "15110"), [("10", "", "", "")]),
    "two with shares": (
        SHARED.format("15220", "30") + SHARED.format("15110", "70"),
        [("7", "", "", "15110"), ("3", "", "", "15220")],
    ),
    "two with shares that do not add up": (
        SHARED.format("15220", "30") + SHARED.format("15110", "30"),
        [("10", "", "", "")],
    ),
    "two and one share": (SHARED.format("15220", "30") + SECTOR.format("1", "15110"), [("10", "", "", "")]),
    "one sector in two shares": (
        SHARED.format("15220", "30") + SHARED.format("15220", "70"),
        [("10", "", "", "15220")],
    ),
}


@pytest.mark.parametrize(("inside", "wanted"), WHERE.values(), ids=WHERE.keys())
def test_only_what_a_transaction_itself_names_alone_or_with_shares_is_its_own(one, inside, wanted):
    found = one(transaction(inside=inside))

    assert [(str(flow.amount), flow.country, flow.region, flow.sector) for flow in found.flows] == wanted
    unsplit = inside.count("<") > 1 and all(flow[1:] == ("", "", "") for flow in wanted)
    assert ("transaction-not-split" in notes(found)) == unsplit


@settings(max_examples=60, deadline=None)
@given(
    amount=st.decimals(-(10**12), 10**12, places=2),
    parts=st.lists(st.decimals(0, 100, places=2), min_size=2, max_size=9).filter(any),
)
def test_what_is_split_adds_up_to_what_it_was(amount, parts):
    found = split(amount, [(str(number), part) for number, part in enumerate(parts)])

    assert sum(part for _, part in found) == amount
    assert [name for name, _ in found] == [str(number) for number in range(len(parts))]


def test_sums_too_large_to_be_believed_are_left_out_with_a_note(one):
    found = one(transaction("3", "9" * 15) * 2)

    assert found.flows == ()
    assert notes(found)["total-too-large"] == 1


def test_a_transaction_whose_value_cannot_be_read_still_says_where_and_what_for(one):
    found = one(transaction(value="", inside=COUNTRY.format("XA") + SECTOR.format("1", "15220")))

    assert found.flows == ()
    assert found.program.published.countries_from == "transactions"
    assert [sector.code for sector in found.program.sectors] == ["15220"]


def test_version_1_with_money_in_words(one):
    found = one(
        '<transaction><transaction-type code="D">Disbursement</transaction-type>'
        '<value value-date="2012-06-01" currency="XAB">3,802</value></transaction>',
        version="1.03",
    )

    assert shown(found) == [("disbursement", 2012, "XAB", "3802", "", "", "")]


def test_types_of_flow_aid_and_finance_come_from_defaults_and_transactions(one):
    found = one(
        '<default-flow-type code="10"/><default-aid-type code="c01"/><default-finance-type code="110"/>'
        '<default-aid-type vocabulary="2" code="1"/><default-aid-type code=" "/>'
        + transaction(inside='<flow-type code="50"/><aid-type code="A01"/><aid-type code="A01" vocabulary="1"/>')
        + transaction(inside='<finance-type code="421"/><aid-type code="a b"/><aid-type vocabulary="4" code="9"/>')
    ).program.published

    assert found.flow_types == ("10", "50")
    assert found.aid_types == ("A01", "C01")
    assert found.finance_types == ("110", "421")
    assert {note.code for note in found.notes} >= {"type-odd"}


def test_kinds_of_documents(one):
    link = '<document-link url="u"><category code="{}"/><category code="{}"/></document-link>'
    found = one(link.format("A02", "b01") + link.format("A01", "A02")).program.published

    assert found.documents == 2
    assert found.document_kinds == ("A01", "A02", "B01")


def test_whose_money_it_is(one):
    assert one("").donor == "XA-1"
