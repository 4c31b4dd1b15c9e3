"""What to know before a sum is quoted: one record that makes up much of it, and money that may be in it twice."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

from lens.portfolio.analysis.shares import percent
from lens.portfolio.analysis.sums import CURRENCY, KIND
from lens.portfolio.analysis.tables import Column
from lens.portfolio.runs import exact

if TYPE_CHECKING:
    from collections.abc import Iterator

    from lens.portfolio.analysis.finished import Finished, Row
    from lens.portfolio.analysis.tables import Table


def largest_records(run: Finished) -> Table:
    """For each kind and currency, the record with the most money: a slip in one amount can make up most of a sum."""

    def made() -> Iterator[Row]:
        found: dict[tuple[str, str], tuple[Decimal, Decimal, str, str]] = {}
        for kind, currency, amount, identifier, publisher in run.rows(
            """select t.kind, t.currency, exact_sum(t.amount), r.identifier, w.ref
               from treated t join records r on r.id = t.record join members m on m.record = t.record
                 join publishers w on w.id = r.publisher
               where t.treatment = 'counted' group by t.kind, t.currency, m.rank order by t.kind, t.currency, m.rank"""
        ):
            money = Decimal(amount)
            total, most, *whose = found.get((kind, currency), (Decimal(0), Decimal(0), "", ""))
            one = (money, identifier, publisher) if money > most else (most, *whose)
            found[kind, currency] = (exact.plus(total, money), *one)
        for key, (total, most, identifier, publisher) in found.items():
            yield (*key, total, most, percent(most, total), identifier, publisher)

    return run.table(
        "largest_records",
        "How much of each sum is one record",
        "Amounts are as published, and slips are published too: a currency mistaken for another, three digits too "
        "many. Where one record is much of a sum, look at it before the sum is quoted.",
        (
            *(KIND, CURRENCY),
            Column("total", "money", "All counted money of that kind and currency."),
            Column("amount", "money", "The most that one record has of it."),
            Column("percent", "percent", "The same in percent of the total; empty where money was taken back."),
            Column("identifier", "code", "That record's identifier, as published."),
            Column("publisher", "code", "Its publisher's reference."),
        ),
        made,
    )


def counted_twice(run: Finished) -> Table:
    """Money of wholes and of their parts where the two do not agree: how much may be in the sums twice."""

    def made() -> Iterator[Row]:
        found: dict[tuple[str, str], list[Decimal]] = {}
        programs: dict[tuple[str, str], set[int]] = {}
        for program, kind, currency, whole, parts in run.rows(
            "select program, kind, currency, whole, parts from wholes order by kind, currency"
        ):
            sums = found.setdefault((kind, currency), [Decimal(0)] * 3)
            programs.setdefault((kind, currency), set()).add(program)
            both = Decimal(whole), Decimal(parts)
            for place, money in enumerate((*both, max(min(both), Decimal(0)))):
                sums[place] = exact.plus(sums[place], money)
        for key, told in found.items():
            yield (*key, len(programs[key]), *told)

    return run.table(
        "counted_twice",
        "Money that may be counted twice",
        "A whole and its parts, such as a decision and the contracts under it, both publish money, and it is not the "
        "same: published data does not tell whether the parts are in the whole. Both are in the sums. Only wholes and "
        "parts of one publisher are in here: what is handed on to another that publishes too, two records of one "
        "identifier, and one program in several forms of data are counted in the summary, without their money.",
        (
            *(KIND, CURRENCY),
            Column("programs", "count", "Programs of which that is so."),
            Column("in_wholes", "money", "What the wholes publish."),
            Column("in_parts", "money", "What their parts publish."),
            Column(
                "at_most", "money", "What is in the sums twice if all of it is: of each whole, the smaller of the two."
            ),
        ),
        made,
    )
