"""What a contribution register holds that aid data never does, such as mediation, and what it is meant to support."""

from __future__ import annotations

import json
from collections import Counter
from typing import TYPE_CHECKING

from lens import catalog
from lens.portfolio.analysis.finished import OWNERS, owner_sql
from lens.portfolio.analysis.sums import OWNER
from lens.portfolio.analysis.tables import Column
from lens.readers.register.record import STANDARD

if TYPE_CHECKING:
    from collections.abc import Iterator

    from lens.portfolio.analysis.finished import Finished, Row
    from lens.portfolio.analysis.tables import Table

_MEANT, _GUARDED = "published.contribution-meant", "published.contribution-guarded"
_SAID = """select m.record, f."values" from findings f join outcomes o on o.id = f.outcome
  join members m on m.record = f.record and m.copy = 0 where o."check" = ? and f."values" <> '' order by m.rank"""


def _inhibitors(run: Finished) -> dict[int, list[str]]:
    """Which inhibitors each record of a register is meant to support."""
    found = {}
    for record, values in run.rows(_SAID, _MEANT):
        named = str(json.loads(values).get("inhibitors", "")).split(", ")
        found[record] = [one for one in named if catalog.find(one) is not None]
    return found


def meant(run: Finished) -> Counter[tuple[str, str, str]]:
    """Contributions by owner, country and the inhibitor that they are meant to support there."""
    counts: Counter[tuple[str, str, str]] = Counter()
    if not (inhibitors := _inhibitors(run)):
        return counts
    for record, owner, country in run.rows(
        f"""select distinct m.record, {owner_sql(run.by)}, x.country from members m
            {OWNERS.format(record="m.record")} join places x on x.record = m.record
            where m.copy = 0 and x.country <> '' and m.record in (select value from json_each(?))""",  # noqa: S608 - names of ours
        json.dumps(sorted(inhibitors)),
    ):
        counts.update((owner, country, one) for one in inhibitors[record])
    return counts


def contributions(run: Finished) -> Table:
    """The entries of a register: whose, where, what they are meant to support, and what is said of a safeguard."""

    def made() -> Iterator[Row]:
        inhibitors = _inhibitors(run)
        guarded = dict(
            run.rows(
                """select f.record, o.outcome from findings f join outcomes o on o.id = f.outcome
                   where o."check" = ?""",
                _GUARDED,
            )
        )
        for record, identifier, donor, first, last, countries, title in run.rows(
            """select r.id, r.identifier, r.donor, cast(nullif(substr(r.starts, 1, 4), '') as integer),
                 cast(nullif(substr(r.ends, 1, 4), '') as integer),
                 (select group_concat(country, ' ') from (
                   select distinct country from places x where x.record = r.id and country <> '' order by 1)), r.title
               from records r join members m on m.record = r.id where m.copy = 0 and r.standard = ? order by m.rank""",
            STANDARD,
        ):
            told = (" ".join(inhibitors.get(record, ())), guarded.get(record, ""))
            yield (identifier, donor, countries or "", first, last, *told, title)

    return run.table(
        "contributions",
        "Contributions that aid data does not hold",
        "From a contribution register, where one was named; without one, no row says nothing. What a contribution is "
        "meant to support is what its register says: nothing here shows that it does. Its money, if any, is in the "
        "tables of money, without a sector.",
        (
            Column("identifier", "code", "As the register has it."),
            Column("donor", "code", OWNER["donor"]),
            Column("countries", "code", "ISO 3166 codes with spaces between."),
            Column("first_year", "year", "The year in which it begins; empty where none is given."),
            Column("last_year", "year", "The year in which it ends."),
            Column("meant_to_support", "code", "Ids of inhibitors with spaces between; empty where none is named."),
            Column(
                "safeguard",
                "code",
                "armed-unguarded: an armed body and no safeguard; armed-incomplete: the safeguard lacks something; "
                "unguarded: none is named; named, guarded: one is named, which does not say that it works.",
            ),
            Column("title", "text", "As the register has it.", internal=True),
        ),
        made,
    )
