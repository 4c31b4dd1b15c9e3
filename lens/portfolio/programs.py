"""What the checks say of each program: concerns told once, how the checks came out, and the class that follows."""

from __future__ import annotations

import json
from collections import Counter
from dataclasses import dataclass, field, replace
from itertools import groupby
from operator import itemgetter
from typing import TYPE_CHECKING, Any

from lens.portfolio.classes import Said, classify
from lens.words import LEVELS

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Iterable, Iterator

_STATES = ("concern", "error", "open", "nothing_seen", "addressed", "not_applicable")
"""Gravest first: how findings of one check come together for a record and for a program."""
_LEVELS: tuple[str, ...] = LEVELS
_BATCH = 1000

_FINDINGS = """
  select m.program, m.rank, r.publisher, p.publisher, s.digest is not null,
    o."check", f."on", o.outcome, o.state, o.because, o.level, o.escalates
  from members m
    join records r on r.id = m.record
    join programs p on p.id = m.program
    left join shared_texts s on s.digest = r.text_digest
    left join findings f on f.record = m.record
    left join outcomes o on o.id = f.outcome
  where m.copy = 0
  order by m.program, m.rank"""


@dataclass(slots=True)
class _Program:
    """One program while its findings are gathered."""

    id: int
    publisher: int
    said: Counter[Said] = field(default_factory=Counter)
    """What was said, and of how many records."""
    concerned: Counter[tuple[str, str]] = field(default_factory=Counter)
    """On how many records a check told a concern about a thing, in whatever way."""
    shared: int = 0


def judge(connection: sqlite3.Connection) -> None:
    """Fill `told`, `judged`, `reasons` and the classes of `programs`, a program at a time."""
    _find_shared_texts(connection)
    judged: dict[tuple[int, str, str, str], list[int]] = {}
    batch: list[_Program] = []
    for program in _each(connection, judged):
        batch.append(program)
        if len(batch) >= _BATCH:
            _write(connection, batch)
            batch.clear()
    _write(connection, batch)
    connection.executemany(
        "insert into judged values (?, ?, ?, ?, ?, ?)", ((*key, *judged[key]) for key in sorted(judged))
    )
    for table in ("told", "reasons"):
        connection.execute(f"create index {table}_program on {table} (program)")
    connection.execute("create index programs_class on programs (class, identifier, id)")


def _find_shared_texts(connection: sqlite3.Connection) -> None:
    """Descriptions that stand on more than one program: they say nothing of any of them alone."""
    connection.execute("drop table if exists temp.shared_texts")
    connection.execute("create temp table shared_texts (digest integer primary key)")
    connection.execute(
        """insert into shared_texts select r.text_digest from records r join members m on m.record = r.id
           where m.copy = 0 and r.text_digest <> 0 group by 1 having min(m.program) <> max(m.program)"""
    )


def _text_checks(connection: sqlite3.Connection) -> frozenset[str]:
    found = connection.execute("select value from meta where key = 'text_checks'").fetchone()
    return frozenset(json.loads(found[0])) if found else frozenset()


def _each(connection: sqlite3.Connection, judged: dict[tuple[int, str, str, str], list[int]]) -> Iterator[_Program]:
    """The programs in order of their ids; how their records' checks came out is counted on the way."""
    needing = _text_checks(connection)
    for program, of_program in groupby(connection.execute(_FINDINGS), key=itemgetter(0)):
        found: _Program | None = None
        for _, of_record in groupby(of_program, key=itemgetter(1)):
            rows = list(of_record)
            found = found or _Program(program, rows[0][3])
            found.shared += rows[0][4]
            said = {_said(row, needing) for row in rows if row[5] is not None}
            found.said.update(said)
            found.concerned.update({(one.check, one.on) for one in said if one.state == "concern"})
            _count(judged, rows[0][2], said, 0)
        if found is not None:
            _count(judged, found.publisher, found.said, 1)
            yield found


def _said(row: tuple[Any, ...], needing: frozenset[str]) -> Said:
    check, on, outcome, state, because, level, escalates = row[5:12]
    said = Said(check, on, outcome, state, because, level, bool(escalates))
    # What was read in a text that many programs share is not known of this one; what it could mean stays at stake.
    if row[4] and said.check in needing and said.state in ("concern", "nothing_seen", "addressed"):
        return replace(said, outcome="text-shared", state="open", because="not_published", escalates=False)
    return said


def _gravest(said: Iterable[Said]) -> dict[str, tuple[str, str]]:
    """For each check, how it came out in all: its gravest state, and why where that is open."""
    found: dict[str, tuple[int, str, str]] = {}
    for one in said:
        mine = (_STATES.index(one.state), one.state, one.because)
        found[one.check] = min(found.get(one.check, mine), mine)
    return {check: (state, because) for check, (_, state, because) in found.items()}


def _count(
    judged: dict[tuple[int, str, str, str], list[int]], publisher: int, said: Iterable[Said], place: int
) -> None:
    for check, (state, because) in _gravest(said).items():
        judged.setdefault((publisher, check, state, because), [0, 0])[place] += 1


def _told(program: _Program) -> Iterator[tuple[Any, ...]]:
    """A program's concerns, each once: of the same check on the same thing the gravest, with all records it is on."""
    ways = sorted((one for one in program.said if one.state == "concern"), key=_gravest_first)
    for (check, on), alike in groupby(ways, key=lambda one: (one.check, one.on)):
        first = next(alike)
        records = program.concerned[check, on]
        yield program.id, check, on, first.outcome, first.level, int(first.escalates), records


def _gravest_first(said: Said) -> tuple[str, str, bool, int, str]:
    level = _LEVELS.index(said.level) if said.level in _LEVELS else len(_LEVELS)
    return said.check, said.on, not said.escalates, level, said.outcome


def _write(connection: sqlite3.Connection, programs: list[_Program]) -> None:
    classes, reasons = [], []
    for program in programs:
        name, why = classify(program.said)
        classes.append((name, program.shared, program.id))
        for place, (rule, on) in enumerate(why, 1):
            pairs = sorted({(one.check, one.on) for one in on}) or [("", "")]
            reasons += [(program.id, place, rule.id, check, about) for check, about in pairs]
    connection.executemany("update programs set class = ?, shared_text = ? where id = ?", classes)
    connection.executemany("insert into reasons values (?, ?, ?, ?, ?)", reasons)
    connection.executemany(
        "insert into told values (?, ?, ?, ?, ?, ?, ?)", (row for one in programs for row in _told(one))
    )
