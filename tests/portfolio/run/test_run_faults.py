"""What can happen to a run from outside: a damaged or busy run file, a process that is ended, files with nothing."""

import json
import os
import signal
import sqlite3
import subprocess
import sys
from contextlib import closing

import pytest

pytest.importorskip("lxml", reason="needs the extra portfolio")

from lens.errors import InputError, LensError
from lens.hooks.registry import Registry
from lens.portfolio.screening import analyze, screen

DAY = "2026-06-30"


def screened(*paths, output, **more):
    return screen(*paths, output=output, as_of=DAY, registry=Registry(only_core=True), **more)


def aside(run):
    with closing(sqlite3.connect(run)) as db:
        return json.loads(db.execute("select value from meta where key = 'aside'").fetchone()[0])


def test_a_run_file_that_is_not_whole_is_neither_told_nor_gone_on_with(tmp_path, iati):
    path = iati.written(tmp_path / "a.xml", range(60))
    run = screened(path, output=tmp_path / "out")
    with run.open("r+b") as stream:
        stream.seek(run.stat().st_size // 2 // 4096 * 4096)
        stream.write(b"\xff" * 4096)

    with pytest.raises(LensError, match="is damaged"):
        analyze(run)
    with pytest.raises(LensError, match="is damaged"):
        screened(path, output=tmp_path / "out")
    assert not analyze(screened(path, output=tmp_path / "out", again=True)).incomplete


@pytest.mark.parametrize("kept", [0.9, 0.5, 0.1])
def test_a_run_file_that_was_cut_short_is_told_in_words(tmp_path, iati, kept):
    path = iati.written(tmp_path / "a.xml", range(60))
    run = screened(path, output=tmp_path / "out")
    os.truncate(run, int(run.stat().st_size * kept))

    with pytest.raises(LensError, match=r"is damaged.*--again"):
        analyze(run)
    with pytest.raises(LensError, match=r"is damaged.*--again"):
        screened(path, output=tmp_path / "out")


def test_a_run_file_whose_first_tables_are_gone_is_told_in_words(tmp_path, iati):
    path = iati.written(tmp_path / "a.xml", range(2))
    run = screened(path, output=tmp_path / "out")
    with closing(sqlite3.connect(run)) as db:
        (page,) = db.execute("select rootpage from sqlite_master where name = 'publishers'").fetchone()
    with run.open("r+b") as stream:
        stream.seek((page - 1) * 4096)
        stream.write(bytes(4096))

    with pytest.raises(LensError, match="is damaged"):
        screened(path, output=tmp_path / "out")


def test_a_run_file_that_somebody_writes_to_is_left_to_them(tmp_path, iati):
    path = iati.written(tmp_path / "a.xml", range(2))
    run = screened(path, output=tmp_path / "out")
    before = run.read_bytes()
    other = sqlite3.connect(run, isolation_level=None)
    other.execute("begin exclusive")
    try:
        with pytest.raises(LensError, match="in use by another run"):
            screened(path, output=tmp_path / "out", again=True)
        with pytest.raises(LensError, match="in use by another run"):
            analyze(run)
    finally:
        other.close()
    assert run.read_bytes() == before


def test_a_table_without_a_row_is_told(tmp_path, iati):
    table = tmp_path / "a.csv"
    table.write_text(
        "crs_id,donor_code,donor_name,recipient_code,recipient_name,purpose_code,project_title,usd_commitment\n"
    )

    analysis = analyze(screened(table, output=tmp_path / "out"))

    assert analysis.incomplete
    assert [row[3] for row in analysis.table("faults").rows()] == ["There is no record in this file."]


def test_what_an_earlier_run_wrote_is_no_input_of_the_next(tmp_path, iati):
    iati.written(tmp_path / "a.xml", range(2))
    first = screened(tmp_path, output=tmp_path / "out")
    (tmp_path / "out" / "programs.csv").write_text("a,b\n")

    assert aside(screened(tmp_path, output=tmp_path / "out")) == []
    assert not analyze(first).incomplete
    with pytest.raises(InputError, match="Name another folder with --output"):
        screened(tmp_path, output=tmp_path)


SIDE_BY_SIDE = """
import os, sys, time
from lens.hooks.registry import Registry
from lens.portfolio.screening import screen
from lens.readers.iati import pieces
pieces.PIECE_BYTES = 6_000
class Watcher:
    def begins(self, inputs, size): pass
    def input(self, name, size, unpacked): pass
    def groups(self):
        pass

    def read(self, unpacked): pass
    def kept(self, records): pass
    def done(self, records):
        print(records, flush=True)
        time.sleep(60)
if __name__ == "__main__":
    screen(sys.argv[2], output=sys.argv[1], as_of="2026-06-30", registry=Registry(only_core=True), jobs=2,
           watcher=Watcher())
"""


@pytest.mark.skipif(os.name != "posix", reason="needs signals")
def test_no_process_outlives_a_run_that_is_killed(tmp_path, iati):
    script = tmp_path / "script.py"
    script.write_text(SIDE_BY_SIDE)
    path = iati.written(tmp_path / "a.xml", range(60))
    begun = subprocess.Popen([sys.executable, script, tmp_path / "out", path], stdout=subprocess.PIPE)
    assert begun.stdout.readline()

    begun.kill()

    begun.communicate(timeout=30)  # what it began holds the other end of the pipe for as long as it lives


@pytest.mark.skipif(os.name != "posix", reason="needs signals")
@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_a_report_that_is_stopped_takes_away_what_it_has_half_done(tmp_path, iati, number):
    run = screened(iati.written(tmp_path / "a.xml", range(20)), output=tmp_path / "out")
    line = [sys.executable, "-m", "lens", "portfolio", "report", run.parent, "--format", "xlsx", "--format", "parquet"]
    begun = subprocess.Popen(line, stdout=subprocess.PIPE, stderr=subprocess.PIPE, cwd=tmp_path)
    while begun.poll() is None and not list(run.parent.glob(".lens-*/*")):
        pass
    begun.send_signal(number)

    out, err = begun.communicate(timeout=30)

    assert (begun.returncode, out, err.split()) == (128 + number, b"", [b"Stopped."])
    assert [one.name for one in run.parent.iterdir()] == ["run.sqlite"]
