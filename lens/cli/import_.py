"""`lens import`: answers that come back from elsewhere, such as a field form."""

from __future__ import annotations

import os
from collections import Counter
from typing import TYPE_CHECKING

import click

from lens.cli.options import language_options, named_path, plugin_options

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from pathlib import Path

    from lens.cases.answers import Answer
    from lens.hooks.registry import Registry
    from lens.languages.language import Language
    from lens.office.forms.importing import Imported, Point

NAME = "answers-field-form"
_SHOWN = 20


@click.group(
    name="import",
    epilog="""\b
Example
  lens import kobo export.xlsx --case my-program/""",
)
def import_() -> None:
    """Bring back answers from a field form.

    No file of the case is changed: what came back stands in a file of its own beside them.
    """


@import_.command(
    epilog="""\b
Examples
  lens import kobo export.xlsx --case my-program/
  lens import kobo partners.csv people.csv --case my-program/ --output from-the-field.yaml
  lens import kobo other.xlsx --draft-map map.yaml
  lens import kobo other.xlsx --case my-program/ --map map.yaml"""
)
@click.argument("exports", metavar="EXPORT...", nargs=-1, required=True, type=click.Path(path_type=str))
@click.option("--case", "cases", multiple=True, metavar="FOLDER", help="The case they belong to; files or a folder.")
@click.option(
    "--map", "map_file", callback=named_path, metavar="FILE", help="For another form: what its columns answer."
)
@click.option("--draft-map", callback=named_path, metavar="FILE", help="Write such a map to begin with, and end.")
@click.option("--code", metavar="WORD", default="", help="The code that the form was made with, if any.")
@click.option("--output", callback=named_path, metavar="FILE", help="Where to write it; beside the case if left out.")
@language_options
@click.option("--as-of", metavar="DATE", help="The day it is; answers from later days lie in the future.")
@plugin_options
def kobo(
    exports: tuple[str, ...],
    cases: tuple[str, ...],
    map_file: Path | None,
    draft_map: Path | None,
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
    all of it is kept and nothing is chosen: the question is open until a named role settles it.
    """
    from lens import api
    from lens.cli import say
    from lens.office.forms.importing import draft, imported
    from lens.writing import path_of, write_new

    paths = [path_of(one) for one in exports]
    if draft_map is not None:
        write_new(draft_map, draft(paths[0], registry), option="--draft-map")
        say(f"Wrote {_shown(draft_map)}")
        return 0
    if not cases:
        raise click.UsageError("Name the case that the export belongs to, with --case.")
    if output is not None and output.suffix.lower() != ".yaml":
        raise click.UsageError("--output must end in .yaml.")
    t = registry.language(lang, translations)
    read = api.read_case(*cases, policy=policy, registry=registry)
    made = imported(
        paths,
        read.case,
        registry,
        today=api.day(as_of),
        map_file=map_file,
        code=code,
        translations=translations,
    )
    file = output or _beside(path_of(cases[0]))
    if made.answers.others:
        write_new(file, _text(made, registry, t), option="--output")
    for line in lines(made, t):
        say(line)
    say(f"Wrote {_shown(file)}" if made.answers.others else t.text("import.nothing"))
    if made.taken.problems:
        return 3
    return 1 if made.differ else 0


def _beside(case: Path) -> Path:
    """A file of a name that is not taken yet, in the folder of a case."""
    folder = case if case.is_dir() else case.parent
    number = 1
    while os.path.lexists(file := folder / f"{NAME}-{number}.yaml"):
        number += 1
    return file


def _text(made: Imported, registry: Registry, t: Language) -> str:
    """The file of what came back, and below it, as comments, what there is to settle."""
    from lens.cases.files import text_of
    from lens.cli.wrap import folded

    def ask(name: str) -> str:
        question = registry.checks[name].check.question
        return t.of("checks", name, "question.ask", question.ask).strip() if question else ""

    text = text_of("answers", made.answers)
    if not made.differ:
        return text
    told = [line for one in _HOW for line in folded(one, 110, first="  # ", then="  # ")]
    told += ["  # settled:"]
    for one in made.differ:
        told += folded(ask(one.question), 110, first="  ## ", then="  ## ")
        told += [f"  ##   {_voice(voice)}" for voice in one.voices]
        told += [f"  # - question: {one.question}", *([f"  #   about: {one.about}"] if one.about else [])]
        told += ["  #   answer:", "  #   by:", "  #   on:", "  #   dissent:", ""]
    return f"{text}\n" + "\n".join(told)


_HOW = (
    "People answer these differently. None of it was chosen: each question is open until a named role settles it.",
    "To settle one, take away the single # of its lines and of `settled:`. Write the answer that holds, the role that",
    "settles it (no name), the day, and under dissent who sees it differently.",
)


def _voice(one: Answer) -> str:
    from lens.words import spoken

    more = "".join(f", {name}: {spoken(word)}" for name, word in one.follow_ups.items())
    told = (one.by, one.on.isoformat() if one.on else "", one.taken_from)
    return f"{spoken(one.answer)}{more} ({', '.join(' '.join(part.split()) for part in told if part)})"


def lines(made: Imported, t: Language) -> Iterator[str]:
    """What came of an import, a line at a time: what was left out first."""
    from lens.cli.summary import heading, wrapped

    taken = made.taken
    counts = (
        ("import.submissions", taken.submissions),
        ("import.no-consent", taken.without_consent),
        ("import.rejected", taken.rejected),
        ("import.another", taken.of_another),
        ("import.twice", taken.twice),
        ("import.no-role", taken.no_role),
        ("import.no-day", taken.no_day),
        ("import.declined", taken.declined.total()),
        ("import.already", made.already),
        ("import.added", len(made.answers.others)),
    )
    for name, count in counts:
        if count or name == "import.submissions":
            yield from wrapped(t.many(name, count))
    if len(taken.versions) > 1:
        yield from wrapped(t.text("import.versions", count=len(taken.versions)))
    if made.differ:
        yield heading(t.many("import.differ", len(made.differ)))
        yield from _first([_differing(one, t) for one in made.differ])
    yield from _listed("import.dropped", taken.dropped, t)
    yield from _listed("import.not-understood", taken.not_understood, t)
    if taken.problems:
        yield heading(t.many("import.problems", len(taken.problems)))
        yield from _first([str(one) for one in taken.problems])


def _differing(point: Point, t: Language) -> str:
    """One point side by side: how many say what, most first."""
    words = Counter(one.answer for one in point.voices)
    said = (f"{t.word('answer', word)} ({count})" for word, count in words.most_common())
    return f"{' '.join(filter(None, (point.question, point.about)))}: {t.listed(said)}"


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
