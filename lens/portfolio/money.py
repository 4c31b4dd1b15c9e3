"""All money of a run: what of it counts, and of that, what it is for and where. Fills the run file's money tables."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING, Any

from lens import catalog
from lens.portfolio import allocate, exact
from lens.portfolio.hierarchy import find_doubles

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Iterator

COUNTED_KINDS = ("planned", "commitment", "disbursement", "expenditure")
"""The kinds of flows that are summed up, each apart from the others."""
TREATMENTS = {
    "counted": "In the sums.",
    "in_its_parts": "Left out: its parts publish the same money, to the last digit.",
    "copy": "Left out: another copy of the same record is newer.",
    "umbrella": "Left out: the data says that it stands for others that are published too.",
    "not-for-sums": "Left out: the data says that it is not to be added up.",
    "incoming": "Left out: money received, which somebody else gave.",
    "other": "Left out: neither planned, committed nor paid out, such as repayments and interest.",
    "not_usable": "Left out: no number, or of a size that no money has.",
}
"""What is done with money, and why."""
_BATCH = 20_000


def lay_out(connection: sqlite3.Connection) -> None:
    """Fill `treated`, `allocated`, `sector_map` and `bears`."""
    _treat(connection)
    connection.execute("create index treated_record on treated (record)")
    find_doubles(connection)
    connection.execute(
        """update treated set treatment = 'in_its_parts' where treatment = 'counted' and exists (
             select 1 from members m join doubles d on d.rank = m.rank
             where m.record = treated.record and d.kind = treated.kind and d.currency = treated.currency)"""
    )
    _insert(connection, "allocated", 13, _allocated(connection))
    connection.execute("create index allocated_kind on allocated (kind, currency)")
    _map_sectors(connection)


def _insert(connection: sqlite3.Connection, table: str, columns: int, rows: Iterator[tuple[Any, ...]]) -> None:
    # Rows are read on this connection while others are written, so they are not handed over one by one.
    statement = f"insert into {table} values ({', '.join('?' * columns)})"  # noqa: S608 - names of ours
    batch = []
    for row in rows:
        batch.append(row)
        if len(batch) >= _BATCH:
            connection.executemany(statement, batch)
            batch.clear()
    connection.executemany(statement, batch)


_RECORDS = """
  select m.program, r.id, m.copy, r.set_aside from members m join records r on r.id = m.record
  where exists (select 1 from flows f where f.record = r.id) order by m.rank"""
_FLOWS = "select kind, year, currency, amount, taken_back, number, country, region, sector from flows where record = ?"


def _treatment(kind: str, copy: int, set_aside: str, amount: Decimal | None) -> str:
    if copy:
        return "copy"
    if set_aside:
        return set_aside
    if kind not in COUNTED_KINDS:
        return "incoming" if kind == "incoming" else "other"
    return "counted" if amount is not None else "not_usable"


def _treat(connection: sqlite3.Connection) -> None:
    _insert(connection, "treated", 8, _treated(connection))


def _treated(connection: sqlite3.Connection) -> Iterator[tuple[Any, ...]]:
    for program, record, copy, set_aside in connection.execute(_RECORDS):
        sums: dict[tuple[str, str, str], tuple[Decimal, Decimal, int]] = {}
        for kind, _, currency, amount, back, number, *_ in connection.execute(_FLOWS, (record,)):
            money = exact.amount(amount)
            key = kind, currency, _treatment(kind, copy, set_aside, money)
            before = sums.get(key, (Decimal(0), Decimal(0), 0))
            less = exact.amount(back) if back else None
            sums[key] = (
                exact.plus(before[0], money or Decimal(0)),
                exact.plus(before[1], less or Decimal(0)),
                before[2] + number,
            )
        for (kind, currency, treatment), (money, less, number) in sorted(sums.items()):
            yield program, record, kind, currency, treatment, exact.text(money), exact.text(less), number


def _allocated(connection: sqlite3.Connection) -> Iterator[tuple[Any, ...]]:
    counted = """select program, record, group_concat(kind || ' ' || currency, char(10)) from treated
                 where treatment = 'counted' group by program, record order by program, record"""
    for program, record, counting in connection.execute(counted):
        kinds = frozenset(counting.split("\n"))
        places = allocate.of_places(_of(connection, "places", "country", record), _regions(connection, record))
        sectors = allocate.of_sectors(
            connection.execute("select vocabulary, code, share from sectors where record = ?", (record,))
        )
        body, local = allocate.of_bodies(
            connection.execute("select kind, role, local from bodies where record = ?", (record,))
        )
        sums: dict[tuple[Any, ...], tuple[Decimal, Decimal]] = {}
        for kind, year, currency, amount, back, _, country, region, sector in connection.execute(_FLOWS, (record,)):
            money = exact.amount(amount)
            if money is None or f"{kind} {currency}" not in kinds:
                continue
            less = exact.amount(back) if back else None
            line = allocate.Line(money, less, country, region, sector)
            for place, purpose, part, taken in allocate.allocated(line, places, sectors):
                key = kind, -1 if year is None else year, currency, *place, *purpose
                before = sums.get(key, (Decimal(0), Decimal(0)))
                sums[key] = exact.plus(before[0], part), exact.plus(before[1], taken)
        for (kind, year, *where), (part, taken) in sorted(sums.items()):
            when = None if year == -1 else year
            yield program, record, kind, when, *where, body, local, exact.text(part), exact.text(taken)


def _of(connection: sqlite3.Connection, table: str, column: str, record: int) -> list[tuple[str, str]]:
    found = connection.execute(f"select {column}, share from {table} where record = ?", (record,))  # noqa: S608
    return found.fetchall()


def _regions(connection: sqlite3.Connection, record: int) -> list[tuple[str, str]]:
    return _of(connection, "regions", "region", record)


UNSPECIFIED = ("998", "99810", "99820")
"""Codes that say that no sector is given, or that the money is for no sector."""


def _map_sectors(connection: sqlite3.Connection) -> None:
    """Look up the sectors that occur: which factors they could lower, which inhibitors support, which harm do."""
    codes = connection.execute(
        "select code from program_sectors union select sector from allocated where sector_kind = 'dac' order by 1"
    ).fetchall()
    for (code,) in codes:
        row = catalog.sector(code)
        judged = row is not None and code not in UNSPECIFIED
        name, scrutiny = (row.name, row.scrutiny) if row else (catalog.dac_codes().get(code, ""), "")
        connection.execute("insert into sector_map values (?, ?, ?, ?)", (code, name, scrutiny, int(judged)))
        if row is not None and judged:
            connection.executemany("insert into bears values (?, ?, ?)", _bearing(code, row))


def _bearing(code: str, row: catalog.Sector) -> list[tuple[str, str, str]]:
    paths = catalog.items("AH")
    worsened = {one.split(".")[0] for path in row.harm_paths for one in paths[path].texts("factors")}
    found = [(code, "lowers", factor) for factor in {one.split(".")[0] for one in row.lowers}]
    found += [(code, "supports", one) for one in set(row.inhibitors)]
    found += [(code, "harms", one) for one in set(row.harm_paths)]
    found += [(code, "worsens", one) for one in worsened]
    return sorted(found)
