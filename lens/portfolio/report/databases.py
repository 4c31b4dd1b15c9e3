"""A DuckDB file, and Parquet, a file a table. Rows go through a file of text, so that memory stays flat."""

from __future__ import annotations

import re
from contextlib import contextmanager
from dataclasses import dataclass, field
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from lens.errors import LensError, MissingExtraError
from lens.portfolio.report.given import cut, text_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    from lens.portfolio.analysis.tables import Column, ColumnKind, Table
    from lens.portfolio.report.given import Shown

_DIGITS = 38
_PLACES: dict[ColumnKind, int] = {"money": 6, "percent": 2}
"""So many decimal places numbers have at least; more where one of them needs more."""
SQL_TYPES: dict[ColumnKind, str] = {
    "text": "VARCHAR",
    "code": "VARCHAR",
    "count": "BIGINT",
    "year": "INTEGER",
    "day": "DATE",
    **{kind: f"DECIMAL({_DIGITS},{places})" for kind, places in _PLACES.items()},
}
"""The types of columns; where a number has more decimal places, its column has them too."""
_TEXTS = frozenset({"text", "code"})
_ROW = "_row"  # so that no line of the file rows go through is ever empty
_LONGEST = 100_000
_LINE = 8_000_000
_AS_WRITTEN = (
    "auto_detect=false, header=false, delim=',', quote='\"', escape='\"', parallel=false, hive_partitioning=false, "
    f"allow_quoted_nulls=false, max_line_size={_LINE}, buffer_size={2 * _LINE}"
)
_NAME = re.compile(r"[A-Za-z][A-Za-z0-9_]*")
_CONFIG: dict[str, Any] = {
    "threads": 1,  # with more, the order of rows in a file is chance
    "memory_limit": "128MB",
    "autoinstall_known_extensions": False,
    "autoload_known_extensions": False,
}


@dataclass(slots=True)
class _Width:
    """How many digits the numbers of one column have, so that its type loses none of them."""

    after: int
    before: int = 1

    def see(self, number: Decimal) -> None:
        _, digits, exponent = number.as_tuple()
        if not isinstance(exponent, int):
            raise ValueError("a table holds a number that is not finite")
        self.before = max(self.before, len(digits) + exponent)
        self.after = max(self.after, -exponent)

    @property
    def type(self) -> str:
        fits = self.before + self.after <= _DIGITS
        return f"DECIMAL({_DIGITS},{self.after})" if fits else "VARCHAR"


@dataclass(slots=True)
class _Loaded:
    """A table on its way: its columns, and what was seen of their numbers while its rows were written down."""

    table: Table
    widths: dict[int, _Width] = field(init=False)

    def __post_init__(self) -> None:
        self.widths = {
            at: _Width(_PLACES[column.kind]) for at, column in enumerate(self.table.columns) if column.kind in _PLACES
        }

    @property
    def columns(self) -> list[tuple[str, str, str]]:
        """Name, type and meaning."""
        return [
            (column.name, self._type(at, column), self._help(at, column))
            for at, column in enumerate(self.table.columns)
        ]

    def rows(self) -> Iterator[list[str | None]]:
        """The rows as texts. ValueError where a column of numbers holds text."""
        for row in self.table.rows():
            made: list[str | None] = []
            for at, (column, cell) in enumerate(zip(self.table.columns, row, strict=True)):
                if isinstance(cell, str) and column.kind not in _TEXTS:
                    raise ValueError(f"{self.table.name}.{column.name} holds text where it says that there is none")
                if column.kind in _PLACES and cell is not None:
                    self.widths[at].see(Decimal(text_of(cell)))
                made.append(None if cell is None else text_of(cell))
            yield made

    def _type(self, at: int, column: Column) -> str:
        return self.widths[at].type if column.kind in _PLACES else SQL_TYPES[column.kind]

    def _help(self, at: int, column: Column) -> str:
        if column.kind in _PLACES and self.widths[at].type == "VARCHAR":
            return f"{column.help} As text, since a number of it has more than {_DIGITS} digits."
        return column.help


def write_duckdb(shown: Shown, path: Path, private: Path) -> None:
    """Every table in a DuckDB file that is not there yet; `private` is a folder for what is written on the way.

    LensError where its folder has a name that DuckDB cannot take.
    """
    if "?" in str(path.resolve()):  # it reads a question mark in a path as the end of it
        raise LensError("A DuckDB file cannot be written to a folder with a question mark in its name. Name another.")
    _check_name(path)
    with _connected(str(path.resolve())) as connection:
        for table in shown.tables:
            with _written_down(table, private) as (columns, rows, passed):
                named = ", ".join(f"{_name(name)} {kind}" for name, kind, _ in columns)
                connection.execute(f"create table {_name(table.name)} ({named})")
                connection.execute(f"insert into {_name(table.name)} {rows}", [passed])
            connection.execute(f"comment on table {_name(table.name)} is {_quoted(f'{table.title}. {table.help}')}")
            for name, _, text in columns:
                connection.execute(f"comment on column {_name(table.name)}.{_name(name)} is {_quoted(text)}")
        connection.execute("create table about (name VARCHAR, value VARCHAR)")
        connection.execute("comment on table about is 'What this file is of: a name and a value a row.'")
        facts = (("lens", shown.version), ("audience", shown.audience), ("as_of", shown.as_of))
        for fact in (*facts, *shown.facts):
            connection.execute("insert into about values (?, ?)", fact)


def write_parquet(tables: Sequence[Table], folder: Path, private: Path) -> None:
    """A Parquet file a table, the same bytes for the same rows. Meanings of columns stand in its metadata.

    LensError where its folder has a name that DuckDB, which writes them, cannot take.
    """
    _check_name(folder)
    with _connected(":memory:") as connection:
        connection.execute(f"set temp_directory = {_quoted(str(private.resolve()))}")
        for table in tables:
            target = _quoted(str((folder / f"{_name(table.name)[1:-1]}.parquet").resolve()))
            with _written_down(table, private) as (columns, rows, passed):
                told = {"table": f"{table.title}. {table.help}", **{name: text for name, _, text in columns}}
                metadata = ", ".join(f"{_name(key)}: {_quoted(value)}" for key, value in told.items())
                form = f"format parquet, compression zstd, row_group_size 20000, kv_metadata {{{metadata}}}"
                connection.execute(f"copy ({rows}) to {target} ({form})", [passed])


def _check_name(path: Path) -> None:
    try:
        str(path.resolve()).encode()
    except UnicodeEncodeError:
        raise LensError(
            "Parquet and DuckDB files cannot be written to a folder whose name is not in UTF-8. Name another."
        ) from None


@contextmanager
def _connected(path: str) -> Iterator[Any]:
    """A connection that reaches for nothing outside. OSError where the disk is full or the memory does not suffice."""
    try:
        import duckdb
    except ImportError:
        raise MissingExtraError("A DuckDB or Parquet file", "portfolio") from None
    try:
        with duckdb.connect(path, config=_CONFIG) as connection:
            yield connection
    except (duckdb.IOException, duckdb.OutOfMemoryException) as reason:
        # What comes last is the system's own word; before it stands a path.
        raise OSError(0, str(reason).splitlines()[0].rpartition(": ")[2]) from None


@contextmanager
def _written_down(table: Table, private: Path) -> Iterator[tuple[list[tuple[str, str, str]], str, str]]:
    """A table's rows in a file of text: name, type and meaning of each column, SQL that reads them, and its value."""
    loaded, passed = _Loaded(table), private.resolve() / "rows.csv"
    with passed.open("w", encoding="utf-8", newline="") as stream:
        for number, row in enumerate(loaded.rows()):
            stream.write(f"{number},{','.join(map(_passed, row))}\n")
    columns = loaded.columns
    read = ", ".join(f"{_quoted(_name(name)[1:-1])}: {_quoted(kind)}" for name, kind, _ in columns)
    source = f"read_csv(?, columns={{{_quoted(_ROW)}: 'BIGINT', {read}}}, {_AS_WRITTEN})"
    yield columns, f"select * exclude ({_ROW}) from {source}", str(passed)  # noqa: S608 - names of ours
    passed.unlink()


def _passed(text: str | None) -> str:
    """A cell in the file that rows go through: what is quoted is a text, also an empty one; else there is nothing."""
    if text is None:
        return ""
    escaped = cut(text, _LONGEST).replace('"', '""')
    return f'"{escaped}"'


def _name(name: str) -> str:
    """A name of ours as SQL takes it. ValueError where it could be anything but a name."""
    if not _NAME.fullmatch(name):
        raise ValueError(f"a table or column is called {name!r}")
    return f'"{name}"'


def _quoted(text: str) -> str:
    """A text as SQL takes it."""
    return "'" + text.replace("'", "''") + "'"
