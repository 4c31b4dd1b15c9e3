"""Money by kind, year, place, sector and body. Kinds and currencies are never added to each other."""

from __future__ import annotations

from collections import defaultdict
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from lens import catalog
from lens.portfolio.analysis.shares import percent
from lens.portfolio.analysis.tables import Column
from lens.portfolio.programs.money import TREATMENTS
from lens.portfolio.runs import exact
from lens.portfolio.runs.flow_class import CLASSES

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from lens.portfolio.analysis.finished import Finished, Row
    from lens.portfolio.analysis.tables import Table

KIND = Column("kind", "code", "planned, commitment, disbursement or expenditure; never added to each other.")
CURRENCY = Column(
    "currency",
    "code",
    "ISO 4217; never added to each other. Empty where it is not published: such a sum may be of several currencies, "
    "and says nothing.",
)
PROGRAMS = Column("programs", "count", "Programs with such money.")
AMOUNT = Column(
    "amount",
    "money",
    "In units of the currency: what was published less what was taken back. In the words of aid statistics it is "
    "gross: loans paid back are not subtracted.",
)
TAKEN_BACK = Column("taken_back", "money", "The negative lines in it, as a negative sum.")
PERCENT = Column(
    "percent", "percent", "Of the amounts of that kind and currency in this table; empty where money was taken back."
)
OWNER = {
    "donor": (
        "Whose money it is, as far as that is published: in IATI whoever reports it, which may be a body that spends "
        "what others gave; elsewhere the donor that the data names."
    ),
    "publisher": "Who published it, which does not say whose money it is.",
    "input": "The file that it was read from.",
}
"""What stands side by side, and what it says of whose the money is."""
PARTITION = "Every sum is in one row only, so that the rows of one kind and currency add up to its total."


def owner_column(run: Finished) -> Column:
    """The column that says whose money it is, with what that can be mistaken for."""
    return Column(run.by, "code", OWNER[run.by])


def money_columns(run: Finished) -> tuple[Column, ...]:
    """The columns of sums; with rates, what they come to in the one currency, and what has no rate."""
    if run.rates is None:
        return AMOUNT, TAKEN_BACK
    return (
        *(AMOUNT, TAKEN_BACK),
        Column("converted", "money", f"What of the amount has a rate, in {run.rates.to}, each year at its own rate."),
        Column("not_converted", "money", "What of the amount has no rate, in units of its own currency."),
    )


def money_sql(run: Finished, table: str = "a") -> str:
    """The SQL of `money_columns`."""
    amount = f"exact_sum({table}.amount), exact_sum({table}.taken_back)"
    if run.rates is None:
        return amount
    one = f"converted({table}.amount, {table}.currency, {table}.year)"
    return f"{amount}, exact_sum({one}), exact_sum(case when {one} is null then {table}.amount end)"


def decimals(cells: tuple[str, ...]) -> tuple[Decimal, ...]:
    """Sums as SQL gives them, as numbers."""
    return tuple(map(Decimal, cells))


def money_by_kind(run: Finished) -> Table:
    """All money of the run, by what is done with it."""

    def made() -> Iterator[Row]:
        order = list(TREATMENTS)
        found = run.rows(
            f"""select a.kind, a.currency, a.treatment, a.flow, count(distinct a.program), count(distinct a.record),
                  sum(a.number), {money_sql(run)} from treated a group by 1, 2, 3, 4"""  # noqa: S608 - names of ours
        )
        for *key, programs, records, lines, _ in sorted(
            ((*row[:7], row[7:]) for row in found),
            key=lambda row: (*row[:2], order.index(row[2]) if row[2] in order else len(order), *row[2:4]),
        ):
            yield (*key[:3], TREATMENTS.get(key[2], ""), key[3], programs, records, lines, *decimals(_))

    return run.table(
        "money_by_kind",
        "All money of the run, and what of it is in the sums",
        "What is not `counted` is in no other table of money. Commitments and what was paid out are told apart, and "
        "so are official aid, other official money and private money.",
        (
            Column(
                "kind", "code", "What the money is: planned, commitment, disbursement, expenditure, incoming, other."
            ),
            CURRENCY,
            Column("treatment", "code", "counted, or why it is left out."),
            Column("meaning", "text", "What that means."),
            Column("flow", "code", " ".join(f"{name}: {text}" for name, text in CLASSES.items())),
            PROGRAMS,
            Column("records", "count", "Records with such money."),
            Column("lines", "count", "Published lines behind it: transactions, budgets or rows."),
            *money_columns(run),
        ),
        made,
    )


def by(
    run: Finished,
    keys: tuple[str, ...],
    *,
    order: str = "",
    joins: str = "",
    told: Callable[[Any], tuple[Any, ...]] = tuple,
) -> Iterator[list[Any]]:
    """Sums of counted money, by SQL expressions; the last cell is the share of its kind and currency."""
    names = ", ".join(("a.kind", "a.currency", *keys))
    places = ", ".join(str(place) for place in range(1, len(keys) + 3))
    statement = f"""select {names}, count(distinct a.program), {money_sql(run)} from allocated a {joins}
                    group by {places} order by {order or places}"""  # noqa: S608 - names of ours
    count = len(keys) + 2
    given = [(*row[: count + 1], *decimals(row[count + 1 :])) for row in run.rows(statement)]
    whole: dict[tuple[str, str], Decimal] = defaultdict(Decimal)
    for row in given:
        whole[row[:2]] = exact.plus(whole[row[:2]], row[count + 1])
    for row in given:
        share = percent(row[count + 1], whole[row[:2]])
        yield [*row[:2], *told(row[2:count]), *row[count:], share]


def money_by_year(run: Finished) -> Table:
    """Counted money by year."""

    def made() -> Iterator[Row]:
        return map(tuple, by(run, ("a.year",)))

    year = Column(
        "year", "year", "The calendar year of the lines (of budgets: in which they begin); empty where none is."
    )
    return run.table(
        "money_by_year",
        "Money by year",
        PARTITION,
        (KIND, CURRENCY, year, PROGRAMS, *money_columns(run), PERCENT),
        made,
    )


_PLACES = ("country", "region", "not_allocable", "not_published")


def money_by_country(run: Finished) -> Table:
    """Counted money by country or region."""

    def named(row: tuple[str, str]) -> tuple[str, str, str]:
        naming = {"country": catalog.country_name, "region": catalog.region_name}.get(row[0])
        return (*row, naming(row[1]) if naming else "")

    def made() -> Iterator[Row]:
        order = "1, 2, " + _order("a.place_kind", _PLACES) + ", 4"
        return map(tuple, by(run, ("a.place_kind", "a.place"), order=order, told=named))

    return run.table(
        "money_by_country",
        "Money by country",
        "By what the money's own lines say, else by the shares of the whole record. What goes to a region is not "
        f"spread over its countries. {PARTITION} In order of codes.",
        (
            KIND,
            CURRENCY,
            Column(
                "place_kind",
                "code",
                "country; region; not_allocable: several are named and not in which shares; not_published.",
            ),
            Column("place", "code", "ISO 3166 code of the country, or the region's code as published."),
            Column("name", "text", "The country's or region's short name."),
            PROGRAMS,
            *money_columns(run),
            PERCENT,
        ),
        made,
    )


_SECTORS = ("dac", "other_vocabulary", "not_allocable", "not_published")


def money_by_sector(run: Finished) -> Table:
    """Counted money by sector, with what the sector map says of each."""

    def named(row: tuple[Any, ...]) -> tuple[Any, ...]:
        kind, code, name, scrutiny, judged = row
        return (kind, code, name or "", code[:3] if kind == "dac" else "", scrutiny or "", "yes" if judged else "no")

    def made() -> Iterator[Row]:
        keys = ("a.sector_kind", "a.sector", "s.name", "s.scrutiny", "s.judged")
        joins = "left join sector_map s on a.sector_kind = 'dac' and s.code = a.sector"
        order = "1, 2, " + _order("a.sector_kind", _SECTORS) + ", 4"
        return map(tuple, by(run, keys, joins=joins, order=order, told=named))

    return run.table(
        "money_by_sector",
        "Money by sector",
        f"By what the money's own lines say, else by the shares of the whole record. {PARTITION} In order of codes.",
        (
            KIND,
            CURRENCY,
            Column(
                "sector_kind",
                "code",
                "dac; other_vocabulary: only in other lists than the DAC's; not_allocable: several are named and not "
                "in which shares; not_published.",
            ),
            Column("sector", "code", "DAC purpose code of five digits, or category of three."),
            Column("name", "text", "Its short name in the sector map, else in the DAC's list."),
            Column("category", "code", "The DAC category that it is in."),
            Column(
                "scrutiny", "code", "high: due diligence always; medium: the default; triage: a first sorting only."
            ),
            Column("judged", "code", "yes where the sector map says what it could bear on; no where nothing is known."),
            PROGRAMS,
            *money_columns(run),
            PERCENT,
        ),
        made,
    )


def _order(column: str, words: tuple[str, ...]) -> str:
    whens = " ".join(f"when '{word}' then {place}" for place, word in enumerate(words))
    return f"case {column} {whens} end"
