"""Pictures of money, from tables by the names of their columns. Currencies are never drawn together."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from decimal import Decimal
from typing import TYPE_CHECKING, NamedTuple

from lens import catalog
from lens.portfolio.report.blocks import Block, Head, country_named
from lens.portfolio.report.figure import Figure
from lens.portfolio.report.flow_picture import Flow, draw_flows
from lens.portfolio.report.given import NO_CURRENCY, text_of
from lens.portfolio.report.pictures import add
from lens.portfolio.report.place_picture import draw_places
from lens.portfolio.report.plain import positions
from lens.portfolio.report.sectors import BEARS, SHORT, Bears, bears_of, group_of, what_the_map_says
from lens.portfolio.report.unrated import kind_order, some, unrated
from lens.portfolio.report.year_picture import NO_YEAR, draw_years

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

    from lens.portfolio.analysis.tables import Cell, Table
    from lens.portfolio.report.given import Shown

_MOST_CURRENCIES = 2
_MOST_NUMBERS = 400
_PAID_FIRST = ("disbursement", "commitment", "expenditure", "planned")


class Sum(NamedTuple):
    """A sum of money of one kind and currency, with what else its row says."""

    kind: str
    currency: str
    amount: Decimal
    values: tuple[Cell, ...]


def _sums(shown: Shown, name: str, *columns: str) -> list[Sum] | str:
    """The sums of a table by kind and currency, with the values of columns; or why there are none.

    Where sums were converted, what has a rate is given, in the one currency.
    """
    table = shown.table(name)
    if table is None:
        return f"there is no table {name}"
    at = positions(table)
    missing = [one for one in ("kind", "currency", "amount", *columns) if one not in at]
    if missing:
        return f"the table {name} has no column {missing[0]}"
    summed: dict[tuple[str, str, tuple[Cell, ...]], Decimal] = {}
    for one in _read(table, at, columns, shown.rates):
        key = one.kind, one.currency, one.values
        summed[key] = add(summed.get(key, Decimal(0)), one.amount)
    found = [Sum(kind, currency, amount, values) for (kind, currency, values), amount in summed.items()]
    return found or f"the table {name} holds no sums that are shown"


def _read(table: Table, at: dict[str, int], columns: tuple[str, ...], rates: str) -> Iterator[Sum]:
    converted = bool(rates) and "converted" in at
    for row in table.rows():
        amount = row[at["converted" if converted else "amount"]]
        if isinstance(amount, (int, Decimal)):
            currency = rates if converted else text_of(row[at["currency"]])
            yield Sum(text_of(row[at["kind"]]), currency, Decimal(amount), tuple(row[at[one]] for one in columns))


def _currencies(sums: Iterable[Sum]) -> tuple[list[str], list[str]]:
    """The currencies that are drawn, those in most rows, and the others; in order of code.

    What has no currency may be of several, so that its sum is never drawn.
    """
    counted = Counter(one.currency for one in sums)
    kept = sorted(sorted(filter(None, counted), key=lambda one: (-counted[one], one))[:_MOST_CURRENCIES])
    return kept, sorted(set(counted) - set(kept))


def _not_drawn(others: Sequence[str], table: str) -> tuple[str, ...]:
    if not others:
        return ()
    names = some([one or NO_CURRENCY for one in others])
    return (f"Not drawn, since currencies are never added to each other: {names}. The table {table} has them.",)


class Drawing(NamedTuple):
    """What goes into one figure: sums of one currency."""

    sums: list[Sum]
    currency: str
    number: int
    """Which figure of its sort it is, from 1."""
    notes: tuple[str, ...]
    whose: str = "donor"
    """What the money is told apart by."""


def _each(
    shown: Shown, sums: list[Sum], draw: Callable[[Drawing], Figure | None], table: str, lacking: str
) -> list[Figure] | str:
    """A figure for each currency that is drawn; or why there is none. `lacking` says what has no rate."""
    kept, others = _currencies(sums)
    if not kept:
        return "no currency is published of any sum"
    converted = f"Sums are converted to {shown.rates}, each year at its own rate."
    made = []
    for number, currency in enumerate(kept, start=1):
        notes = _not_drawn(others, table) if currency == kept[-1] else ()
        if shown.rates:
            notes = (converted, lacking) if lacking else (converted,)
        figure = draw(Drawing([one for one in sums if one.currency == currency], currency, number, notes))
        if figure is not None:
            made.append(figure)
    return made or ("no sum has a rate" if lacking else "every sum is nothing or below it")


def numbers_of(name: str, title: str, heads: tuple[Head, ...], rows: Sequence[tuple[str, ...]], table: str) -> Block:
    """The numbers of a picture as a table."""
    return Block(name, title, "", heads, tuple(rows[:_MOST_NUMBERS]), len(rows), f"the table {table}")


_MONEY = Head("amount", "In the currency of the picture: what was published less what was taken back.", "money")


# Where money goes


def flows(shown: Shown) -> list[Figure] | str:
    """Where money goes, of one kind of money; or why that cannot be drawn."""
    table = shown.table("money_flows")
    # The first column says whose money it is: a donor's, a publisher's, an input's.
    sums = _sums(shown, "money_flows", table.columns[0].name, "sector") if table else _of_nobody(shown)
    if isinstance(sums, str):
        return sums
    kind = next((one for one in _PAID_FIRST if any(found.kind == one for found in sums)), sums[0].kind)

    drawn = [one for one in sums if one.kind == kind]
    whose = table.columns[0].name if table else "donor"
    name = "money_flows" if table else "money_by_sector"
    lacking = unrated(shown, name, kind, whose if table else "")
    made = _each(shown, drawn, lambda one: _flow_figure(one._replace(whose=whose)), name, lacking)
    missing = sorted({text_of(one.values[0]) for one in sums} - {text_of(one.values[0]) for one in drawn})
    if isinstance(made, str) or not missing:
        return made
    names = some([one or f"{whose} not stated" for one in missing])
    note = f"Not drawn, since no {kind}s of theirs are published: {names}."
    return [replace(one, notes=(*one.notes, note)) for one in made]


def _of_nobody(shown: Shown) -> list[Sum] | str:
    """Sums by sector alone, of all donors together."""
    sums = _sums(shown, "money_by_sector", "sector")
    return sums if isinstance(sums, str) else [one._replace(values=("all donors", *one.values)) for one in sums]


def _flow_figure(given: Drawing) -> Figure | None:
    grouped: dict[tuple[str, str, frozenset[Bears]], Decimal] = {}
    for one in given.sums:
        donor, sector = (text_of(value) for value in one.values)
        key = donor or f"{given.whose} not stated", group_of(sector), frozenset(bears_of(sector))
        grouped[key] = add(grouped.get(key, Decimal(0)), one.amount)
    flows = [
        Flow(donor, group, grouped[donor, group, bears], bears)
        for donor, group, bears in sorted(grouped, key=lambda key: (key[0], *_sector_order(key[1]), sorted(key[2])))
    ]
    picture = draw_flows(flows, sorted({one.sector for one in flows}, key=_sector_order), given.currency, given.whose)
    if picture is None:
        return None
    below = [one for one in flows if one.amount < 0]
    rows = [
        (one.donor, one.sector, ", ".join(SHORT[name] for name in BEARS if name in one.bears), f"{one.amount:,f}")
        for one in (*picture.drawn, *below)
    ]
    heads = (Head(given.whose, ""), Head("sectors", ""), Head("what these could do", ""), _MONEY)
    title = f"Where money goes: {given.sums[0].kind}s, {given.currency}"
    return Figure(
        id=f"flows-{given.number}",
        title=title,
        describes=(
            f"From {given.whose}s on the left to groups of sectors and to what these could bear on. Ribbons are as "
            "wide as the money in them. The right side is alternatives, not a sum: a sector that could bear on several "
            "things is drawn to each with all of its money."
        ),
        numbers=numbers_of(f"flows-{given.number}-numbers", f"Numbers of: {title}", heads, rows, "money_flows"),
        notes=(
            *(
                f"{one.name.capitalize()}: {', '.join(one.amounts)}."
                for one in picture.bears
                if one.kind == "not-judged"
            ),
            what_the_map_says(),
            f"Drawn are {given.sums[0].kind}s; other kinds of money are in the tables.",
            *picture.notes,
            *given.notes,
        ),
        flows=picture,
    )


def _sector_order(group: str) -> tuple[int, str]:
    """What no sector says comes first, then groups by code."""
    return (not group[:1].isdigit() or group.startswith("99")) * -1, group


# Years


def years(shown: Shown) -> list[Figure] | str:
    """Money over the years; or why that cannot be drawn."""
    sums = _sums(shown, "money_by_year", "year")
    return (
        sums
        if isinstance(sums, str)
        else _each(shown, sums, _year_figure, "money_by_year", unrated(shown, "money_by_year"))
    )


def _year_figure(given: Drawing) -> Figure | None:
    # Years of which only lines of nothing are published would stretch the axis.
    sums = [one for one in given.sums if one.amount]
    rows = [(one.kind, one.values[0] if isinstance(one.values[0], int) else None, one.amount) for one in sums]
    rows.sort(key=lambda row: (kind_order(row[0]), row[1] is None, row[1] or 0))
    picture = draw_years(rows, given.currency)
    if picture is None:
        return None
    title = f"Money over the years, {given.currency}"
    heads = (Head("kind", ""), Head("year", ""), _MONEY)
    numbers = [(kind, str(year) if year is not None else NO_YEAR, f"{amount:,f}") for kind, year, amount in rows]
    return Figure(
        id=f"years-{given.number}",
        title=title,
        describes=(
            "A strip for each kind of money, all on one scale. Strips are never added to each other: what was "
            "committed is paid out later, if at all. The latest years are often not published in full. A bar under its "
            "line is below zero: more was taken back than given."
        ),
        numbers=numbers_of(f"years-{given.number}-numbers", f"Numbers of: {title}", heads, numbers, "money_by_year"),
        notes=given.notes,
        years=picture,
    )


# Places


def places(shown: Shown) -> list[Figure] | str:
    """Money by place; or why that cannot be drawn."""
    sums = _sums(shown, "money_by_country", "place_kind", "place")
    return (
        sums
        if isinstance(sums, str)
        else _each(shown, sums, _place_figure, "money_by_country", unrated(shown, "money_by_country"))
    )


def _place_figure(given: Drawing) -> Figure | None:
    countries: dict[str, dict[str, Decimal]] = {}
    others: dict[str, dict[str, Decimal]] = {}
    for one in sorted(given.sums, key=lambda row: kind_order(row.kind)):
        sort, place = (text_of(value) for value in one.values)
        into, name = (countries, country_named(place)) if sort == "country" else (others, _other_place(sort, place))
        sums = into.setdefault(name, {})
        sums[one.kind] = add(sums.get(one.kind, Decimal(0)), one.amount)
    known = sorted(countries.items(), key=lambda row: (row[0].casefold(), row[0]))
    # What has no single place comes first, then regions by name.
    unknown = sorted(others.items(), key=lambda row: (row[0] not in _NO_PLACE.values(), row[0].casefold(), row[0]))
    named = [*unknown, *known]
    kinds = sorted({one.kind for one in given.sums}, key=kind_order)
    folded = len({one.values[1] for one in given.sums if _other_place(*map(text_of, one.values)) == _OTHER_REGIONS})
    picture = draw_places(unknown, known, kinds, given.currency)
    if picture is None:
        return None
    title = f"Money by place, {given.currency}"
    heads = (Head("place", ""), *(Head(kind, "", "money") for kind in picture.kinds))
    rows: list[tuple[str, ...]] = [
        (name, *(f"{sums[kind]:,f}" if kind in sums else "–" for kind in picture.kinds)) for name, sums in named
    ]
    return Figure(
        id=f"places-{given.number}",
        title=title,
        describes=(
            "First, in italics, money for which no place or no single place is published, and money for regions, which "
            "are not spread over their countries. Then countries in alphabetical order, which says nothing about them. "
            "All bars are on one scale. A bar to the left of its line is below "
            "zero: more was taken back than given."
        ),
        numbers=numbers_of(f"places-{given.number}-numbers", f"Numbers of: {title}", heads, rows, "money_by_country"),
        notes=(*_folded(folded), *given.notes),
        places=picture,
    )


def _folded(regions: int) -> tuple[str, ...]:
    if not regions:
        return ()
    return (f"Drawn as one: {_OTHER_REGIONS} ({regions:,}). The table money_by_country has each.",)


_NO_PLACE = {
    "not_allocable": "several places, shares not published",
    "not_published": "no place published",
}


_OTHER_REGIONS = "regions of other vocabularies"
"""How those are called whose codes are not the DAC's, together: there can be dozens, and no names are known."""


def _other_place(sort: str, place: str) -> str:
    if sort == "region" and ":" in place:
        return _OTHER_REGIONS
    if sort == "region":
        name = catalog.region_name(place)
        return f"region {place}" if name == place else f"{name} ({place})"
    return _NO_PLACE.get(sort, place or sort)
