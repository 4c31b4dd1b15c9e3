"""Money in its finest cells, and what each sector could bear on: for pictures, and for analysts' own questions."""

from __future__ import annotations

from typing import TYPE_CHECKING

from lens import catalog
from lens.portfolio.analysis.finished import OWNERS, owner_sql
from lens.portfolio.analysis.sums import (
    CURRENCY,
    KIND,
    PARTITION,
    PROGRAMS,
    decimals,
    money_columns,
    money_sql,
    owner_column,
)
from lens.portfolio.analysis.tables import Column, Table

if TYPE_CHECKING:
    from collections.abc import Iterator

    from lens.portfolio.analysis.finished import Finished, Row

EFFECTS = {
    "lowers": "it could lower it",
    "supports": "it could support it",
    "harms": "it could open it",
    "worsens": "it could make it worse",
    "erodes": "it could wear it down",
}
"""What money in a sector could do to a risk factor, an inhibitor or a harm path."""

_KEYS = ("a.kind", "a.currency", "a.year", "a.place_kind", "a.place", "a.sector_kind", "a.sector")


def money_flows(run: Finished) -> Table:
    """Counted money by whose it is, kind, currency, year, place and sector at once. The rows are never held."""

    def made() -> Iterator[Row]:
        keys = ", ".join((owner_sql(run.by), *_KEYS))
        places = ", ".join(str(number) for number in range(1, len(_KEYS) + 2))
        count = len(_KEYS) + 1
        for row in run.rows(
            f"""select {keys}, count(distinct a.program), {money_sql(run)} from allocated a
                {OWNERS.format(record="a.record")} group by {places} order by {places}"""  # noqa: S608 - names of ours
        ):
            yield (*row[: count + 1], *decimals(row[count + 1 :]))

    return Table(
        "money_flows",
        f"Money by {run.by}, year, place and sector at once",
        f"The finest cells, to be added up as a question needs it. {PARTITION} Programs can be in several rows.",
        (
            owner_column(run),
            *(KIND, CURRENCY),
            Column("year", "year", "The calendar year of the lines; empty where none is published."),
            Column("place_kind", "code", "country, region, not_allocable or not_published."),
            Column("place", "code", "ISO 3166 code of the country, or the region's code as published."),
            Column("sector_kind", "code", "dac, other_vocabulary, not_allocable or not_published."),
            Column("sector", "code", "DAC purpose code, or category of three digits."),
            PROGRAMS,
            *money_columns(run),
        ),
        made,
    )


def sector_effects(run: Finished) -> Table:
    """What the sector map says of each sector that occurs: to be joined with money by sector."""

    def made() -> Iterator[Row]:
        for sector, name, effect, on in run.rows(
            """select b.sector, s.name, b.effect, b."on" from bears b join sector_map s on s.code = b.sector
               order by 1, 3, 4"""
        ):
            found = catalog.find(on)
            yield sector, name, effect, on, found.name if found else ""

    return run.table(
        "sector_effects",
        "What each sector could bear on",
        "Judgement about sectors, not about programs. A sector bears on several: sums over this table count money more "
        "than once. Sectors that are not in it were not judged.",
        (
            Column("sector", "code", "DAC purpose code, or category of three digits."),
            Column("name", "text", "Its short name in the sector map."),
            Column("effect", "code", "; ".join(f"{name}: {text}" for name, text in EFFECTS.items()) + "."),
            Column("bears_on", "code", "The id of the risk factor, inhibitor or harm path."),
            Column("bears_on_name", "text", "Its name in the catalog."),
        ),
        made,
    )
