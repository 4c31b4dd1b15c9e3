"""`lens import`: answers that come back from elsewhere, such as a field form."""

from __future__ import annotations

import os
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING

import click

from lens.cli.options import language_options, named_path, plugin_options

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from lens.hooks.registry import Registry
    from lens.languages.language import Language
    from lens.office.forms.importing import Imported

DEFAULT = "lens-import"
ANSWERS, DIFFER = "answers.yaml", "disagreements.yaml"
_SHOWN = 20


@click.group(
    name="import",
    epilog="""\b
Example
  lens import kobo export.xlsx --case my-program/""",
)
def import_() -> None:
    """Bring back answers from a field form.

    Files of the case are never changed: what came back stands in a folder of its own, to be looked at first.
    """


@import_.command(
    epilog="""\b
Examples
  lens import kobo export.xlsx --case my-program/
  lens import kobo partners.csv people.csv --case my-program/ --output from-the-field
  lens import kobo export.xlsx --case my-program/ --settled lens-import/disagreements.yaml
  lens import kobo other.xlsx --draft-map map.yaml
  lens import kobo other.xlsx --case my-program/ --map map.yaml"""
)
@click.argument("exports", metavar="EXPORT...", nargs=-1, required=True, type=click.Path(path_type=str))
@click.option("--case", "cases", multiple=True, metavar="FOLDER", help="The case they belong to; files or a folder.")
@click.option(
    "--map", "map_file", callback=named_path, metavar="FILE", help="For another form: what its columns answer."
)
@click.option("--draft-map", callback=named_path, metavar="FILE", help="Write such a map to begin with, and end.")
@click.option(
    "--settled", callback=named_path, metavar="FILE", help="disagreements.yaml, with what a role has settled."
)
@click.option("--code", metavar="WORD", default="", help="The code that the form was made with, if any.")
@click.option("--output", callback=named_path, metavar="FOLDER", help=f"Where to write; {DEFAULT} if left out.")
@language_options
@click.option("--as-of", metavar="DATE", help="The day it is; answers from later days lie in the future.")
@plugin_options
def kobo(
    exports: tuple[str, ...],
    cases: tuple[str, ...],
    map_file: Path | None,
    draft_map: Path | None,
    settled: Path | None,
    code: str,
    output: Path | None,
    lang: str,
    translations: Path | None,
    as_of: str | None,
    policy: str | None,
    registry: Registry,
) -> int:
    """Read exports of KoboToolbox or ODK into answers.

    EXPORT is XLS or CSV, with names or labels, with groups in the headers or without. What stands in it about people,
    devices, places and times is left out, and so is everything of who did not agree to answer. Where people differ,
    all of it is shown and nothing is chosen.
    """
    from lens import api
    from lens.cli import say
    from lens.office.forms.importing import draft, imported
    from lens.office.several import read_settled
    from lens.writing import path_of, put_files, write_new

    paths = [path_of(one) for one in exports]
    if draft_map is not None:
        write_new(draft_map, draft(paths[0], registry), option="--draft-map")
        say(f"Wrote {_shown(draft_map)}")
        return 0
    if not cases:
        raise click.UsageError("Name the case that the export belongs to, with --case.")
    folder = _folder(output)
    t = registry.language(lang, translations)
    read = api.read_case(*cases, policy=policy, registry=registry)
    made = imported(
        paths,
        read.case,
        registry,
        today=api.day(as_of),
        map_file=map_file,
        code=code,
        settled=read_settled(settled) if settled else (),
        translations=translations,
    )
    texts = _texts(made, registry, t)
    put_files(folder, {name: text.encode() for name, text in texts.items()}, option="--output")
    for line in lines(made, t):
        say(line)
    for name in texts:
        say(f"Wrote {_shown(folder / name)}")
    if made.taken.problems:
        return 3
    return 1 if made.together.differ else 0


def _folder(output: Path | None) -> Path:
    """The folder to write to: never one where files of an earlier import would be lost."""
    from lens.errors import LensError

    if output is not None:
        if any(os.path.lexists(output / name) for name in (ANSWERS, DIFFER)):
            raise LensError(f"There are files of an import in {_shown(output)} already. Name another with --output.")
        return output
    number = 1
    while os.path.lexists(folder := Path(DEFAULT if number == 1 else f"{DEFAULT}-{number}")):
        number += 1
    return folder


def _texts(made: Imported, registry: Registry, t: Language) -> dict[str, str]:
    from lens.cases.files import text_of
    from lens.office import several

    def ask(name: str) -> str:
        question = registry.checks[name].check.question
        return t.of("checks", name, "question.ask", question.ask).strip() if question else ""

    texts = {ANSWERS: text_of("answers", made.together.answers)}
    if made.together.differ:
        texts[DIFFER] = several.text_of(made.together.differ, ask)
    return texts


def lines(made: Imported, t: Language) -> Iterator[str]:
    """What came of an import, a line at a time: what was left out first."""
    from lens.cli.summary import heading, wrapped

    taken, both = made.taken, made.together
    counts = (
        ("import.submissions", taken.submissions),
        ("import.no-consent", taken.without_consent),
        ("import.rejected", taken.rejected),
        ("import.another", taken.of_another),
        ("import.twice", taken.twice),
        ("import.no-role", taken.no_role),
        ("import.no-day", taken.no_day),
        ("import.declined", taken.declined.total()),
        ("import.added", both.added),
        ("import.settled", both.settled),
    )
    for name, count in counts:
        if count or name == "import.submissions":
            yield from wrapped(t.many(name, count))
    if len(taken.versions) > 1:
        yield from wrapped(t.text("import.versions", count=len(taken.versions)))
    if both.differ:
        yield heading(t.many("import.differ", len(both.differ)))
        yield from _differ(made, t)
    yield from _listed("import.dropped", taken.dropped, t)
    yield from _listed("import.not-understood", taken.not_understood, t)
    if taken.problems:
        yield heading(t.many("import.problems", len(taken.problems)))
        yield from _first([str(one) for one in taken.problems])


def _differ(made: Imported, t: Language) -> Iterator[str]:
    from lens.office.several import THE_CASE

    told = []
    for point in made.together.differ:
        words = Counter(one.answer.answer for one in point.said if one.source != THE_CASE)
        said = [f"{t.word('answer', word)} ({count})" for word, count in sorted(words.items())]
        own = [
            t.text("import.in-case", answer=t.word("answer", one.answer.answer))
            for one in point.said
            if one.source == THE_CASE
        ]
        told.append(f"{point.question}{f' {point.about}' if point.about else ''}: {t.listed([*said, *own])}")
    yield from _first(told)


def _listed(name: str, headers: Sequence[str], t: Language) -> Iterator[str]:
    from lens.cli.summary import heading

    if headers:
        yield heading(t.many(name, len(headers)))
        yield from _first([one if len(one) <= 80 else f"{one[:79]}…" for one in headers])


def _first(told: Iterable[str]) -> Iterator[str]:
    from lens.cli.summary import wrapped

    held = list(told)
    for one in held[:_SHOWN]:
        yield from wrapped(f"- {' '.join(one.split())}")
    if len(held) > _SHOWN:
        yield from wrapped(f"… {len(held) - _SHOWN}")


def _shown(path: Path) -> str:
    from lens.cli import printable

    return printable(str(path))
