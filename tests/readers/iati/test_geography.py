from __future__ import annotations

from dataclasses import asdict
from decimal import Decimal

import pytest


def notes(found):
    return {note.code: note.count for note in found.program.published.notes}


def places(found):
    return [(place.country, place.below_country, place.share) for place in found.program.places]


def test_countries_come_with_their_shares(one):
    found = one('<recipient-country code="XA" percentage="60"/><recipient-country code=" xb " percentage="40%"/>')

    assert places(found) == [("XA", "no", Decimal(60)), ("XB", "no", Decimal(40))]
    assert found.program.published.countries_from == "activity"
    assert notes(found)["country-user-assigned"] == 2


def test_countries_are_gathered_from_transactions_too_without_shares(one):
    found = one(
        '<recipient-country code="XA" percentage="100"/>'
        '<transaction><value>1</value><recipient-country code="XB"/></transaction>'
        '<transaction><value>1</value><recipient-country code="XB"/><recipient-region code="298"/></transaction>'
    )

    assert places(found) == [("XA", "no", Decimal(100)), ("XB", "no", None)]
    assert found.program.published.countries_from == "both"
    assert found.program.published.regions == ("298",)


def test_an_activity_with_its_country_only_on_transactions_has_a_place(one):
    found = one('<transaction><value>1</value><recipient-country code="XA"/></transaction>')

    assert places(found) == [("XA", "no", None)]
    assert found.program.published.countries_from == "transactions"
    assert "places" not in found.program.published.not_published


@pytest.mark.parametrize(
    ("code", "country", "note"),
    [
        ("AFG", "AF", "country-as-iso3"),
        ("XK", "XK", None),
        ("QQ", None, "country-unknown"),
        ("", None, "country-without-code"),
        ("AF", "AF", None),
    ],
)
def test_odd_country_codes_are_understood_or_kept_as_not_known(one, code, country, note):
    found = one(f'<recipient-country code="{code}"><narrative>HQ</narrative></recipient-country>')

    assert places(found) == [(country, "no", None)]
    assert note is None or notes(found)[note] == 1
    assert ("place:1" in found.annex.names) is (country is None)
    assert ("places" in found.program.published.not_published) is (country is None)


def test_a_number_as_country_is_a_region_and_a_region_is_never_spread_over_countries(one):
    found = one(
        '<recipient-country code="998" percentage="50"/><recipient-region code="289" vocabulary="1" percentage="50"/>'
        '<recipient-region code="R01" vocabulary="99"/><recipient-region vocabulary="1"/>'
    )

    assert found.program.places == ()
    assert found.program.published.regions == ("998", "289", "99:R01")
    assert notes(found).items() >= {"country-as-region": 1, "region-odd": 1}.items()


@pytest.mark.parametrize(
    ("shares", "note"),
    [
        (["50", "50"], None),
        (["33.33", "33.33", "33.33"], None),
        (["50", "40"], "shares-not-100"),
        (["0"], "shares-not-100"),
        ([""], None),
        (["50", ""], "shares-missing"),
        (["50", "half"], "share-unreadable"),
        (["150"], "share-unreadable"),
    ],
)
def test_shares_that_do_not_add_up_are_noted(one, shares, note):
    found = one(
        "".join(
            f'<recipient-country code="{code}" percentage="{part}"/>'
            for code, part in zip(("XA", "XB", "XC"), shares, strict=False)
        )
    )

    codes = {"shares-not-100", "shares-missing", "share-unreadable"} & notes(found).keys()
    assert codes >= ({note} if note else set())
    assert note or not codes


LOCATION = """
<location>
  <name><narrative>Fort Zephyr</narrative></name>
  <description><narrative>Beside the old bridge</narrative></description>
  <location-id vocabulary="G1" code="990001"/>
  <point srsName="x"><pos>{pos}</pos></point>
  <exactness code="2"/>
</location>
"""


@pytest.mark.parametrize(
    ("pos", "place"),
    [
        ("6.8216 -58.1618", "6.8216 -58.1618"),
        ("6.8216, -58.1618", "6.8216 -58.1618"),
        ("91 10", ""),
        ("", ""),
        ("near the bridge", ""),
    ],
)
def test_a_location_is_a_place_inside_the_country_with_its_name_in_the_annex_only(one, pos, place):
    found = one('<recipient-country code="XA"/>' + LOCATION.format(pos=pos))

    assert places(found) == [("XA", "no", None), ("XA", "yes", None)]
    assert found.annex.names["place:2"].name == "Fort Zephyr"
    assert found.annex.names["place:2"].place == place
    assert found.program.published.points == (1 if place else 0)
    assert "Zephyr" not in str(asdict(found.program))
    assert "58.1618" not in str(asdict(found.program))
    assert notes(found).get("point-unreadable", 0) == (0 if place or not pos else 1)


def test_version_1_places_points_on_coordinates_and_the_country_on_the_area(one):
    found = one(
        '<location><name>Upper Xan</name><administrative country="XB">Upper Xan</administrative>'
        '<coordinates latitude="10.5" longitude="-20"/></location>',
        version="1.03",
    )

    assert places(found) == [("XB", "yes", None)]
    assert found.annex.names["place:1"].place == "10.5 -20"


def test_a_location_without_a_country_gets_the_only_one_of_the_activity_and_none_of_several(one):
    location = "<location><name><narrative>Fort Zephyr</narrative></name></location>"

    alone = one('<recipient-country code="XA"/>' + location)
    several = one('<recipient-country code="XA"/><recipient-country code="XB"/>' + location)
    regional = one('<recipient-country code="XA"/><recipient-region code="289"/>' + location)

    assert alone.program.places[-1].country == "XA"
    assert notes(alone)["location-country-taken"] == 1
    assert several.program.places[-1].country is None
    assert regional.program.places[-1].country is None


def test_a_location_named_as_a_country_is_no_place_inside_one(one):
    found = one('<recipient-country code="XA"/><location><name><narrative>Niger</narrative></name></location>')

    assert places(found)[-1] == (None, "not_known", None)
    assert "subnational" in found.program.published.not_published


def test_an_empty_location_is_noted_and_left_out(one):
    found = one('<location ref="1"><name><narrative/></name></location>')

    assert found.program.places == ()
    assert notes(found)["location-empty"] == 1
