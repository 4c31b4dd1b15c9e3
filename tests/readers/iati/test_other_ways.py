"""What publishers write otherwise than the standard says, and can mean in one way alone."""

from __future__ import annotations

from decimal import Decimal

import pytest

from lens.readers.iati import values


def notes(found):
    return {note.code: note.count for note in found.program.published.notes}


def flows(found):
    return [(one.kind, one.year, one.currency, str(one.amount), one.country, one.sector) for one in found.flows]


def sectors(found):
    return [(one.code, one.share) for one in found.program.sectors]


def test_a_country_of_version_1_with_its_name_alone_is_that_country(one):
    found = one(
        '<recipient-country percentage="40%">Kenya</recipient-country>'
        '<recipient-country code="Uganda" percentage="30"/>'
        "<recipient-country><narrative>Cote d'Ivoire</narrative></recipient-country>"
    )

    assert [(place.country, place.share) for place in found.program.places] == [
        ("KE", Decimal(40)),
        ("UG", Decimal(30)),
        ("CI", None),
    ]
    assert notes(found)["country-by-name"] == 3
    assert "country-without-code" not in notes(found)


def test_a_name_that_is_no_country_stays_a_place_without_one(one):
    found = one("<recipient-country>HQ</recipient-country><recipient-country>Atlantis</recipient-country>")

    assert [(place.country, found.annex.names[place.id].name) for place in found.program.places] == [
        (None, "HQ"),
        (None, "Atlantis"),
    ]
    assert notes(found)["country-without-code"] == 2


def test_countries_named_on_transactions_alone_are_all_kept_and_have_their_money(one):
    line = (
        '<transaction><transaction-type code="3"/><transaction-date iso-date="2020-01-31"/><value currency="XAB">5'
        "</value><recipient-country>{}</recipient-country></transaction>"
    )
    found = one(line.format("Kenya") + line.format("Uganda") + line.format("Atlantis") + line.format("HQ"))

    assert [place.country for place in found.program.places] == ["KE", "UG", None, None]
    assert [(one.country, one.amount) for one in found.flows] == [("", 10), ("KE", 5), ("UG", 5)]


@pytest.mark.parametrize("vocabulary", ["OECD DAC", "OECD-DAC", "oecd_dac_crs", "DAC CRS", "CRS"])
def test_the_dac_by_other_names_is_the_dac(one, vocabulary):
    assert sectors(one(f'<sector vocabulary="{vocabulary}" code="14030"/>')) == [("14030", None)]


def test_a_vocabulary_with_blanks_in_it_is_not_taken_for_the_dac(one):
    found = one('<sector vocabulary="World Bank" code="14030"/>')

    assert sectors(found) == []
    assert [(other.vocabulary, other.code) for other in found.program.published.other_sectors] == [("other", "14030")]


def test_sectors_by_name_or_as_decimal_numbers_are_read_here_and_on_transactions(one):
    transaction = '<transaction><value currency="XAB">5</value><sector vocabulary="DAC">{}</sector></transaction>'
    found = one(
        '<sector vocabulary="DAC" percentage="100%">Basic health care</sector><sector code="11220.0"/>'
        + transaction.format("Basic health care")
        + transaction.format("Health research by nobody")
    )

    assert sectors(found) == [("12220", Decimal(100)), ("11220", None)]
    assert [(one.sector, one.amount) for one in found.flows] == [("", 5), ("12220", 5)]
    assert notes(found)["sector-by-name"] == 3
    assert notes(found)["sector-without-code"] == 1


@pytest.mark.parametrize(
    ("word", "kind"),
    [
        ("Commitment", "commitment"),
        ("disbursement ", "disbursement"),
        ("Incoming Funds", "incoming"),
        ("Gift", "other"),
    ],
)
def test_the_word_of_a_transaction_type_counts_where_it_has_no_code(one, word, kind):
    found = one(
        f'<transaction><transaction-type>{word}</transaction-type><value currency="XAB">5</value></transaction>'
    )

    assert [(one.kind, one.amount) for one in found.flows] == [(kind, 5)]
    assert ("transaction-type-unknown" in notes(found)) == (kind == "other")


@pytest.mark.parametrize(
    "written", ["2014", "2014-05", "2014/05/01", "05/01/2014", "1.5.2014", "20140501", "2014-02-31"]
)
def test_money_has_the_year_that_its_date_shows_though_the_day_cannot_be_told(one, written):
    found = one(
        f'<transaction><transaction-type code="3"/><transaction-date iso-date="{written}"/>'
        '<value currency="XAB">5</value></transaction>'
    )

    assert flows(found) == [("disbursement", 2014, "XAB", "5", "", "")]
    assert found.program.published.transactions[0].undated == 1
    assert (notes(found)["transaction-year-only"], notes(found)["transactions-undated"]) == (1, 1)


@pytest.mark.parametrize("written", ["", "48000", "2624398.17", "0214-01-01", "May", "1/2-2014", "2099999"])
def test_a_column_that_slipped_is_no_year(written):
    assert values.year(written) is None


def test_budgets_of_a_year_are_of_that_year_and_revised_ones_replace_the_original(one):
    found = one(
        '<budget type="Original"><period-start>2005</period-start><period-end>2005</period-end>'
        '<value currency="XAB">5</value></budget>'
        '<budget type="Revised"><period-start>2005</period-start><period-end>2005</period-end>'
        '<value currency="XAB">7</value></budget>'
        '<budget><value currency="XAB">3</value></budget>'
    )

    assert flows(found) == [("planned", None, "XAB", "3", "", ""), ("planned", 2005, "XAB", "7", "", "")]
    assert (notes(found)["date-from-year"], notes(found)["budget-original-left-out"]) == (4, 1)


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("0,125", "0.125"),
        ("1.234.567,89", "1234567.89"),
        ("1234567,891", "1234567.891"),
        ("2,125", "2125"),
        ("\u2212100", "-100"),
    ],
)
def test_a_number_with_a_decimal_comma_alone_is_read_so(text, value):
    assert values.number(text) == Decimal(value)


def test_a_percentage_with_a_comma_has_no_thousands():
    assert values.share("33,333%") == Decimal("33.333")


def test_words_of_version_1_for_flow_types_are_codes(one):
    found = one('<default-flow-type code="ODA">ODA</default-flow-type>')

    assert found.program.published.flow_types == ("10",)


def test_a_transaction_type_with_a_zero_before_it_is_that_type_and_a_second_value_is_told(one):
    found = one(
        '<transaction><transaction-type code="03"/><value currency="XAB">5</value><value currency="XAB">7</value>'
        "</transaction>"
    )

    assert flows(found) == [("disbursement", None, "XAB", "5", "", "")]
    assert notes(found)["values-several"] == 1
