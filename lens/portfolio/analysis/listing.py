"""The programs of a run with their classes and reasons, the concerns told of them, and what each rule says."""

from __future__ import annotations

from itertools import groupby
from operator import itemgetter
from typing import TYPE_CHECKING

from lens import catalog
from lens.portfolio.analysis.finished import gives_away_in_few
from lens.portfolio.analysis.small_cells import Cells, told
from lens.portfolio.analysis.sums import OWNER
from lens.portfolio.analysis.tables import Column, Table
from lens.portfolio.programs.classes import CLASSES, EXPOSES, RULES
from lens.portfolio.runs.runfile import opened

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from lens.portfolio.analysis.finished import Finished, Row

_PROGRAMS = """
  select p.identifier, p.donor, w.ref, p.class, p.id,
    (select group_concat(country, ' ') from (
      select country from program_places x where x.program = p.id order by country)),
    (select group_concat(code, ' ') from (select code from program_sectors x where x.program = p.id order by code)),
    p.first_year, p.last_year, p.records, p.copies, p.twice, p.shared_text, p.title
  from programs p join publishers w on w.id = p.publisher
  where p.class = ? order by p.identifier, p.id"""
_REASONS = 'select rule, "check", "on" from reasons where program = ? order by place, "check", "on"'


def programs(run: Finished) -> Table:
    """Every program: its class, and why. Inside a class by identifier, never by how bad it is."""

    def made() -> Iterator[Row]:
        with opened(run.path) as connection:
            for name in CLASSES:
                for row in connection.execute(_PROGRAMS, (name,)):
                    why = connection.execute(_REASONS, (row[4],))
                    first, last = row[7:9]
                    years = _years(first, last)
                    more = (row[9], row[10], "yes" if row[11] else "no", row[12])
                    yield (row[0], row[13], *row[1:4], reasons_text(why), row[5] or "", row[6] or "", years, *more)

    return Table(
        "programs",
        "Programs by class",
        "Classes are words with reasons. Inside a class they stand by identifier, in no other order.",
        (
            Column("identifier", "code", "As published; of several records the first. Empty where none is published."),
            Column("title", "text", "As published.", internal=True),
            Column("donor", "code", OWNER["donor"]),
            Column("publisher", "code", "The publisher's reference."),
            Column("class", "code", " ".join(f"{name}: {text}" for name, text in CLASSES.items())),
            Column("reasons", "text", "The rules that put it there, each with the checks and what they are on."),
            Column("countries", "code", "ISO 3166 codes with spaces between; regions are not spread over countries."),
            Column("sectors", "code", "DAC codes with spaces between."),
            Column("years", "text", "From the first start to the last end, as published."),
            Column("records", "count", "Its records, without older copies."),
            Column("copies", "count", "Older copies of its records, set aside."),
            Column(
                "may_be_counted_twice",
                "code",
                "yes where whole and parts, or records of one identifier, publish money that differs.",
            ),
            Column("shared_text", "count", "Records whose description stands on other programs too."),
        ),
        made,
    )


def _years(first: str, last: str) -> str:
    if first == last or not (first and last):
        return first if first == last else f"from {first}" if first else f"until {last}"
    return f"{first}-{last}"


def reasons_text(rows: Iterable[tuple[str, str, str]]) -> str:
    """Reasons in a line: `rule: check on RF7, RF8; other-rule: check`."""
    told = []
    for rule, of_rule in groupby(rows, key=itemgetter(0)):
        checks = []
        for check, of_check in groupby(of_rule, key=itemgetter(1)):
            things = ", ".join(on for _, _, on in of_check if on)
            checks.append(f"{check} on {things}" if things else check)
        told.append(f"{rule}: {', '.join(checks)}" if any(checks) else rule)
    return "; ".join(told)


def rules(run: Finished) -> Table:
    """What each rule says, and how many programs it put in its class."""

    def made() -> Iterator[Row]:
        counts = dict(run.rows("select rule, count(distinct program) from reasons group by 1"))
        for rule in RULES:
            yield rule.name, rule.id, rule.sentence, counts.get(rule.id, 0)

    return run.table(
        "rules",
        "Why programs are in their classes",
        "The first class with a rule that fits is the program's; of that class every rule that fits is told, so that "
        "programs can be counted more than once.",
        (
            Column("class", "code", "The class it puts a program in."),
            Column("rule", "code", "Its id, as the reasons have it."),
            Column("sentence", "text", "What it says."),
            Column("programs", "count", "Programs for which it is a reason."),
        ),
        made,
    )


def concerns(run: Finished) -> Table:
    """Concerns by check and what they are on: each told once for a program."""

    def made() -> Iterator[Row]:
        titles = run.titles()
        for check, on, outcome, level, escalates, count, records in run.rows(
            """select "check", "on", outcome, level, escalates, count(*), sum(records) from told where "check" <> ?
               group by 1, 2, 3, 4, 5 order by 1, 2, 3, 4, 5""",
            EXPOSES if gives_away_in_few(run) else "",
        ):
            yield (
                check,
                titles.get(check, ""),
                on,
                _name(on),
                outcome,
                level,
                "yes" if escalates else "no",
                count,
                records,
            )

    return run.table(
        "concerns",
        "Concerns, each told once for a program",
        "In order of checks. The same concern on several records of a program is told once, in its gravest form. How "
        "often something is seen also depends on how often it could be judged: see coverage.",
        (
            Column("check", "code", "The check's id."),
            Column("title", "text", "What the check is about."),
            Column("about", "code", "The risk factor, inhibitor or harm path; empty where it is on the whole."),
            Column("name", "text", "Its name in the catalog."),
            Column("outcome", "code", "Which of the check's outcomes."),
            Column("level", "code", "How worrying: severe, high, moderate or minor."),
            Column("escalates", "code", "yes where it is a sign that goes to an escalation route."),
            Column("programs", "count", "Programs it is told of."),
            Column("records", "count", "Records of these programs on which it stands."),
        ),
        made,
    )


def _name(item: str) -> str:
    found = catalog.find(item) if item else None
    return found.name if found else ""


def exposure(run: Finished) -> Table:
    """What publishers give away of places and people: counts by kind."""

    def made() -> Iterator[Row]:
        counted = run.rows(
            """select w.ref, e.what, count(distinct m.program), count(distinct e.record), sum(e.number)
               from exposes e join members m on m.record = e.record and m.copy = 0
               join records r on r.id = e.record join publishers w on w.id = r.publisher
               group by 1, 2 order by 1, 2"""
        )
        rows = list(counted)
        # Rows do not add up to anything: one record can give away several things.
        cells = Cells(0 if run.is_closed else run.fewest)
        return told(rows, cells, cells.add(row[2] for row in rows), 2, set())

    return run.table(
        "exposure",
        "What publishers give away of places and people",
        "Kinds and counts only, for publishers to look at what they publish. None is no proof that nothing is exposed.",
        (
            Column("publisher", "code", "The publisher's reference."),
            Column("what", "code", "The kind of thing."),
            Column("programs", "count", "Programs with it."),
            Column("records", "count", "Records with it."),
            Column("number", "count", "How often in all."),
            Column("withheld", "text", "Why numbers are left out; else empty."),
        ),
        made,
    )


def exposure_listing(run: Finished) -> Table:
    """Which records give something away: for a publisher's look at its own data, on request only."""

    def made() -> Iterator[Row]:
        return run.rows(
            """select r.identifier, w.ref, e.what, e.number from exposes e
               join members m on m.record = e.record and m.copy = 0
               join records r on r.id = e.record join publishers w on w.id = r.publisher
               order by r.identifier, m.rank, e.what"""
        )

    return Table(
        "exposure_listing",
        "Records that give away places or people",
        "Made on request, for a publisher's look at its own data. Keep it as closed as what it points to.",
        (
            Column("identifier", "code", "As published."),
            Column("publisher", "code", "The publisher's reference."),
            Column("what", "code", "The kind of thing."),
            Column("number", "count", "How often."),
        ),
        made,
    )
