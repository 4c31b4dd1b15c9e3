"""Money in sectors that could bear on risk factors, inhibitors and harm paths, with the share that was not judged."""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING

from lens import catalog
from lens.portfolio.analysis.shares import percent
from lens.portfolio.analysis.sums import CURRENCY, KIND
from lens.portfolio.analysis.tables import Column
from lens.portfolio.runs import exact

if TYPE_CHECKING:
    from collections.abc import Iterator

    from lens.portfolio.analysis.finished import Finished, Row
    from lens.portfolio.analysis.tables import Table

OVERLAP = (
    "A sector bears on several: rows overlap and cannot be added. What a sector could do is judgement about the "
    "sector, not a finding about any program in it; it is no measure of prevention. What a sector could lower or "
    "support the map names for the sector itself; what it could harm is all that its harm paths touch. Nearly every "
    "sector has both, so that one is not to be held against the other. In order of ids."
)


@dataclass(frozen=True, slots=True)
class Bearing:
    """A list of the catalog, and which effects of sectors on its entries are told."""

    table: str
    title: str
    kind: str
    """The kind of catalog entry."""
    column: str
    good: str
    """The effect that could help, as the table `bears` has it; empty where there is none."""
    bad: str
    good_name: str
    bad_name: str


FACTORS = Bearing(
    "money_by_factor",
    "Money in sectors that could bear on each risk factor",
    "RF",
    "factor",
    "lowers",
    "worsens",
    "could_lower",
    "could_harm",
)
INHIBITORS = Bearing(
    "money_by_inhibitor",
    "Money in sectors that could bear on each inhibitor",
    "INH",
    "inhibitor",
    "supports",
    "erodes",
    "could_support",
    "could_harm",
)
HARM_PATHS = Bearing(
    "money_by_harm_path",
    "Money in sectors that could open each harm path",
    "AH",
    "harm_path",
    "",
    "harms",
    "",
    "could_harm",
)

Sums = dict[tuple[str, ...], tuple[int, Decimal, Decimal]]
"""Programs, amount and converted amount under a key that begins with owner, kind and currency."""


def sums(run: Finished, sql: str, keys: int) -> Sums:
    """Sums of a query that gives keys, number of programs, amount and converted amount; asked once a report."""

    def made() -> Sums:
        return {tuple(row[:keys]): (row[keys], Decimal(row[keys + 1]), Decimal(row[keys + 2])) for row in run.rows(sql)}

    return run.once(sql, made)


_AMOUNTS = "exact_sum(a.amount), exact_sum(converted(a.amount, a.currency, a.year))"
_SUMS = f"count(distinct a.program), {_AMOUNTS}"


def totals(run: Finished, owner: str = "''", joins: str = "") -> Sums:
    """All counted money, by owner, kind and currency."""
    return sums(run, f"select {owner}, a.kind, a.currency, {_SUMS} from allocated a {joins} group by 1, 2, 3", 3)  # noqa: S608 - names of ours


def not_judged(run: Finished, owner: str = "''", joins: str = "") -> Sums:
    """Money of which it is not known what it could bear on: no sector, one that says nothing, or not in the map."""
    return sums(
        run,
        f"""select {owner}, a.kind, a.currency, {_SUMS} from allocated a {joins}
            left join sector_map s on a.sector_kind = 'dac' and s.code = a.sector
            where coalesce(s.judged, 0) = 0 group by 1, 2, 3""",  # noqa: S608 - names of ours
        3,
    )


def bearing(run: Finished, owner: str = "''", joins: str = "") -> Sums:
    """Money in sectors with an effect, by owner, kind, currency, effect and what it is on."""
    return run.once((owner, joins), lambda: _borne(run, owner, joins))


def _borne(run: Finished, owner: str, joins: str) -> Sums:
    # A sector has many effects: they are looked up once all that is in it is put together, and never line by line.
    effects: dict[str, list[tuple[str, str]]] = defaultdict(list)
    for sector, effect, on in run.rows('select sector, effect, "on" from bears order by 1, 2, 3'):
        effects[sector].append((effect, on))
    lines = f"from allocated a {joins} where a.sector_kind = 'dac' and a.sector in (select sector from bears)"  # noqa: S608
    programs: Counter[tuple[str, ...]] = Counter()
    for *key, sectors, count in run.rows(
        f"""select owner, kind, currency, sectors, count(*) from
              (select {owner} as owner, a.kind, a.currency, group_concat(distinct a.sector) as sectors {lines}
               group by 1, 2, 3, a.program)
            group by 1, 2, 3, 4"""  # noqa: S608 - names of ours
    ):
        for one in {one for sector in sectors.split(",") for one in effects[sector]}:
            programs[*key, *one] += count
    money: dict[tuple[str, ...], list[tuple[Decimal, Decimal]]] = defaultdict(list)
    for *key, sector, amount, converted in run.rows(
        f"select {owner}, a.kind, a.currency, a.sector, {_AMOUNTS} {lines} group by 1, 2, 3, 4"
    ):
        for one in effects[sector]:
            money[*key, *one].append((Decimal(amount), Decimal(converted)))
    return {
        key: (programs[key], exact.total([one for one, _ in parts]), exact.total([other for _, other in parts]))
        for key, parts in money.items()
    }


def _both(run: Finished, form: Bearing) -> dict[tuple[str, ...], Decimal]:
    """Money in sectors that could do both to the same entry."""
    found = run.rows(
        f"""select x.kind, x.currency, b."on", exact_sum(x.amount) from
              (select kind, currency, sector, exact_sum(amount) as amount from allocated
               where sector_kind = 'dac' group by 1, 2, 3) x
            join bears b on b.sector = x.sector and b.effect = '{form.good}'
            join bears c on c.sector = b.sector and c."on" = b."on" and c.effect = '{form.bad}'
            group by 1, 2, 3"""  # noqa: S608 - names of ours
    )
    return {("", *key): Decimal(amount) for *key, amount in found}


_NOTHING = (0, Decimal(0), Decimal(0))


def money_by(run: Finished, form: Bearing) -> Table:
    """The table of one list of the catalog: could help and could harm side by side, with what was not judged."""

    def made() -> Iterator[Row]:
        found, both = bearing(run), (_both(run, form) if form.good else {})
        unknown = not_judged(run)
        for whole in sorted(totals(run).items()):
            yield from _rows(run, form, whole, unknown, found, both)

    return run.table(form.table, form.title, OVERLAP, _columns(run, form), made)


def _rows(
    run: Finished,
    form: Bearing,
    whole: tuple[tuple[str, ...], tuple[int, Decimal, Decimal]],
    unknown: Sums,
    found: Sums,
    both: dict[tuple[str, ...], Decimal],
) -> Iterator[Row]:
    key, total = whole
    blank = unknown.get(key, _NOTHING)
    for entry in catalog.items(form.kind).values():
        cells: list[str | int | Decimal | None] = [*key[1:], entry.id, entry.name]
        for effect in filter(None, (form.good, form.bad)):
            programs, amount, converted = found.get((*key, effect, entry.id), _NOTHING)
            cells += [programs, amount, percent(amount, total[1])]
            cells += [converted] if run.rates else []
        if form.good:
            cells.append(both.get((*key, entry.id), Decimal(0)))
        yield (*cells, blank[1], percent(blank[1], total[1]), total[1])


def _columns(run: Finished, form: Bearing) -> Iterator[Column]:
    yield from (KIND, CURRENCY)
    yield Column(form.column, "code", "Its id in the catalog.")
    yield Column("name", "text", "Its name.")
    helps = {
        "could_lower": "in sectors that could lower it",
        "could_support": "in sectors that could support it",
        "could_harm": {
            "factor": "in sectors with a harm path that touches it or an indicator of it",
            "inhibitor": "in sectors with a harm path that touches it",
            "harm_path": "in sectors that could open it",
        }[form.column],
    }
    for name in filter(None, (form.good_name, form.bad_name)):
        yield Column(f"programs_{name}", "count", f"Programs with money {helps[name]}.")
        yield Column(name, "money", f"Money {helps[name]}, in units of the currency.")
        yield Column(
            f"percent_{name}", "percent", "The same in percent of the total; empty where money was taken back."
        )
        if run.rates:
            yield Column(f"{name}_converted", "money", f"What of it has a rate, in {run.rates.to}.")
    if form.good:
        yield Column("in_both", "money", f"What is in both {form.good_name} and {form.bad_name}.")
    yield Column(
        "not_judged",
        "money",
        "Money of which it is not known what it could bear on: no sector published, shares not published, a sector "
        "that says nothing, or one that the sector map does not have.",
    )
    yield Column("percent_not_judged", "percent", "The same in percent of the total.")
    yield Column("total", "money", "All counted money of that kind and currency.")
