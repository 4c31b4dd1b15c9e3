"""`lens demo`: a made-up program, written out, reviewed and reported, so that a first look costs nothing."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING

import click

from lens.cli.options import language_options

if TYPE_CHECKING:
    from lens.reviews.model import Review

AS_OF = "2026-11-15"
"""The demo always speaks of this day, so that its ages and dates stay as they are meant."""

DEFAULT_FOLDER = "lens-demo"
REPORT = "report"
FILES = ("program.yaml", "context.yaml", "answers.yaml", "decisions.yaml", "restricted.yaml", "lens.toml")
_FORMATS = ("html", "json", "markdown", "csv")


@click.command(
    epilog="""\b
Examples
  lens demo
  lens demo --folder try-it
  lens demo --again        after you changed an answer: see what changes

\b
Exit code
  0 in any case where the report was written; a real review of the same case would end with another, and says which."""
)
@click.option("--folder", metavar="FOLDER", default=DEFAULT_FOLDER, show_default=True, help="Where to write it.")
@language_options
@click.option("--again", is_flag=True, help="Use a folder that is there already. Your changes are kept.")
def demo(folder: str, again: bool, lang: str, translations: Path | None) -> int:
    """Write and review a made-up program."""
    from lens import api
    from lens.cli.options import own_registry
    from lens.cli.summary import lines
    from lens.reports import write

    home = Path(folder)
    _ready(home, again=again)
    changed = _write(home)
    registry = own_registry()
    words = registry.language(lang, translations)
    made = api.review(home, as_of=AS_OF, audience="internal", registry=registry)
    written = write(made, home / REPORT, _FORMATS, words, registry)
    click.echo(f"A made-up program in a made-up country: {_shown(home)}, reviewed as of {AS_OF}.")
    for name in changed:
        click.echo(f"  {name} is not as the example has it, and was kept so.")
    click.echo()
    for line in lines(made, words):
        click.echo(line)
    click.echo()
    _next_steps(made, home, written)
    return 0


def _next_steps(made: Review, home: Path, written: tuple[Path, ...]) -> None:
    from lens.cli import paint

    page = next(one for one in written if one.suffix == ".html")
    click.echo(f"{paint('The report:', 'cyan')} {_shown(page)}")
    click.echo("  Open it in a browser: it is one file and needs no network.")
    click.echo(f"  Beside it: {', '.join(one.name for one in written if one != page)}")
    click.echo(f"{paint('To try:', 'cyan')} read {_shown(home / 'answers.yaml')}, change an answer, and write")
    click.echo(f"  lens demo --again{_folder_option(home)}")
    click.echo(f"{paint('Your own program:', 'cyan')}")
    click.echo("  lens new all --folder my-program")
    click.echo(f"This is a demonstration. A real review of it would end with exit code {_exit_code(made)}.")


def _exit_code(made: Review) -> int:
    """The code that `lens review` would have ended with."""
    from lens.reviews.gate import reaches

    return 3 if made.incomplete else int(reaches(made.findings, "high"))


def _ready(home: Path, *, again: bool) -> None:
    """See that the folder can be used. LensError where something is in it that is not known to be the demo's."""
    from lens.errors import LensError

    try:
        filled = home.exists() and any(home.iterdir())
        if filled and not again:
            raise LensError(
                f"{_shown(home)} is there already and is not empty. To review what is in it, with your changes: "
                f"lens demo --again{_folder_option(home)}. For a fresh copy name another folder with --folder."
            )
        home.mkdir(parents=True, exist_ok=True)
    except (NotADirectoryError, FileExistsError):
        raise LensError(f"{_shown(home)} is a file, not a folder. Name a folder with --folder.") from None
    except (OSError, ValueError) as reason:
        why = getattr(reason, "strerror", None) or "the name cannot be used"
        raise LensError(f"{_shown(home)} cannot be used: {why}. Name another folder with --folder.") from None


def _write(home: Path) -> list[str]:
    """Write what is missing; the names of files that are there and differ, which are kept."""
    from lens.reports.files import template_text
    from lens.writing import write_new

    changed = []
    for name in FILES:
        text, path = template_text("example", name), home / name
        if not os.path.lexists(path):
            write_new(path, text, closed=name == "restricted.yaml")
        elif not _same(path, text):
            changed.append(name)
    return changed


def _same(path: Path, text: str) -> bool:
    try:
        return path.stat().st_size < 1_000_000 and path.read_text("utf-8") == text
    except (OSError, ValueError):
        return False


def _folder_option(home: Path) -> str:
    import shlex

    return "" if home == Path(DEFAULT_FOLDER) else f" --folder {shlex.quote(_shown(home))}"


def _shown(path: Path) -> str:
    from lens.cli import printable

    return printable(str(path))
