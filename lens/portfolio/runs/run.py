"""A run: every input cut into units, each read and checked once, whatever interrupts it; then records grouped.

What is in a run is what was named: an input that is no longer named, or has changed, is taken out of it.
"""

from __future__ import annotations

import sqlite3
from contextlib import closing
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Protocol

from lens.errors import InputError, LensError, Problem
from lens.portfolio.inputs.formats import formats
from lens.portfolio.inputs.pieces import Broken
from lens.portfolio.inputs.sources import Aside, FileSource, Watched, find, first_of
from lens.portfolio.inputs.table_formats import NAME as TABLE
from lens.portfolio.inputs.unrecognized import document, is_document
from lens.portfolio.inputs.unrecognized import told as unrecognized
from lens.portfolio.runs.executors import Task, in_turn, on_cluster, side_by_side
from lens.portfolio.runs.runfile import sound, told
from lens.portfolio.runs.store import NAME, Store
from lens.portfolio.runs.work import fault_of

if TYPE_CHECKING:
    from collections.abc import Generator, Iterator, Sequence
    from pathlib import Path

    from lens.portfolio.inputs.pieces import Format
    from lens.portfolio.runs.executors import Doing
    from lens.portfolio.runs.work import Job

REFUSED = "There is no record in this file."
EMPTY = "Check that it is the right one, and that it is whole."


class Watcher(Protocol):
    """Who is told how a run goes on."""

    def begins(self, inputs: int, size: int) -> None:
        """How many inputs there are, and how many bytes they take on the disk."""

    def input(self, name: str, size: int, unpacked: int) -> None:
        """An input is begun: its bytes on the disk, and unpacked."""

    def read(self, unpacked: int) -> None:
        """So many bytes more of the input were read."""

    def kept(self, records: int) -> None:
        """So many records were done before, by a run that this one goes on with."""

    def done(self, records: int) -> None:
        """So many records more are done."""

    def groups(self) -> None:
        """Everything is read; records are put together now."""


@dataclass(frozen=True, slots=True)
class Where:
    """Who does the work: one process, `jobs` of them, or the workers of a scheduler."""

    jobs: int = 1
    scheduler: str = ""

    def does(self, job: Job, tasks: Iterator[Task]) -> Iterator[Doing]:
        """Every task with what came of it."""
        if self.scheduler:
            return on_cluster(job, tasks, self.scheduler)
        return side_by_side(job, tasks, self.jobs) if self.jobs > 1 else in_turn(job, tasks)


def run(
    paths: Sequence[Path],
    folder: Path,
    job: Job,
    identity: dict[str, str],
    facts: dict[str, Any],
    *,
    where: Where,
    watcher: Watcher,
    again: bool = False,
) -> Path:
    """Screen everything that was named into the run file of a folder, going on with what is there; its path.

    `identity` is what makes a run what it is (versions, day, policy, contexts): a run file with another is not gone on
    with; `facts` are told to whoever reads it. InputError where something named is not there; LensError for everything
    else that can be mended.
    """
    given = list(find(paths, besides=folder))
    if not any(isinstance(one, FileSource) for one in given):
        raise InputError([one.problem for one in given if isinstance(one, Aside)])
    _make(folder)
    path = folder / NAME
    if again:
        _clear(path)
    was_there = path.exists()
    with told(path):
        store = Store(path)
    try:
        with told(path):
            if was_there:
                sound(store.connection, path)
            _same(store, identity)
            store.say(facts)
            _Run(store, job, where, watcher).do(given)
    finally:
        store.close()
    return path


def _make(folder: Path) -> None:
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except FileExistsError:
        raise LensError(f"{folder} is a file. Name a folder to write to with --output.") from None
    except OSError as reason:
        why = reason.strerror or type(reason).__name__
        raise LensError(f"The folder {folder} cannot be made: {why}. Name another with --output.") from None


_IDENTITY = {
    "lens": "another version of lens",
    "packs": "other packs or plugins",
    "as_of": "another day (--as-of)",
    "policy": "another policy (--policy)",
    "contexts_digest": "other contexts (--context)",
    "mappings": "other mapping files (--mapping)",
}
"""What makes a run another one, in words."""


def _clear(path: Path) -> None:
    """Take an earlier run file away. LensError where a run is writing to it."""
    if not path.is_file():
        return
    with closing(sqlite3.connect(path, isolation_level=None, timeout=1)) as db:
        try:
            db.execute("begin exclusive")
        except sqlite3.DatabaseError as reason:
            if reason.sqlite_errorcode & 0xFF == sqlite3.SQLITE_BUSY:
                raise LensError(f"{path} is in use by another run. Wait for it, or name another folder.") from None
    for name in (path, path.with_name(f"{NAME}-wal"), path.with_name(f"{NAME}-shm")):
        name.unlink(missing_ok=True)


def _same(store: Store, identity: dict[str, str]) -> None:
    before = store.meta()
    differs = [key for key, text in identity.items() if key in before and before[key] != text]
    if differs:
        raise LensError(
            f"This folder holds a run that was made with {' and '.join(_IDENTITY.get(one, one) for one in differs)}. "
            "Name another folder with --output, or begin anew in this one with --again."
        )
    store.say(identity)


class _Run:
    """One run while it is going on."""

    def __init__(self, store: Store, job: Job, where: Where, watcher: Watcher) -> None:
        self._store, self._job, self._where, self._watcher = store, job, where, watcher
        self._formats = formats(job.mappings)
        self._open: dict[int, int] = {}
        """Units in hand of each input that was cut to its end or is being cut."""
        self._cut: dict[int, list[Broken]] = {}
        """Inputs that were cut to their end, with what of them could not be cut."""
        self._digests: set[str] = set()
        self._aside: list[tuple[Problem, bool]] = []
        """What was named and is in no input, and whether it should have been read."""
        self._left_out: list[tuple[str, Problem]] = []
        """Why all of an input was left out that says the same as another of its format."""

    def do(self, given: list[FileSource | Aside]) -> None:
        """Read what is not read yet, take out what is no longer there, group what there is."""
        sources = [one for one in given if isinstance(one, FileSource)]
        self._aside = [(one.problem, one.unread) for one in given if isinstance(one, Aside)]
        self._store.say({"state": "reading"})
        self._watcher.begins(len(sources), sum(one.size for one in sources))
        for task, done in self._where.does(self._job, self._tasks(sources)):
            self._store.put(task.input, task.piece, done)
            self._watcher.done(len(done.records))
            self._open[task.input] -= 1
            self._settle(task.input)
        for digest, number in self._store.inputs().items():
            if digest not in self._digests:
                self._store.drop(number)
        # Where nothing else of its format was read, there is nothing that it could say again.
        read = self._store.formats()
        self._aside += [(problem, name not in read) for name, problem in self._left_out]
        self._store.say({"aside": [(one.file, one.what, one.fix, int(unread)) for one, unread in self._aside]})
        self._finish()

    def _finish(self) -> None:
        self._watcher.groups()
        from lens.portfolio.programs.grouping import finish

        with self._store.spoken():
            finish(self._store.connection)
        self._store.say({"state": "finished"})

    def _tasks(self, sources: list[FileSource]) -> Iterator[Task]:
        """Every unit that is not done yet."""
        for source in sources:
            try:
                yield from self._units(source)
            except InputError as reason:
                self._aside += [(problem, True) for problem in reason.problems]

    def _units(self, source: FileSource) -> Iterator[Task]:
        stamp = source.stamp
        digest, unpacked = source.digest()
        self._watcher.input(source.name, source.size, unpacked)
        if digest in self._digests:
            what = "It holds the same as another file that was named; it counts once."
            self._aside.append((Problem(source.name, what=what), False))
            return
        head = first_of(source)
        format_ = next((one for one in self._formats if one.recognizes(head, source)), None)
        if format_ is None and is_document(source):
            self._aside.append((document(source), False))
            return
        self._digests.add(digest)
        number, state = self._store.input(digest, source.name, format_.name if format_ else "")
        if state in ("done", "refused"):
            self._watcher.read(unpacked)
            self._watcher.kept(self._store.records_of(number))
            return
        if format_ is None:
            self._store.close_input(number, "refused", [fault_of(Broken(0, unrecognized(head, source.name)))])
            return
        if not (yield from self._cuts(source, format_, number)):
            self._digests.discard(digest)  # it is no input, and is looked at again the next time
        if source.stamp != stamp:
            self._digests.discard(digest)  # so that it is taken out in the end: some of it may still be in hand
            what = "The file was changed while it was read; nothing of it is in the result."
            self._aside.append((Problem(source.name, what=what, fix="Run the same command again."), True))

    def _cuts(self, source: FileSource, format_: Format, number: int) -> Generator[Task, None, bool]:
        """The units of an input that are not done yet; gives back False where all of it was left out."""
        broken: list[Broken] = []
        left_out: list[Problem] = []
        self._open[number] = 1  # the cutting itself
        try:
            for one in format_.cut(Watched(source, self._watcher.read)):
                if isinstance(one, Broken) and one.left_out:
                    left_out.append(one.problem)
                elif isinstance(one, Broken):
                    broken.append(one)
                elif self._store.has(number, one):
                    self._watcher.kept(one.count)
                else:
                    self._open[number] += 1
                    yield Task(number, format_.name, one, source.name)
        except InputError as reason:
            # A text with commas looks like a table; one whose columns nobody knows is what its name says.
            if format_.name == TABLE and is_document(source):
                self._aside.append((document(source), False))
                return False
            broken += [Broken(0, problem) for problem in reason.problems]
        self._open[number] -= 1
        if left_out and not broken and not self._open[number] and not self._store.units_of(number):
            self._left_out += [(format_.name, problem) for problem in left_out]
            return False
        self._aside += [(problem, False) for problem in left_out]
        self._cut[number] = broken
        self._settle(number)
        return True

    def _settle(self, number: int) -> None:
        """Close an input once it is cut to its end and none of its units is in hand."""
        if self._open.get(number) == 0 and number in self._cut:
            broken = self._cut.pop(number)
            state = "done" if self._store.units_of(number) else "refused"
            if state == "refused" and not broken:
                broken = [Broken(0, Problem("", what=REFUSED, fix=EMPTY))]
            self._store.close_input(number, state, [fault_of(one) for one in broken])


def quiet() -> Watcher:
    """Somebody who listens to nothing."""
    return _Quiet()


class _Quiet:
    def begins(self, inputs: int, size: int) -> None: ...

    def input(self, name: str, size: int, unpacked: int) -> None: ...

    def read(self, unpacked: int) -> None: ...

    def kept(self, records: int) -> None: ...

    def done(self, records: int) -> None: ...

    def groups(self) -> None: ...
