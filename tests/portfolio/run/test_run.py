"""A run: whatever interrupts it, whoever does the work, it ends with the same rows, and nothing lost without a word."""

import json
import os
import random
import signal
import sqlite3
import subprocess
import sys
from contextlib import closing
from datetime import date
from pathlib import Path

import pytest

pytest.importorskip("lxml", reason="needs the extra portfolio")

from lens.cases.policy import Policy
from lens.errors import InputError, LensError
from lens.hooks.installed import Rules
from lens.hooks.registry import Registry
from lens.portfolio.inputs.pieces import Piece
from lens.portfolio.runs.executors import Task, _pool, side_by_side
from lens.portfolio.runs.work import Done, Job, OtherLensError, bench, work
from lens.portfolio.screening import screen

DAY = "2026-06-30"


def screened(*paths, output, **more):
    return screen(*paths, output=output, as_of=DAY, registry=Registry(only_core=True), **more)


def meta(run):
    with closing(sqlite3.connect(run)) as db:
        return dict(db.execute("select key, value from meta"))


def states(run):
    with closing(sqlite3.connect(run)) as db:
        return db.execute("select name, format, state from inputs order by name").fetchall()


def test_every_record_of_every_input_is_in_the_run_once(tmp_path, iati, held):
    iati.written(tmp_path / "a.xml", range(5))
    iati.written(tmp_path / "b.xml", range(5, 8), "XB")
    (tmp_path / "again.xml").write_bytes((tmp_path / "a.xml").read_bytes())

    run = screened(tmp_path, output=tmp_path.parent / "out")

    assert [row[1] for row in held(run)["records"]].count("XM-1-0003") == 1
    assert len(held(run)["records"]) == 8
    assert [row[2] for row in states(run)] == ["done", "done"]
    ((name, what, _, unread),) = json.loads(meta(run)["aside"])
    assert (Path(name).name, what, unread) == (
        "again.xml",
        "It holds the same as another file that was named; it counts once.",
        0,
    )


def test_the_run_file_is_its_owners_alone(tmp_path, iati):
    run = screened(iati.written(tmp_path / "a.xml", range(1)), output=tmp_path / "out")

    assert run.stat().st_mode & 0o777 == 0o600


def test_one_bad_record_is_a_row_and_the_rest_is_read(tmp_path, iati, held):
    path = tmp_path / "a.xml"
    path.write_text(
        iati.document([iati.activity(1), "<iati-activity><oops></iati-activity>", iati.activity(2)]), "utf-8"
    )

    run = screened(path, output=tmp_path / "out")

    assert [row[1] for row in held(run)["records"]] == ["XM-1-0001", "XM-1-0002"]
    ((_, record, line, what, _),) = held(run)["faults"]
    assert (record, line) == (2, 13)
    assert "closing tag" in what


def test_an_input_that_nobody_recognizes_is_refused_with_what_to_do(tmp_path, iati, held):
    (tmp_path / "notes.txt").write_text("Dear all")
    iati.written(tmp_path / "a.xml", range(2))

    run = screened(tmp_path, output=tmp_path.parent / "out")

    assert [row[1:] for row in states(run)] == [("iati", "done"), ("", "refused")]
    ((_, _, _, what, fix),) = held(run)["faults"]
    assert what == "This is in none of the forms in which portfolios are published that lens knows."
    assert "--mapping" in fix


def test_what_is_no_longer_named_or_has_changed_is_taken_out(tmp_path, iati, held):
    first, second = iati.written(tmp_path / "a.xml", range(2)), iati.written(tmp_path / "b.xml", range(2, 4))
    out = tmp_path / "out"
    screened(first, second, output=out)

    iati.written(first, range(10, 12))
    run = screened(first, output=out)

    assert [row[1] for row in held(run)["records"]] == ["XM-1-0010", "XM-1-0011"]
    assert held(run) == held(screened(first, output=tmp_path / "fresh"))


def test_a_folder_of_another_run_is_not_gone_on_with(tmp_path, iati):
    path = iati.written(tmp_path / "a.xml", range(1))
    screened(path, output=tmp_path / "out")

    with pytest.raises(LensError, match=r"another day \(--as-of\)"):
        screen(path, output=tmp_path / "out", as_of="2026-07-01", registry=Registry(only_core=True))
    again = screen(path, output=tmp_path / "out", as_of="2026-07-01", registry=Registry(only_core=True), again=True)
    assert meta(again)["as_of"] == "2026-07-01"


def test_a_run_without_a_day_keeps_the_day_it_began_on(tmp_path, iati):
    path = iati.written(tmp_path / "a.xml", range(1))
    screened(path, output=tmp_path / "out")

    run = screen(path, output=tmp_path / "out", registry=Registry(only_core=True))

    assert meta(run)["as_of"] == DAY


def test_a_file_that_is_no_run_file_is_left_as_it_is(tmp_path, iati):
    out = tmp_path / "out"
    out.mkdir()
    (out / "run.sqlite").write_text("my notes, which are longer than the head of a database file is")

    with pytest.raises(LensError, match="no run file"):
        screened(iati.written(tmp_path / "a.xml", range(1)), output=out)
    assert (out / "run.sqlite").read_text().startswith("my notes")


def test_nothing_named_is_there(tmp_path):
    with pytest.raises(InputError, match="no such file"):
        screened(tmp_path / "none.xml", output=tmp_path / "out")
    assert not (tmp_path / "out").exists()


# A script that is killed by itself once so many units are kept, or from outside at any moment.
SCRIPT = """
import os, signal, sys
from lens.hooks.registry import Registry
from lens.portfolio.screening import screen
from lens.readers.iati import pieces
pieces.PIECE_BYTES = 6_000
left = int(sys.argv[1])
class Watcher:
    def begins(self, inputs, size): pass
    def input(self, name, size, unpacked): pass
    def read(self, unpacked): pass
    def kept(self, records): pass
    def groups(self): pass
    def done(self, records):
        global left
        print(records, flush=True)
        left -= 1
        if left == 0:
            os.kill(os.getpid(), signal.SIGKILL)
screen(*sys.argv[3:], output=sys.argv[2], as_of="2026-06-30", registry=Registry(only_core=True), watcher=Watcher())
"""


def in_another_process(stop, out, *paths, kill_after=None):
    """The exit code of a run in a process of its own, and how many units it did."""
    process = subprocess.Popen(
        [sys.executable, "-c", SCRIPT, str(stop), str(out), *map(str, paths)], stdout=subprocess.PIPE, text=True
    )
    try:
        given, _ = process.communicate(timeout=kill_after)
    except subprocess.TimeoutExpired:
        process.kill()
        given, _ = process.communicate()
    return process.returncode, len(given.splitlines())


@pytest.fixture
def small_pieces(monkeypatch):
    from lens.readers.iati import pieces

    monkeypatch.setattr(pieces, "PIECE_BYTES", 6_000)


def test_a_run_that_is_killed_goes_on_where_it_was(tmp_path, small_pieces, iati, held):
    paths = [
        iati.written(tmp_path / f"{name}.xml", range(number, number + 40)) for number, name in ((0, "a"), (40, "b"))
    ]
    whole = held(screened(*paths, output=tmp_path / "whole"))
    units = len(whole["units"])
    assert units > 10

    chance, done = random.Random(7), 0  # noqa: S311 - the same moments each time
    for _ in range(3):
        code, more = in_another_process(chance.randrange(1, units // 3), tmp_path / "out", *paths)
        assert code == -signal.SIGKILL
        done += more
    code, rest = in_another_process(0, tmp_path / "out", *paths)

    assert code == 0
    assert done + rest == units  # nothing was done twice
    assert held(tmp_path / "out" / "run.sqlite") == whole


def test_a_run_can_be_killed_at_any_moment(tmp_path, small_pieces, iati, held):
    path = iati.written(tmp_path / "a.xml", range(60))
    whole = held(screened(path, output=tmp_path / "whole"))

    chance = random.Random(11)  # noqa: S311 - the same moments each time
    for _ in range(3):
        in_another_process(0, tmp_path / "out", path, kill_after=chance.uniform(0.3, 1.2))
    assert in_another_process(0, tmp_path / "out", path)[0] == 0
    assert held(tmp_path / "out" / "run.sqlite") == whole


def test_several_processes_give_the_same(tmp_path, small_pieces, iati, held):
    path = iati.written(tmp_path / "a.xml", range(40))

    one, two = screened(path, output=tmp_path / "one"), screened(path, output=tmp_path / "two", jobs=2)

    assert held(one) == held(two)


class TakesDown:
    """What ends the process that unpacks it."""

    def __reduce__(self):
        return (os._exit, (1,))


def test_a_unit_that_takes_its_process_down_is_a_row_and_the_others_are_done(iati):
    job = Job(key="a", as_of=date(2026, 6, 30), policy=Policy(), rules=Rules(only_core=True))
    body = (b"", [], iati.document([iati.activity(1)]).encode())
    tasks = [Task(1, "iati", Piece(1, 1, 1, TakesDown()), "a.xml"), Task(1, "none", Piece(2, 3, 9, body), "a.xml")]

    done = {task.piece.first: one for task, one in side_by_side(job, iter(tasks), 2)}

    assert done[1].faults[0][2] == (
        "The process that read records 1 to 1 ended without a word, each time it was begun."
    )
    assert done[2].faults[0][2] == "A fault in lens (KeyError) ended the reading of 3 records after 1."


def test_stopping_by_hand_is_answered_by_the_process_that_was_called_alone():
    with _pool(1) as pool:
        assert pool.submit(signal.getsignal, signal.SIGINT).result() == signal.SIG_IGN


def test_a_worker_with_another_lens_is_refused():
    job = Job(key="a", as_of=date(2026, 6, 30), policy=Policy(), rules=Rules(only_core=True), seal="another")

    with pytest.raises(OtherLensError, match="another lens, or other packs"):
        work(job, "iati", Piece(1, 1, 1, b""), "a.xml")
    assert isinstance(work(Job(job.key, job.as_of, job.policy, job.rules), "none", Piece(1, 1, 1, b""), "a.xml"), Done)
    assert bench(Job(job.key, job.as_of, job.policy, job.rules)).seal


def test_a_full_disk_keeps_what_was_done(tmp_path, monkeypatch, small_pieces, iati, held):
    from lens.portfolio.runs.store import Store

    path = iati.written(tmp_path / "a.xml", range(160))
    whole = held(screened(path, output=tmp_path / "whole"))
    begin = Store.__init__

    def little_room(self, at):
        begin(self, at)
        pages = self.connection.execute("pragma page_count").fetchone()[0]
        self.connection.execute(f"pragma max_page_count = {pages + 14}")

    monkeypatch.setattr(Store, "__init__", little_room)
    with pytest.raises(LensError, match=r"The disk is full\. What was done until then is kept"):
        screened(path, output=tmp_path / "out")
    monkeypatch.setattr(Store, "__init__", begin)
    before = len(held(tmp_path / "out" / "run.sqlite")["records"])

    assert 0 < before < 160
    assert held(screened(path, output=tmp_path / "out")) == whole
