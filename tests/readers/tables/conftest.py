"""Made-up tables for the tests of their reader: CSV as text, workbooks part by part."""

from __future__ import annotations

import io
import zipfile
from typing import TYPE_CHECKING

import pytest

from lens.portfolio.pieces import Broken
from lens.portfolio.table_formats import formats

if TYPE_CHECKING:
    from pathlib import Path


class Held:
    """A source that is held in memory."""

    def __init__(self, folder: Path, content: bytes, name: str = "table.csv") -> None:
        self.name = name
        self.content = content
        self._folder = folder

    def open(self) -> io.BytesIO:
        return io.BytesIO(self.content)

    def local(self) -> str:
        path = self._folder / self.name
        path.write_bytes(self.content)
        return str(path)


@pytest.fixture
def held(tmp_path):
    def made(content, name="table.csv"):
        return Held(tmp_path, content.encode() if isinstance(content, str) else content, name)

    return made


@pytest.fixture
def everything(held):
    """Every record and every fault of a table, in order."""

    def read(content, name="table.csv", mapping=None):
        source = held(content, name)
        one = formats(mapping)[0]
        assert one.recognizes(source.content[:65_536], source)
        found = []
        for piece in one.cut(source):
            found += [piece] if isinstance(piece, Broken) else one.read(piece, source.name)
        return found

    return read


@pytest.fixture
def records(everything):
    """The records of a table that has no faults."""

    def read(content, name="table.csv", mapping=None):
        found = everything(content, name, mapping)
        assert not [one.problem for one in found if isinstance(one, Broken)]
        return found

    return read


CRS = (
    "year,donor_code,donor_name,crs_id,recipient_code,recipient_name,purpose_code,usd_commitment,usd_disbursement,"
    "project_title,long_description,channel_code,channel_reported_name,gender,disability,flow_code,finance_type,"
    "aid_type,expected_start_date,completion_date,geography"
)


@pytest.fixture
def crs(records):
    """The record of one row of the CRS, of which only what a test is about is given."""

    def read(**given):
        row = {"donor_code": "9", "crs_id": "2020000001", "project_title": "Wells for Xanadia", **given}
        cells = ",".join('"' + row.get(name, "").replace('"', '""') + '"' for name in CRS.split(","))
        (one,) = records(f"{CRS}\n{cells}\n")
        return one

    return read


NAMESPACE = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"


def cell(value, place):
    if value is None:
        return ""
    if isinstance(value, (int, float)):
        return f'<c r="{place}"><v>{value}</v></c>'
    return f'<c r="{place}" t="inlineStr"><is><t>{value}</t></is></c>'


def rows_of(rows):
    return "".join(
        f'<row r="{number}">' + "".join(cell(one, f"{chr(65 + at)}{number}") for at, one in enumerate(row)) + "</row>"
        for number, row in enumerate(rows, 1)
    )


def workbook(sheets, *, parts=None):
    """A workbook; each sheet is a list of rows, or the XML between the tags of its data."""
    made = {
        "[Content_Types].xml": "<Types/>",
        "xl/workbook.xml": f'<workbook xmlns="{NAMESPACE}" xmlns:r="{OFFICE}"><sheets>'
        + "".join(f'<sheet name="{name}" sheetId="{n}" r:id="r{n}"/>' for n, name in enumerate(sheets, 1))
        + "</sheets></workbook>",
        "xl/_rels/workbook.xml.rels": "<Relationships>"
        + "".join(
            f'<Relationship Id="r{n}" Type="{OFFICE}/worksheet" Target="worksheets/sheet{n}.xml"/>'
            for n in range(1, len(sheets) + 1)
        )
        + "</Relationships>",
    }
    for number, rows in enumerate(sheets.values(), 1):
        data = rows if isinstance(rows, str) else rows_of(rows)
        made[f"xl/worksheets/sheet{number}.xml"] = (
            f'<worksheet xmlns="{NAMESPACE}"><sheetData>{data}</sheetData></worksheet>'
        )
    made |= parts or {}
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as packed:
        for name, content in made.items():
            packed.writestr(name, content)
    return out.getvalue()


@pytest.fixture
def xlsx():
    return workbook
