"""Parents and children that publish the same money twice: where a whole equals the sum of its parts, it counts once."""

from __future__ import annotations

from array import array
from bisect import bisect_left
from decimal import Decimal
from itertools import groupby
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Iterator


def find_doubles(connection: sqlite3.Connection) -> None:
    """Fill the table `doubles` of this connection, and `wholes` where whole and parts do not agree.

    `doubles` has the records, with kind and currency, whose money is left out because their parts publish it all. Needs
    the table `links` that grouping makes. Records in a circle of parents are never left out.
    """
    connection.execute("drop table if exists temp.doubles")
    connection.execute(
        "create temp table doubles (rank integer, kind text, currency text, primary key (rank, kind, currency)) "
        "without rowid"
    )
    connection.execute("drop table if exists temp.totals")
    connection.execute(
        """create temp table totals as select m.rank, t.kind, t.currency, exact_sum(t.amount) as total from treated t
           join members m on m.record = t.record
           where t.treatment = 'counted'
             and m.rank in (select parent from links union select child from links) group by 1, 2, 3"""
    )
    connection.execute("create index temp.totals_rank on totals (rank)")
    connection.execute("drop table if exists temp.pairs")
    connection.execute(
        """create temp table pairs as select l.parent, p.kind, p.currency, p.total,
             exact_sum(c.total) as parts
           from links l join totals p on p.rank = l.parent
             join totals c on c.rank = l.child and c.kind = p.kind and c.currency = p.currency
           group by 1, 2, 3"""
    )
    ends = _with_ends(connection)
    connection.executemany("insert into doubles values (?, ?, ?)", _agreeing(connection, ends))
    connection.execute(
        """insert into wholes select m.program, w.kind, w.currency, w.total, w.parts
           from pairs w join members m on m.rank = w.parent
             left join doubles d on d.rank = w.parent and d.kind = w.kind and d.currency = w.currency
           where d.rank is null order by w.parent, w.kind, w.currency"""
    )
    connection.execute("update programs set twice = 1 where id in (select program from wholes)")


def _agreeing(connection: sqlite3.Connection, ends: bytearray) -> Iterator[tuple[int, str, str]]:
    found = connection.execute("select parent, kind, currency, total, parts from pairs order by 1, 2, 3")
    for parent, kind, currency, total, parts in found:
        if ends[parent] and Decimal(total) == Decimal(parts):
            yield parent, kind, currency


def _with_ends(connection: sqlite3.Connection) -> bytearray:
    """For each rank, 1 where going down from parent to child always comes to an end."""
    size = connection.execute("select coalesce(max(rank), 0) from members").fetchone()[0]
    children, parents, waiting = array("I"), array("I"), array("I", bytes(4 * (size + 1)))
    for child, parent in connection.execute("select child, parent from links order by child, parent"):
        children.append(child)
        parents.append(parent)
        waiting[parent] += 1
    ends = bytearray(int(not count) for count in waiting)
    reached = array("I", (child for child, _ in groupby(children) if ends[child]))
    while reached:
        child = reached.pop()
        at = bisect_left(children, child)
        while at < len(children) and children[at] == child:
            waiting[parents[at]] -= 1
            if not waiting[parents[at]]:
                ends[parents[at]] = 1
                reached.append(parents[at])
            at += 1
    return ends
