"""Opening a run file for grouping and for reading, in flat memory."""

from __future__ import annotations

import os
import sqlite3
from contextlib import closing, contextmanager
from typing import TYPE_CHECKING, Any

from lens.errors import InputError, Problem
from lens.portfolio import exact

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

Functions = dict[str, tuple[int, "Callable[..., Any]"]]
"""Functions for SQL: name to number of arguments (-1: any) and what works it out."""


@contextmanager
def opened(path: Path, *, writing: bool = False, functions: Functions | None = None) -> Iterator[sqlite3.Connection]:
    """A connection to a run file, closed at the end. InputError where there is no run file."""
    mode = "rw" if writing else "ro"
    try:
        connection = sqlite3.connect(f"{path.absolute().as_uri()}?mode={mode}", uri=True, isolation_level=None)
    except sqlite3.Error:
        raise InputError(_no_run(path)) from None
    with closing(connection):
        try:
            connection.execute("select 1 from records limit 1")
        except sqlite3.DatabaseError:
            raise InputError(_no_run(path)) from None
        prepare(connection)
        for name, (count, function) in (functions or {}).items():
            connection.create_function(name, count, function, deterministic=True)
        yield connection


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
