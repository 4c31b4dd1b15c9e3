"""The first lines of a report: how much is not known, before anything else is told."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

from lens.portfolio.report.given import text_of
from lens.portfolio.report.plain import position

if TYPE_CHECKING:
    from collections.abc import Mapping

    from lens.portfolio.report.given import Shown

_HALF = 50
CANNOT_TELL = "published data cannot tell"


def not_known(shown: Shown, classes: Mapping[str, int]) -> tuple[str, ...]:
    """What is not known of a portfolio, in sentences; one says so where nothing tells."""
    lines = [*shown.gaps, *_coverage(shown), *_faults(shown)]
    if total := sum(classes.values()):
        lines.append(f"Of {classes.get(CANNOT_TELL, 0):,} of {total:,} programs published data cannot tell.")
    return tuple(lines) or ("How much could be judged is not told here.",)


def _coverage(shown: Shown) -> list[str]:
    table = shown.table("coverage_by_check")
    at = {column.name: number for number, column in enumerate(table.columns)} if table else {}
    if table is None or not {"check", "percent_judged"} <= set(at):
        return []
    shares = {text_of(row[at["check"]]): row[at["percent_judged"]] for row in table.rows()}
    if not shares:
        return ["No check was run."]
    known = [one for one in shares.values() if isinstance(one, (int, Decimal))]
    below = sum(one < _HALF for one in known) + len(shares) - len(known)
    whole = sum(one == 100 for one in known)
    return [
        f"{below} of {_checks(len(shares))} could judge less than half of the programs, or none.",
        f"{whole} of {_checks(len(shares))} could judge all of them.",
    ]


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
