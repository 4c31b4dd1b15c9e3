"""`lens translations`: texts out to translators as a table, and back in; how much of each language there is."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from lens.cli.options import named_path, translations_option

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping
    from importlib.resources.abc import Traversable

    from lens.languages.english import Unit
    from lens.languages.files import TranslationFile
    from lens.languages.tables import Taken

DEFAULT_FOLDER = "translations"
_SHOWN = 20


@click.group(
    epilog="""\b
Examples
  lens translations coverage
  lens translations export fr --first-look --output fr.xlsx
  lens translations import fr fr.xlsx --into translations
  lens review my-program/ --lang fr --translations translations"""
)
def translations() -> None:
    """Give texts to translators and take them back.

    A translation is tied to the English text it was made from. Where the English changes, English is told until
    somebody has looked at the translation again.
    """


@translations.command(name="export")
@click.argument("code")
@click.option("--output", callback=named_path, metavar="FILE", help="A .csv or .xlsx file; CODE.csv if left out.")
@click.option(
    "--only", type=click.Choice(("todo", "missing", "stale", "all")), default="all", show_default=True, help="Which."
)
@click.option("--first-look", is_flag=True, help="Only what a first look and its report tell.")
@translations_option
def export(code: str, output: Path | None, only: str, first_look: bool, translations: Path | None) -> int:
    """Write English texts beside their translations, as a table.

    CODE is the language, such as fr or pt-BR. Fill in the column "translation" and leave the others as they are.
    """
    from lens.cli import say
    from lens.languages import tables
    from lens.writing import write_new

    code = _code(code)
    path = output or Path(f"{code}.csv")
    if path.suffix.lower() not in (".csv", ".xlsx"):
        raise click.UsageError("--output must end in .csv or .xlsx.")
    held = _held(code, translations)
    wanted = {"todo": ("missing", "stale"), "all": ("missing", "stale", "current")}.get(only, (only,))
    units = [one for one in _units() if one.first_look or not first_look]
    rows = [row for row in tables.rows(units, held) if row.state in wanted]
    write_new(path, (tables.as_xlsx if path.suffix.lower() == ".xlsx" else tables.as_csv)(rows), option="--output")
    say(f"{len(rows)} texts in {_shown(path)}.")
    say(f"Then: lens translations import {code} {_shown(path)}")
    return 0


@translations.command(name="import")
@click.argument("code")
@click.argument("table", type=click.Path(path_type=Path))
@click.option(
    "--into",
    callback=named_path,
    metavar="FOLDER",
    default=DEFAULT_FOLDER,
    show_default=True,
    help="Where translations are kept.",
)
def import_(code: str, table: Path, into: Path) -> int:
    """Take the translations out of a table.

    CODE is the language, TABLE the file that `lens translations export` made. Rows that cannot be taken are named,
    and the others are taken all the same.
    """
    from lens.cli import say
    from lens.languages import files, tables
    from lens.writing import put_files

    code = _code(code)
    units = list(_units())
    held = {unit.file: files.TranslationFile() for unit in units} | _of_folders(files.folders_of(into), code)
    taken = tables.take(tables.read_table(table), table.name, units, held)
    folders: dict[str, dict[str, bytes]] = {}
    for name, made in held.items():
        if made.texts:
            folder, _, stem = name.rpartition("/")
            folders.setdefault(folder, {})[f"{stem}.{code}.yaml"] = files.written(made).encode()
    if taken.taken or taken.gone:
        for folder, texts in folders.items():
            put_files(into / folder, texts, option="--into")
    for line in _told(taken):
        say(line)
    say(f"Kept in {_shown(into)}. Use them with: --lang {code} --translations {_shown(into)}")
    return 1 if taken.problems else 0


def _told(taken: Taken) -> Iterator[str]:
    """What became of the rows, a line at a time."""
    from lens.cli import printable

    yield f"{taken.taken} taken, {taken.unchanged} as they were, {taken.empty} without a translation."
    lists = (
        (f"{len(taken.stale)} made from an older English text; English is told until they are looked at:", taken.stale),
        (f"{len(taken.gone)} left out, since their English text is gone:", taken.gone),
        (f"{len(taken.problems)} not taken:", [str(one) for one in taken.problems]),
    )
    for head, found in lists:
        if found:
            yield head
            yield from (f"  {printable(one)}" for one in found[:_SHOWN])
            if len(found) > _SHOWN:
                yield f"  … and {len(found) - _SHOWN} more"


@translations.command()
@translations_option
def coverage(translations: Path | None) -> int:
    """Say how much of each language there is."""
    from lens.cli import paint, printable, say
    from lens.languages import files, tables

    units = list(_units())
    places = [*files.own_folders().values(), *(files.folders_of(translations).values() if translations else ())]
    codes = sorted(set().union(*(files.codes_in(folder) for folder in places)))
    groups = (
        ("first look, reports, command line", [one for one in units if one.first_look]),
        ("the rest", [one for one in units if not one.first_look]),
    )
    for code in codes:
        held = _held(code, translations)
        used = [made for made in held.values() if made.texts]
        say(paint(f"{code}: {'signed' if all(one.is_signed for one in used) else 'unofficial, not signed'}"))
        for name, group in groups:
            states = [row.state for row in tables.rows(group, held)]
            count = {state: states.count(state) for state in ("current", "stale", "missing")}
            say(f"  {name}: {count['current']} of {len(group)}; {count['stale']} stale, {count['missing']} missing")
        for made in used:
            if made.is_signed:
                say(printable(f"  signed by {made.signed['by']}, {made.signed.get('role', '')}, {made.signed['on']}"))
    if not codes:
        say("There is English only.")
    return 0


def _code(code: str) -> str:
    from lens.languages.files import CODE
    from lens.languages.language import SOURCE

    if code == SOURCE or not CODE.fullmatch(code):
        raise click.UsageError("Name a language by its code, such as fr or pt-BR; en is the language of the originals.")
    return code


def _units() -> Iterable[Unit]:
    from lens.cli.options import own_registry
    from lens.languages.english import units

    return units(pack for pack, _ in own_registry().packs)


def _held(code: str, translations: Path | None) -> dict[str, TranslationFile]:
    """What there is in a language: the core's files and a folder of one's own, which comes first."""
    from lens.languages import files

    held = _of_folders(files.own_folders(), code)
    if translations:
        for name, made in _of_folders(files.folders_of(translations), code).items():
            other = held.setdefault(name, made)
            other.texts = {**other.texts, **made.texts}
            other.signed = made.signed
    return held


def _of_folders(folders: Mapping[str, Traversable], code: str) -> dict[str, TranslationFile]:
    """The files of a language in some folders, by name without ending. InputError where one cannot be read."""
    from lens.languages import files

    return {
        f"{name}/{stem}": files.read_translation(file, f"{name}/{file.name}")
        for name, folder in folders.items()
        for stem, file in files.translations_in(folder, code)
    }


def _shown(path: Path) -> str:
    from lens.cli import printable

    return printable(str(path))
