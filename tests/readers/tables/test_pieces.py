"""Pieces: cut by content alone, sent elsewhere whole, read without what screening does not need."""

import pickle
import subprocess
import sys

from lens.portfolio.inputs.table_formats import formats

HEAD = "crs_id,donor_code,purpose_code,recipient_code,usd_commitment,project_title"


def table(count, title="Wells"):
    return "\n".join([HEAD, *(f"{number},9,15220,998,0.1,{title}" for number in range(1, count + 1))]) + "\n"


def test_pieces_hold_a_thousand_rows_or_a_million_characters_and_follow_each_other(held):
    cut = formats()[0].cut

    assert [(one.first, one.count, one.line) for one in cut(held(table(2300)))] == [
        (1, 1000, 2),
        (1001, 1000, 1002),
        (2001, 300, 2002),
    ]
    assert [one.first for one in cut(held(table(30, "W" * 100_000)))] == [1, 10, 19, 28]


def test_a_piece_read_elsewhere_gives_the_same_records(held):
    one = formats()[0]
    source = held(table(1200))

    here = [record for piece in one.cut(source) for record in one.read(piece, source.name)]
    there = [
        record
        for piece in formats()[0].cut(source)
        for record in one.read(pickle.loads(pickle.dumps(piece)), source.name)  # noqa: S301 - our own bytes
    ]

    assert here == there
    assert len(here) == 1200


def test_reading_a_table_needs_neither_pydantic_nor_an_extra(tmp_path):
    (tmp_path / "table.csv").write_text(table(3))
    program = """
import sys
from lens.portfolio.inputs.table_formats import formats
class Source:
    name = "table.csv"
    def open(self): return open("table.csv", "rb")
    def local(self): return "table.csv"
one = formats()[0]
print(sum(1 for piece in one.cut(Source()) for _ in one.read(piece, "table.csv")))
print(sorted({"pydantic", "lxml", "openpyxl", "python_calamine", "jinja2"} & set(sys.modules)))
"""
    done = subprocess.run([sys.executable, "-c", program], cwd=tmp_path, capture_output=True, text=True, check=True)

    assert done.stdout.splitlines() == ["3", "[]"]
