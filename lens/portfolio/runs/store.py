"""The run file: units as they are done, each with all its rows in one transaction, so that it stays whole.

It is the working paper of a run, for whoever began it: it holds titles, and is readable by its owner only.
"""

from __future__ import annotations

import json
import os
import sqlite3
from contextlib import contextmanager
from importlib import resources
from typing import TYPE_CHECKING, Any

from lens.errors import LensError
from lens.portfolio.runs.rows import CHILDREN
from lens.portfolio.runs.runfile import damaged

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping
    from pathlib import Path

    from lens.portfolio.inputs.pieces import Piece
    from lens.portfolio.runs.work import Done

FORM = "2"
"""The form of run files, as in schema.sql: a file of another form is not gone on with."""
NAME = "run.sqlite"
_SCHEMA = "lens.portfolio.runs"


def _questions(count: int) -> str:
    return ", ".join("?" * count)


_RECORD_VALUES = 21
_WIDTHS = {
    "related": 3,
    "places": 4,
    "regions": 3,
    "sectors": 4,
    "bodies": 5,
    "flows": 10,
    "money": 9,
    "shared": 12,
    "exposes": 3,
    "notes": 3,
}


class Store:
    """A run file that is being filled. Raises LensError where it cannot be opened, or the disk is full."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self._db = _connected(path)
        try:
            self._begin()
        except BaseException:
            self.close()
            raise

    def _begin(self) -> None:
        """Make the tables of a new file; of an older one, take up where it was left."""
        db = self._db
        try:
            db.execute("pragma journal_mode = wal")
            # Against a kill, every unit is kept; against a power cut, all but the last, and the file stays whole.
            db.execute("pragma synchronous = normal")
            db.execute("pragma cache_size = -1000")
            db.execute("pragma locking_mode = exclusive")
            if not db.execute("select 1 from sqlite_master where name = 'meta'").fetchone():
                schema = resources.files(_SCHEMA).joinpath("schema.sql").read_text("utf-8")
                db.executescript(f"begin;\n{schema}\ninsert into meta values ('form', '{FORM}');\ncommit;")
        except sqlite3.DatabaseError as reason:
            raise _not_open(self.path, reason) from None
        if self.meta().get("form") != FORM:
            raise LensError(f"{self.path} was made by another version of lens. Name another folder, or add --again.")
        self._outcomes: dict[tuple[Any, ...], int] = {
            tuple(row[1:]): row[0]
            for row in db.execute('select id, "check", outcome, state, because, level, escalates from outcomes')
        }
        self._publishers: dict[str, int] = dict(db.execute("select ref, id from publishers"))
        self._next = 1 + (db.execute("select max(id) from records").fetchone()[0] or 0)

    @contextmanager
    def transaction(self) -> Iterator[sqlite3.Connection]:
        """All or nothing of what is done within."""
        with _spoken(self.path):
            self._db.execute("begin immediate")
            try:
                yield self._db
            except BaseException:
                if self._db.in_transaction:
                    self._db.execute("rollback")
                raise
            self._db.execute("commit")

    def meta(self) -> dict[str, str]:
        """What is said of the run as a whole."""
        return dict(self._db.execute("select key, value from meta order by key"))

    def say(self, facts: Mapping[str, Any]) -> None:
        """Keep facts of the run; what is no text is kept as JSON."""
        rows = [(key, value if isinstance(value, str) else json.dumps(value)) for key, value in facts.items()]
        with self.transaction() as db:
            db.executemany("insert or replace into meta values (?, ?)", rows)

    def input(self, digest: str, name: str, format_name: str, state: str = "reading") -> tuple[int, str]:
        """The number of an input and its state; a new one is taken up with the state given."""
        row = self._db.execute("select id, state from inputs where digest = ?", (digest,)).fetchone()
        if row is None:
            with self.transaction() as db:
                sql = "insert into inputs (digest, name, format, state) values (?, ?, ?, ?)"
                return db.execute(sql, (digest, name, format_name, state)).lastrowid or 0, ""
        return row[0], row[1]

    def has(self, number: int, piece: Piece) -> bool:
        """Whether a unit is done."""
        sql = "select 1 from units where input = ? and first = ?"
        return self._db.execute(sql, (number, piece.first)).fetchone() is not None

    def put(self, number: int, piece: Piece, done: Done) -> None:
        """Write a unit and all its rows, in one transaction."""
        with self.transaction() as db:
            unit = db.execute(
                "insert into units (input, first, count) values (?, ?, ?)", (number, piece.first, piece.count)
            ).lastrowid
            base, publishers = self._next, self._publishers
            for row in done.records:
                if row[2] not in publishers:
                    publishers[row[2]] = len(publishers) + 1
                    db.execute("insert into publishers (id, ref) values (?, ?)", (publishers[row[2]], row[2]))
            db.executemany(
                f"insert into records values ({_questions(_RECORD_VALUES + 2)})",  # noqa: S608 - question marks only
                ((base + at, unit, *row[:2], publishers[row[2]], *row[3:]) for at, row in enumerate(done.records)),
            )
            outcomes = [self._outcome(db, one) for one in done.outcomes]
            findings = done.children.get("findings", [])
            db.executemany(
                f"insert into findings values ({base} + ?, ?, ?, ?)",  # noqa: S608 - a number of ours
                ((at, outcomes[outcome], on, values) for at, outcome, on, values in findings),
            )
            for name, width in _WIDTHS.items():
                if rows := done.children.get(name):
                    sql = f"insert into {name} values ({base} + ?, {_questions(width - 1)})"  # noqa: S608 - our own names
                    db.executemany(sql, rows)
            self._faults(db, number, unit, done.faults)
        self._next += len(done.records)

    def _outcome(self, db: sqlite3.Connection, one: tuple[Any, ...]) -> int:
        if one not in self._outcomes:
            sql = 'insert into outcomes ("check", outcome, state, because, level, escalates) values (?, ?, ?, ?, ?, ?)'
            self._outcomes[one] = db.execute(sql, one).lastrowid or 0
        return self._outcomes[one]

    def _faults(self, db: sqlite3.Connection, number: int, unit: int | None, rows: Iterable[tuple[Any, ...]]) -> None:
        db.executemany("insert into faults values (?, ?, ?, ?, ?, ?)", ((number, unit, *row) for row in rows))

    def close_input(self, number: int, state: str, faults: Iterable[tuple[int, int, str, str]] = ()) -> None:
        """Say that an input is `done` or `refused`, and what of it could not be read beside its units."""
        with self.transaction() as db:
            db.execute("delete from faults where input = ? and unit is null", (number,))
            self._faults(db, number, None, faults)
            db.execute("update inputs set state = ? where id = ?", (state, number))

    def drop(self, number: int) -> None:
        """Take an input and everything read of it out of the run."""
        with self.transaction() as db:
            records = "select r.id from records r join units u on r.unit = u.id where u.input = ?"
            for name in CHILDREN:
                db.execute(f"delete from {name} where record in ({records})", (number,))  # noqa: S608 - our own names
            db.execute("delete from records where unit in (select id from units where input = ?)", (number,))
            for name in ("units", "faults"):
                db.execute(f"delete from {name} where input = ?", (number,))  # noqa: S608 - our own names
            db.execute("delete from inputs where id = ?", (number,))

    def units_of(self, number: int) -> int:
        """How many units of an input are done."""
        found: int = self._db.execute("select count(*) from units where input = ?", (number,)).fetchone()[0]
        return found

    def records_of(self, number: int) -> int:
        """How many records the units of an input that are done were cut from."""
        sql = "select coalesce(sum(count), 0) from units where input = ?"
        found: int = self._db.execute(sql, (number,)).fetchone()[0]
        return found

    def inputs(self) -> dict[str, int]:
        """Every input by its digest."""
        return dict(self._db.execute("select digest, id from inputs order by digest"))

    def formats(self) -> set[str]:
        """The formats of inputs that something was read of."""
        return {name for (name,) in self._db.execute("select distinct format from inputs where state = 'done'")}

    @contextmanager
    def spoken(self) -> Iterator[None]:
        """Have what the disk says said in words."""
        with _spoken(self.path):
            yield

    @property
    def connection(self) -> sqlite3.Connection:
        """For finishing a run: grouping works in the run file itself."""
        return self._db

    def counts(self) -> dict[str, int]:
        """How much the run holds: inputs, records, faults."""
        return {
            name: self._db.execute(f"select count(*) from {name}").fetchone()[0]  # noqa: S608 - our own names
            for name in ("inputs", "records", "faults")
        }

    def close(self) -> None:
        """Write everything into the one file, and let go of it."""
        try:
            self._db.execute("pragma wal_checkpoint(truncate)")
            self._db.execute("pragma journal_mode = delete")
        except sqlite3.Error:
            pass  # the next to open it does so
        self._db.close()


@contextmanager
def _spoken(path: Path) -> Iterator[None]:
    """Say what the disk says."""
    try:
        yield
    except sqlite3.OperationalError as reason:
        raise _not_written(path, reason) from None


def _not_written(path: Path, reason: sqlite3.Error) -> LensError:
    if reason.sqlite_errorcode & 0xFF == sqlite3.SQLITE_FULL:
        return LensError(
            f"The disk is full. What was done until then is kept in {path}: make room and run the same command again."
        )
    if reason.sqlite_errorcode & 0xFF in (sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED):
        return LensError(f"{path} is in use by another run. Wait for it, or name another folder with --output.")
    return LensError(
        f"{path} cannot be written to ({reason.sqlite_errorname}). What was done until then is kept: mend what holds "
        "it up and run the same command again, or name another folder with --output."
    )


def _connected(path: Path) -> sqlite3.Connection:
    """Open a file, or make one that only its owner can read."""
    try:
        if not path.exists():
            os.close(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600))
        return sqlite3.connect(path, isolation_level=None, timeout=1)
    except sqlite3.DatabaseError as reason:
        raise _not_open(path, reason) from None
    except OSError as reason:
        raise LensError(f"{path} cannot be written: {reason.strerror}. Name another folder with --output.") from None


def _not_open(path: Path, reason: sqlite3.Error) -> LensError:
    if isinstance(reason, sqlite3.OperationalError):
        return _not_written(path, reason)
    if reason.sqlite_errorcode & 0xFF == sqlite3.SQLITE_CORRUPT:
        return damaged(path)
    return LensError(f"{path} is there and is no run file. Name another folder with --output.")
