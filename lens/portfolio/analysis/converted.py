"""What all currencies come to in the one that rates were named for: of each entry of the lists, and of each donor."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING

from lens import catalog
from lens.portfolio.analysis import bearing
from lens.portfolio.analysis.finished import OWNERS, owner_sql
from lens.portfolio.analysis.shares import percent
from lens.portfolio.analysis.sums import KIND, owner_column
from lens.portfolio.analysis.tables import Column
from lens.portfolio.runs import exact

if TYPE_CHECKING:
    from collections.abc import Iterator

    from lens.portfolio.analysis.bearing import Sums
    from lens.portfolio.analysis.finished import Finished, Row
    from lens.portfolio.analysis.tables import Table

_LISTS = (bearing.FACTORS, bearing.INHIBITORS, bearing.HARM_PATHS)
_NOTHING = Decimal(0)


@dataclass(frozen=True, slots=True)
class _Total:
    """What the money of one owner and kind comes to, over all currencies that have a rate."""

    whole: Decimal
    blank: Decimal
    without_rate: str

    @property
    def cells(self) -> Row:
        """Not judged, its share, the whole, and what is in none of them."""
        return self.blank, percent(self.blank, self.whole), self.whole, self.without_rate


def _added(sums: Sums) -> dict[tuple[str, ...], Decimal]:
    """Converted sums without the third of their keys, which is the currency."""
    found: dict[tuple[str, ...], Decimal] = {}
    for key, (_, _, converted) in sums.items():
        rest = (*key[:2], *key[3:])
        found[rest] = exact.plus(found.get(rest, _NOTHING), converted)
    return found


def _totals(run: Finished, owner: str = "''", joins: str = "") -> dict[tuple[str, ...], _Total]:
    """By owner and kind, in their order."""
    whole, blank = _added(bearing.totals(run, owner, joins)), _added(bearing.not_judged(run, owner, joins))
    unrated: dict[tuple[str, ...], list[str]] = {}
    for *key, currency in run.rows(
        f"""select distinct {owner}, a.kind, a.currency from allocated a {joins}
            where converted('1', a.currency, a.year) is null order by 1, 2, 3"""  # noqa: S608 - names of ours
    ):
        unrated.setdefault(tuple(key), []).append(currency or "(not published)")
    return {key: _Total(whole[key], blank.get(key, _NOTHING), ", ".join(unrated.get(key, ()))) for key in sorted(whole)}


def _columns(run: Finished, whose: str) -> tuple[Column, ...]:
    into = f", in {run.rates.to}" if run.rates else ""
    return (
        Column("not_judged", "money", "Money of which it is not known what it could bear on."),
        Column("percent_not_judged", "percent", f"The same in percent of {whose} total."),
        Column("total", "money", f"All counted money of that kind that has a rate{into}."),
        Column("without_rate", "text", "Currencies in which some money has no rate: that money is in no number here."),
    )


def money_converted(run: Finished) -> Table:
    """For each entry of the three lists, money of all currencies in sectors that could bear on it."""

    def made() -> Iterator[Row]:
        found = _added(bearing.bearing(run))
        for key, total in _totals(run).items():
            for form in _LISTS:
                for entry in catalog.items(form.kind).values():
                    good, bad = (found.get((*key, effect, entry.id), _NOTHING) for effect in (form.good, form.bad))
                    helps = (good, percent(good, total.whole)) if form.good else (None, None)
                    yield (key[1], entry.id, entry.name, *helps, bad, percent(bad, total.whole), *total.cells)

    return run.table(
        "money_converted",
        "Money of all currencies in sectors that could bear on each entry",
        f"Only with rates that the user named, each year at its own. {bearing.OVERLAP}",
        (
            KIND,
            Column("about", "code", "The id of the risk factor, inhibitor or harm path."),
            Column("name", "text", "Its name in the catalog."),
            Column("could_help", "money", "In sectors that could lower or support it; empty for a harm path."),
            Column("percent_could_help", "percent", "The same in percent of the total."),
            Column("could_harm", "money", "In sectors with a harm path that touches it, or that could open it."),
            Column("percent_could_harm", "percent", "The same in percent of the total."),
            *_columns(run, "the"),
        ),
        made,
    )


def donors_converted(run: Finished) -> Table:
    """Each donor's money of all currencies, by kind, with what of it was judged."""

    def made() -> Iterator[Row]:
        for key, total in _totals(run, owner_sql(run.by), OWNERS.format(record="a.record")).items():
            yield (*key, *total.cells)

    return run.table(
        "donors_converted",
        f"{run.by.capitalize()}s side by side, all currencies together",
        "Only with rates that the user named, each year at its own. In order of their codes. Read first what makes "
        "them not comparable.",
        (owner_column(run), KIND, *_columns(run, "their")),
        made,
    )
