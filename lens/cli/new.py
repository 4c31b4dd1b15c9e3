"""`lens new`: a commented file to fill in, with the schema that editors check it against."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING, Any, get_args

import click

from lens.cli.options import language_options, pack_option
from lens.cli.scaffold import BESIDE, FILES, scaffold
from lens.words import Depth

if TYPE_CHECKING:
    from collections.abc import Iterator

ALL = "all"
PACK = "pack"


@click.command(
    epilog="""\b
Examples
  lens new all --folder my-program     a whole case, ready to fill in
  lens new program                     only program.yaml, in this folder
  lens new answers --case my-program   the questions that a review of it asks
  lens new pack land-rights            a pack of questions of your own

\b
What each is
  program      what it does, where, with whom, with what money
  context      what a named role judges about the places
  answers      what people say, by role and day
  decisions    what was decided about findings, and what was escalated
  restricted   who and where the numbers of the other files are
  policy       an agency's own rules (lens.toml)
  register     what a donor does beside aid, for lens screen
  table        what the columns of a table of yours mean, for lens screen
  pack         questions of a sector, as a project of their own; NAME is its name
  all          the first four and restricted

A file that is there already is never changed."""
)
@click.argument("kind", metavar="KIND", type=click.Choice([*FILES, PACK, ALL]))
@click.argument("name", metavar="[NAME]", required=False)
@click.option("--folder", metavar="FOLDER", default=".", help="Where to write it; this folder if left out.")
@click.option(
    "--depth",
    type=click.Choice(get_args(Depth)),
    default="first-look",
    show_default=True,
    help="For answers: the 15 questions of the first look, or all.",
)
@language_options
@click.option(
    "--case", "cases", multiple=True, metavar="FOLDER", help="For answers: those that a review of this case asks."
)
@pack_option
@click.option("--python", is_flag=True, help="For a pack: with a check that is computed, in Python.")
def new(
    kind: str,
    name: str | None,
    folder: str,
    depth: Depth,
    cases: tuple[str, ...],
    lang: str,
    translations: Path | None,
    packs: tuple[str, ...],
    python: bool,
) -> int:
    """Write a commented file for you to fill in.

    KIND is one of those below. NAME is the name of a new pack.
    """
    from lens.errors import LensError
    from lens.languages.language import language
    from lens.writing import write_new

    if kind == PACK:
        return _pack(name, Path(folder), python=python)
    if name is not None or python:
        raise LensError("A name, and --python, go with a pack. Write: lens new pack land-rights")
    if cases and kind != "answers":
        raise LensError("--case goes with answers: it chooses which questions are written. Write: lens new answers")
    home = Path(folder)
    kinds = [one for one in FILES if one not in BESIDE] if kind == ALL else [kind]
    left = [one for one in kinds if os.path.lexists(home / FILES[one])]
    if len(left) == len(kinds):
        what = f"All of these are in {_shown(home)}" if kind == ALL else f"{_shown(home / FILES[kind])} is there"
        raise LensError(
            f"{what} already, and nothing was changed. Name another folder with --folder, or move yours away first."
        )
    if packs and not cases:
        raise LensError("--pack goes with --case: the pack's questions are written where the case calls for them.")
    chosen = _planned(cases, packs) if cases else None
    words = language(lang, translations)
    texts = {one: scaffold(one, depth, chosen, words) for one in kinds if one not in left}
    _folder(home)
    for one, text in texts.items():
        write_new(home / FILES[one], text, closed=one == "restricted")
        _schema(home, one)
        click.echo(f"Wrote {_shown(home / FILES[one])}")
        if one == "restricted":
            click.echo("  Only you can read it (permission 600). Keep it so: no mail, no shared folder.")
    for one in left:
        click.echo(f"Left as it is: {_shown(home / FILES[one])}")
    click.echo()
    for line in _next(list(texts), home):
        click.echo(line)
    return 0


def _pack(name: str | None, home: Path, *, python: bool) -> int:
    """Write a new pack into a folder of its name."""
    from lens.errors import LensError
    from lens.packs.scaffold import files_of, module_of
    from lens.writing import write_new

    if name is None:
        raise LensError("A pack needs a name: small letters, digits and hyphens. Write: lens new pack land-rights")
    files = files_of(name, python=python)
    place = home / name
    if os.path.lexists(place):
        raise LensError(
            f"{_shown(place)} is there already, and nothing was changed. Choose another name, or another --folder."
        )
    for path, text in files.items():
        _folder((place / path).parent)
        write_new(place / path, text)
    _schema(place, PACK)
    click.echo(f"Wrote {_shown(place)}:")
    for path in files:
        click.echo(f"  {path}")
    click.echo()
    click.echo(f"Next: open {_shown(place / module_of(name) / 'pack.yaml')} and change its two questions.")
    click.echo(f"What a reviewer would say:   lens pack check {_quoted(place)}")
    click.echo(f"What officers will be asked: lens pack preview {_quoted(place)}")
    click.echo(f"Try it without installing:   lens review my-program --pack {_quoted(place / module_of(name))}")
    return 0


def _next(kinds: list[str], home: Path) -> Iterator[str]:
    """What to do with what was written."""
    where = _quoted(home)
    if kinds == ["policy"]:
        yield "It changes nothing as it is. The file says what can be set."
        yield "It holds for the case in the same folder; for others name it with --policy."
        return
    if kinds[0] in BESIDE:
        file = _quoted(home / FILES[kinds[0]])
        yield f"Next: open {FILES[kinds[0]]} in a text editor. The file says how to fill it in."
        yield f"Then: lens screen {file}" if kinds == ["register"] else f"Then: lens screen FILE --mapping {file}"
        return
    yield f"Next: open {FILES[kinds[0]]} in a text editor and fill in what you know."
    yield "The file says how. What is not known yet can stay empty."
    missing = [one for one in ("program", "context", "answers") if not os.path.lexists(home / FILES[one])]
    if "program" in missing:
        yield f"A review needs a program too: lens new program --folder {where}"
    else:
        yield f"Then: lens review {where} --depth first-look --audience internal"
        yield "That works at once, and says what is not known yet and who can find out."
    for one in missing:
        if one != "program":
            yield f"To go on: lens new {one} --folder {where}"
    if kinds == ["context"]:
        yield f"For a portfolio: lens screen FILES --context {_quoted(home / FILES['context'])}"


def _planned(cases: tuple[str, ...], packs: tuple[str, ...]) -> dict[str, dict[str, Any]]:
    """The questions that a full review of a case asks, as their files have them; those that wait are included."""
    import dataclasses

    from lens import api
    from lens.cli.options import own_registry

    registry = own_registry(packs)
    plan = api.plan(*cases, registry=registry)
    checks = (registry.checks[one.check].check for one in (*plan.questions, *plan.later))
    return {check.id: dataclasses.asdict(check) for check in checks}


def _folder(home: Path) -> None:
    from lens.errors import LensError

    try:
        home.mkdir(parents=True, exist_ok=True)
    except FileExistsError:
        raise LensError(f"{_shown(home)} is a file, not a folder. Name a folder with --folder.") from None
    except (OSError, ValueError) as reason:
        why = getattr(reason, "strerror", None) or "the name cannot be used"
        raise LensError(f"The folder {_shown(home)} cannot be made: {why}. Name another with --folder.") from None


def _schema(home: Path, kind: str) -> None:
    """Put the schema that the scaffold's first line names beside it. It is ours, so a newer one takes its place."""
    from lens.readers.schema import schema_text
    from lens.writing import write_new

    folder = home / ".lens"
    path = folder / f"{kind}.schema.json"
    _folder(folder)
    text = schema_text(kind)
    try:
        if path.is_file() and path.read_text("utf-8") == text:
            return
        path.unlink(missing_ok=True)
    except (OSError, ValueError):
        return  # The file to fill in is what counts; without a schema an editor only helps less.
    write_new(path, text)


def _shown(path: Path) -> str:
    from lens.cli import printable

    return printable(str(path))


def _quoted(path: Path) -> str:
    """A path as it can be typed into a shell."""
    import shlex

    return shlex.quote(_shown(path))
