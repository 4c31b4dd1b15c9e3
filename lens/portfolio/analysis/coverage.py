"""What could be judged at all, by check and by publisher: it comes before any concern."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from lens.portfolio.analysis.finished import gives_away_in_few
from lens.portfolio.analysis.shares import percent
from lens.portfolio.analysis.tables import Column
from lens.portfolio.programs.classes import BODIES, EXPOSES, PLACE, SECTOR, TEXT

if TYPE_CHECKING:
    from collections.abc import Iterator

    from lens.portfolio.analysis.finished import Finished, Row
    from lens.portfolio.analysis.tables import Table

_JUDGED = ("concern", "nothing_seen", "addressed")
_OPEN = ("not_published", "not_asked", "not_known", "stale")
"""The reasons for which published data leaves things open; others are told as one."""

_LOCAL = "published.local"
"""The check whose outcomes tell how many programs name a local body, which the table `local_share` has a rule for."""

_COUNTS = (
    Column("programs", "count", "Programs in all."),
    Column("judged", "count", "Programs on which the check came to a concern, nothing seen or addressed."),
    Column(
        "percent_judged",
        "percent",
        "Judged programs in percent of those that the check was run on and fits; 0 and 100 only where exact.",
    ),
    Column("concern", "count", "Programs with a concern."),
    Column("nothing_seen", "count", "Programs where a concern could have shown and did not."),
    Column("addressed", "count", "Programs where it is addressed, on evidence."),
    Column("open_not_published", "count", "Open: the publisher does not say."),
    Column("open_not_asked", "count", "Open: nobody was asked, such as where no context was given."),
    Column("open_not_known", "count", "Open: what is published does not tell."),
    Column("open_stale", "count", "Open: what is known is too old, or of another time."),
    Column("open_other", "count", "Open for another reason."),
    Column("error", "count", "The check failed."),
    Column("not_applicable", "count", "The check does not fit."),
    Column("no_result", "count", "The check asks nothing of any of its records, as of another kind of data."),
    Column("records", "count", "Records in all, without older copies."),
    Column("records_judged", "count", "Records on which the check came to a concern, nothing seen or addressed."),
    Column("percent_records_judged", "percent", "Judged records in percent of those that it was run on and fits."),
)
_CHECK = Column("check", "code", "The check's id.")
_TITLE = Column("title", "text", "What the check is about; lens explain tells more of it by its id.")


def coverage_by_check(run: Finished) -> Table:
    """How each check came out over all programs."""

    def made() -> Iterator[Row]:
        whole = next(run.rows("select (select count(*) from programs), (select count(*) from members where copy = 0)"))
        found: dict[str, _Counts] = {}
        for check, state, because, records, programs in run.rows(
            'select "check", state, because, sum(records), sum(programs) from judged group by 1, 2, 3 order by 1, 2, 3'
        ):
            found.setdefault(check, _Counts()).add(state, because, records, programs)
        titles = run.titles()
        left_out = {EXPOSES} if gives_away_in_few(run) else set()
        for check, counts in found.items():
            if check in left_out:
                continue
            yield (check, titles.get(check, ""), *counts.cells(*whole))

    return run.table(
        "coverage_by_check",
        "What could be judged, by check",
        "Counts are of programs, unless the column says records; a program counts as its gravest record does. What is "
        "open or in error is not known, and never the same as nothing seen.",
        (_CHECK, _TITLE, *_COUNTS),
        made,
    )


def coverage_by_publisher(run: Finished) -> Table:
    """How each check came out, publisher by publisher, in order of their references."""

    def made() -> Iterator[Row]:
        # How many records of a publisher give something away is told by the table `exposure`, which has a rule for few.
        checks = [
            check
            for (check,) in run.rows('select distinct "check" from judged order by 1')
            if run.is_closed or check != EXPOSES
        ]
        found: dict[tuple[str, str], _Counts] = {}
        for ref, check, *told in run.rows(
            """select w.ref, j."check", j.state, j.because, j.records, j.programs from judged j
               join publishers w on w.id = j.publisher"""
        ):
            found.setdefault((ref, check), _Counts()).add(*told)
        for ref, programs, records in run.rows(_PUBLISHERS):
            for check in checks:
                cells = found.get((ref, check), _Counts()).cells(programs, records)
                if check == _LOCAL and not run.is_closed:
                    cells = (*cells[:3], *[None] * len(_JUDGED), *cells[3 + len(_JUDGED) :])
                yield (ref, check, *cells)

    return run.table(
        "coverage_by_publisher",
        "What could be judged, by publisher",
        "In order of the publishers' references. It tells what a publisher lets others see, not how it works. "
        "What its records give away of places and people, and how many name a local body, is told apart, with a rule "
        "for few.",
        (Column("publisher", "code", "The publisher's reference."), _CHECK, *_COUNTS),
        made,
    )


_MISSING = {
    "what": "What is done: no sector that says it. A DAC code of five digits on every record mends it.",
    "where": (
        "Where or when: no country (a region is none), or no day that tells its time. The code of the country, on the "
        "record or on its money, and dates mend it."
    ),
    "who": (
        "With whom: no implementing or receiving body, or none whose kind can be told. Names with the type of "
        "organization mend it, where that puts nobody in danger."
    ),
    "words": (
        "In words: no description, a short one, one that repeats the title, or one that other programs have too. A "
        "text of its own mends it."
    ),
}
"""What published data can leave out, and what mends it."""
_NEEDS = (SECTOR, PLACE, BODIES, TEXT)
"""The check that needs each of these."""


def missing_by_publisher(run: Finished) -> Table:
    """Of how many programs each publisher leaves out what is done, where, with whom, or any words of their own."""

    def made() -> Iterator[Row]:
        found: dict[tuple[str, str], int] = {}
        for ref, check, programs in run.rows(
            """select w.ref, j."check", sum(j.programs) from judged j join publishers w on w.id = j.publisher
               where j.state = 'open' and j.because = 'not_published' group by 1, 2"""
        ):
            found[ref, check] = programs
        for ref, programs, untold in run.rows(
            """select w.ref, count(*), sum(p.class = 'published data cannot tell') from programs p
               join publishers w on w.id = p.publisher group by 1 order by 1"""
        ):
            counts = [found.get((ref, check), 0) for check in _NEEDS]
            shares = [(count, percent(count, programs)) for count in counts]
            yield (ref, programs, untold, *(cell for pair in shares for cell in pair))

    return run.table(
        "missing_by_publisher",
        "What publishers leave out",
        "Why published data cannot tell, for publishers to mend: programs with a record that leaves something out. Of "
        "several things, each is counted. In order of the publishers' references. It says nothing of how they work, "
        "and some things are rightly not published, since they would put people in danger.",
        (
            Column("publisher", "code", "The publisher's reference."),
            Column("programs", "count", "Its programs."),
            Column("cannot_tell", "count", "Of these, programs in the class: published data cannot tell."),
            *(
                column
                for name, text in _MISSING.items()
                for column in (
                    Column(f"without_{name}", "count", text),
                    Column(f"percent_without_{name}", "percent", "The same in percent of its programs."),
                )
            ),
        ),
        made,
    )


_PUBLISHERS = """
  select w.ref, (select count(*) from programs p where p.publisher = w.id), count(m.rank) from publishers w
  left join records r on r.publisher = w.id left join members m on m.record = r.id and m.copy = 0
  group by w.id order by w.ref"""


class _Counts:
    """Records and programs of one check, by how it came out."""

    def __init__(self) -> None:
        self._records: Counter[tuple[str, str]] = Counter()
        self._programs: Counter[tuple[str, str]] = Counter()

    def add(self, state: str, because: str, records: int, programs: int) -> None:
        """Add what the run file says of one way of coming out."""
        because = because if state == "open" else ""
        self._records[state, because] += records
        self._programs[state, because] += programs

    def cells(self, programs: int, records: int) -> Row:
        """The cells of _COUNTS, of this many programs and records in all."""
        one = self._programs
        judged, percent = _share(one)
        records_judged, percent_records = _share(self._records)
        reasons = [one["open", because] for because in _OPEN]
        others = sum(count for (state, _), count in one.items() if state == "open") - sum(reasons)
        states = [one[state, ""] for state in _JUDGED]
        last = (one["error", ""], one["not_applicable", ""], programs - sum(one.values()))
        told = (judged, percent, *states, *reasons, others, *last)
        return (programs, *told, records, records_judged, percent_records)


def _share(counts: Counter[tuple[str, str]]) -> tuple[int, int | None]:
    """How many were judged, and in percent of those that the check was run on and fits; None where it fits none."""
    judged = sum(counts[state, ""] for state in _JUDGED)
    return judged, percent(judged, sum(counts.values()) - counts["not_applicable", ""])


_WHY_UNTOLD = {
    "open_not_asked": "for {:,} no context was given",
    "open_not_published": "{:,} publish no country or time",
    "open_stale": "for {:,} the context is too old",
    "open_not_known": "for {:,} what was judged does not tell",
    "open_other": "for {:,} it is open for another reason",
    "error": "for {:,} the check failed",
    "not_applicable": "for {:,} it is not asked",
    "no_result": "for {:,} the check was not run",
}
"""Why it is not known what is in play at the places of programs, by the column that counts them."""


def places_known(table: Table) -> str:
    """For how many programs it is known what is in play at their places, and why not for the others, in sentences.

    `table` is `coverage_by_check`, or what an audience sees of it; empty where that does not tell.
    """
    names = [column.name for column in table.columns]
    if not {"check", "judged", "programs"} <= set(names):
        return ""
    every = (dict(zip(names, row, strict=True)) for row in table.rows())
    counts = next((one for one in every if one["check"] == PLACE), None)
    if counts is None or not counts["programs"]:
        return ""
    told = ", ".join(text.format(counts[name]) for name, text in _WHY_UNTOLD.items() if counts.get(name))
    why = f" {told[0].upper()}{told[1:]}." if told else ""
    of = "1 program" if counts["programs"] == 1 else f"{counts['programs']:,} programs"
    whose = "its" if counts["programs"] == 1 else "their"
    made = f"Of {of}, what is in play at {whose} places is known for {counts['judged']:,}.{why}"
    return made.replace(" 1 publish no", " 1 publishes no")
