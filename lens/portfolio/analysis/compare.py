"""Two or more donors side by side: first what makes them not comparable, then shares. Never a rank."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING, Any

from lens import catalog
from lens.portfolio.analysis import bearing
from lens.portfolio.analysis.finished import OWNERS, owner_sql
from lens.portfolio.analysis.shares import percent, percent_said
from lens.portfolio.analysis.sums import AMOUNT, CURRENCY, KIND, PROGRAMS, owner_column
from lens.portfolio.analysis.tables import Column
from lens.portfolio.runs import exact
from lens.portfolio.runs.flow_class import CLASSES, flow_class

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from lens.portfolio.analysis.finished import Finished, Row
    from lens.portfolio.analysis.tables import Table

Facts = dict[str, str]
"""What is so of each owner, in a few words; owners without it have an empty text."""

_SENTENCES = {
    "standards-differ": "They publish in different standards, which hold different things.",
    "flow-types-differ": "Their money is of different flow types: official aid and other flows are not the same.",
    "finance-types-differ": "Their money is of different finance types: a grant and a loan are not the same.",
    "kinds-differ": "Different kinds of money are published of them: a commitment is not a payment.",
    "years-do-not-overlap": "There is no year of which money of all of them is published.",
    "years-differ": "Their money is of different years.",
    "currencies-differ": "Their money is in different currencies, which are not added up without rates.",
    "not-converted": "Some of their money has no rate.",
    "judged-differs": "Of different shares of their programs a sector that can be judged is published.",
    "records-differ": "They publish a program in different numbers of records; what is compared is programs and money.",
    "received-differs": (
        "Money received is published too: what a body gives on may be in its funder's sums as well, and a loan paid "
        "back is not subtracted."
    ),
    "donor-not-published": "Of some records it is not published whose money it is.",
}
_SOME = "cast(a.amount as real) <> 0"
"""Money of a year: some publish lines of nothing for years long past."""
_SEVERAL = {"flow-types-differ": ", ", "finance-types-differ": ", ", "received-differs": " "}
"""What the details hold where it is told although it is the same for all, such as several flow types of each."""
_NOT_TOLD = {
    "flow-types-differ": ("flow-types-not-published", "Whether their money is official aid is not published of any."),
    "finance-types-differ": ("finance-types-not-published", "Whether their money is grants or loans is not published."),
}
"""Where nothing is published of any of them, they may differ as well."""
_NOBODY = "(not published)"


def comparability(run: Finished) -> Table:
    """What makes the donors of the run not comparable, a row for each of them."""

    def made() -> Iterator[Row]:
        records = _records(run)
        if len(records) < 2:
            return
        for name, facts in (*_published(run, records), *_of_money(run)):
            told: dict[str, list[str]] = {}
            for owner in sorted(records):
                told.setdefault(facts.get(owner, ""), []).append(owner or _NOBODY)
            if name in _NOT_TOLD and set(told) == {""}:
                yield *_NOT_TOLD[name], "", len(told[""]), ", ".join(told[""])
            elif (
                name == "years-do-not-overlap"
                or len(told) > 1
                or (name in _SEVERAL and _SEVERAL[name] in next(iter(told)))
            ):
                for detail, owners in sorted(told.items()):
                    yield name, _SENTENCES[name], detail, len(owners), ", ".join(owners)
        if "" in records:
            yield "donor-not-published", _SENTENCES["donor-not-published"], f"{records[''][0]} records", 1, _NOBODY

    return run.table(
        "comparability",
        f"What makes {run.by}s not comparable",
        "Read this before any comparison. A row for each way in which it is; no row means that nothing of the kind was "
        f"seen, or that there is only one {run.by}.",
        (
            Column("id", "code", "What is not the same for all."),
            Column("sentence", "text", "Why it matters."),
            Column("detail", "text", "What is so; codes with spaces between. Empty where nothing is published."),
            Column("number", "count", "Of how many it is so."),
            Column("donors", "text", "Of whose money it is so: codes with commas between."),
        ),
        made,
    )


def _records(run: Finished) -> dict[str, tuple[int, int, int]]:
    """Records, programs, and programs with a sector that can be judged, by owner."""
    owner = owner_sql(run.by)
    rows = run.rows(
        f"""select {owner}, count(*), count(distinct m.program), count(distinct case when exists (
              select 1 from program_sectors x join sector_map s on s.code = x.code
              where x.program = m.program and s.judged = 1) then m.program end)
            from members m {OWNERS.format(record="m.record")} where m.copy = 0 group by 1"""  # noqa: S608 - names of ours
    )
    return {row[0]: tuple(row[1:]) for row in rows}


def _codes(run: Finished, column: str) -> Facts:
    """The codes that stand in a column of an owner's records, each once."""
    rows = run.rows(
        f"""select distinct {owner_sql(run.by)}, r.{column} from members m {OWNERS.format(record="m.record")}
            where m.copy = 0 and r.{column} <> ''"""  # noqa: S608 - names of ours
    )
    found: dict[str, set[str]] = {}
    for owner, codes in rows:
        # A standard's name is one word to us, however many it is written in.
        found.setdefault(owner, set()).update((codes,) if column == "standard" else codes.split())
    return {owner: " ".join(sorted(codes)) for owner, codes in found.items()}


def _published(run: Finished, records: dict[str, tuple[int, int, int]]) -> Iterator[tuple[str, Facts]]:
    yield "standards-differ", _codes(run, "standard")
    yield "flow-types-differ", _in_words(_codes(run, "flow_types"), lambda code: flow_class(code, ""))
    yield "finance-types-differ", _in_words(_codes(run, "finance_types"), _finance)
    judged = {owner: percent(known, programs) for owner, (_, programs, known) in records.items()}
    yield "judged-differs", {owner: f"{percent_said(share or 0)} of programs" for owner, share in judged.items()}
    yield (
        "records-differ",
        {owner: f"{count} records, {programs} programs" for owner, (count, programs, _) in records.items()},
    )


def _in_words(facts: Facts, word: Callable[[str], str]) -> Facts:
    """Codes with what they are behind them."""
    return {
        owner: ", ".join(f"{code} {word(code)}".strip() for code in codes.split()) for owner, codes in facts.items()
    }


_FINANCE = {
    "1": "grants",
    "2": "interest subsidies",
    "3": "capital subscriptions",
    "4": "loans and other debt",
    "5": "shares",
    "6": "debt relief",
}
"""What finance types of three digits are, by the first."""


def _finance(code: str) -> str:
    return _FINANCE.get(code[:1], "") if len(code) == 3 else "guarantees" if code == "1100" else ""


def _of_money(run: Finished) -> Iterator[tuple[str, Facts]]:
    owner = owner_sql(run.by)
    kinds: dict[str, set[str]] = {}
    currencies: dict[str, set[str]] = {}
    years: dict[str, set[int]] = {}
    unrated: dict[str, set[str]] = {}
    for whose, kind, currency, year, rated in run.rows(
        f"""select distinct {owner}, a.kind, a.currency, a.year, converted('1', a.currency, a.year) is not null
            from allocated a {OWNERS.format(record="a.record")} where {_SOME}"""  # noqa: S608 - names of ours
    ):
        kinds.setdefault(whose, set()).add(kind)
        currencies.setdefault(whose, set()).add(currency or "?")
        years.setdefault(whose, set()).update(() if year is None else (year,))
        unrated.setdefault(whose, set()).update(() if rated else (f"{currency or '?'} {year or '?'}",))
    yield "kinds-differ", _words(kinds)
    received = run.rows(
        f"""select distinct {owner} from treated t {OWNERS.format(record="t.record")}
            where t.treatment = 'incoming'"""  # noqa: S608 - names of ours
    )
    yield "received-differs", {whose: "money received is published" for (whose,) in received}
    spans = {whose: f"{min(some)}-{max(some)}" for whose, some in years.items() if some}
    common = set.intersection(*years.values()) if years else set()
    yield ("years-differ" if common else "years-do-not-overlap"), spans
    if run.rates is None:
        yield "currencies-differ", _words(currencies)
    else:
        yield "not-converted", {whose: ", ".join(sorted(some)) for whose, some in unrated.items()}


def _words(found: dict[str, set[str]]) -> Facts:
    return {owner: " ".join(sorted(words)) for owner, words in found.items()}


def donors(run: Finished) -> Table:
    """Each donor's money of each kind, with the years, what kind of flow it is, and what of it was judged."""

    def made() -> Iterator[Row]:
        owner, joins = owner_sql(run.by), OWNERS.format(record="a.record")
        unknown, by_flow = bearing.not_judged(run, owner, joins), _by_flow(run)
        years = {
            tuple(row[:3]): row[3:]
            for row in run.rows(
                f"""select {owner}, a.kind, a.currency, min(a.year), max(a.year) from allocated a {joins}
                    where {_SOME} group by 1, 2, 3"""  # noqa: S608 - names of ours
            )
        }
        for key, (programs, amount, converted) in sorted(bearing.totals(run, owner, joins).items()):
            blank = unknown.get(key, (0, Decimal(0), Decimal(0)))[1]
            more = (converted,) if run.rates else ()
            flows = (by_flow.get((*key, name), Decimal(0)) for name in _FLOWS)
            yield (
                *key,
                programs,
                *years.get(key, (None, None)),
                amount,
                *more,
                *flows,
                blank,
                percent(blank, amount),
            )

    return run.table(
        "donors",
        f"{run.by.capitalize()}s side by side",
        "In order of their codes. Read first what makes them not comparable.",
        (
            owner_column(run),
            *(KIND, CURRENCY, PROGRAMS),
            Column("first_year", "year", "First year with such money; empty where no year is published."),
            Column("last_year", "year", "Last year with such money."),
            AMOUNT,
            *_converted(run),
            *(Column(name, "money", f"Of the amount. {text}") for name, text in _FLOWS.items()),
            Column("not_judged", "money", "Of which it is not known what it could bear on."),
            Column("percent_not_judged", "percent", "The same in percent of the amount."),
        ),
        made,
    )


_FLOWS = {
    "official_aid": CLASSES["official_aid"],
    "other_official": CLASSES["other_official"],
    "private_development": CLASSES["private_development"],
    "flow_not_known": "Of another flow type, of several, or of none that is published: it may be any.",
}
"""Which kinds of flow are told apart beside a donor's money."""


def _by_flow(run: Finished) -> dict[tuple[str, ...], Decimal]:
    """Counted money by owner, kind, currency and one of _FLOWS."""
    found: dict[tuple[str, ...], Decimal] = {}
    for *key, flow, amount in run.rows(
        f"""select {owner_sql(run.by)}, t.kind, t.currency, t.flow, exact_sum(t.amount)
            from treated t {OWNERS.format(record="t.record")} where t.treatment = 'counted'
            group by 1, 2, 3, 4"""  # noqa: S608 - names of ours
    ):
        whole = (*key, flow if flow in _FLOWS else "flow_not_known")
        found[whole] = exact.plus(found.get(whole, Decimal(0)), Decimal(amount))
    return found


def _converted(run: Finished) -> Iterable[Column]:
    return (Column("converted", "money", f"What has a rate, in {run.rates.to}."),) if run.rates else ()


def donors_by_factor(run: Finished) -> Table:
    """For each donor, the shares of its money in sectors that could bear on each risk factor."""

    def made() -> Iterator[Row]:
        owner, joins = owner_sql(run.by), OWNERS.format(record="a.record")
        found = bearing.bearing(run, owner, joins)
        unknown = bearing.not_judged(run, owner, joins)
        nothing: tuple[Any, ...] = (0, Decimal(0), Decimal(0))
        for key, (_, total, _) in sorted(bearing.totals(run, owner, joins).items()):
            blank = percent(unknown.get(key, nothing)[1], total)
            for factor in catalog.items("RF").values():
                lower, harm = (found.get((*key, effect, factor.id), nothing)[1] for effect in ("lowers", "worsens"))
                shares = (lower, percent(lower, total), harm, percent(harm, total))
                yield (*key, factor.id, factor.name, *shares, blank)

    return run.table(
        "donors_by_factor",
        f"{run.by.capitalize()}s side by side, by risk factor",
        bearing.OVERLAP,
        (
            owner_column(run),
            *(KIND, CURRENCY),
            Column("factor", "code", "Its id in the catalog."),
            Column("name", "text", "Its name."),
            Column("could_lower", "money", "Money in sectors that could lower it, in units of the currency."),
            Column("percent_could_lower", "percent", "The same in percent of what is theirs."),
            Column("could_harm", "money", "Money in sectors that could make it worse, in units of the currency."),
            Column("percent_could_harm", "percent", "The same in percent of what is theirs."),
            Column("percent_not_judged", "percent", "Their money of which it is not known, in percent."),
        ),
        made,
    )
