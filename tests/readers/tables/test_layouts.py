"""The layouts that come with lens, each on a made-up row with the quirks seen in real files."""

from decimal import Decimal

import pytest

from lens.portfolio.inputs.pieces import Broken
from lens.readers.published import Flow

GCDF = [
    "AidData Record ID",
    "Recommended For Aggregates",
    "AidData Parent ID",
    "Umbrella",
    "Financier Country",
    "Recipient",
    "Recipient ISO-3",
    "Recipient Region",
    "Commitment Year",
    "Title",
    "Description",
    "Status",
    "Flow Type",
    "Flow Class",
    "Sector Code",
    "Funding Agencies",
    "Implementing Agencies",
    "Implementing Agencies Type",
    "Amount (Original Currency)",
    "Original Currency",
    "Amount (Nominal USD)",
    "Actual Implementation Start Date (MM/DD/YYYY)",
    "Supplier’s Credit/Export Seller’s Credit",
    "Contact Name",
    "Source URLs",
]
PROJECT = {
    "AidData Record ID": 26602,
    "Recommended For Aggregates": "Yes",
    "Umbrella": "No",
    "Financier Country": "China (People's Republic of)",
    "Recipient": "Xanadia",
    "Commitment Year": 2018,
    "Title": "Academy of the police",
    "Description": "A hall and a yard.",
    "Status": "Completion",
    "Flow Type": "Grant",
    "Flow Class": "Vague (Official Finance)",
    "Sector Code": 150,
    "Implementing Agencies": "Hall Builders|Xanadia Police",
    "Implementing Agencies Type": "Chinese State-owned Company|Recipient Government Agency",
    "Amount (Nominal USD)": 15200.5,
    "Actual Implementation Start Date (MM/DD/YYYY)": 43198,
    "Contact Name": "Zoé Zed||Yan Yed",
    "Source URLs": "https://a.example|||https://b.example",
}


@pytest.fixture
def gcdf(records, xlsx):
    def read(dotted=False, **given):
        row = {**PROJECT, **{key.replace("_", " "): value for key, value in given.items()}}
        header = [name.replace(" ", ".") for name in GCDF] if dotted else GCDF
        (one,) = records(xlsx({"GCDF": [header, [row.get(name) for name in GCDF]]}), "gcdf.xlsx")
        return one

    return read


@pytest.mark.parametrize("dotted", [False, True])
def test_gcdf_with_its_header_as_published_or_dotted_by_r(gcdf, dotted):
    found = gcdf(dotted)

    published = found.program.published
    assert (found.identifier, found.belongs_to, found.donor, found.set_aside) == ("26602", "26602", "CN", "")
    assert str(found.program.start) == "2018-04-08"
    assert found.flows == (Flow("commitment", Decimal("15200.5"), "USD", 2018, 1, None, "", "", "150"),)
    assert [(one.role, one.kind) for one in found.program.partners] == [
        ("implementing", "company"),
        ("implementing", "security_force"),
    ]
    assert (published.status, published.flow_types, published.finance_types) == ("4", (), ("110",))
    assert found.exposes == {"person": 2}
    assert [note.code for note in published.notes] == ["country-name-unknown"]


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        ({"Umbrella": "Yes", "Recommended_For_Aggregates": "No"}, "umbrella"),
        ({"Recommended_For_Aggregates": "No"}, "not-for-sums"),
    ],
)
def test_gcdf_records_that_must_not_be_added_up(gcdf, given, expected):
    assert gcdf(**given).set_aside == expected


def test_a_pledge_is_planned_and_without_dollars_the_original_currency_is_read(gcdf):
    found = gcdf(
        Status="Pipeline: Pledge",
        **{"Amount (Nominal USD)": None, "Amount (Original Currency)": 80000000, "Original Currency": "CNY"},
    )

    assert [(one.kind, one.amount, one.currency) for one in found.flows] == [("planned", Decimal(80000000), "CNY")]
    assert found.program.budgets[0].currency == "CNY"
    assert "budgets" not in found.program.published.not_published


def test_gcdf_a_part_points_to_its_whole_and_a_region_stays_one(gcdf):
    found = gcdf(AidData_Parent_ID=777, Recipient="Africa, regional", Recipient_Region="Africa")

    assert [(one.kind, one.ref) for one in found.program.published.related] == [("1", "777")]
    assert found.program.published.regions == ("298",)
    assert found.program.places == ()


TUFF = (
    "project_id,donor,title,year,description,crs_sector_code,status,flow,all_recipients,funding_agency,"
    "implementing_agency,recipient_agencies,flow_class,active,amount,currency,usd_current,start_actual,"
    "recipient_condensed,recipient_oecd_code,recipient_iso3,recipient_iso2,location_details,contacts"
)


@pytest.fixture
def tuff(records):
    def read(**given):
        row = {"project_id": "32949", "donor": "Saudi Arabia", "title": "Food", "status": "Completion", **given}
        cells = ",".join('"' + str(row.get(name, "")) + '"' for name in TUFF.split(","))
        (one,) = records(f"{TUFF}\n{cells}\n".encode("cp1252"))
        return one

    return read


def test_tuff_reads_several_recipients_and_the_region_among_them_but_not_the_two_letters_of_a_region(tuff):
    found = tuff(
        recipient_iso3="SDN; Africa, regional; SSD", recipient_iso2="SD; XR; SS", usd_current="100,000,000", year="2011"
    )

    assert [one.country for one in found.program.places] == ["SD", "SS"]
    assert found.program.published.regions == ("298",)
    assert found.flows == (Flow("commitment", Decimal(100000000), "USD", 2011),)
    assert found.donor == "SA"


def test_tuff_pledges_cancelled_projects_and_main_sectors(tuff):
    assert [one.kind for one in tuff(status="Pipeline: Pledge", usd_current="5").flows] == ["planned"]
    assert tuff(status="Cancelled").set_aside == "not-for-sums"
    assert tuff(crs_sector_code="700").program.published.humanitarian is True
    assert tuff(crs_sector_code="120").program.published.notes == ()


AIMS = (
    "project_id,is_geocoded,project_title,start_actual_isodate,end_actual_isodate,donors,donors_iso3,recipients,"
    "recipients_iso3,ad_sector_codes,ad_purpose_codes,status,transactions_start_year,total_commitments,total_disbursements"
)


def test_aims_projects_with_several_donors_and_sectors(records):
    line = "XX/1,1,Wells,2005-10-17,2013-12-31,One Fund|Two Fund,DEU|DAC,Xanadia,XAA,140|151,14000|15140,Completion,"
    line += "2005,36149108.0,"

    (found,) = records(f"{AIMS}\n{line}\n")

    assert (found.identifier, found.donor) == ("XX/1", "")
    assert [one.code for one in found.program.sectors] == ["140", "15140"]
    assert [one.role for one in found.program.partners] == ["funding", "funding"]
    assert found.flows == (Flow("commitment", Decimal(36149108), "USD", 2005),)
    assert "description" in found.program.published.not_published


@pytest.mark.parametrize(
    ("header", "what"),
    [
        (f"{AIMS},project_location_id,latitude", "the places of the projects"),
        ("transaction_id,project_id,transaction_isodate,transaction_value", "the transactions of the projects"),
    ],
)
def test_tables_that_say_the_same_records_again_are_left_out_with_a_word(everything, header, what):
    (left,) = everything(f"{header}\n", "again.csv")

    assert left.left_out
    assert str(left.problem) == (
        f"again.csv: This holds {what} of AidData AIMS, whose table of records says the same. It was left out, so that "
        "nothing is counted twice. Name the table of records; nothing is missing where it is named too."
    )


def test_cida_countries_and_sectors_with_commas_of_their_own(records):
    header = "title,project_number,max_cida_contribution,executing_agency,project_status,start_year,end_year,countries,"
    row = 'Talks,M1,500000,A circle,NONE PROVIDED,2008,2009,"Congo, Democratic Republic, Africa multiple countries",'

    sectors = '"Conflict prevention and resolution, peace and security, human rights, Good works"'

    (found,) = records(f"{header}sectors,project_abstract\n{row}{sectors},They talk.\n")

    assert [one.country for one in found.program.places] == ["CD"]
    assert found.program.published.regions == ("298",)
    assert found.flows == (Flow("commitment", Decimal(500000), "CAD", 2008),)
    assert [one.code for one in found.program.sectors] == ["152", "15160"]
    assert [(one.vocabulary, one.code) for one in found.program.published.other_sectors] == [("DAC", "Good works")]


@pytest.mark.parametrize("twice", [False, True])
def test_world_bank_under_its_title_with_grants_beside_loans_and_loans_counted_once(everything, xlsx, twice):
    header = ["Project Id", "Region", "Country", "Project Status", "Project Name", "Project Development Objective"]
    header += ["Implementing Agency", "Board Approval Date", "Project Closing Date", "IBRD Commitment"]
    header += [
        "IDA Commitment",
        "Total IDA and IBRD Commitment",
        "Grant Amount",
        "Borrower",
        "Lending Instrument",
        "Sector 1",
    ]
    row = ["P1", "Africa", "Republic of Benin", "Active", "Wells", "Water for all.", "Ministry of Interior Affairs"]
    row += ["2022-06-30T00:00:00Z", "9/30/2026 12:00:00 AM", 10, 15, "25", "3,000,000", "Republic", "Loan", "Water"]

    machine = ["id", "regionname", "countryname", "projectstatusdisplay", "project_name", "pdo", "impagency"]
    machine += ["boardapprovaldate", "closingdate", "ibrd", "ida", "curr_total_commitment", "grantamt", "borrower"]
    machine += ["lendinginstr", "sector1"]
    title = ["World Bank Projects, data as of today"]

    found = everything(xlsx({"data": [title, *([machine] if twice else []), header, row]}), "wb.xlsx")

    (one,) = found
    assert not isinstance(one, Broken)
    assert [place.country for place in one.program.places] == ["BJ"]
    assert (str(one.program.start), str(one.program.end)) == ("2022-06-30", "2026-09-30")
    assert one.flows == (Flow("commitment", Decimal(3000025), "USD", 2022, 2, None, "BJ", "", ""),)
    assert [partner.kind for partner in one.program.partners] == ["not_known", "security_ministry"]
