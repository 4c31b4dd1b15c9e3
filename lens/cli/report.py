"""`lens report`: the report of a saved review again, in other formats or for a narrower audience."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from lens.words import AUDIENCES, LEVELS

if TYPE_CHECKING:
    from lens.words import Audience, Level


@click.command(
    epilog="""\b
Examples
  lens report lens-report/review.json --format markdown
  lens report review.json --audience public --output for-the-web

A saved review can be narrowed to a smaller audience, never widened."""
)
@click.argument("saved", type=click.Path(path_type=str))
@click.option("--audience", type=click.Choice(AUDIENCES), help="A narrower audience than the review's own.")
@click.option(
    "--format",
    "formats",
    multiple=True,
    metavar="NAME",
    help="html, json, markdown, csv; repeat for several.",
)
@click.option("--output", metavar="FOLDER", help="Where to write; lens-report if left out; - prints one format.")
@click.option(
    "--fail-on",
    type=click.Choice(LEVELS),
    default="high",
    show_default=True,
    help="From which level on to exit with 1.",
)
@click.option("--lang", default="en", show_default=True, help="Language of the report.")
@click.option("--templates", metavar="FOLDER", help="Your own report templates.")
@click.option("--only-core", is_flag=True, help="Load no plugins or packs.")
@click.option("--block", multiple=True, metavar="NAME", help="Leave one plugin or pack out; repeatable.")
def report(
    saved: str,
    audience: Audience | None,
    formats: tuple[str, ...],
    output: str | None,
    fail_on: Level,
    lang: str,
    templates: str | None,
    only_core: bool,
    block: tuple[str, ...],
) -> int:
    """Write the report of a saved review again.

    SAVED is a review.json that `lens review` wrote.
    """
    from pathlib import Path

    from lens.cli.review import deliver
    from lens.errors import LensError
    from lens.hooks.registry import Registry
    from lens.reports.saved import read_review
    from lens.reviews.redact import redact

    made = read_review(Path(saved))
    if audience is not None and audience != made.audience:
        if audience == "partner":
            raise LensError("A saved review no longer knows which activities are a partner's. Review the case again.")
        made = redact(made, audience)
    registry = Registry(only_core=only_core, block=block)
    return deliver(made, registry, formats=formats, output=output, fail_on=fail_on, lang=lang, templates=templates)
