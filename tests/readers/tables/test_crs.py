"""The OECD's Creditor Reporting System: what each column becomes, in both spellings."""

import dataclasses
from datetime import date
from decimal import Decimal

import pytest

from lens.readers.published import Flow

CRS = "year,donor_code,crs_id,recipient_code,recipient_name,purpose_code,usd_commitment,project_title,long_description"


def notes(record):
    return {note.code: note.count for note in record.program.published.notes}


def test_a_row_is_one_record_of_its_program(crs):
    found = crs(
        year="2022",
        donor_code="18",
        donor_name="Finland",
        recipient_name="XA",
        purpose_code="15220",
        usd_commitment="0.25",
        long_description="Mediators of both valleys meet each month.",
        expected_start_date="01-02-2022",
        completion_date="2023-12-31",
    )

    program, published = found.program, found.program.published
    assert (found.identifier, found.belongs_to, found.donor, found.line) == ("2020000001", "2020000001", "FI", 2)
    assert (program.title, program.description) == ("Wells for Xanadia", "Mediators of both valleys meet each month.")
    assert (program.start, program.end) == (date(2022, 2, 1), date(2023, 12, 31))
    assert [place.country for place in program.places] == ["XA"]
    assert [sector.code for sector in program.sectors] == ["15220"]
    assert found.flows == (Flow("commitment", Decimal(250000), "USD", 2022, 1, None, "XA", "", "15220"),)
    assert (published.standard, published.text_length) == ("OECD CRS", 42)
    assert notes(found) == {"country-user-assigned": 1}


def test_the_old_spelling_of_columns_is_the_same_layout_and_unnamed_columns_in_a_workbook_are_not_read(records, xlsx):
    header = ["Year", "donorcode", "crsid", "recipientcode", "purposecode", "usd_commitment", "projecttitle"]
    row = [2009, 9, 2009000004, 998, 99810, 0.5, "Wells"]

    (found,) = records(xlsx({"Data": [[*header, "finance_t", None], [*row, 110, "20-02-2009"]]}), "old.xlsx")

    assert (found.donor, found.identifier) == ("XM-DAC-9", "2009000004")
    assert found.program.published.regions == ("998",)
    assert found.program.published.finance_types == ("110",)
    assert found.flows == (Flow("commitment", Decimal(500000), "USD", 2009, 1, None, "", "998", "99810"),)


def test_a_blank_marker_says_nothing_and_0_says_that_it_was_looked_at(crs):
    found = crs(gender="0", disability="")

    assert [(one.code, one.significance) for one in found.program.published.markers] == [("1", "0")]
    assert "gender_marker" not in found.program.published.not_published
    assert "disability_marker" in found.program.published.not_published


@pytest.mark.parametrize(("given", "code", "significance"), [("1.0", "1", "1"), ("2", "1", "2"), ("yes", "1", None)])
def test_a_marker_that_passed_through_a_number_is_read(crs, given, code, significance):
    found = crs(gender=given)

    assert [(one.code, one.significance) for one in found.program.published.markers] == [(code, significance)]
    assert ("marker-significance-odd" in notes(found)) == (significance is None)


def test_what_the_crs_has_no_column_for_is_not_published(crs):
    not_published = crs().program.published.not_published

    assert {"conditions", "results", "documents", "budgets", "humanitarian"} <= set(not_published)


@pytest.mark.parametrize(("code", "humanitarian"), [("72010", True), ("15220", None), ("", None)])
def test_an_emergency_sector_is_humanitarian_and_no_other_is_said_not_to_be(crs, code, humanitarian):
    found = crs(purpose_code=code)

    assert found.program.published.humanitarian is humanitarian
    assert found.program.flags == (("humanitarian",) if humanitarian else ())


@pytest.mark.parametrize(
    ("code", "name", "kind"),
    [
        ("23000", "Xanadia Women's League", "national_organization"),
        ("41119", "A fund", "multilateral"),
        ("12001", "Ministry of Health", "not_known"),
        ("12001", "Xanadia Police Service", "security_force"),
        ("23000", "Friends of the Police", "not_known"),
        ("12001", "various", "not_known"),
        ("", "Xanadia Armed Forces", "security_force"),
    ],
)
def test_a_force_is_seen_by_its_name_whatever_its_channel(crs, code, name, kind):
    found = crs(channel_code=code, channel_reported_name=name)

    assert [(one.role, one.kind) for one in found.program.partners] == [("implementing", kind)]
    assert found.annex.names["partner:1"].name == name


@pytest.mark.parametrize(
    ("short", "long", "description", "length"),
    [
        ("", "WELLS FOR  XANADIA", "WELLS FOR XANADIA", 0),
        ("Wells for Xan...", "", "Wells for Xan...", 0),
        ("WELLS FOR XANADIA", "Six wells, dug by hand.", "Six wells, dug by hand.", 23),
        ("Six wells, dug", "Six wells, dug by hand.", "Six wells, dug by hand.", 23),
        ("Pumps too", "Six wells.", "Six wells.\nPumps too", 19),
        ("n/a", "TBD", "", 0),
        ("", "", "", 0),
    ],
)
def test_what_only_says_the_title_again_counts_as_no_text(records, short, long, description, length):
    header = f"{CRS},short_description"
    cells = {"donor_code": "9", "crs_id": "1", "project_title": "Wells for Xanadia", "long_description": long}
    line = ",".join(f'"{cells.get(name, "")}"' for name in CRS.split(","))

    (found,) = records(f'{header}\n{line},"{short}"\n')

    assert (found.program.description, found.program.published.text_length) == (description, length)
    said = bool(description) and not length
    assert ("description-equals-title" in notes(found)) == said
    assert ("description" in found.program.published.not_published) == (not description)


def test_a_place_in_words_is_below_the_country_and_its_name_in_the_annex_alone(crs):
    found = crs(recipient_name="XA", geography="Upper Valley")

    assert [(one.country, one.below_country) for one in found.program.places] == [("XA", "no"), ("XA", "yes")]
    assert found.annex.names["place:2"].name == "Upper Valley"
    assert found.exposes == {"named-place": 1}
    assert "Upper Valley" not in str(dataclasses.asdict(found.program))


@pytest.mark.parametrize(
    ("given", "expected"),
    [("Developing countries, unspecified", ("998",)), ("South of Sahara, regional", ("289",)), ("Atlantis", ())],
)
def test_a_region_is_never_spread_over_its_countries(crs, given, expected):
    found = crs(recipient_name=given)

    assert found.program.published.regions == expected
    assert [one.country for one in found.program.places] == ([] if expected else [None])
    assert ("country-name-unknown" in notes(found)) == (not expected)


def test_flow_types_are_told_in_one_list_of_codes(crs):
    assert crs(flow_code="11").program.published.flow_types == ("10",)
    assert crs(flow_code="14").program.published.flow_types == ("21",)
    unlisted = crs(flow_code="77")
    assert unlisted.program.published.flow_types == ()
    assert notes(unlisted) == {"value-unlisted": 1}


def test_amounts_far_too_large_for_millions_are_whole_dollars_and_that_is_noted(crs):
    small, large = crs(usd_commitment="0.122"), crs(usd_commitment="122160.16", usd_disbursement="58179.33")

    assert [flow.amount for flow in small.flows] == [Decimal(122000)]
    assert [flow.amount for flow in large.flows] == [Decimal("122160.16"), Decimal("58179.33")]
    assert "amounts-whole" not in notes(small)
    assert notes(large) == {"amounts-whole": 1}


def test_what_is_taken_back_is_in_the_net_sum_and_told_apart(crs):
    (flow,) = crs(usd_disbursement="-0.5").flows

    assert (flow.kind, flow.amount, flow.taken_back) == ("disbursement", Decimal(-500000), Decimal(-500000))


def test_nothing_is_no_flow_and_what_cannot_be_read_is_noted(crs):
    found = crs(usd_commitment="0", usd_disbursement="about 5")

    assert found.flows == ()
    assert notes(found) == {"value-unreadable": 1}
    assert "transactions" in found.program.published.not_published
