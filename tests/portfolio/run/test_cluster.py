"""A run on a real Dask scheduler with two workers, of which one is killed in the middle."""

import contextlib
import json
import os
import subprocess
import sys
import time

import pytest

pytest.importorskip("lxml", reason="needs the extra portfolio")
pytest.importorskip("distributed", reason="needs the extra cluster")

SCRIPT = """
import sys
from lens.errors import LensError
from lens.hooks.registry import Registry
from lens.portfolio.runs import executors
from lens.portfolio.screening import screen
from lens.readers.iati import pieces
executors.ANSWER = int(sys.argv[4])
pieces.PIECE_BYTES = 4_000
class Watcher:
    def begins(self, inputs, size): pass
    def input(self, name, size, unpacked): pass
    def read(self, unpacked): pass
    def kept(self, records): pass
    def groups(self): pass
    def done(self, records):
        print(records, flush=True)
try:
    screen(
        sys.argv[3], output=sys.argv[2], as_of="2026-06-30", registry=Registry(only_core=True),
        scheduler=sys.argv[1], watcher=Watcher(),
    )
except LensError as reason:
    sys.exit(f"refused: {reason}")
"""


class Cluster:
    """A scheduler and workers in processes of their own."""

    def __init__(self, folder):
        self.file = folder / "scheduler.json"
        self.log = (folder / "cluster.log").open("wb")
        self.processes = []
        self._start("dask_scheduler", "--host", "127.0.0.1", "--port", "0", "--no-dashboard")
        end = time.monotonic() + 60
        while True:
            with contextlib.suppress(OSError, ValueError):
                self.address = json.loads(self.file.read_text())["address"]
                return
            assert time.monotonic() < end, "the scheduler did not start"
            time.sleep(0.05)

    def _start(self, module, *more, **environment):
        command = [sys.executable, "-m", f"distributed.cli.{module}", "--scheduler-file", str(self.file), *more]
        process = subprocess.Popen(command, stdout=self.log, stderr=self.log, env={**os.environ, **environment})
        self.processes.append(process)
        return process

    def worker(self, **environment):
        return self._start("dask_worker", "--nthreads", "1", "--no-nanny", "--no-dashboard", **environment)

    def end(self):
        for process in reversed(self.processes):
            process.kill()
            process.wait()
        self.log.close()


@pytest.fixture
def cluster(tmp_path):
    made = Cluster(tmp_path)
    yield made
    made.end()


def run_on(cluster, out, path, answer=5):
    return subprocess.Popen(
        [sys.executable, "-c", SCRIPT, cluster.address, str(out), str(path), str(answer)],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )


def test_two_workers_of_which_one_is_killed_give_the_same_as_one_process(tmp_path, cluster, iati, held, monkeypatch):
    from lens.hooks.registry import Registry
    from lens.portfolio.screening import screen
    from lens.readers.iati import pieces

    monkeypatch.setattr(pieces, "PIECE_BYTES", 4_000)
    path = iati.written(tmp_path / "a.xml", range(150))
    here = screen(path, output=tmp_path / "here", as_of="2026-06-30", registry=Registry(only_core=True))
    units = len(held(here)["units"])
    assert units > 20
    cluster.worker()
    doomed = cluster.worker()

    process = run_on(cluster, tmp_path / "there", path)
    done = 0
    for _ in process.stdout:
        done += 1
        if done == units // 4:
            doomed.kill()
    _, told = process.communicate(timeout=60)

    assert (process.returncode, told[-3000:]) == (0, "")
    assert done == units
    assert held(tmp_path / "there" / "run.sqlite") == held(here)


def test_a_worker_with_another_lens_ends_the_run_with_what_to_do(tmp_path, cluster, iati):
    (tmp_path / "other").mkdir()
    (tmp_path / "other" / "sitecustomize.py").write_text("import lens\nlens.__version__ = '99.0'\n")
    cluster.worker(PYTHONPATH=str(tmp_path / "other"))

    process = run_on(cluster, tmp_path / "out", iati.written(tmp_path / "a.xml", range(2)))
    _, told = process.communicate(timeout=60)

    assert process.returncode == 1
    assert told.startswith("refused: A worker has another lens, or other packs or plugins, than this machine.")


def test_no_scheduler_at_the_address(tmp_path, iati):
    from types import SimpleNamespace

    nowhere = SimpleNamespace(address="tcp://127.0.0.1:1")
    process = run_on(nowhere, tmp_path / "out", iati.written(tmp_path / "a.xml", range(2)), answer=1)
    _, told = process.communicate(timeout=90)

    assert process.returncode == 1
    assert told.startswith("refused: There is no Dask scheduler at tcp://127.0.0.1:1 that answers")
