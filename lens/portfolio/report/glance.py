"""The first lines of a report: how much is not known, before anything else is told."""

from __future__ import annotations

from collections import Counter
from decimal import Decimal
from typing import TYPE_CHECKING

from lens.portfolio.analysis.coverage import places_known
from lens.portfolio.analysis.shares import percent_said
from lens.portfolio.report.given import NO_CONTEXT, NO_CURRENCY, text_of
from lens.portfolio.report.plain import position, positions

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping

    from lens.portfolio.report.given import Shown

_HALF = 50
CANNOT_TELL = "published data cannot tell"


def not_known(shown: Shown, classes: Mapping[str, int]) -> tuple[str, ...]:
    """What is not known of a portfolio, in sentences; one says so where nothing tells."""
    lines = [*shown.gaps, *_places(shown), *_coverage(shown), *_faults(shown)]
    if total := sum(classes.values()):
        lines.append(f"Of {classes.get(CANNOT_TELL, 0):,} of {total:,} programs published data cannot tell.")
    lines += [*_money(shown), *_doubles(shown)]
    return tuple(lines) or ("How much could be judged is not told here.",)


def _places(shown: Shown) -> list[str]:
    table = shown.table("coverage_by_check")
    told = places_known(table) if table and NO_CONTEXT not in shown.gaps else ""
    return [told] if told else []


def _coverage(shown: Shown) -> list[str]:
    table = shown.table("coverage_by_check")
    at = positions(table)
    if table is None or not {"check", "percent_judged"} <= set(at):
        return []
    shares = {text_of(row[at["check"]]): row[at["percent_judged"]] for row in table.rows()}
    if not shares:
        return ["No check was run."]
    known = [one for one in shares.values() if isinstance(one, (int, Decimal))]
    none = len(shares) - len(known)
    left = [f"Checks that fit none of these programs: {none}."] if none else []
    if not known:
        return left
    below = sum(one < _HALF for one in known)
    whole = sum(one == 100 for one in known)
    return [
        f"{below} of {_checks(len(known))} could judge less than half of the programs that they fit, or none.",
        f"{whole} of {_checks(len(known))} could judge all that they fit.",
        *left,
    ]


def _money(shown: Shown) -> list[str]:
    """Of how much money it is not known what it could bear on, by kind and currency."""
    table = shown.table("money_by_harm_path")
    at = positions(table)
    if table is None or not {"kind", "currency", "percent_not_judged"} <= set(at):
        return []
    shares: dict[str, dict[str, int]] = {}
    for row in table.rows():
        share = row[at["percent_not_judged"]]
        if isinstance(share, int):
            currency = text_of(row[at["currency"]]) or NO_CURRENCY
            shares.setdefault(text_of(row[at["kind"]]), {})[currency] = share
    if not shares:
        return []
    usual = _usual(shown)
    told = "; ".join(f"{kind} {_each(found, usual.get(kind, ''))}" for kind, found in shares.items())
    is_chosen = any(len(found) > _FEW and usual.get(kind) in found for kind, found in shares.items())
    why = " Of many currencies, the one is named in which most programs have such money." if is_chosen else ""
    return [f"Money of which it is not known what it could bear on: {told}.{why}"]


_FEW = 3


def _each(shares: Mapping[str, int], usual: str) -> str:
    """Shares by currency; of many, that of the usual one, and the span of the others."""
    if len(shares) <= _FEW:
        return ", ".join(f"{percent_said(share)} ({currency})" for currency, share in sorted(shares.items()))
    if usual not in shares:
        return f"{_span(shares.values())}, by currency"
    others = [share for currency, share in shares.items() if currency != usual]
    return f"{percent_said(shares[usual])} ({usual}), {_span(others)} in {len(others)} other currencies"


def _span(shares: Collection[int]) -> str:
    return f"{percent_said(min(shares))} to {percent_said(max(shares))}"


def _usual(shown: Shown) -> dict[str, str]:
    """By kind of money, the currency in which most programs have counted money."""
    table = shown.table("money_by_kind")
    kind, currency, treatment, programs = (
        position(table, one) for one in ("kind", "currency", "treatment", "programs")
    )
    if table is None or kind is None or currency is None or treatment is None or programs is None:
        return {}
    counts: dict[str, Counter[str]] = {}
    for row in table.rows():
        if row[treatment] == "counted" and isinstance(count := row[programs], int):
            found = counts.setdefault(text_of(row[kind]), Counter())
            found[text_of(row[currency]) or NO_CURRENCY] += count
    return {one: min(found, key=lambda name: (-found[name], name)) for one, found in counts.items()}


_DOUBLES = {
    "same-titles": "The same titles stand in several forms of data, such as a table and IATI. If these are the same "
    "programs, their money is counted twice: name only one of the files. Programs",
    "several-forms": "The same money may be counted in several forms of data, such as CRS and IATI. Donors",
    "counted-twice": "Money may be counted twice, since whole and parts, or two records, publish it. Programs",
    "several-inputs": "Money may be counted twice, since rows stand in several tables. Programs",
    "other-publishers-parent": "What was passed on to another publisher may be counted at both. Records",
}
"""What makes sums too large, by the item of the summary that counts it."""


def _doubles(shown: Shown) -> list[str]:
    table = shown.table("summary")
    item, number = position(table, "item"), position(table, "number")
    if table is None or item is None or number is None:
        return []
    counts = {text_of(row[item]): row[number] for row in table.rows()}
    found = {one: count for one in _DOUBLES if isinstance(count := counts.get(one), int) and count}
    return [f"{_DOUBLES[one]}: {count:,}." for one, count in found.items()]


def _checks(count: int) -> str:
    return f"{count} check" if count == 1 else f"{count} checks"


def _rows(shown: Shown, name: str, column: str = "") -> int:
    """How many rows a table has; of those that say yes in a column."""
    table = shown.table(name)
    at = position(table, column)
    return sum(at is None or row[at] == "yes" for row in table.rows()) if table else 0


def _faults(shown: Shown) -> list[str]:
    lines = []
    if faults := _rows(shown, "faults"):
        lines.append(f"Records, or rests of files, that could not be read or checked: {faults:,}.")
    if not_read := _rows(shown, "not_read", "should_be_read"):
        lines.append(f"Files that were named and not read, though they should have been: {not_read:,}.")
    return lines
