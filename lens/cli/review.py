"""`lens review`: from files to a report and an exit code."""

from __future__ import annotations

from typing import TYPE_CHECKING, get_args

import click

from lens.cli.options import plugin_options, report_options
from lens.words import AUDIENCES, Depth, Stage

if TYPE_CHECKING:
    from pathlib import Path

    from lens.hooks.registry import Registry
    from lens.languages.language import Language
    from lens.reviews.model import Review
    from lens.words import Audience, Level

DEFAULT_FOLDER = "lens-report"


@click.command(
    epilog="""\b
Examples
  lens review my-program/ --audience internal
  lens review program.yaml context.yaml --depth first-look
  lens review activities.xml --activity XA-1-2345 --context context.yaml
  lens review my-program/ --format json --output -

\b
Exit codes
  0  nothing at or above --fail-on
  1  a concern, or an open point with that much at stake, is at or above it
  2  the command or a file needs mending; nothing was written
  3  something could not be checked (also where 1 would hold)"""
)
@click.argument("case", nargs=-1, required=True, type=click.Path(path_type=str))
@click.option("--activity", metavar="ID", help="One activity of a published IATI file, by its identifier.")
@click.option("--context", "contexts", multiple=True, metavar="FILE", help="A context file (same as naming it).")
@click.option("--answers", "answer_files", multiple=True, metavar="FILE", help="A file of answers (same as naming it).")
@click.option("--stage", type=click.Choice(get_args(Stage)), help="The program's stage, if not in its file.")
@click.option(
    "--depth",
    type=click.Choice(get_args(Depth)),
    default="full",
    show_default=True,
    help="15 questions, or all.",
)
@click.option("--audience", type=click.Choice(AUDIENCES), default="public", show_default=True, help="Who will read it.")
@click.option(
    "--for",
    "partner",
    metavar="PARTNER",
    default="",
    help="With --audience partner: which, such as partner:2.",
)
@report_options
@click.option("--as-of", metavar="DATE", help="The day the review speaks of; today if left out.")
@plugin_options
def review(
    case: tuple[str, ...],
    activity: str | None,
    contexts: tuple[str, ...],
    answer_files: tuple[str, ...],
    stage: Stage | None,
    depth: Depth,
    audience: Audience,
    partner: str,
    formats: tuple[str, ...],
    output: str | None,
    as_of: str | None,
    fail_on: Level,
    lang: str,
    translations: Path | None,
    policy: str | None,
    templates: Path | None,
    registry: Registry,
) -> int:
    """Review a program and write the report.

    CASE is a folder or files: program.yaml, context.yaml, answers.yaml, decisions.yaml; or one published IATI file.
    The report is made for the public unless you say otherwise: for your own work, use --audience internal.
    """
    from lens import api

    made = api.review(
        *case,
        *contexts,
        *answer_files,
        activity=activity,
        stage=stage,
        depth=depth,
        audience=audience,
        partner=partner,
        as_of=as_of,
        policy=policy,
        registry=registry,
    )
    words = registry.language(lang, translations)
    return deliver(made, registry, words, formats=formats, output=output, fail_on=fail_on, templates=templates)


def deliver(
    made: Review,
    registry: Registry,
    words: Language,
    *,
    formats: tuple[str, ...],
    output: str | None,
    fail_on: Level,
    templates: Path | None,
) -> int:
    """Write or print a review, say in a few lines what it found, and give the exit code."""
    from lens.cli import printable, say
    from lens.cli.summary import lines
    from lens.errors import LensError
    from lens.reports import render, write
    from lens.reviews.gate import reaches
    from lens.writing import path_of

    to_terminal = output == "-"
    if to_terminal:
        if len(formats) != 1:
            raise LensError("With --output - name one --format, such as --format json.")
        # As bytes: the same as in a file, whatever the terminal is set to.
        text = render(made, formats[0], words, registry, templates)
        say(text.encode() if isinstance(text, str) else text, nl=False)
    else:
        folder = path_of(DEFAULT_FOLDER if output is None else output)
        written = write(made, folder, formats or ("html", "json"), words, registry, templates)
    for line in lines(made, words):
        say(line, err=to_terminal)
    if not to_terminal:
        for path in written:
            say(f"  {printable(str(path))}")
    if made.incomplete:
        return 3
    return 1 if reaches(made.findings, fail_on) else 0
