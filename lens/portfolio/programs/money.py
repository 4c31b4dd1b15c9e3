"""All money of a run: what of it counts, and of that, what it is for and where. Fills the run file's money tables."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from lens import catalog
from lens.portfolio.programs.hierarchy import find_doubles
from lens.portfolio.runs.record_money import COUNTED_KINDS

if TYPE_CHECKING:
    import sqlite3

TREATMENTS = {
    "counted": "In the sums.",
    "in_its_parts": "Left out: its parts publish the same money, to the last digit.",
    "copy": "Left out: another copy of the same record is newer.",
    "umbrella": "Left out: the data says that it stands for others that are published too.",
    "not-for-sums": "Left out: the data says that it is not to be added up.",
    "market": "Left out: private money at market terms, such as direct investment; nothing that a donor contributes.",
    "incoming": "Left out: money received, from those who fund it or as a loan that is paid back.",
    "other": "Left out: neither planned, committed nor paid out, such as repayments and interest.",
    "not_usable": "Left out: no number, or of a size that no money has.",
}
"""What is done with money, and why."""


_TREATED = """
  insert into treated select m.program, x.record, x.kind, x.year, x.currency,
    case when m.copy then 'copy' when r.set_aside <> '' then r.set_aside when x.flow = 'market' then 'market'
      when x.kind = 'incoming' then 'incoming' when x.kind not in (select value from json_each(?)) then 'other'
      when not x.usable then 'not_usable' else 'counted' end,
    x.amount, x.taken_back, x.number, x.flow
  from members m join records r on r.id = m.record join money x on x.record = r.id order by m.rank"""
_ALLOCATED = """
  insert into allocated select m.program, s.record, s.kind, s.year, s.currency, s.place_kind, s.place, s.sector_kind,
    s.sector, s.body, s.local, s.amount, s.taken_back
  from members m join shared s on s.record = m.record
  where exists (select 1 from treated t where t.record = s.record and t.kind = s.kind and t.currency = s.currency
    and t.treatment = 'counted') order by m.rank"""


def lay_out(connection: sqlite3.Connection) -> None:
    """Fill `treated`, `allocated`, `sector_map` and `bears`."""
    connection.execute(_TREATED, (json.dumps(COUNTED_KINDS),))
    connection.execute("create index treated_record on treated (record)")
    find_doubles(connection)
    connection.execute(
        """update treated set treatment = 'in_its_parts' where treatment = 'counted' and exists (
             select 1 from members m join doubles d on d.rank = m.rank
             where m.record = treated.record and d.kind = treated.kind and d.currency = treated.currency)"""
    )
    connection.execute(_ALLOCATED)
    connection.execute("create index treated_program on treated (program)")
    connection.execute("create index allocated_kind on allocated (kind, currency)")
    _map_sectors(connection)


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
