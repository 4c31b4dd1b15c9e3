"""Editions of the known tables that are not among those the layouts were written for."""

from __future__ import annotations

from decimal import Decimal

import pytest

from lens.readers.published import Flow

BANK = "id,regionname,countryname,lendinginstr,projectstatusdisplay,project_name,boardapprovaldate,lendprojectcost"
BANK += ",idacommamt,totalamt,grantamt,totalcommamt,sector1,Country\n"


def test_the_world_banks_interface_repeats_countries_and_has_grants_in_a_total_that_is_not_read(records):
    row = 'P1,Africa,Republic of Benin;Republic of Benin,Loan,Active,Wells,2013-11-12,"9,000","40","40",2,42,W,\n'

    (one,) = records(BANK + row)

    assert [place.country for place in one.program.places] == ["BJ"]
    assert one.flows == (Flow("commitment", Decimal(42), "USD", 2013, 2, None, "BJ", "", ""),)


def test_a_regional_project_of_the_world_bank_is_in_its_region(records):
    (one,) = records(BANK + "P1,Africa,Africa;Africa,Loan,Active,Wells,2013-11-12T00:00:00Z,9,0,0,2,2,W,\n")

    assert (one.program.places, one.program.published.regions) == ((), ("298",))
    assert [(flow.amount, flow.region) for flow in one.flows] == [(2, "298")]


WORLD = (
    "project_id,recommended_for_research,umbrella,donor,title,year,crs_sector_code,status,flow_class,amount,currency,"
)
WORLD += "usd_current,recipient_iso3\n"


@pytest.mark.parametrize(
    ("recommended", "umbrella", "why"),
    [
        ("TRUE", "FALSE", ""),
        ("TRUE", "TRUE", "umbrella"),
        ("FALSE", "FALSE", "not-for-sums"),
        ("0", "0", "not-for-sums"),
        ("1", "1", "umbrella"),
        ("1", "0", ""),
        ("1.0", "0.0", ""),
        ("0.0", "0.0", "not-for-sums"),
        ("", "", ""),
    ],
)
def test_chinas_finance_to_the_world_1_0_says_what_is_not_to_be_added(records, recommended, umbrella, why):
    row = f'1,{recommended},{umbrella},China,Wells,2010,140,Completion,ODA-like,5,CNY,"1,234,567",BEN\n'

    (one,) = records(WORLD + row)

    assert (one.set_aside, one.flows[0].amount, one.flows[0].country) == (why, 1234567, "BJ")


def test_gcdf_2_has_its_sectors_and_receivers_under_other_headers(records):
    header = "AidData TUFF Project ID,Recommended For Aggregates,Umbrella,Financier Country,Recipient,Commitment Year,"
    header += "Title,Status,AidData Sector Code,Receiving Agencies,Receiving Agencies Type,Amount (Nominal)\n"

    (one,) = records(header + "1,Yes,No,China,Benin,2010,Wells,Completion,140,Wells Inc,Recipient Private Sector,5\n")

    assert [sector.code for sector in one.program.sectors] == ["140"]
    assert [(body.role, body.kind) for body in one.program.partners] == [("recipient", "company")]


@pytest.mark.parametrize(
    "header",
    [
        "DATAFLOW,DONOR,Donor,RECIPIENT,Recipient,SECTOR,MEASURE,PRICE_BASE,UNIT_MEASURE,TIME_PERIOD,OBS_VALUE,UNIT_MULT",
        "DONOR,Donor,RECIPIENT,Recipient,SECTOR,FLOW,CHANNEL,AMOUNTTYPE,FLOWTYPE,AIDTYPE,YEAR,Unit Code,Value",
    ],
)
def test_sums_of_the_crs_are_told_to_hold_no_activities(everything, header):
    (left,) = everything(f"{header}\n{','.join('1' for _ in header.split(','))}\n")

    assert left.left_out
    assert left.problem.what.startswith("This holds figures by donor, recipient and sector")


def test_identifiers_that_a_spreadsheet_rounded_put_nothing_together_and_whole_ones_are_read(crs):
    rounded, whole = crs(crs_id="2.02E+09"), crs(crs_id="2.019000001E9")

    assert (rounded.identifier, rounded.belongs_to) == ("", "")
    assert [note.code for note in rounded.program.published.notes] == ["identifier-missing", "identifier-rounded"]
    assert "shortened as a number" in rounded.problems[0].what
    assert (whole.identifier, whole.belongs_to, whole.problems) == ("2019000001", "2019000001", ())
