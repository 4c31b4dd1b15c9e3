"""A finished screening in a few lines: what it is made of, what could be judged, then the classes."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

if TYPE_CHECKING:
    from collections.abc import Iterator

    from lens.portfolio.analysis import Analysis


def lines(analysis: Analysis) -> Iterator[str]:
    """What the terminal is told of an analysis."""
    counts = {str(row[0]): cast("int", row[2]) for row in analysis.table("summary").rows()}
    yield (
        f"{_many(counts['records'], 'record')} of {_many(counts['publishers'], 'publisher')} "
        f"in {_many(counts['inputs'], 'input')}: {_many(counts['programs'], 'program')}."
    )
    yield from _unread(counts)
    yield _judged(analysis)
    if not analysis.facts["contexts"]:
        yield "Nothing is known of the places: no context was given (--context)."
    for name, number in counts.items():
        if name.startswith("class "):
            yield f"  {number:>9,}  {name.removeprefix('class ')}"
    yield "No class says that all is well. Inside a class nothing is ranked."


def _many(number: int, what: str) -> str:
    return f"{number:,} {what}" if number == 1 else f"{number:,} {what}s"


def _unread(counts: dict[str, int]) -> Iterator[str]:
    if counts["faults"]:
        yield f"{_many(counts['faults'], 'time')} a record, or the rest of a file, could not be read: see faults."
    if counts["copies"]:
        yield f"Set aside: {_many(counts['copies'], 'record')} of which a newer copy is here."


def _judged(analysis: Analysis) -> str:
    """How much of what the checks ask the data could answer at all."""
    table = analysis.table("coverage_by_check")
    at = {column.name: place for place, column in enumerate(table.columns)}
    asked = judged = 0
    for row in cast("Iterator[tuple[int, ...]]", table.rows()):
        asked += row[at["programs"]] - row[at["not_applicable"]] - row[at["no_result"]]
        judged += row[at["judged"]]
    if not asked:
        return "There was nothing to judge."
    return (
        f"Of {asked:,} answers that the checks asked for, published data gave {judged:,} ({100 * judged // asked}%); "
        "the rest is not known."
    )
