"""Whatever stands in the cells of a table: it is read, it fits the model, and it is the same each time."""

import csv
import io

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lens.cases.program import Program
from lens.portfolio.inputs.pieces import Piece
from lens.portfolio.inputs.table_formats import read
from lens.readers.boundary import adapter
from lens.readers.tables.layout import shipped
from lens.readers.tables.row import Frame
from lens.readers.tables.rows import Row

VALUES = st.one_of(
    st.text(max_size=12),
    st.sampled_from(
        ["1", "1.0", "-1", "1e400", "9" * 60, "0.0000001", "NaN", "2020", "2020-02-31", "43198", "01-02-2010"]
    ),
    st.sampled_from(
        ["15220", "152", "150", "72010", "99810", "xx", "285", "998", "XA", "GHA", "Ghana", "NA", "USD", "yes"]
    ),
    st.sampled_from(
        ["Police", "a|b||c", "a, b", "=cmd()", "<b>x</b>", "&amp;amp;", "N/A", "\x00", "\u202e", "Yes", "No"]
    ),
)


@pytest.mark.parametrize("layout", shipped(), ids=lambda one: one.name)
@settings(max_examples=40, deadline=None)
@given(data=st.data())
def test_any_cells_give_records_that_fit_the_model(layout, data):
    columns = layout.columns()
    frame = Frame(layout, {name: at for at, name in enumerate(columns)}, len(columns))
    cells = tuple(data.draw(st.lists(VALUES, min_size=len(columns), max_size=len(columns))))
    piece = Piece(1, 1, 2, (Row(2, cells),), frame)

    (one,) = read(piece, "table.csv")
    (again,) = read(piece, "table.csv")

    assert one == again
    if hasattr(one, "program"):
        made = adapter(Program)
        assert made.validate_python(made.dump_python(one.program, mode="json")) == one.program


@settings(max_examples=30, deadline=None)
@given(cells=st.lists(st.text(st.characters(codec="utf-8"), max_size=6), min_size=6, max_size=6))
def test_a_csv_with_any_cells_loses_no_row(cells):
    from lens.portfolio.inputs.table_formats import cut

    out = io.StringIO(newline="")
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(["crs_id", "donor_code", "purpose_code", "recipient_code", "usd_commitment", "project_title"])
    writer.writerow(["first", *cells[1:]])
    writer.writerow(["last", "9", "15220", "998", "1", "Wells"])

    class Source:
        name = "any.csv"

        def open(self):
            return io.BytesIO(out.getvalue().encode("utf-8"))

    found = [record for piece in cut(Source()) for record in read(piece, "any.csv")]
    assert [one.identifier for one in found] == ["first", "last"]
