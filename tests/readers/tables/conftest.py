"""What the tests of tables read by."""

from __future__ import annotations

import pytest

from lens.portfolio.inputs.pieces import Broken
from lens.portfolio.inputs.table_formats import formats


@pytest.fixture
def everything(held):
    """Every record and every fault of a table, in order."""

    def read(content, name="table.csv", mapping=None):
        source = held(content, name)
        one = formats((mapping,) if mapping else ())[0]
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
