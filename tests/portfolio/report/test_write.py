"""Files: whole or not at all, in the same bytes, for the owner alone where they are for inside, in flat memory."""

import builtins
import stat
import tracemalloc
from decimal import Decimal

import pytest

from lens.errors import LensError, MissingExtraError
from lens.portfolio.report import FORMATS, write

from .conftest import Made, table


def names(folder):
    return sorted(one.relative_to(folder).as_posix() for one in folder.rglob("*") if one.is_file())


def test_the_files_are_given_back_in_order_of_name(tmp_path, made):
    paths = write(made, tmp_path / "out", ["md", "html", "csv"])
    tables = [f"csv/{one.name}.csv" for one in made.tables]
    assert [one.relative_to(tmp_path / "out").as_posix() for one in paths] == sorted(
        [*tables, "portfolio.html", "portfolio.md"]
    )
    assert names(tmp_path / "out") == [one.relative_to(tmp_path / "out").as_posix() for one in paths]


@pytest.mark.parametrize(("audience", "mode"), [("internal", 0o600), ("restricted", 0o600)])
def test_files_for_inside_are_readable_by_their_owner_only(tmp_path, made, audience, mode):
    for path in write(Made(made.tables, audience=audience), tmp_path, ["html", "csv", "json"]):
        assert stat.S_IMODE(path.stat().st_mode) == mode


def test_files_for_the_public_are_as_any_file(tmp_path, made):
    (path,) = write(made, tmp_path, ["html"])
    plain = tmp_path / "plain"
    plain.write_text("")
    assert path.stat().st_mode == plain.stat().st_mode


def test_the_same_analysis_gives_the_same_bytes(tmp_path, made):
    wanted = [one for one in FORMATS if one != "duckdb"]
    for name in "ab":
        write(made, tmp_path / name, wanted)
    assert names(tmp_path / "a") == names(tmp_path / "b")
    for name in names(tmp_path / "a"):
        assert (tmp_path / "a" / name).read_bytes() == (tmp_path / "b" / name).read_bytes(), name


def test_what_fails_leaves_the_files_of_before_and_nothing_else(tmp_path, made):
    write(made, tmp_path, ["csv", "json"])
    before = {name: (tmp_path / name).read_bytes() for name in names(tmp_path)}

    def broken():
        yield ("look", 1)
        raise OSError(28, "No space left on device")

    bad = table("summary", "what n:count", [])
    bad = type(bad)(bad.name, bad.title, bad.help, bad.columns, broken)
    with pytest.raises(LensError, match=r"cannot be written to .*No space left on device"):
        write(Made((bad, *made.tables[1:])), tmp_path, ["csv", "json"])
    assert {name: (tmp_path / name).read_bytes() for name in names(tmp_path)} == before
    assert sorted(one.name for one in tmp_path.iterdir()) == ["csv", "portfolio.json"]
    with pytest.raises(LensError):
        write(Made((bad,)), tmp_path / "new", ["csv"])
    assert not (tmp_path / "new").exists()


def test_a_folder_that_is_a_file_is_told(tmp_path, made):
    (tmp_path / "taken").write_text("mine")
    with pytest.raises(LensError, match="Name another folder with --output"):
        write(made, tmp_path / "taken", ["json"])
    assert (tmp_path / "taken").read_text() == "mine"


def test_a_format_that_there_is_not_is_told_before_anything_is_written(tmp_path, made):
    with pytest.raises(LensError, match=r'no format "parket".*Did you mean "parquet"'):
        write(made, tmp_path / "out", ["html", "parket"])
    assert not (tmp_path / "out").exists()


@pytest.mark.parametrize(("wanted", "module"), [("xlsx", "openpyxl"), ("parquet", "duckdb"), ("duckdb", "duckdb")])
def test_a_missing_extra_is_named(tmp_path, made, monkeypatch, wanted, module):
    real = builtins.__import__

    def without(name, *rest):
        if name.partition(".")[0] == module:
            raise ImportError(name)
        return real(name, *rest)

    monkeypatch.setattr(builtins, "__import__", without)
    with pytest.raises(MissingExtraError, match=r"atrocity-lens\[portfolio\]"):
        write(made, tmp_path / "out", [wanted])
    assert not (tmp_path / "out").exists()


def test_long_tables_are_written_in_flat_memory(tmp_path):
    pytest.importorskip("duckdb")
    columns = "identifier:code class amount:money"

    def used(count):
        long = table("programs", columns, [])
        rows = lambda: ((f"XA-1-{n}", "look", Decimal(n) / 4) for n in range(count))  # noqa: E731
        long = type(long)(long.name, long.title, long.help, long.columns, rows)
        tracemalloc.start()
        write(Made((long,)), tmp_path, ["html", "csv", "json", "parquet", "duckdb"])
        peak = tracemalloc.get_traced_memory()[1]
        tracemalloc.stop()
        return peak

    used(10)
    few, many = used(1_000), used(20_000)
    assert many < few * 1.5 + 500_000


def test_a_workbook_is_written_in_flat_memory(tmp_path):
    pytest.importorskip("openpyxl")

    def used(count):
        long = table("t", "identifier:code n:count", [])
        long = type(long)(
            long.name, long.title, long.help, long.columns, lambda: ((f"XA-1-{n}", n) for n in range(count))
        )
        tracemalloc.start()
        write(Made((long,)), tmp_path, ["xlsx"])
        peak = tracemalloc.get_traced_memory()[1]
        tracemalloc.stop()
        return peak

    used(10)
    assert used(4_000) < used(200) * 1.5 + 500_000
