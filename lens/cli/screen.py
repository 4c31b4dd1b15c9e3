"""`lens screen`: many published activities at once, and which of them deserve a look first."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from lens.cli.options import plugin_options
from lens.cli.portfolio import analysis_options, deliver

if TYPE_CHECKING:
    from lens.cli.portfolio import Wanted
    from lens.hooks.registry import Registry

DEFAULT_FOLDER = "lens-screening"


@click.command(
    epilog="""\b
Examples
  lens screen activities.xml
  lens screen iati-files/ crs-2023.zip --context contexts/ --jobs 2
  lens screen register.yaml projects.csv --mapping our-columns.yaml
  lens screen iati-files/ --audience internal       with titles, for your own work

\b
A run that is cut short goes on where it was: write the same command again.

\b
Exit codes
  0  no concern at or above --fail-on
  1  a concern is at or above it
  2  the command or a file needs mending; nothing was written
  3  something could not be read or checked (also where 1 would hold)"""
)
@click.argument("files", nargs=-1, required=True, type=click.Path(path_type=str))
@click.option("--output", metavar="FOLDER", default=DEFAULT_FOLDER, show_default=True, help="Where to write.")
@click.option("--context", "contexts", multiple=True, metavar="FILE", help="A context file, or a folder of them.")
@click.option("--mapping", "mappings", multiple=True, metavar="FILE", help="What the columns of a table of yours mean.")
@click.option("--as-of", metavar="DATE", help="The day the screening speaks of; today if left out.")
@click.option("--again", is_flag=True, help="Begin anew, whatever the folder holds of an earlier run.")
@click.option("--jobs", type=int, default=1, show_default=True, help="How many processes share the work.")
@click.option("--scheduler", metavar="ADDRESS", default="", help="A Dask scheduler whose workers do the work.")
@analysis_options
@plugin_options
def screen(
    files: tuple[str, ...],
    output: str,
    contexts: tuple[str, ...],
    mappings: tuple[str, ...],
    as_of: str | None,
    again: bool,
    jobs: int,
    scheduler: str,
    wanted: Wanted,
    policy: str | None,
    registry: Registry,
) -> int:
    """Screen published activities and say which deserve a look first.

    FILES are IATI activities (any version, also packed), OECD CRS, AidData or World Bank tables, contribution
    registers, or folders of these: told apart by what is in them. It says what published data can and cannot tell
    before any concern.
    """
    from lens.cli import say
    from lens.cli.progress import Progress
    from lens.portfolio import screening
    from lens.writing import path_of

    screening.examine(wanted.formats, rates=wanted.rates, reviews=wanted.reviews)
    watcher = Progress()
    try:
        run = screening.screen(
            *files,
            output=output,
            contexts=contexts,
            mappings=mappings,
            policy=policy,
            as_of=as_of,
            jobs=jobs,
            scheduler=scheduler,
            again=again,
            registry=registry,
            watcher=watcher,
        )
    except KeyboardInterrupt:
        watcher.ends()
        say("What was done is kept: write the same command again to go on.", err=True)
        raise
    finally:
        watcher.ends()
    return deliver(run, path_of(output), wanted)
