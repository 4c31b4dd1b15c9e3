"""All money of a run: what of it counts, and of that, what it is for and where. Fills the run file's money tables."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING, Any

from lens import catalog
from lens.portfolio import allocate, exact
from lens.portfolio.flow_class import flow_class
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
    "market": "Left out: private money at market terms, such as direct investment; nothing that a donor contributes.",
    "incoming": "Left out: money received, which somebody else gave.",
    "other": "Left out: neither planned, committed nor paid out, such as repayments and interest.",
    "not_usable": "Left out: no number, or of a size that no money has.",
}
"""What is done with money, and why."""
_BATCH = 2_000
_NO_YEAR = -1
"""Sorts before every year."""


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
    connection.execute("create index treated_program on treated (program)")
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
  select m.program, r.id, m.copy, r.set_aside, r.flow_types, r.finance_types
  from members m join records r on r.id = m.record
  where exists (select 1 from flows f where f.record = r.id) order by m.rank"""
_FLOWS = "select kind, year, currency, amount, taken_back, number, country, region, sector from flows where record = ?"


def _treatment(kind: str, copy: int, set_aside: str, flow: str, amount: Decimal | None) -> str:
    if copy:
        return "copy"
    if set_aside:
        return set_aside
    if flow == "market":
        return flow
    if kind not in COUNTED_KINDS:
        return "incoming" if kind == "incoming" else "other"
    return "counted" if amount is not None else "not_usable"


def _treat(connection: sqlite3.Connection) -> None:
    _insert(connection, "treated", 10, _treated(connection))


class _Sums(dict[tuple[Any, ...], tuple[Decimal, Decimal, int]]):
    """Amounts, what was taken back of them, and numbers of lines, added up under the same key."""

    def add(self, key: tuple[Any, ...], money: Decimal, back: Decimal, number: int = 0) -> None:
        """Add to what stands under a key."""
        before = self.get(key, (Decimal(0), Decimal(0), 0))
        self[key] = exact.plus(before[0], money), exact.plus(before[1], back), before[2] + number


def _money(amount: str, back: str) -> tuple[Decimal | None, Decimal]:
    return exact.amount(amount), (exact.amount(back) if back else None) or Decimal(0)


def _year(key: int) -> int | None:
    return None if key == _NO_YEAR else key


def _treated(connection: sqlite3.Connection) -> Iterator[tuple[Any, ...]]:
    for program, record, copy, set_aside, *types in connection.execute(_RECORDS):
        flow = flow_class(*types)
        sums = _Sums()
        for kind, year, currency, amount, taken_back, number, *_ in connection.execute(_FLOWS, (record,)):
            money, back = _money(amount, taken_back)
            treatment = _treatment(kind, copy, set_aside, flow, money)
            sums.add((kind, year or _NO_YEAR, currency, treatment), money or Decimal(0), back, number)
        for (kind, when, currency, treatment), (total, back, lines) in sorted(sums.items()):
            texts = exact.text(total), exact.text(back)
            yield program, record, kind, _year(when), currency, treatment, *texts, lines, flow


def _allocated(connection: sqlite3.Connection) -> Iterator[tuple[Any, ...]]:
    found = connection.execute(
        "select distinct program, record from treated where treatment = 'counted' order by program, record"
    )
    for program, record in found:
        counted = set(
            connection.execute(
                "select kind, currency from treated where record = ? and treatment = 'counted'", (record,)
            )
        )
        shares = _shares(connection, record)
        bodies = connection.execute("select kind, role, local from bodies where record = ?", (record,))
        told = allocate.of_bodies(bodies)
        sums = _Sums()
        for kind, year, currency, amount, taken_back, _, *own in connection.execute(_FLOWS, (record,)):
            money, back = _money(amount, taken_back)
            if money is None or (kind, currency) not in counted:
                continue
            for place, purpose, part, taken in allocate.allocated(allocate.Line(money, back, *own), *shares):
                sums.add((kind, year or _NO_YEAR, currency, *place, *purpose), part, taken)
        for (kind, when, *where), (part, taken, _) in sorted(sums.items()):
            yield program, record, kind, _year(when), *where, *told, exact.text(part), exact.text(taken)


def _shares(connection: sqlite3.Connection, record: int) -> tuple[allocate.Shares, allocate.Shares]:
    """Where a record works and what it is for, as it says for all its money."""
    countries = connection.execute("select country, share from places where record = ?", (record,))
    regions = connection.execute("select region, share from regions where record = ?", (record,))
    sectors = connection.execute("select vocabulary, code, share from sectors where record = ?", (record,))
    return allocate.of_places(countries, regions), allocate.of_sectors(sectors)


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
    found += [
        (code, "erodes", one) for one in {one for path in row.harm_paths for one in paths[path].texts("inhibitors")}
    ]
    return sorted(found)
