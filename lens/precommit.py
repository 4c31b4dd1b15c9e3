"""Two hooks for pre-commit: names stay out of the repository, and changed cases are reviewed at a first look.

`.pre-commit-hooks.yaml` calls them as `python -m lens.precommit names FILE…` and `python -m lens.precommit review
FILE…`. They read files and print; they write nothing and send nothing. What they print is for the public, because the
logs of a code host are read by many: field and line, never what a file says.
"""

from __future__ import annotations

import re
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from lens.words import LEVELS

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from lens.words import Level

_ENDINGS = (".yaml", ".yml", ".json")
_REPORTS = (".html", ".htm", ".md", ".csv", ".txt")
_PARTS = frozenset({"program", "context", "answers", "decisions"})
_POLICY = "lens.toml"
_BY_NAME = re.compile(r"restricted(?![a-z]).*", re.IGNORECASE)
_SAVED = re.compile(r'"audience"\s*:\s*"restricted"')
_HEAD = 64_000


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
def hooks() -> None:
    """Hooks for pre-commit; see .pre-commit-hooks.yaml."""


# Names


@hooks.command()
@click.argument("files", nargs=-1, type=click.Path(path_type=Path))
def names(files: tuple[Path, ...]) -> int:
    """Refuse the restricted annex, under any name, and what was made with it."""
    from lens.cli import printable, say

    found = [(file, why) for file in files if (why := holds_names(file))]
    for file, why in found:
        say(f"{printable(str(file))}: {why}", err=True)
    if found:
        say(
            "Names of people, partners and places must not go into a repository: what was committed once stays. Take "
            "these files out (git restore --staged FILE) and keep them outside this folder, or in .gitignore.",
            err=True,
        )
    return 1 if found else 0


def holds_names(file: Path) -> str:
    """Why a file must not be committed, or nothing where nothing shows that it must not be."""
    if _BY_NAME.fullmatch(file.name):
        return "it is called like the restricted annex."
    ending = file.suffix.lower()
    if ending in _ENDINGS and _is_annex(file):
        return "it is a restricted annex under another name."
    if ending in _ENDINGS or ending in _REPORTS:
        head = _head(file)
        if ending == ".json" and _SAVED.search(head):
            return "it is a review for the audience restricted, which holds names."
        if ending in _REPORTS and any(marking in head for marking in _markings()):
            return "it is a report for the audience restricted, which holds names."
    return ""


def _is_annex(file: Path) -> bool:
    from lens.errors import LensError
    from lens.readers.text import load_yaml

    try:
        data = load_yaml(file).data
    except LensError:
        # It cannot be read as YAML. What is left of an annex in it still begins with its only word.
        return re.match(r"\s*(?:#.*\s+)*names\s*:\s*\n\s+(?:partner|person|place|group):", _head(file)) is not None
    if not isinstance(data, dict) or not isinstance(data.get("names"), dict):
        return False
    return any(re.match(r"(partner|person|place|group|actor):", str(key)) for key in data["names"])


def _head(file: Path) -> str:
    try:
        with file.open("rb") as stream:
            return stream.read(_HEAD).decode("utf-8", errors="replace")
    except OSError:
        return ""


def _markings() -> tuple[str, ...]:
    """How a report says that it holds names, in every language that reports come in."""
    import html

    from lens.languages import files
    from lens.languages.language import SOURCE, language

    codes = sorted({SOURCE}.union(*(files.codes_in(folder) for folder in files.own_folders().values())))
    texts = [language(code).text("marking.restricted") for code in codes]
    return tuple(dict.fromkeys([*texts, *(html.escape(one) for one in texts)]))


# Review


@hooks.command()
@click.argument("files", nargs=-1, type=click.Path(path_type=Path))
@click.option(
    "--fail-on",
    type=click.Choice(("never", *LEVELS)),
    default="never",
    show_default=True,
    help="From which level on to stop the commit. A hook that stops honest answers teaches other ones.",
)
@click.option("--policy", metavar="FILE", envvar="LENS_POLICY", help="An agency's lens.toml.")
@click.option("--only-core", is_flag=True, help="Load no plugins or packs.")
def review(files: tuple[Path, ...], fail_on: str, policy: str | None, only_core: bool) -> int:
    """Review the cases that files belong to, at a first look."""
    from lens.cli import printable, say

    code = 0
    for folder in folders_of(files):
        say(f"{printable(str(folder))}:")
        code = max(code, _reviewed(folder, fail_on, policy, only_core))
    return code


def folders_of(files: Iterable[Path]) -> list[Path]:
    """The folders of the cases that files are part of, each once, in order."""
    found = {file.parent for file in files if file.name == _POLICY or file.suffix.lower() in _ENDINGS}
    return sorted(folder for folder in found if any(_begins_a_case(one) for one in _case_files(folder)))


def _case_files(folder: Path) -> Iterator[Path]:
    if folder.is_dir():
        yield from sorted(one for one in folder.iterdir() if one.suffix.lower() in _ENDINGS and one.is_file())


def _begins_a_case(file: Path) -> bool:
    """Whether a file holds a program: by its name, which it keeps when it cannot be read, or by its words."""
    if file.stem.lower() == "program":
        return True
    if _BY_NAME.fullmatch(file.name):
        return False  # the annex is not opened to find out
    from lens.errors import LensError
    from lens.readers.text import load_yaml

    try:
        data = load_yaml(file).data
    except LensError:
        return False
    return isinstance(data, dict) and "program" in data and data.keys() <= _PARTS


def _reviewed(folder: Path, fail_on: str, policy: str | None, only_core: bool) -> int:
    """Review one case and say in a few lines what was found; the exit code for it."""
    from typing import cast

    from lens import api
    from lens.cli import paint, printable, say
    from lens.cli.options import obey
    from lens.cli.summary import lines
    from lens.errors import InputError, LensError
    from lens.hooks.installed import Rules
    from lens.hooks.registry import Registry
    from lens.languages.language import english
    from lens.reviews.gate import reaches

    registry = Registry(Rules(only_core=only_core))
    try:
        obey(registry, policy)
        made = api.review(folder, depth="first-look", policy=policy, registry=registry)
    except InputError as reason:
        for problem in reason.problems:
            say(f"  {printable(str(problem))}", err=True)
        return reason.exit_code
    except LensError as reason:
        say(f"  {paint('Cannot go on:', 'red')} {printable(str(reason))}", err=True)
        return reason.exit_code
    for line in lines(made, english()):
        say(f"  {line}")
    if made.incomplete:
        return 3
    return 1 if fail_on != "never" and reaches(made.findings, cast("Level", fail_on)) else 0


def main(arguments: list[str] | None = None) -> int:
    """Run one hook; its exit code."""
    try:
        result = hooks.main(arguments, prog_name="lens.precommit", standalone_mode=False)
    except click.exceptions.Exit as end:
        return end.exit_code
    except click.ClickException as reason:
        reason.show()
        return 2
    return result if isinstance(result, int) else 0


if __name__ == "__main__":
    sys.exit(main())
