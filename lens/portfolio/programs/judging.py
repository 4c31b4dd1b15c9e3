"""What the checks say of each program: concerns told once, how the checks came out, and the class that follows."""

from __future__ import annotations

import json
from collections import Counter
from dataclasses import dataclass, field, replace
from functools import lru_cache
from itertools import groupby
from operator import itemgetter
from typing import TYPE_CHECKING, get_args

from lens import catalog
from lens.portfolio.programs.classes import Said, classify
from lens.words import LEVELS, PartnerKind

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Iterator

    from lens.portfolio.programs.classes import Class

_STATES = ("concern", "error", "open", "nothing_seen", "addressed", "not_applicable")
"""Gravest first: how findings of one check come together for a record and for a program."""
_LEVELS: tuple[str, ...] = LEVELS
_KINDS = frozenset(get_args(PartnerKind))
_BATCH = 500

_FINDINGS = """
  select m.program, m.rank, r.publisher, p.publisher, s.digest is not null, f.outcome, f."on",
    case when f."values" like '%"factors"%' or f."values" like '%"kinds"%' then f."values" else '' end
  from members m
    join records r on r.id = m.record
    join programs p on p.id = m.program
    left join shared_texts s on s.digest = r.text_digest
    left join findings f on f.record = m.record
  where m.copy = 0
  order by m.program, m.rank"""
_OUTCOMES = 'select id, "check", outcome, state, because, level, escalates from outcomes'

Key = tuple[str, str, str]
"""A check, and the state that it came to for a record or program, with the reason where that is open."""


@dataclass(slots=True)
class _Program:
    """One program while its findings are gathered; what is said goes by its number in the vocabulary."""

    id: int
    publisher: int
    said: set[int] = field(default_factory=set)
    concerned: Counter[tuple[str, str]] = field(default_factory=Counter)
    """On how many records a check told a concern about a thing, in whatever way."""
    shared: int = 0


class _Vocabulary:
    """Everything that was said in a run, numbered: the same few things are said of very many records."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._outcomes = {row[0]: row[1:] for row in connection.execute(_OUTCOMES)}
        self._needing = _text_checks(connection)
        self._numbers: dict[Said, int] = {}
        self.all: list[Said] = []
        self.number = lru_cache(maxsize=10_000)(self._number)
        self.keys = lru_cache(maxsize=1_000)(self._keys)
        self.concerns = lru_cache(maxsize=1_000)(self._concerns)
        self.classified = lru_cache(maxsize=1_000)(self._classified)

    def _number(self, outcome: int, on: str, values: str, shared: int) -> int:
        """The number of what a finding says, on a record whose text other programs share or not."""
        check, name, state, because, level, escalates = self._outcomes[outcome]
        told = json.loads(values) if values and state == "concern" else {}
        words = ", ".join(str(told[key]) for key in ("factors", "kinds") if told.get(key)).split(", ")
        # Reasons are for everybody: words of our own lists only, whatever a check puts in its values.
        what = ", ".join(word for word in words if word in _KINDS or (word.startswith("RF") and catalog.find(word)))
        said = Said(check, on, name, state, because, level, bool(escalates), what)
        # What was read in a text that many programs share is not known of this one; what it could mean stays at stake.
        if shared and check in self._needing and state in ("concern", "nothing_seen", "addressed"):
            said = replace(said, outcome="text-shared", state="open", because="not_published", escalates=False)
        number = self._numbers.setdefault(said, len(self.all))
        if number == len(self.all):
            self.all.append(said)
        return number

    def _keys(self, numbers: frozenset[int]) -> tuple[Key, ...]:
        """For each check, how it came out in all: its gravest state, and why where that is open."""
        found: dict[str, tuple[int, str, str]] = {}
        for number in numbers:
            one = self.all[number]
            mine = (_STATES.index(one.state), one.state, one.because if one.state == "open" else "")
            found[one.check] = min(found.get(one.check, mine), mine)
        return tuple((check, state, because) for check, (_, state, because) in sorted(found.items()))

    def _concerns(self, numbers: frozenset[int]) -> tuple[Said, ...]:
        """Concerns: of the same check on the same thing only the gravest."""
        ways = sorted((one for one in map(self.all.__getitem__, numbers) if one.state == "concern"), key=_gravest_first)
        return tuple(next(alike) for _, alike in groupby(ways, key=lambda one: (one.check, one.on)))

    def _classified(self, numbers: frozenset[int]) -> tuple[Class, tuple[tuple[int, str, str, str], ...]]:
        """The class, and the reasons as rows: place, rule, check, what it is on."""
        name, why = classify(map(self.all.__getitem__, numbers))
        rows = []
        for place, (rule, on) in enumerate(why, 1):
            pairs = sorted({(one.check, one.about) for one in on}) or [("", "")]
            rows += [(place, rule.id, check, about) for check, about in pairs]
        return name, tuple(rows)


def judge(connection: sqlite3.Connection) -> None:
    """Fill `told`, `judged`, `reasons` and the classes of `programs`, a program at a time."""
    _find_shared_texts(connection)
    words = _Vocabulary(connection)
    judged: dict[tuple[int, Key], list[int]] = {}
    batch: list[_Program] = []
    for program in _each(connection, words, judged):
        batch.append(program)
        if len(batch) >= _BATCH:
            _write(connection, words, batch)
            batch.clear()
    _write(connection, words, batch)
    connection.executemany(
        "insert into judged values (?, ?, ?, ?, ?, ?)", ((key[0], *key[1], *judged[key]) for key in sorted(judged))
    )
    for table in ("told", "reasons"):
        connection.execute(f"create index {table}_program on {table} (program)")
    connection.execute("create index programs_publisher on programs (publisher)")
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


def _each(
    connection: sqlite3.Connection, words: _Vocabulary, judged: dict[tuple[int, Key], list[int]]
) -> Iterator[_Program]:
    """The programs in order of their ids; how their records' checks came out is counted on the way."""
    program: _Program | None = None
    for _, of_record in groupby(connection.execute(_FINDINGS), key=itemgetter(1)):
        rows = list(of_record)
        number, _, publisher, owner, shared = rows[0][:5]
        if program is None or program.id != number:
            if program is not None:
                _count(judged, program.publisher, words.keys(frozenset(program.said)), 1)
                yield program
            program = _Program(number, owner)
        program.shared += shared
        said = frozenset(words.number(*row[5:8], shared) for row in rows if row[5] is not None)
        program.said |= said
        program.concerned.update((one.check, one.on) for one in words.concerns(said))
        _count(judged, publisher, words.keys(said), 0)
    if program is not None:
        _count(judged, program.publisher, words.keys(frozenset(program.said)), 1)
        yield program


def _count(judged: dict[tuple[int, Key], list[int]], publisher: int, keys: tuple[Key, ...], place: int) -> None:
    for key in keys:
        judged.setdefault((publisher, key), [0, 0])[place] += 1


def _gravest_first(said: Said) -> tuple[str, str, bool, int, str]:
    level = _LEVELS.index(said.level) if said.level in _LEVELS else len(_LEVELS)
    return said.check, said.on, not said.escalates, level, said.outcome


def _write(connection: sqlite3.Connection, words: _Vocabulary, programs: list[_Program]) -> None:
    classes, reasons, told = [], [], []
    for program in programs:
        said = frozenset(program.said)
        name, why = words.classified(said)
        classes.append((name, program.shared, program.id))
        reasons += [(program.id, *row) for row in why]
        told += [
            (
                program.id,
                one.check,
                one.on,
                one.outcome,
                one.level,
                int(one.escalates),
                program.concerned[one.check, one.on],
            )
            for one in words.concerns(said)
        ]
    connection.executemany("update programs set class = ?, shared_text = ? where id = ?", classes)
    connection.executemany("insert into reasons values (?, ?, ?, ?, ?)", reasons)
    connection.executemany("insert into told values (?, ?, ?, ?, ?, ?, ?)", told)
