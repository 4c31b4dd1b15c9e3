"""`lens portfolio report`: the report of a finished screening, written again with other wishes."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import wraps
from typing import TYPE_CHECKING, Any, TypeVar, cast

import click

from lens.words import LEVELS

if TYPE_CHECKING:
    from pathlib import Path

    from lens.portfolio.analysis.finished import By
    from lens.words import Audience, Level

Command = TypeVar("Command", bound=Callable[..., Any])
AUDIENCES = ("public", "internal")
FORMATS = ("html", "md", "csv", "json", "xlsx", "parquet", "duckdb")
BY = ("donor", "publisher", "input")


@dataclass(frozen=True, slots=True)
class Wanted:
    """What a report of a portfolio is to show, to whom, and in which formats."""

    formats: tuple[str, ...]
    audience: Audience
    by: By
    rates: str | None
    reviews: tuple[str, ...]
    self_check: bool
    fail_on: Level


def analysis_options(command: Command) -> Command:
    """What the report shows, to whom, in which formats: `wanted`."""
    options = (
        click.option(
            "--format", "formats", multiple=True, type=click.Choice(FORMATS), help="html if left out; repeatable."
        ),
        click.option(
            "--audience", type=click.Choice(AUDIENCES), default="public", show_default=True, help="Who will read it."
        ),
        click.option("--by", type=click.Choice(BY), default="donor", show_default=True, help="Whose money it is."),
        click.option("--rates", metavar="FILE", help="Exchange rates, to show money in one currency too."),
        click.option("--reviews", multiple=True, metavar="FOLDER", help="Saved reviews: what was looked at."),
        click.option("--self-check", is_flag=True, help="List what publishers expose of places and people."),
        click.option(
            "--fail-on",
            type=click.Choice(LEVELS),
            default="high",
            show_default=True,
            help="From which level on to exit with 1.",
        ),
    )

    @wraps(command)
    def run(
        *args: Any,
        formats: tuple[str, ...],
        audience: Audience,
        by: By,
        rates: str | None,
        reviews: tuple[str, ...],
        self_check: bool,
        fail_on: Level,
        **kwargs: Any,
    ) -> Any:
        wanted = Wanted(formats or ("html",), audience, by, rates, reviews, self_check, fail_on)
        return command(*args, wanted=wanted, **kwargs)

    for option in reversed(options):
        run = option(run)
    return cast("Command", run)


@click.group(epilog="Example: lens portfolio report lens-screening --format xlsx")
def portfolio() -> None:
    """Sum up a finished screening: coverage, concerns, money, donors side by side.

    `lens screen` makes the run that it reads.
    """


@portfolio.command(
    epilog="""\b
Examples
  lens portfolio report lens-screening
  lens portfolio report lens-screening --format xlsx --format duckdb --rates rates.csv
  lens portfolio report lens-screening --reviews reviews/ --audience internal

Exit codes are those of lens screen; 3 also where its run was cut short."""
)
@click.argument("folder", type=click.Path(path_type=str))
@click.option("--output", metavar="FOLDER", help="Where to write; the folder of the run if left out.")
@analysis_options
def report(folder: str, output: str | None, wanted: Wanted) -> int:
    """Write the report of a finished screening.

    FOLDER is the one that `lens screen` wrote to.
    """
    from lens.portfolio.screening import run_in
    from lens.writing import path_of

    run = run_in(path_of(folder))
    return deliver(run, run.parent if output is None else path_of(output), wanted)


def deliver(run: Path, folder: Path, wanted: Wanted) -> int:
    """Write the report of a run, say in a few lines what it holds, and give the exit code."""
    from lens.cli import printable, say
    from lens.cli.told import lines, others, places, unread
    from lens.portfolio import screening

    analysis = screening.analyze(
        run,
        audience=wanted.audience,
        by=wanted.by,
        rates=wanted.rates,
        reviews=wanted.reviews,
        self_check=wanted.self_check,
    )
    written = screening.write_portfolio(analysis, folder, wanted.formats)
    for line in unread(run):
        say(printable(line), err=True)
    for line in (*lines(analysis), *places(analysis, folder, written), *others(folder, written)):
        say(printable(line))
    if analysis.incomplete:
        return 3
    return 1 if analysis.reaches(wanted.fail_on) else 0
