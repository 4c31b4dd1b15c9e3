"""Opening a run file for grouping and for reading, in flat memory."""

from __future__ import annotations

import os
import sqlite3
from contextlib import closing, contextmanager
from typing import TYPE_CHECKING, Any

from lens.errors import InputError, LensError, Problem
from lens.portfolio.runs import exact

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

Functions = dict[str, tuple[int, "Callable[..., Any]"]]
"""Functions for SQL: name to number of arguments (-1: any) and what works it out."""


@contextmanager
def opened(path: Path, *, writing: bool = False, functions: Functions | None = None) -> Iterator[sqlite3.Connection]:
    """A connection to a run file, closed at the end. InputError where there is no run file; LensError as in `told`."""
    mode = "rw" if writing else "ro"
    try:
        address = f"{path.absolute().as_uri()}?mode={mode}"
        connection = sqlite3.connect(address, uri=True, isolation_level=None, timeout=1)
    except sqlite3.Error:
        raise InputError(_no_run(path)) from None
    with closing(connection), told(path):
        try:
            connection.execute("select 1 from records limit 1")
        except sqlite3.DatabaseError as reason:
            if _kind(reason) in _TOLD_AS_SUCH:
                raise
            raise InputError(_no_run(path)) from None
        prepare(connection)
        for name, (count, function) in (functions or {}).items():
            connection.create_function(name, count, function, deterministic=True)
        yield connection


@contextmanager
def told(path: Path) -> Iterator[None]:
    """Say what is wrong with a run file in words: LensError where it is damaged, in use, or the disk is full."""
    try:
        yield
    except sqlite3.DatabaseError as reason:
        kind = _kind(reason)
        if kind in (sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED):
            raise LensError(f"{path} is in use by another run. Wait for it.") from None
        if kind == sqlite3.SQLITE_FULL:
            raise LensError("The disk is full. Make room and run the same command again.") from None
        if kind in (sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB, sqlite3.SQLITE_IOERR, _NO_TEXT):
            raise damaged(path) from None
        raise


def sound(connection: sqlite3.Connection, path: Path) -> None:
    """Look through a run file that was written earlier. LensError where it is not whole."""
    with told(path):
        (found,) = connection.execute("pragma quick_check(1)").fetchone()
    if found != "ok":
        raise damaged(path)


def damaged(path: Path) -> LensError:
    """What is said of a run file in which something is not as it was written."""
    return LensError(f"{path} is damaged, and nothing that it says can be relied on. Screen again with --again.")


_NO_TEXT = -1
_TOLD_AS_SUCH = frozenset(
    {sqlite3.SQLITE_BUSY, sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_FULL, sqlite3.SQLITE_IOERR, sqlite3.SQLITE_LOCKED}
)
"""What says nothing of whether a file is a run file."""


def _kind(reason: sqlite3.Error) -> int:
    """The kind of an error of SQLite; that of Python's own, for a text that is none, is _NO_TEXT."""
    code = getattr(reason, "sqlite_errorcode", None)
    return _NO_TEXT if code is None else code & 0xFF


def prepare(connection: sqlite3.Connection) -> None:
    """Keep what a connection holds in memory small, whatever it sorts, and give it `exact_sum`."""
    connection.execute("pragma temp_store = file")
    connection.execute("pragma cache_size = -2000")  # kibibytes
    exact.register(connection)


def _no_run(path: Path) -> Problem:
    if path.is_file() and not os.access(path, os.R_OK):
        fix = "A run file is its owner's alone: ask whoever made it for a report."
        return Problem(path.name, what="You may not read this file.", fix=fix)
    return Problem(path.name, what="This is not a run file.", fix="Name the run file that `lens screen` wrote.")


def rows(path: Path, sql: str, values: tuple[Any, ...] = (), functions: Functions | None = None) -> Iterator[Any]:
    """The rows of a query, one at a time, on a connection of their own."""
    with opened(path, functions=functions) as connection:
        yield from connection.execute(sql, values)
