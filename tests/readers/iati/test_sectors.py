from __future__ import annotations

from decimal import Decimal

import pytest


def notes(found):
    return {note.code: note.detail for note in found.program.published.notes}


def sectors(found):
    return [(sector.code, sector.share) for sector in found.program.sectors]


@pytest.mark.parametrize("vocabulary", ["", 'vocabulary=""', 'vocabulary="1"', 'vocabulary="DAC"', 'vocabulary="dac"'])
def test_every_way_of_saying_dac_is_the_dac(one, vocabulary):
    found = one(f'<sector {vocabulary} code="14030" percentage="100"/>')

    assert sectors(found) == [("14030", Decimal(100))]
    assert found.program.published.sectors_from == "activity"


def test_other_vocabularies_are_kept_apart(one):
    found = one('<sector vocabulary="99" code="W-1"/><sector vocabulary="WBTheme" ref="45"/><sector code="14030"/>')

    assert sectors(found) == [("14030", None)]
    assert [(other.vocabulary, other.code) for other in found.program.published.other_sectors] == [
        ("99", "W-1"),
        ("WBTheme", "45"),
    ]


def test_sectors_of_transactions_have_no_shares(one):
    transactions = '<transaction><value>5</value><sector vocabulary="1" code="72010" percentage="100"/></transaction>'

    alone = one(transactions * 3)
    both = one('<sector code="14030" percentage="100"/>' + transactions)

    assert sectors(alone) == [("72010", None)]
    assert alone.program.published.sectors_from == "transactions"
    assert sectors(both) == [("14030", Decimal(100)), ("72010", None)]
    assert both.program.published.sectors_from == "both"


@pytest.mark.parametrize(
    ("code", "kept", "note"),
    [
        ("99999", "99999", "sector-unknown"),
        ("15161", "15161", "sector-withdrawn"),
        ("152", "152", None),
        ("1", None, "sector-odd"),
        ("", None, "sector-without-code"),
    ],
)
def test_odd_codes_are_kept_if_they_have_the_form_of_one(one, code, kept, note):
    found = one(f'<sector vocabulary="DAC" code="{code}"/>')

    assert [code for code, _ in sectors(found)] == ([kept] if kept else [])
    assert note is None or notes(found)[note] == (code or "")


def test_a_sector_given_twice_is_one_with_both_shares(one):
    found = one(
        '<sector code="15160" percentage="20"/><sector code="14030" percentage="60"/>'
        '<sector code="15160" percentage="20"/>'
    )

    assert sectors(found) == [("15160", Decimal(40)), ("14030", Decimal(60))]
    assert "shares-not-100" not in notes(found)
