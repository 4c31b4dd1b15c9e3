"""What a run is made of: counts, inputs, and what could not be read."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from lens.portfolio.analysis.tables import Column, Table
from lens.portfolio.programs.classes import CLASSES

if TYPE_CHECKING:
    from collections.abc import Iterator

    from lens.portfolio.analysis.finished import Finished, Row

_COUNTS: tuple[tuple[str, str, str], ...] = (
    ("inputs", "Files read, members of packed files each for itself", "select count(*) from inputs"),
    ("inputs-refused", "Files of which nothing could be read", "select count(*) from inputs where state = 'refused'"),
    ("faults", "Records, or rests of files, that could not be read or checked", "select count(*) from faults"),
    ("records", "Records read", "select count(*) from records"),
    ("copies", "Records set aside because another copy is newer", "select count(*) from members where copy = 1"),
    ("no-identifier", "Records without an identifier", "select count(*) from records where identifier = ''"),
    (
        "set-aside",
        "Records whose money the data says not to add up",
        "select count(*) from records r join members m on m.record = r.id where set_aside <> '' and copy = 0",
    ),
    ("publishers", "Publishers", "select count(distinct publisher) from records"),
    ("programs", "Programs, after records of one program were put together", "select count(*) from programs"),
    ("programs-of-several", "Programs of more than one record", "select count(*) from programs where records > 1"),
    (
        "shared-text",
        "Programs with a description that other programs have too: their text was not judged",
        "select count(*) from programs where shared_text > 0",
    ),
    (
        "counted-twice",
        "Programs whose money may be counted twice: whole and parts, or records of one identifier, publish other money",
        "select count(*) from programs where twice = 1",
    ),
    (
        "several-inputs",
        "Programs with rows in several tables: where these overlap, money may be counted twice",
        """select count(*) from (
             select m.program from members m join records r on r.id = m.record join units u on u.id = r.unit
             where r.belongs_to <> '' and m.copy = 0 group by 1 having min(u.input) <> max(u.input))""",
    ),
    (
        "same-titles",
        "Programs whose title also stands in another form of data, such as a table and IATI: perhaps counted twice",
        """select count(distinct m.program) from records r join members m on m.record = r.id
           where m.copy = 0 and r.title_digest in (
             select title_digest from records
             where title_digest <> 0 and (select min(standard) <> max(standard) from records) group by 1
             having min(standard) <> max(standard))""",
    ),
    (
        "several-forms",
        "Donors whose records come in several forms of data, such as CRS and IATI: the same money may stand in each",
        """select count(*) from (select donor from records where donor <> '' group by 1
             having min(standard) <> max(standard))""",
    ),
    (
        "other-publishers-parent",
        "Records that name a parent of another publisher in this run: money passed on may be counted at both",
        "select number from counts where item = 'other-publishers-parent'",
    ),
    (
        "no-money",
        "Programs without any money that is counted",
        """select count(*) from programs p where not exists (
             select 1 from treated t where t.program = p.id and t.treatment = 'counted')""",
    ),
)


def summary(run: Finished) -> Table:
    """What the run is made of, and how many programs are in each class."""

    def made() -> Iterator[Row]:
        for name, text, sql in _COUNTS:
            yield name, text, next(run.rows(sql))[0]
        found = dict(run.rows("select class, count(*) from programs group by 1"))
        for one, meaning in CLASSES.items():
            yield f"class {one}", meaning, found.get(one, 0)

    return run.table(
        "summary",
        "What this run is made of",
        "Counts of what was read, set aside and put together, then programs by class.",
        (
            Column("item", "code", "What is counted."),
            Column("meaning", "text", "What that is."),
            Column("number", "count", "How many."),
        ),
        made,
    )


_NUMBER = "(select number from numbered where input = i.id)"


def inputs(run: Finished) -> Table:
    """The files that were read, in order of their digests."""

    def made() -> Iterator[Row]:
        return run.rows(
            f"""select {_NUMBER}, i.format, i.state,
                  (select count(*) from records r join units u on u.id = r.unit where u.input = i.id),
                  (select count(*) from faults f where f.input = i.id), i.digest, i.name
                from inputs i order by i.digest"""  # noqa: S608 - names of ours
        )

    return run.table(
        "inputs",
        "What was read",
        "Files, members of packed files each for itself, in order of their digests.",
        (
            Column("input", "count", "Its number in this list; other tables call it so."),
            Column("format", "code", "What it was recognized as; empty where as nothing."),
            Column("state", "code", "done, or refused where nothing of it could be read; reading: cut short."),
            Column("records", "count", "Records read from it."),
            Column("faults", "count", "Records, or rests, that could not be read or checked."),
            Column("digest", "code", "sha256 of its bytes."),
            Column("name", "text", "The name it was given with.", internal=True),
        ),
        made,
    )


def faults(run: Finished) -> Table:
    """What could not be read or checked: part of every result."""

    def made() -> Iterator[Row]:
        return run.rows(
            f"""select {_NUMBER}, f.record, f.line, f.what, f.fix from faults f join inputs i on i.id = f.input
                order by i.digest, f.record, f.line, f.what, f.fix"""  # noqa: S608 - names of ours
        )

    return Table(
        "faults",
        "What could not be read or checked",
        "None of it is in any count of records. It is not known what it holds.",
        (
            Column("input", "count", "The number of the file in the list of inputs."),
            Column("record", "count", "The number of the record in the file; 0 where it is not known which."),
            Column("line", "count", "The line or row it begins on; 0 where not known."),
            Column("what", "text", "What is wrong."),
            Column("fix", "text", "What can be done."),
        ),
        made,
    )


def not_read(run: Finished) -> Table:
    """Files that were named and are not among the inputs, with the reason."""

    def made() -> Iterator[Row]:
        found = next(run.rows("select value from meta where key = 'aside'"), None)
        aside = json.loads(found[0]) if found else []
        return iter(sorted((what, fix, "yes" if unread else "no", file) for file, what, fix, unread in aside))

    return run.table(
        "not_read",
        "Files that were named and not read",
        "It is not known what those hold that should have been read.",
        (
            Column("what", "text", "Why it was not read."),
            Column("fix", "text", "What can be done."),
            Column(
                "should_be_read",
                "code",
                "yes where something is missing by it; no for the same file twice, and the like.",
            ),
            Column("name", "text", "The name it was given with.", internal=True),
        ),
        made,
    )


def not_asked(run: Finished) -> Table:
    """Checks that were not run on any record, with the reason: most need people."""

    def made() -> Iterator[Row]:
        found = next(run.rows("select value from meta where key = 'not_asked'"), None)
        titles = run.titles()
        return iter(sorted((one, titles.get(one, ""), why) for one, why in json.loads(found[0]))) if found else iter(())

    return run.table(
        "not_asked",
        "What screening does not ask",
        "A review asks these; published data cannot answer them. Each is told once, not for every record.",
        (
            Column("check", "code", "The check's id."),
            Column("title", "text", "What it asks, or is about."),
            Column(
                "why", "code", "Why it was not asked: people is a question to people; needs is more than is published."
            ),
        ),
        made,
    )
