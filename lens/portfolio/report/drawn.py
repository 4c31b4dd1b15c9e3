"""Which pictures a report has, and how checks came out.

Where a table or a column that a picture needs is not there, or holds nothing to draw, the picture is left out with a
sentence.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from lens.portfolio.report.blocks import Head
from lens.portfolio.report.drawn_money import flows, numbers_of, places, years
from lens.portfolio.report.figure import Figure
from lens.portfolio.report.given import text_of
from lens.portfolio.report.plain import positions
from lens.portfolio.report.share_picture import PARTS, draw_shares

if TYPE_CHECKING:
    from collections.abc import Callable

    from lens.portfolio.analysis.tables import Cell
    from lens.portfolio.report.given import Shown


def figures_of(shown: Shown, section: str) -> tuple[tuple[Figure, ...], tuple[str, ...]]:
    """The figures of a section of the page, and a sentence for each that could not be drawn."""
    figures: list[Figure] = []
    left: list[str] = []
    for name, make in _MAKERS.get(section, {}).items():
        made = make(shown)
        if isinstance(made, str):
            left.append(f"The picture “{name}” is left out: {made}.")
        else:
            figures += made
    return tuple(figures), tuple(left)


_OUTCOMES = {
    "open": ("open_not_published", "open_not_asked", "open_not_known", "open_stale", "open_other"),
    "failed": ("error",),
    "concern": ("concern",),
    "nothing": ("nothing_seen", "addressed"),
    "not-applicable": ("not_applicable", "no_result"),
}
"""The columns of counts that each part of a bar is made of."""


def _shares(shown: Shown) -> list[Figure] | str:
    table = shown.table("coverage_by_check")
    if table is None:
        return "there is no table coverage_by_check"
    at = positions(table)
    needed = ["check", *(one for names in _OUTCOMES.values() for one in names)]
    if missing := [one for one in needed if one not in at]:
        return f"the table coverage_by_check has no column {missing[0]}"
    named = at.get("title", at["check"])
    given = [(text_of(row[at["check"]]), text_of(row[named]), _outcomes(row, at)) for row in table.rows()]
    counts = [(name, parts) for name, _, parts in given]
    picture = draw_shares([(title or name, parts) for name, title, parts in given])
    if picture is None:
        return "no check came out in any way"
    title = "How each check came out"
    heads = (Head("check", ""), *(Head(text, "", "count") for text in PARTS.values()))
    rows = [(name, *(f"{parts[kind]:,}" for kind in PARTS)) for name, parts in counts]
    return [
        Figure(
            id="shares",
            title=title,
            describes=(
                "A bar for each check over all programs, what is not known first. Open is not known: nothing was "
                "published, or nobody was asked. It is neither a concern nor the absence of one."
            ),
            numbers=numbers_of("shares-numbers", f"Numbers of: {title}", heads, rows, "coverage_by_check"),
            shares=picture,
        )
    ]


def _outcomes(row: tuple[Cell, ...], at: dict[str, int]) -> dict[str, int]:
    counts = {}
    for part, names in _OUTCOMES.items():
        cells = [row[at[name]] for name in names]
        counts[part] = sum(one for one in cells if isinstance(one, int))
    return counts


_MAKERS: dict[str, dict[str, Callable[[Shown], list[Figure] | str]]] = {
    "not-known": {"How each check came out": _shares},
    "money": {"Where money goes": flows, "Money over the years": years, "Money by place": places},
}
"""The pictures of each section of the page."""
