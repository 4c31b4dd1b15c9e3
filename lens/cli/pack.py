"""`lens pack`: a pack examined as a reviewer would, and shown as the questionnaire that officers see."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from lens.cli.options import named_path

if TYPE_CHECKING:
    from pathlib import Path

    from lens.packs.load import Pack


@click.group(
    epilog="""\b
Examples
  lens new pack land-rights        begin a pack of your own
  lens pack check land-rights      what a reviewer would say of it
  lens pack preview land-rights    what officers will be asked"""
)
def pack() -> None:
    """Examine or preview a pack of questions.

    A pack is named by its folder, also that of the project around it, or by its name where it is installed.
    """


@pack.command(
    epilog="""\b
Exit codes
  0  no error
  1  errors, or with --strict also warnings
  2  the pack cannot be read"""
)
@click.argument("named", metavar="PACK", type=str)
@click.option("--strict", is_flag=True, help="Let warnings count as well.")
def check(named: str, strict: bool) -> int:
    """Read a pack as a reviewer would.

    Each remark names file, line and what to do. Errors keep people from relying on the pack; warnings are for its
    author to weigh: a machine sees how a text is built, not whether it is wise.
    """
    from lens.cli import paint, printable, say
    from lens.packs.examine import examine

    found = found_pack(named)
    remarks = examine(found)
    errors = sum(one.is_error for one in remarks)
    for one in remarks:
        word = paint("error", "red") if one.is_error else "warning"
        say(f"{word}  {printable(str(one))}")
    asked = sum(1 for one in found.checks if one.question is not None)
    if remarks:
        say()
    counts = f"{asked} questions, {len(found.checks) - asked} computed"
    say(printable(f"{found.name} {found.version}, digest {found.digest}: {counts}"))
    say(f"{errors} errors, {len(remarks) - errors} warnings. Whether the questions are good ones, people must judge.")
    return 1 if errors or (strict and remarks) else 0


@pack.command()
@click.argument("named", metavar="PACK", type=str)
@click.option("--html", callback=named_path, metavar="FILE", help="Write it as a page instead.")
def preview(named: str, html: Path | None) -> int:
    """Show a pack as the questionnaire that officers see."""
    from lens.cli import printable, say
    from lens.packs.preview import page

    found = found_pack(named)
    if html is None:
        questionnaire(found)
        return 0
    from lens.writing import write_new

    write_new(html, page(found), option="--html")
    say(f"Wrote {printable(str(html))}")
    return 0


def questionnaire(pack: Pack) -> None:
    """Print the questionnaire."""
    from lens.cli import entry, say
    from lens.packs.preview import ANSWERS, heads, shown

    entry.title(pack.name, pack.title)
    for name, text in heads(pack):
        entry.line(name, text)
    for one in shown(pack):
        say()
        entry.title(f"{one.number}. {one.ask}" if one.is_question else f"{one.number}. (computed) {one.title}")
        entry.line("meant" if one.is_question else "how", one.meant)
        entry.line("asked of", ", ".join(one.who))
        if one.is_question:
            entry.text(f"[ ] {'   [ ] '.join(ANSWERS)}")
        for then in one.follow_ups:
            entry.line("then", then)
        entry.line("what settles it", one.settles)
        entry.line("hold it safely", one.hold)
        entry.text(f"-- for whoever reads the pack: {one.id}")
        for name, text in one.facts:
            entry.line(name, text)


def found_pack(named: str) -> Pack:
    """A pack by its folder, the folder of its project, or the name of an installed one.

    Raises LensError where there is none, and InputError for what is wrong with its files.
    """
    from lens.packs.form import PACK_FILE
    from lens.packs.load import load_pack, name_in
    from lens.writing import path_of

    place = path_of(named)
    if place.is_dir():
        folders = (
            [place] if (place / PACK_FILE).is_file() else sorted(one.parent for one in place.glob(f"*/{PACK_FILE}"))
        )
        if len(folders) > 1:
            from lens.errors import LensError

            listed = ", ".join(str(one) for one in folders)
            raise LensError(f"There are several packs in {place}: {listed}. Name one of them.")
        folder = folders[0] if folders else place
        name_in(folder)
        return load_pack(folder, called=str(folder))
    return _installed(named)


def _installed(named: str) -> Pack:
    from lens.cli.options import own_registry
    from lens.errors import InputError, LensError, Problem, near

    registry = own_registry()
    packs = {one.name: one for one, _ in registry.packs}
    if named in packs:
        return packs[named]
    problems = [Problem(one.where, what=one.what) for one in registry.faults if one.owner == named]
    if problems:
        raise InputError(problems)
    hint = near(named, tuple(packs)) or "`lens plugins` lists what is installed."
    raise LensError(f'There is no folder and no installed pack "{named[:60]}". {hint}')
