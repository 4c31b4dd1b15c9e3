"""A finished screening in a few lines: what it is made of, what could be judged, then the classes."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

    from lens.portfolio.analysis.analyze import Analysis


MOST = 5
"""So many kinds of faults are told; the report has every one."""
_REPORTS = ("portfolio.*", "csv/*.csv", "parquet/*.parquet")
"""Whatever a report may have written."""


def unread(run: Path) -> Iterator[str]:
    """What could not be read, each kind of it once, by the name that the first such file was given with."""
    import json

    from lens.errors import Problem
    from lens.portfolio.runs.runfile import rows

    found = [
        (Problem(name, line=line, what=what, fix=fix), number)
        for name, line, what, fix, number in rows(
            run,
            # Beside min(), SQLite gives the other columns of the row that has the least name.
            """select min(name), line, what, fix, sum(number) from (
                 select i.name, min(f.line) as line, f.what, f.fix, count(*) as number
                 from faults f join inputs i on i.id = f.input group by i.name, f.what, f.fix)
               group by what, fix order by 1, 2, 3, 4""",
        )
    ]
    for (aside,) in rows(run, "select value from meta where key = 'aside'"):
        found += [
            (Problem(file, what=what, fix=fix), 1) for file, what, fix, is_missed in json.loads(aside) if is_missed
        ]
    for problem, number in found[:MOST]:
        yield f"{problem}{f' (And {number - 1:,} more times.)' if number > 1 else ''}"
    if len(found) > MOST:
        yield f"… and {_many(len(found) - MOST, 'other thing')}: see faults and not_read in the report."


def places(analysis: Analysis, folder: Path, written: Iterable[Path]) -> Iterator[str]:
    """For whom the report was written, and where it is; tables of which each is a file are told as their folder."""
    yield (
        "Written for everyone, without titles (--audience internal has them):"
        if analysis.audience == "public"
        else "Written for inside the agency, with titles; only you can read these files:"
    )
    counts: dict[str, int] = {}
    for path in written:
        inside = path.parent != folder
        name = f"{path.parent}/" if inside else str(path)
        counts[name] = counts.get(name, 0) + 1
    for name, number in counts.items():
        yield f"  {name} ({number} files)" if name.endswith("/") else f"  {name}"


def others(folder: Path, written: Iterable[Path]) -> Iterator[str]:
    """Reports that were in the folder before and are not written anew: they may be for another audience."""
    new = set(written)
    old = sorted(one for pattern in _REPORTS for one in folder.glob(pattern) if one not in new)
    if old:
        shown = ", ".join(str(one.relative_to(folder)) for one in old[:MOST])
        more = f" and {len(old) - MOST:,} more" if len(old) > MOST else ""
        yield f"Of an earlier report, and left as they were: {shown}{more}."
        yield "They may be for another audience. Look before you hand on the folder, or write to another with --output."


def lines(analysis: Analysis) -> Iterator[str]:
    """What the terminal is told of an analysis."""
    if analysis.unfinished:
        yield "This run was cut short: what was not reached is in no number. Go on with the same lens screen command."
    counts = {str(row[0]): cast("int", row[2]) for row in analysis.table("summary").rows()}
    yield (
        f"{_many(counts['records'], 'record')} of {_many(counts['publishers'], 'publisher')} "
        f"in {_many(counts['inputs'], 'input')}: {_many(counts['programs'], 'program')}."
    )
    yield from _unread(counts)
    if left := sum(row[2] == "no" for row in analysis.table("not_read").rows()):
        yield f"Left out, as holding no data or the same data again: {left:,} (not_read in the report has them)."
    yield _judged(analysis)
    yield from _places_known(analysis)
    yield from _reviewed(analysis)
    for name, number in counts.items():
        if name.startswith("class "):
            yield f"  {number:>9,}  {name.removeprefix('class ')}"
    yield "No class says that all is well. Inside a class nothing is ranked."


def _reviewed(analysis: Analysis) -> Iterator[str]:
    """What came of the saved reviews that were named; nothing where none were."""
    counts = {str(row[0]): cast("int", row[2]) for row in analysis.table("reviews_matched").rows()}
    if counts["given"]:
        yield (
            f"{_many(counts['given'], 'saved review')}: {_many(counts['programs-reviewed'], 'program')} of this run "
            f"reviewed; {counts['not-in-run']:,} of other programs; {counts['without-identifier']:,} without an "
            "identifier, as made for the public, and so matched to none."
        )


def _many(number: int, what: str) -> str:
    return f"{number:,} {what}" if number == 1 else f"{number:,} {what}s"


def _unread(counts: dict[str, int]) -> Iterator[str]:
    if counts["faults"]:
        what = "a record, or the rest of a file" if counts["faults"] == 1 else "records, or rests of files"
        yield f"Could not be read: {counts['faults']:,} ({what})."
    if counts["copies"]:
        yield f"Set aside: {_many(counts['copies'], 'record')} of which a newer copy is here."


def _coverage(analysis: Analysis) -> dict[str, dict[str, int]]:
    """How each check came out over all programs: its counts by their names, by its id."""
    table = analysis.table("coverage_by_check")
    names = [column.name for column in table.columns]
    rows = (dict(zip(names, row, strict=True)) for row in table.rows())
    return {str(row["check"]): cast("dict[str, int]", row) for row in rows}


def _places_known(analysis: Analysis) -> Iterator[str]:
    from lens.portfolio.analysis.coverage import places_known

    if not analysis.facts["contexts"]:
        yield "Nothing is known of the places: no context was given (--context)."
    elif said := places_known(analysis.table("coverage_by_check")):
        yield said


def _judged(analysis: Analysis) -> str:
    """How much of what the checks ask the data could answer at all."""
    from lens.portfolio.analysis.shares import percent, percent_said

    asked = judged = 0
    for counts in _coverage(analysis).values():
        asked += counts["programs"] - counts["not_applicable"] - counts["no_result"]
        judged += counts["judged"]
    if not asked:
        return "There was nothing to judge."
    share = percent_said(percent(judged, asked) or 0)
    return (
        f"Of {asked:,} answers that the checks asked for, published data gave {judged:,} ({share}); "
        "the rest is not known."
    )
