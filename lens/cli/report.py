"""`lens report`: the report of a saved review again, in other formats or for a narrower audience."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from lens.cli.options import plugin_options, report_options
from lens.words import AUDIENCES

if TYPE_CHECKING:
    from lens.hooks.registry import Registry
    from lens.reviews.model import Review
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
@report_options
@plugin_options
def report(
    saved: str,
    audience: Audience | None,
    formats: tuple[str, ...],
    output: str | None,
    fail_on: Level,
    lang: str,
    translations: Path | None,
    templates: Path | None,
    registry: Registry,
    policy: str | None,
) -> int:
    """Write the report of a saved review again.

    SAVED is a review.json that `lens review` wrote.
    """
    from lens.cli.review import deliver
    from lens.errors import LensError
    from lens.reports.saved import read_review
    from lens.reviews.redact import redact

    _is_no_screening(Path(saved))
    made = read_review(Path(saved))
    _agrees(made)
    if audience is not None and audience != made.audience:
        if audience == "partner":
            raise LensError("A saved review no longer knows which activities are a partner's. Review the case again.")
        made = redact(made, audience)
    words = registry.language(lang, translations)
    return deliver(made, registry, words, formats=formats, output=output, fail_on=fail_on, templates=templates)


def _is_no_screening(path: Path) -> None:
    """InputError with the command that is meant, where a path is that of a finished screening."""
    import shlex

    from lens.errors import InputError, Problem
    from lens.portfolio.runs.store import NAME

    run = path if path.name == NAME else path / NAME
    if run.is_file():
        what = "This is a finished screening, not a saved review."
        fix = f"Write: lens portfolio report {shlex.quote(str(run.parent))}"
        raise InputError(Problem(str(path), what=what, fix=fix))


def _agrees(made: Review) -> None:
    """LensError where a saved review says in sum what it does not say in detail: somebody changed it since."""
    from lens.errors import LensError
    from lens.reviews.guard import ContradictionError, check

    try:
        check(made)
    except ContradictionError:
        raise LensError(
            "This saved review contradicts itself: its outcome and its findings do not agree. It was changed after "
            "it was written. Review the case again."
        ) from None
