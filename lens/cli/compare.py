"""`lens compare`: what changed between two saved reviews."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING

import click

from lens.cli.options import language_options

if TYPE_CHECKING:
    from collections.abc import Iterator

    from lens.languages.language import Language
    from lens.reviews.compare import Change, Comparison, Stand


@click.command(
    epilog="""\b
Examples
  lens compare 2025/review.json 2026/review.json
  lens compare 2025/review.json 2026/review.json --format json"""
)
@click.argument("earlier", type=click.Path(path_type=Path))
@click.argument("later", type=click.Path(path_type=Path))
@click.option(
    "--format", "form", type=click.Choice(("text", "json")), default="text", show_default=True, help="For whom."
)
@language_options
def compare(earlier: Path, later: Path, form: str, lang: str, translations: Path | None) -> int:
    """Say what changed between two saved reviews.

    EARLIER and LATER are review.json files of the same program, policy or institution; their days say which came
    first. What is no longer told is not solved by that: it may not have been asked.
    """
    from lens.cli import say
    from lens.languages.language import language
    from lens.reports.saved import plain, read_review
    from lens.reviews.compare import compare as compared

    made = compared(read_review(earlier), read_review(later))
    if form == "json":
        say(json.dumps(plain(made), ensure_ascii=False, indent=1))
        return 0
    for line in lines(made, language(lang, translations)):
        say(line)
    return 0


def lines(made: Comparison, t: Language) -> Iterator[str]:
    """A comparison as people read it, a line at a time; what makes it hard to compare comes first."""
    from lens.cli.summary import heading, wrapped
    from lens.reviews.compare import KINDS

    yield heading(t.text("compare.head", earlier=made.earlier.isoformat(), later=made.later.isoformat()))
    for name in made.unlike:
        yield from wrapped(t.text(f"compare.unlike.{name}"))
    for kind in KINDS:
        own = [one for one in made.changes if one.kind == kind]
        if own:
            yield heading(t.text(f"compare.kind.{kind}", count=len(own)))
            for one in own:
                yield from wrapped(_told(one, t))
    yield from wrapped(t.many("compare.same", made.same), indent="", hang=0)


def _told(one: Change, t: Language) -> str:
    about = f" {one.about}" if one.about else ""
    then = t.text("compare.then", before=_stand(one.before, t), after=_stand(one.after, t))
    return f"{t.of('checks', one.check, 'title', one.title)} [{one.check}]{about}: {then}"


def _stand(stand: Stand | None, t: Language) -> str:
    if stand is None:
        return t.text("compare.not-told")
    parts = [t.word("state", stand.state)]
    if stand.level:
        parts.append(t.word("level", stand.level))
    if stand.escalates:
        parts.append(t.text("actions.escalates"))
    return ", ".join(parts)
