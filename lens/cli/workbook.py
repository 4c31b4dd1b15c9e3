"""`lens workbook`: a case as one Excel file, out and back in; and tables of one's own."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, get_args

import click

from lens.cli.options import language_options, named_path, plugin_options
from lens.words import Depth, Stage

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from datetime import date
    from typing import Any

    from lens.cases import Case
    from lens.cases.policy import Policy
    from lens.hooks.registry import Registry
    from lens.office.workbook.put import Written
    from lens.office.workbook.read import Taken
    from lens.office.workbook.table import TableTaken

_SHOWN = 40
_LONGEST = 2000
_WORKBOOK, _NAMES = "workbook.xlsx", "names.xlsx"


@click.group(
    epilog="""\b
Examples
  lens workbook new --output program.xlsx
  lens workbook export my-program/ --output program.xlsx
  lens workbook import program.xlsx --folder my-program
  lens workbook import logframe.xlsx --map mapping.yaml --folder my-program"""
)
def workbook() -> None:
    """Fill in a case in Excel or LibreOffice.

    A workbook holds the whole case but the names: those have a workbook of their own, on request only. What comes out
    of a case and goes back in is the same case.
    """


@workbook.command()
@click.option("--output", callback=named_path, metavar="FILE", help="The .xlsx file; workbook.xlsx if left out.")
@click.option(
    "--depth", type=click.Choice(get_args(Depth)), default="first-look", show_default=True, help="15 questions, or all."
)
@click.option("--names", is_flag=True, help="Instead, the workbook of names and exact places. Handle it as such.")
@click.option("--as-of", metavar="DATE", help="The day it is made for; today if left out.")
@language_options
@plugin_options
def new(
    output: Path | None,
    depth: Depth,
    names: bool,
    as_of: str | None,
    lang: str,
    translations: Path | None,
    policy: str | None,
    registry: Registry,
) -> int:
    """Write an empty workbook to fill in.

    Begin with the program and its context: `lens workbook export` then asks only what applies to it.
    """
    from lens import api
    from lens.cases import Case, Program
    from lens.cases.policy import Policy
    from lens.readers.case_files import read_policy
    from lens.writing import path_of

    held = read_policy(path_of(policy)) if policy else Policy()
    return _write(
        Case(program=Program()),
        held,
        registry,
        output,
        depth,
        None,
        as_of=api.day(as_of),
        names=names,
        lang=lang,
        translations=translations,
        is_new=True,
    )


@workbook.command()
@click.argument("case", nargs=-1, required=True, type=click.Path(path_type=str))
@click.option("--output", callback=named_path, metavar="FILE", help="The .xlsx file; workbook.xlsx if left out.")
@click.option("--activity", metavar="ID", help="One activity of a published IATI file, by its identifier.")
@click.option("--stage", type=click.Choice(get_args(Stage)), help="The program's stage, if not in its file.")
@click.option(
    "--depth", type=click.Choice(get_args(Depth)), default="full", show_default=True, help="15 questions, or all."
)
@click.option("--names", is_flag=True, help="Instead, the workbook of names and exact places. Handle it as such.")
@click.option("--as-of", metavar="DATE", help="The day the questions are chosen for; today if left out.")
@language_options
@plugin_options
def export(
    case: tuple[str, ...],
    output: Path | None,
    activity: str | None,
    stage: Stage | None,
    depth: Depth,
    names: bool,
    as_of: str | None,
    lang: str,
    translations: Path | None,
    policy: str | None,
    registry: Registry,
) -> int:
    """Write a case as a workbook, with the questions that apply to it.

    CASE is what `lens review` takes. The restricted annex is never in it; --names writes that alone, as a file that
    only you can read.
    """
    from lens import api

    read = api.read_case(*case, activity=activity, policy=policy, with_annex=names, registry=registry)
    return _write(
        read.case,
        read.policy,
        registry,
        output,
        depth,
        stage,
        as_of=api.day(as_of),
        names=names,
        lang=lang,
        translations=translations,
        is_new=False,
    )


@workbook.command(name="import")
@click.argument("file", type=click.Path(path_type=Path))
@click.option(
    "--folder", callback=named_path, metavar="FOLDER", default=".", help="Where the case is; here if left out."
)
@click.option("--replace", is_flag=True, help="Replace files that are newer; the earlier ones stay beside them.")
@click.option(
    "--map", "map_", callback=named_path, metavar="FILE", help="For a table of your own: which column is what."
)
@plugin_options
def import_(file: Path, folder: Path, replace: bool, map_: Path | None, policy: str | None, registry: Registry) -> int:
    """Take a workbook back, or a table of your own.

    FILE is a workbook (.xlsx, .xlsm, .ods) or, for a table of your own, also .csv. Everything that cannot be taken is
    named by sheet and cell, and then nothing is written. Ends with 1 where something of the file did not arrive.
    """
    from lens.errors import InputError, Problem
    from lens.office.sheets import ENDINGS
    from lens.office.workbook.read import read_workbook
    from lens.office.workbook.table import read_map, read_own_table

    if not file.is_file():
        from lens.readers.text import read_text

        read_text(file, str(file))  # says why it cannot be read
    if file.suffix.lower() not in (*ENDINGS, ".csv"):
        what = "This is not a workbook by its name."
        raise InputError(Problem(file.name, what=what, fix=f"It should end in {', '.join(ENDINGS)} or .csv."))
    taken = None if map_ or file.suffix.lower() == ".csv" else read_workbook(file, registry)
    if taken is None:
        return _own(read_own_table(file, read_map(map_) if map_ else None), file, folder, replace=replace)
    return _back(taken, file, folder, replace=replace)


def _write(
    case: Case,
    policy: Policy,
    registry: Registry,
    output: Path | None,
    depth: Depth,
    stage: Stage | None,
    *,
    as_of: date,
    names: bool,
    lang: str,
    translations: Path | None,
    is_new: bool,
) -> int:
    """Write the workbook of a case, or that of its names."""
    from lens.cli import say
    from lens.office.workbook.questions import asked_of
    from lens.office.workbook.write import case_workbook, names_workbook
    from lens.writing import write_new

    t = registry.language(lang, translations)
    path = output or Path(_NAMES if names else _WORKBOOK)
    if path.suffix.lower() != ".xlsx":
        raise click.UsageError("--output must end in .xlsx.")
    if names:
        write_new(path, names_workbook(case, t, as_of=as_of), option="--output", closed=True)
        say(f"Wrote {_shown(path)}: names and exact places. Only you can read it. Keep it so: no mail, no sharing.")
        return 0
    asked = asked_of(case, registry, t, as_of=as_of, policy=policy, depth=depth, stage=stage)
    content = case_workbook(case, asked, registry, t, as_of=as_of, new=is_new)
    write_new(path, content, option="--output")
    say(f"Wrote {_shown(path)}, with {len(asked)} questions to answer. {t.text('marking.internal')}")
    say(f"Then: lens workbook import {_quoted(path)} --folder FOLDER")
    return 0


def _back(taken: Taken, file: Path, folder: Path, *, replace: bool) -> int:
    """Write what a workbook held, and say what that was."""
    from lens.cli import say
    from lens.office.workbook.put import put_annex, put_case

    if taken.annex is not None:
        written = put_annex(taken.annex, folder, replace=replace)
    else:
        assert taken.case is not None  # noqa: S101 - a workbook holds one or the other
        written = put_case(taken.case, folder, taken.facts.digests, replace=replace)
    say(f"From {_shown(file)}:" if any(taken.counts.values()) else f"Nothing is filled in yet in {_shown(file)}.")
    for name, count in taken.counts.items():
        before = taken.facts.counts.get(name, 0)
        if count or before:
            say(f"  {name}: {count}" + (f" ({before} when the workbook was made)" if before != count else ""))
    return _end(taken.left, taken.notes, written, folder)


def _own(taken: TableTaken, file: Path, folder: Path, *, replace: bool) -> int:
    """Write what a table of one's own held, and say what was understood."""
    from lens.cli import printable, say
    from lens.cli.summary import wrapped
    from lens.office.workbook.put import put_annex, put_case

    written = put_case(taken.case, folder, {}, replace=replace)
    if taken.annex is not None:
        annex = put_annex(taken.annex, folder, replace=replace)
        written = type(written)(*(a + b for a, b in zip(_lists(written), _lists(annex), strict=True)))
    program = taken.case.program
    say(f"From {_shown(file)}, a table of your own: {len(program.activities)} activities.")
    say("Understood:")
    for name, target in taken.mapped:
        say(printable(f"  {_short(name)} → {target}"))
    if taken.unknown:
        say("Columns that were not understood:")
        for line in wrapped("; ".join(_short(one) for one in taken.unknown)):
            say(printable(line))
        say("  Say in a mapping file what they are, and name it with --map; ignore leaves one out.")
    if taken.annex is not None:
        say(f"Names of partners and places went into {_shown(folder / 'restricted.yaml')}, which only you can read.")
    return _end(taken.left, taken.notes, written, folder) or int(bool(taken.unknown))


def _lists(written: Written) -> tuple[tuple[Any, ...], ...]:
    return written.written, written.same, written.kept, written.newer


def _end(left: Sequence[str], notes: Sequence[str], written: Written, folder: Path) -> int:
    """What did not arrive, which files were written, what comes next; the exit code."""
    from lens.cli import paint, printable, say

    if left:
        say(paint(f"Not taken ({len(left)}):", "yellow"))
        for line in _some(left):
            say(printable(f"  {line}"))
    for note in _some(notes):
        say(printable(f"Note: {note}"))
    for name in written.written:
        say(f"Wrote {_shown(folder / name)}")
    for name in written.same:
        say(f"As it was in {_shown(folder)}: {name}")
    for name, beside in written.kept:
        say(f"The earlier {name} is kept as {beside}")
    for name in written.newer:
        say(f"The {name} had been changed since the workbook was made: compare the two.")
    if any(not name.startswith("restricted") for name in (*written.written, *written.same)):
        say(f"Then: lens review {_quoted(folder)} --audience internal")
    return 1 if left else 0


def _some(lines: Sequence[str]) -> Iterator[str]:
    yield from (_short(one, _LONGEST) for one in lines[:_SHOWN])
    if len(lines) > _SHOWN:
        yield f"… and {len(lines) - _SHOWN} more"


def _short(text: str, length: int = 80) -> str:
    line = " ".join(text.split())
    return line if len(line) <= length else f"{line[: length - 1]}…"


def _shown(path: Path) -> str:
    from lens.cli import printable

    return printable(str(path))


def _quoted(path: Path) -> str:
    import shlex

    return shlex.quote(_shown(path))
