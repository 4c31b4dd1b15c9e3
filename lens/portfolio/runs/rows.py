"""What is kept of a published record in the run file: rows, made where the record is read and checked."""

from __future__ import annotations

from collections import Counter
from hashlib import blake2b
from typing import TYPE_CHECKING, Any

from lens.portfolio.runs.flow_class import flow_class
from lens.portfolio.runs.record_money import Row, worked_out
from lens.readers.iati.texts import compared

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date

    from lens.cases.program import Program
    from lens.cases.published import Published
    from lens.portfolio.runs.screen import Result
    from lens.readers.published import Flow, PublishedActivity

LONGEST_TITLE = 500
CHILDREN = (
    *("related", "places", "regions", "sectors", "bodies", "flows", "money", "shared"),
    *("findings", "exposes", "notes"),
)
"""The tables whose rows belong to a record; the first value of each row is the record's place in its unit."""


class UnitRows:
    """The rows of one unit. Outcomes of checks stand once, in order of their first use, and findings point to them."""

    def __init__(self) -> None:
        self.records: list[Row] = []
        self.children: dict[str, list[Row]] = {name: [] for name in CHILDREN}
        self.outcomes: dict[Row, int] = {}

    def add(self, number: int, record: PublishedActivity, results: Iterable[Result]) -> None:
        """Keep one record and what the checks say of it. `number` is its place in its input, from 1."""
        at = len(self.records)
        program, published = record.program, record.program.published
        if published is None:
            raise ValueError("a record that was not published")
        described = program.description if published.text_length else ""
        self.records.append(
            (
                number,
                record.identifier,
                published.publisher,
                record.donor or published.publisher,
                record.belongs_to,
                published.standard,
                published.version,
                program.title[:LONGEST_TITLE],
                digest_of(program.title),
                digest_of(described),
                published.text_length,
                published.hierarchy,
                published.status,
                _day(program.start),
                _day(program.end),
                published.updated,
                None if published.humanitarian is None else int(published.humanitarian),
                record.set_aside,
                " ".join(published.aid_types),
                " ".join(published.flow_types),
                " ".join(published.finance_types),
            )
        )
        put = self.children
        put["related"] += [(at, one.kind, one.ref) for one in published.related]
        put["findings"] += [(at, self._outcome(one), one.on, one.values) for one in results]
        put["exposes"] += [(at, what, count) for what, count in sorted(record.exposes.items()) if count]
        put["notes"] += [(at, note.code, note.count) for note in published.notes]
        self._money(at, record, program, published)

    def _money(self, at: int, record: PublishedActivity, program: Program, published: Published) -> None:
        """Keep where a record works, what it is for, through whom, and its money, also cut by these."""
        places = [(one.country or "", _plain(one.share), one.below_country == "yes") for one in program.places]
        regions = [(region, "") for region in published.regions]
        sectors = [("DAC", one.code, _plain(one.share)) for one in program.sectors]
        # Some tables call codes the DAC's that it never had.
        sectors += [
            (f"other:{one.vocabulary}" if one.vocabulary == "DAC" else one.vocabulary, one.code, "")
            for one in published.other_sectors
        ]
        bodies = Counter((one.kind, one.role, one.local) for one in program.partners)
        flows = [_flow(one) for one in record.flows]
        money, shared = worked_out(
            flows,
            tuple((country, share) for country, share, _ in places),
            tuple(regions),
            tuple(sectors),
            tuple(bodies),
        )
        flow = flow_class(" ".join(published.flow_types), " ".join(published.finance_types))
        put = self.children
        put["places"] += [(at, country, int(below), share) for country, share, below in places]
        put["regions"] += [(at, *one) for one in regions]
        put["sectors"] += [(at, *one) for one in sectors]
        put["bodies"] += [(at, *kind, count) for kind, count in bodies.items()]
        put["flows"] += [(at, *one) for one in flows]
        put["money"] += [(at, *one, flow) for one in money]
        put["shared"] += [(at, *one) for one in shared]

    def _outcome(self, one: Result) -> int:
        key = (one.check, one.outcome, one.state, one.because, one.level, int(one.escalates))
        return self.outcomes.setdefault(key, len(self.outcomes))


def digest_of(text: str) -> int:
    """Eight bytes that stand for a text, as a number that fits a column; 0 for no text."""
    if not text:
        return 0
    sealed = blake2b(compared(text).encode("utf-8", "replace"), digest_size=8).digest()
    return int.from_bytes(sealed, "big", signed=True) or 1


def _flow(one: Flow) -> Row:
    amount, back = _plain(one.amount), _plain(one.taken_back)
    return (one.kind, one.year, one.currency, amount, back, one.number, one.country, one.region, one.sector)


def _day(day: date | None) -> str:
    return day.isoformat() if day else ""


def _plain(number: Any) -> str:
    return "" if number is None else format(number, "f")
