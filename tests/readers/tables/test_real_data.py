"""Real tables beside the checkout: what is read equals what a second, plain count finds."""

import csv
import gzip
import io
import zipfile
from collections import Counter
from decimal import Decimal
from pathlib import Path

import pytest

from lens.portfolio.inputs.pieces import Broken
from lens.portfolio.inputs.table_formats import formats

ROOT = Path(__file__).parents[3]
DATA = ROOT.parent / "shared" / "data" / "portfolio"

pytestmark = [
    pytest.mark.data,
    pytest.mark.skipif(not DATA.is_dir(), reason="there is no ../shared/data beside this checkout"),
]


class OnDisk:
    def __init__(self, path, member=""):
        self.path, self.member = path, member
        self.name = member or path.name

    def open(self):
        if self.member:
            return zipfile.ZipFile(self.path).open(self.member)
        return gzip.open(self.path) if self.path.suffix == ".gz" else self.path.open("rb")

    def local(self):
        return str(self.path)


def rows_of(source, sheet=0, skip=0, encoding="utf-8"):
    """The rows of a table as dicts, by csv or calamine alone."""
    if source.name.endswith(".xlsx"):
        calamine = pytest.importorskip("python_calamine", reason="needs the extra office")
        lines = calamine.CalamineWorkbook.from_path(str(source.path)).get_sheet_by_index(sheet).to_python()[skip:]
        return [dict(zip(lines[0], line, strict=True)) for line in lines[1:] if any(line)]
    with source.open() as stream:
        return list(csv.DictReader(io.TextIOWrapper(stream, encoding, newline="")))


def member(path, ending):
    with zipfile.ZipFile(path) as packed:
        return next(name for name in packed.namelist() if name.endswith(ending))


def summed(values):
    """Amounts added up in whole units, as floats are: to a millionth of the sum."""
    return float(sum(float(str(one).replace(",", "")) for one in values if one not in (None, "", "None")))


# file, how a second count reads it, identifier, title, sector, its money by (kind, currency): columns and multiplier
TABLES = {
    "crs-2022": (
        lambda: OnDisk(DATA / "crs" / "crs_nonoda2022_automated.csv.gz"),
        {},
        ("crs_id", "project_title", "purpose_code"),
        {
            ("commitment", "USD"): ("usd_commitment", 1_000_000),
            ("disbursement", "USD"): ("usd_disbursement", 1_000_000),
            ("incoming", "USD"): ("usd_received", 1_000_000),
        },
    ),
    "crs-old": (
        lambda: OnDisk(DATA / "crs" / "Finland-4.xlsx"),
        {},
        ("crsid", "projecttitle shortdescription", "purposecode"),
        {
            ("commitment", "USD"): ("usd_commitment", 1),
            ("disbursement", "USD"): ("usd_disbursement", 1),
            ("incoming", "USD"): ("usd_received", 1),
        },
    ),
    "gcdf": (
        lambda: OnDisk(DATA / "aiddata-china" / "climate_merged_filtered_gcdf_year.xlsx"),
        {},
        ("AidData.Record.ID", "Title", "Sector.Code"),
        {("*", "USD"): ("Amount.(Nominal.USD)", 1)},
    ),
    "tuff-1.2": (
        lambda: OnDisk(DATA / "aiddata-china" / "aiddata_china_1.2.xlsx"),
        {"sheet": 1},
        ("project_id", "title", "crs_sector_code"),
        {},
    ),
    "tuff-gulf": (
        lambda: OnDisk(
            DATA / "aiddata-other" / "SaudiArabia_TUFFDonorDataset_Level1_v1.0.csv.zip",
            member(DATA / "aiddata-other" / "SaudiArabia_TUFFDonorDataset_Level1_v1.0.csv.zip", ".csv"),
        ),
        {"encoding": "cp1252"},
        ("project_id", "title", "crs_sector_code"),
        {("*", "USD"): ("usd_current", 1)},
    ),
    "aims": (
        lambda: OnDisk(
            DATA / "aiddata-other" / "SierraLeoneAIMS_GeocodedResearchRelease_Level1_v1.0.0.zip",
            member(
                DATA / "aiddata-other" / "SierraLeoneAIMS_GeocodedResearchRelease_Level1_v1.0.0.zip", "/projects.csv"
            ),
        ),
        {},
        ("project_id", "project_title", ""),
        {
            ("commitment", "USD"): ("total_commitments", 1),
            ("disbursement", "USD"): ("total_disbursements", 1),
        },
    ),
    "cida": (
        lambda: OnDisk(DATA / "aiddata-other" / "CIDA_Project.xlsx"),
        {"sheet": 1},
        ("project_number", "title", ""),
        {("commitment", "CAD"): ("max_cida_contribution", 1)},
    ),
}


def read(source):
    one = formats()[0]
    with source.open() as stream:
        assert one.recognizes(stream.read(65_536), source)
    pieces = [piece for piece in one.cut(source) if not isinstance(piece, Broken)]
    assert all(piece.count <= 1000 for piece in pieces)
    return [record for piece in pieces for record in one.read(piece, source.name)]


def text(value):
    whole = isinstance(value, float) and value.is_integer()
    return " ".join(str(int(value) if whole else value).split())


@pytest.mark.parametrize("name", TABLES)
def test_counts_and_sums_equal_those_of_a_plain_count(name):
    make, how, (identifier, title, sector), money = TABLES[name]
    source = make()
    records, rows = read(source), rows_of(source, **how)

    assert not [one for one in records if isinstance(one, Broken)]
    assert [one.identifier for one in records] == [text(row[identifier]) for row in rows]
    names = [title] if title in rows[0] else title.split()
    titled = sum(any(text(row[name]) for name in names) for row in rows)
    placeheld = sum("title-placeholder" in {note.code for note in one.program.published.notes} for one in records)
    assert sum(bool(one.program.title) for one in records) == titled - placeheld
    if sector:
        wanted = Counter({"420": "15170"}.get(text(row[sector]), text(row[sector])) for row in rows)
        assert Counter(one.code for record in records for one in record.program.sectors) == wanted
    for (kind, currency), (column, multiplier) in money.items():
        found = sum(
            (
                flow.amount
                for one in records
                for flow in one.flows
                if flow.currency == currency and kind in ("*", flow.kind)
            ),
            Decimal(0),
        )
        assert float(found) == pytest.approx(summed(row[column] for row in rows) * multiplier, rel=1e-9)


def test_countries_of_the_crs_equal_those_in_its_column_of_codes():
    source = TABLES["crs-2022"][0]()
    from lens.catalog import countries

    three = {row[0]: code for code, row in countries().items()}
    wanted = Counter(
        three[row["recipient_iso3_code"]] for row in rows_of(source) if row["recipient_iso3_code"] in three
    )
    found = Counter(
        place.country for one in read(source) for place in one.program.places if place.below_country == "no"
    )

    assert found == wanted


def test_world_bank_rows_under_a_title():
    source = OnDisk(DATA / "worldbank" / "2022_WB_Projects_1_500_downloaded_9_22_2022.xlsx")
    records, rows = read(source), rows_of(source, skip=1)

    assert [one.identifier for one in records] == [row["Project Id"] for row in rows]
    wanted = summed(row[name] for row in rows for name in ("Total IDA and IBRD Commitment", "Grant Amount"))
    assert float(sum(flow.amount for one in records for flow in one.flows)) == pytest.approx(wanted, rel=1e-9)
