"""Records of one program put together: copies, parts that say so, parents and children, slices by country and sector.

Works on a finished run file, in SQL and in four bytes a record; gives the same whatever order the rows came in.
"""

from __future__ import annotations

from array import array
from hashlib import sha256
from importlib import resources
from typing import TYPE_CHECKING

from lens.portfolio.programs.judging import judge
from lens.portfolio.programs.money import lay_out
from lens.portfolio.programs.stems import stem
from lens.portfolio.runs.runfile import prepare

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Iterable

_FORM = "5"
"""Which form `finish` gives a run file; another one is worked out anew."""
_IATI = "IATI"
"""The one standard in which an identifier is the same activity whoever reports it."""

_TABLES = (
    *("members", "programs", "program_places", "program_sectors", "numbered", "counts", "judged", "told", "reasons"),
    *("treated", "wholes", "allocated", "sector_map", "bears"),
)


class Groups:
    """Which records belong together: union-find over ranks. The smallest rank of a group stands for it."""

    __slots__ = ("_above",)

    def __init__(self, size: int) -> None:
        self._above = array("I", range(size + 1))

    def first(self, rank: int) -> int:
        """The smallest rank of the group that a record is in."""
        above = self._above
        while above[rank] != rank:
            above[rank] = above[above[rank]]  # halves the way for whoever asks next, so no chain stays long
            rank = above[rank]
        return rank

    def join(self, one: int, other: int) -> None:
        """Put two records' groups together."""
        one, other = self.first(one), self.first(other)
        if one != other:
            self._above[max(one, other)] = min(one, other)


def group(connection: sqlite3.Connection) -> None:
    """Make `members` and `programs` of a run, and the table `links` of parents and children for this connection."""
    _anew(connection)
    size = _rank(connection)
    groups = Groups(size)
    _same(connection, groups)
    _set_copies_aside(connection)
    _belonging(connection, groups)
    _related(connection, groups)
    _slices(connection, groups)
    connection.executemany(
        "update members set program = ? where rank = ?", ((groups.first(rank), rank) for rank in range(1, size + 1))
    )
    _programs(connection)


def finish(connection: sqlite3.Connection) -> None:
    """Work out everything that reports read of a finished run: programs, classes, money. In one transaction.

    Does nothing where it has been done and no unit came since.
    """
    prepare(connection)
    form = _seal(connection)
    if connection.execute("select 1 from meta where key = 'finished' and value = ?", (form,)).fetchone():
        return
    connection.execute("begin immediate")
    try:
        group(connection)
        judge(connection)
        lay_out(connection)
        connection.execute("insert or replace into meta values ('finished', ?)", (form,))
        connection.execute("commit")
    except BaseException:
        connection.execute("rollback")
        raise


def _seal(connection: sqlite3.Connection) -> str:
    """What the derived tables depend on: this form of them, this lens, and which units of which inputs are there."""
    from lens import __version__

    seal = sha256(f"{_FORM} {__version__}".encode())
    for row in connection.execute(
        """select i.digest, u.first, u.count from inputs i left join units u on u.input = i.id
           union all select key, value, '' from meta where key in ('text_checks') order by 1, 2"""
    ):
        seal.update(repr(row).encode())
    return seal.hexdigest()


def _anew(connection: sqlite3.Connection) -> None:
    for table in _TABLES:
        connection.execute(f"drop table if exists {table}")
    form = resources.files("lens.portfolio.programs").joinpath("derived.sql").read_text("utf-8")
    # Comments hold semicolons no more than names do, so that every statement ends where one stands.
    for statement in form.split(";\n"):
        connection.execute(statement)
    for table in (
        *("findings", "flows", "money", "shared", "places", "regions", "sectors", "bodies", "related", "exposes"),
    ):
        connection.execute(f"create index if not exists {table}_of_record on {table} (record)")
    connection.execute("create index if not exists records_of_identifier on records (identifier)")


def _rank(connection: sqlite3.Connection) -> int:
    """Number the records by identifier, input's digest, number in the input; give how many there are."""
    connection.execute("insert into numbered select id, row_number() over (order by digest) from inputs")
    connection.execute(
        """insert into members (record) select r.id from records r join units u on u.id = r.unit
           join inputs i on i.id = u.input order by r.identifier, i.digest, r.number"""
    )
    connection.execute("create unique index members_record on members (record)")
    return int(connection.execute("select count(*) from members").fetchone()[0])


def _join_equal(groups: Groups, ranked: Iterable[tuple[object, ...]]) -> None:
    """Join neighbors that agree in all but their last value, the rank."""
    before: tuple[object, ...] = ()
    for row in ranked:
        if before and before[:-1] == row[:-1]:
            groups.join(int(str(before[-1])), int(str(row[-1])))
        before = row


def _same(connection: sqlite3.Connection, groups: Groups) -> None:
    """Records with the same identifier; outside IATI, of the same standard and donor too."""
    _join_equal(
        groups,
        connection.execute(
            """select identifier, standard, case standard when ? then '' else donor end as whose, rank
               from records r join members m on m.record = r.id where identifier <> ''
               order by identifier, standard, whose, rank""",
            (_IATI,),
        ),
    )


_CONTENT = """
  coalesce((select group_concat(line, ';') from (
    select kind || ' ' || coalesce(year, '') || ' ' || currency || ' ' || amount as line from money
    where money.record = r.id order by 1)), '') || '|' ||
  coalesce((select group_concat(country) from (
    select distinct country from places where places.record = r.id order by 1)), '')"""
"""The money and the countries of a record, as one text."""


def _set_copies_aside(connection: sqlite3.Connection) -> None:
    """Mark the older ones of records that are the same.

    An IATI identifier stands for one activity, so only the newest record is kept. Where two are of the same day, and
    have other money or other countries, neither is a copy: both are kept, and the program may count money twice. In a
    table one identifier may stand on many rows, so there the rows of the newest input are kept; rows that name the
    program they are part of (a donor's instalments, spread over yearly files) are never copies.
    """
    connection.execute(
        f"""update members set copy = 1 where rank in (
             select rank from (
               select m.rank, r.updated, max(r.updated) over (partition by r.identifier) as newest,
                 row_number() over (
                   partition by r.identifier, r.updated, {_CONTENT} order by i.digest, r.number) as place
               from records r join members m on m.record = r.id join units u on u.id = r.unit
                 join inputs i on i.id = u.input
               where r.standard = ? and r.belongs_to = '' and r.identifier in (
                 select identifier from records where standard = ? and identifier <> ''
                 group by identifier having count(*) > 1))
             where updated < newest or place > 1)""",  # noqa: S608 - SQL of ours
        (_IATI, _IATI),
    )
    connection.execute(
        """update members set copy = 1 where rank in (
             select rank from (
               select m.rank, u.input, first_value(u.input) over (
                 partition by r.identifier, r.standard, r.donor order by r.updated desc, i.digest, r.number) as kept
               from records r join members m on m.record = r.id join units u on u.id = r.unit
                 join inputs i on i.id = u.input
               where r.identifier <> '' and r.belongs_to = '' and r.standard <> ?)
             where input <> kept)""",
        (_IATI,),
    )


def _belonging(connection: sqlite3.Connection, groups: Groups) -> None:
    """Records of one donor whose data names the same program."""
    _join_equal(
        groups,
        connection.execute(
            """select standard, donor, belongs_to, rank from records r join members m on m.record = r.id
               where belongs_to <> '' order by standard, donor, belongs_to, rank"""
        ),
    )


def _related(connection: sqlite3.Connection, groups: Groups) -> None:
    """Parents and children that are in the run too. A parent published by somebody else is another's program."""
    connection.execute("drop table if exists temp.heads")
    connection.execute("drop table if exists temp.links")
    connection.execute(
        """create temp table heads (identifier text, publisher integer, rank integer,
           primary key (identifier, publisher)) without rowid"""
    )
    connection.execute(
        """insert into heads select r.identifier, r.publisher, min(m.rank) from records r
           join members m on m.record = r.id where m.copy = 0 and r.identifier <> '' group by 1, 2"""
    )
    connection.execute(
        "create temp table links (parent integer, child integer, primary key (parent, child)) without rowid"
    )
    for kind, parent, child in (("1", "h.rank", "m.rank"), ("2", "m.rank", "h.rank")):
        connection.execute(
            f"""insert or ignore into links select {parent}, {child} from related e
                join members m on m.record = e.record join records r on r.id = e.record
                join heads h on h.identifier = e.ref and h.publisher = r.publisher
                where e.kind = ? and m.copy = 0 and h.rank <> m.rank""",  # noqa: S608 - names of ours
            (kind,),
        )
    connection.execute(
        """insert into counts select 'other-publishers-parent', count(distinct e.record) from related e
           join records r on r.id = e.record
           where e.kind = '1' and exists (
             select 1 from heads h where h.identifier = e.ref and h.publisher <> r.publisher)"""
    )
    for parent, child in connection.execute("select parent, child from links order by parent, child"):
        groups.join(parent, child)


def _slices(connection: sqlite3.Connection, groups: Groups) -> None:
    """Records of one publisher whose identifiers share a stem and that have the same description, or the same title.

    Text alone is not enough: one text stands on hundreds of programs of some publishers.
    """
    connection.create_function("stem", 2, stem, deterministic=True)
    for digest in ("text_digest", "title_digest"):
        _join_equal(
            groups,
            connection.execute(
                f"""select r.publisher, stem(r.identifier, p.ref) as stem, r.{digest}, m.rank from records r
                    join publishers p on p.id = r.publisher join members m on m.record = r.id
                    where r.identifier <> '' and r.{digest} <> 0
                    order by r.publisher, stem, r.{digest}, m.rank"""  # noqa: S608 - names of ours
            ),
        )


def _programs(connection: sqlite3.Connection) -> None:
    connection.execute("create index members_program on members (program, rank)")
    connection.execute(
        """insert into programs (id, identifier, donor, publisher, title, records, copies, first_year, last_year)
           select m.program, coalesce(min(nullif(r.identifier, '')), ''), '', 0, '', sum(m.copy = 0), sum(m.copy),
             coalesce(min(case when m.copy = 0 then nullif(substr(r.starts, 1, 4), '') end), ''),
             coalesce(max(case when m.copy = 0 then nullif(substr(r.ends, 1, 4), '') end), '')
           from members m join records r on r.id = m.record group by m.program"""
    )
    # The first of its newest records speaks for a program; it has the identifier that the program is called by.
    connection.execute(
        """update programs set (donor, publisher, title) = (
             select r.donor, r.publisher, r.title from members m join records r on r.id = m.record
             where m.program = programs.id and m.copy = 0 order by m.rank limit 1)"""
    )
    connection.execute(
        """update programs set twice = 1 where id in (
             select m.program from members m join records r on r.id = m.record
             where m.copy = 0 and r.identifier <> '' and r.standard = ? group by m.program, r.identifier
             having count(*) > 1)""",
        (_IATI,),
    )
    for table, column, source in (
        ("places", "country", "places where 1"),
        ("places", "country", "flows where 1"),
        ("sectors", "code", "sectors where vocabulary = 'DAC' and length(code) in (3, 5) and code not glob '*[^0-9]*'"),
        ("sectors", "sector", "flows where 1"),
    ):
        connection.execute(
            f"""insert or ignore into program_{table} select m.program, t.{column}
                from (select record, {column} from {source} and {column} <> '') t
                join members m on m.record = t.record where m.copy = 0"""  # noqa: S608 - names of ours
        )
