"""CSV, JSON, XLSX, Parquet and DuckDB: the same rows with every digit, and text that stays text."""

import json
import sys
import zipfile
from datetime import date
from decimal import Decimal

import pytest

from lens.errors import LensError
from lens.portfolio.report import write

from .conftest import HOSTILE, Made, table

duckdb = pytest.importorskip("duckdb")
openpyxl = pytest.importorskip("openpyxl")

ROWS = [
    ("XA-1", 7, Decimal("-1234567890123456789012.000001"), 2024, Decimal("33.3"), date(2026, 1, 2), "=1+1"),
    ("@XA-2", None, Decimal("0.5"), None, None, None, ""),
    ("XA-3", 0, None, 1999, 100, None, "<b>é</b>"),
]
COLUMNS = "identifier:code n:count amount:money year:year share:percent day:day title!"


@pytest.fixture
def small():
    return table("small", COLUMNS, ROWS)


def written(folder, tables, *formats, audience="internal"):
    write(Made(tuple(tables), audience=audience), folder, formats)
    return folder


def test_csv_has_every_digit_and_no_formula(tmp_path, small):
    text = (written(tmp_path, [small], "csv") / "csv" / "small.csv").read_bytes().decode("utf-8")
    assert text == (
        "\ufeffidentifier,n,amount,year,share,day,title\r\n"
        "XA-1,7,-1234567890123456789012.000001,2024,33.3,2026-01-02,'=1+1\r\n"
        "'@XA-2,,0.5,,,,\r\n"
        "XA-3,0,,1999,100,,<b>é</b>\r\n"
    )


def test_json_has_the_classes_and_the_coverage_and_no_long_list(tmp_path, made):
    write(made, tmp_path, ["json"])
    data = json.loads((tmp_path / "portfolio.json").read_text("utf-8"))
    assert list(data["tables"]) == ["summary", "coverage_by_check", "faults"]
    assert data["classes"] == {"look": 3, "look first": 3, "published data cannot tell": 2, "watch": 2}
    assert data["tables"]["coverage_by_check"] == {
        "title": "Coverage by check",
        "help": "What it holds.",
        "columns": {
            "check": "What check is.",
            "programs": "What programs is.",
            "percent_judged": "What percent_judged is.",
        },
        "rows": [{"check": "published.place", "programs": 10, "percent_judged": 40}],
    }
    assert (data["audience"], data["as_of"], data["facts"]["contexts given"]) == ("public", "2026-11-15", "3")


def test_json_can_be_put_into_a_page(tmp_path):
    write(Made((table("summary", "what", [(HOSTILE[0],)]),)), tmp_path, ["json"])
    text = (tmp_path / "portfolio.json").read_text("utf-8")
    assert "<" not in text
    assert json.loads(text)["tables"]["summary"]["rows"] == [{"what": HOSTILE[0]}]


def test_duckdb_has_types_meanings_and_every_digit(tmp_path, small):
    written(tmp_path, [small], "duckdb")
    with duckdb.connect(str(tmp_path / "portfolio.duckdb"), read_only=True) as found:
        told = found.execute(
            "select column_name, data_type, comment from duckdb_columns() where table_name = 'small'"
        ).fetchall()
        assert [one[:2] for one in told] == [
            ("identifier", "VARCHAR"),
            ("n", "BIGINT"),
            ("amount", "DECIMAL(38,6)"),
            ("year", "INTEGER"),
            ("share", "DECIMAL(38,2)"),
            ("day", "DATE"),
            ("title", "VARCHAR"),
        ]
        assert told[2][2] == "What amount is."
        assert found.execute("select comment from duckdb_tables() where table_name = 'small'").fetchone() == (
            "Small. What it holds.",
        )
        assert found.execute("select * from small").fetchall() == ROWS
        assert found.execute("select value from about where name = 'as_of'").fetchone() == ("2026-11-15",)


@pytest.mark.parametrize(
    ("amount", "kind"),
    [
        ("0.1234567890123", "DECIMAL(38,13)"),
        ("99999999999999999999999999999999.999999", "DECIMAL(38,6)"),
        ("999999999999999999999999999999999.999999", "VARCHAR"),
        ("1E+40", "VARCHAR"),
        ("-1E-30", "DECIMAL(38,30)"),
        ("0E+90", "DECIMAL(38,6)"),
    ],
)
def test_no_number_loses_a_digit(tmp_path, amount, kind):
    written(tmp_path, [table("t", "amount:money", [(Decimal(amount),)])], "duckdb")
    with duckdb.connect(str(tmp_path / "portfolio.duckdb"), read_only=True) as found:
        ((value, told),) = found.execute("select amount, typeof(amount) from t").fetchall()
        comment = found.execute("select comment from duckdb_columns() where table_name = 't'").fetchone()[0]
    assert (Decimal(value), told) == (Decimal(amount), kind)
    assert ("As text" in comment) == (kind == "VARCHAR")


def test_a_number_that_is_none_is_refused(tmp_path):
    for bad in ("few", Decimal("NaN"), Decimal("Infinity")):
        with pytest.raises(ValueError, match="holds"):
            written(tmp_path, [table("t", "amount:money", [(bad,)])], "duckdb")
    assert list(tmp_path.iterdir()) == []


def test_parquet_has_the_rows_and_meanings_and_the_same_bytes_each_time(tmp_path, small):
    one, two = (written(tmp_path / name, [small], "parquet") / "parquet" / "small.parquet" for name in "ab")
    assert one.read_bytes() == two.read_bytes()
    with duckdb.connect() as found:
        assert found.execute("select * from read_parquet(?)", [str(one)]).fetchall() == ROWS
        told = dict(found.execute("select key, value from parquet_kv_metadata(?)", [str(one)]).fetchall())
    assert told[b"amount"] == b"What amount is."
    assert told[b"table"] == b"Small. What it holds."


def test_a_workbook_has_numbers_as_numbers_and_text_as_text(tmp_path, small):
    book = openpyxl.load_workbook(written(tmp_path, [small], "xlsx") / "portfolio.xlsx")
    assert book.sheetnames == ["read me", "small"]
    cells = list(book["small"].iter_rows())
    assert [one.value for one in cells[0]] == ["identifier", "n", "amount", "year", "share", "day", "title"]
    assert [one.data_type for one in cells[1]] == ["s", "n", "n", "n", "n", "d", "s"]
    assert cells[1][6].value == "=1+1"
    assert cells[1][6].quotePrefix
    assert cells[2][0].value == "@XA-2"
    read_me = [tuple(row) for row in book["read me"].iter_rows(values_only=True)]
    assert (None, "amount", "What amount is.") in [(row[0] or None, *row[1:]) for row in read_me]


def test_a_workbook_leads_from_its_first_sheet_to_each_other_and_every_table_can_be_filtered(tmp_path, small):
    empty = table("empty", "n:count", [])
    book = openpyxl.load_workbook(written(tmp_path, [small, empty], "xlsx") / "portfolio.xlsx")

    linked = [
        (one.value, one.hyperlink.location, one.hyperlink.target)
        for (one, *_) in book["read me"].iter_rows()
        if one.hyperlink
    ]
    assert linked == [("small", "'small'!A1", None), ("empty", "'empty'!A1", None)] * 2
    assert [book[name].auto_filter.ref for name in ("read me", "small", "empty")] == [None, "A1:G4", "A1:A1"]


def test_a_workbook_is_the_same_bytes_each_time_and_holds_no_formula(tmp_path, made):
    one, two = (tmp_path / name / "portfolio.xlsx" for name in "ab")
    for path in (one, two):
        write(Made(made.tables, audience="internal"), path.parent, ["xlsx"])
    assert one.read_bytes() == two.read_bytes()
    with zipfile.ZipFile(one) as archive:
        assert {entry.date_time for entry in archive.infolist()} == {(1980, 1, 1, 0, 0, 0)}
        assert not [name for name in archive.namelist() if b"<f>" in archive.read(name)]


def test_a_table_longer_than_a_sheet_goes_on_in_another_and_says_so(tmp_path, monkeypatch):
    monkeypatch.setattr("lens.portfolio.report.sheets.MOST_ROWS", 3)
    long = table("a_table_with_a_very_long_name_indeed", "n:count", [(n,) for n in range(7)])
    book = openpyxl.load_workbook(written(tmp_path, [long, table("empty", "n:count", [])], "xlsx") / "portfolio.xlsx")
    assert book.sheetnames == [
        "read me",
        "a_table_with_a_very_long_name_i",
        "a_table_with_a_very_long_name 2",
        "a_table_with_a_very_long_name 3",
        "empty",
    ]
    parts = [[row[0] for row in book[name].iter_rows(min_row=2, values_only=True)] for name in book.sheetnames[1:]]
    assert parts == [[0, 1, 2], [3, 4, 5], [6], []]
    assert any("goes on" in str(row) for row in book["read me"].iter_rows(values_only=True))


@pytest.mark.parametrize("audience", ["public", "counterpart", "partner"])
def test_outside_the_agency_no_internal_column_is_in_any_file(tmp_path, audience):
    secret = table("small", "identifier:code title!", [("XA-1", "Canary")])
    write(Made((secret,), audience=audience), tmp_path, ["html", "md", "csv", "json", "xlsx", "parquet", "duckdb"])
    for path in tmp_path.rglob("*.*"):
        data = path.read_bytes()
        if path.suffix == ".xlsx":
            with zipfile.ZipFile(path) as archive:
                data = b"".join(archive.read(name) for name in archive.namelist())
        assert b"Canary" not in data, path.name
        assert b"What title is" not in data, path.name
    with duckdb.connect(str(tmp_path / "portfolio.duckdb"), read_only=True) as found:
        assert found.execute("select * from small").fetchall() == [("XA-1",)]


def test_hostile_texts_come_out_as_data(tmp_path):
    hostile = table(
        "t", "title", [(one,) for one in (*HOSTILE, "x" * 500_000, "'; drop table t; --", "a\0b\x1b[0m\ud800")]
    )
    written(tmp_path, [hostile], "csv", "xlsx", "parquet", "duckdb")
    with duckdb.connect(str(tmp_path / "portfolio.duckdb"), read_only=True) as found:
        rows = [row[0] for row in found.execute("select title from t").fetchall()]
    assert rows[:4] == [HOSTILE[0], HOSTILE[1], "a\ufffdb\ufffdc", "one line and another and tabs | [link](x)"]
    assert rows[5] == "x" * 100_000 + " …"
    assert rows[6:] == ["'; drop table t; --", "ab[0m"]
    book = openpyxl.load_workbook(tmp_path / "portfolio.xlsx")
    assert [len(row[0]) for row in book["t"].iter_rows(min_row=6, max_row=7, values_only=True)] == [32_002, 32_002]


@pytest.mark.parametrize("folder", ["it's; x", "a=b [c]*{d}", "s3:", "{uuid}"])
def test_the_name_of_a_folder_is_never_read_as_anything_else(tmp_path, small, folder):
    written(tmp_path / folder, [small], "parquet", "duckdb")
    made = sorted(one.relative_to(tmp_path).as_posix() for one in tmp_path.rglob("*.*") if one.is_file())
    assert made == [f"{folder}/parquet/small.parquet", f"{folder}/portfolio.duckdb"]
    with duckdb.connect(str((tmp_path / folder / "portfolio.duckdb").resolve()), read_only=True) as found:
        assert found.execute("select count(*) from small").fetchone() == (3,)


def test_a_full_disk_is_told_as_any_other(tmp_path, small, monkeypatch):
    def full(*_):
        raise duckdb.IOException("IO Error: Could not write to the file: No space left on device")

    monkeypatch.setattr("lens.portfolio.report.databases._written_down", full)
    for wanted in ("duckdb", "parquet"):
        with pytest.raises(LensError, match=r"cannot be written to .*: No space left on device. Name another folder"):
            written(tmp_path / "out", [small], wanted)
    assert not (tmp_path / "out").exists()


def test_duckdb_says_so_where_it_cannot_take_the_name_of_a_folder(tmp_path, small):
    with pytest.raises(LensError, match="question mark"):
        written(tmp_path / "what?", [small], "duckdb")
    assert not (tmp_path / "what?").exists()


@pytest.mark.skipif(sys.platform in ("win32", "darwin"), reason="names of files are text there")
@pytest.mark.parametrize("wanted", ["duckdb", "parquet"])
def test_a_folder_whose_name_is_no_text_is_told_in_words(tmp_path, small, wanted):
    with pytest.raises(LensError, match="not in UTF-8"):
        written(tmp_path / "a\udcff", [small], wanted)
    assert not (tmp_path / "a\udcff").exists()


def test_names_of_tables_and_columns_are_names(tmp_path):
    for bad in (table('t"; drop table x; --', "a", []), table("t", 'a"b', [])):
        with pytest.raises(ValueError, match="is called"):
            written(tmp_path, [bad], "duckdb")
