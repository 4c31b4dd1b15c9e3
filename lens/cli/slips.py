"""`lens slips`: question slips for each role, out as Word or Excel files and back in."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, get_args

import click

from lens.cli.ask import role_of
from lens.cli.options import language_options, named_path, plugin_options
from lens.words import Role, Stage

if TYPE_CHECKING:
    from pathlib import Path

    from lens.hooks.registry import Registry
    from lens.languages.language import Language
    from lens.office.slips.form import Slip
    from lens.office.slips.merge import Merged
    from lens.words import Depth

FOLDER = "lens-slips"
_WRITE = "write"


class _Slips(click.Group):
    """A group whose first word may also be the case itself: then slips are written."""

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        if args and args[0] not in (*self.commands, "--help", "-h"):
            args = [_WRITE, *args]
        return super().parse_args(ctx, args)


@click.group(
    cls=_Slips,
    context_settings={"help_option_names": ["-h", "--help"]},
    subcommand_metavar="CASE | merge CASE SLIP…",
    epilog="""\b
Examples
  lens slips my-program/                              one Word file for each role
  lens slips my-program/ --format xlsx --lang ar      as Excel files, in Arabic
  lens slips write my-program/ --help                 every option
  lens slips merge my-program/ returned/*.docx        take answers back in

Also a case in a folder called merge can be named: ./merge""",
)
def slips() -> None:
    """Write question slips for each role and take them back.

    A slip is a short Word or Excel file with the questions that one role can best answer, for people who will never
    open lens. Where those who answer differ, nothing is chosen: it is listed for a named role to settle.
    """


@slips.command(name=_WRITE)
@click.argument("case", nargs=-1, required=True, type=click.Path(path_type=str))
@click.option("--activity", metavar="ID", help="One activity of a published IATI file, by its identifier.")
@click.option(
    "--format", "form", type=click.Choice(("docx", "xlsx")), default="docx", show_default=True, help="Word or Excel."
)
@click.option("--role", "roles", multiple=True, metavar="ROLE", help="Only for this role; repeatable.")
@click.option("--all-roles", is_flag=True, help="Give each question to every role that can answer it.")
@click.option("--answered", is_flag=True, help="Ask again what is answered already.")
@click.option("--first-look", is_flag=True, help="Only the 15 questions of the first look.")
@click.option("--stage", type=click.Choice(get_args(Stage)), help="The program's stage, if not in its file.")
@click.option(
    "--output", callback=named_path, metavar="FOLDER", default=FOLDER, show_default=True, help="Where to write them."
)
@language_options
@click.option("--as-of", metavar="DATE", help="The day of the slips; today if left out.")
@plugin_options
def write(
    case: tuple[str, ...],
    activity: str | None,
    form: str,
    roles: tuple[str, ...],
    all_roles: bool,
    answered: bool,
    first_look: bool,
    stage: Stage | None,
    output: Path,
    lang: str,
    translations: Path | None,
    as_of: str | None,
    policy: str | None,
    registry: Registry,
) -> int:
    """Write one slip for each role that can answer.

    CASE is what `lens review` takes. A slip holds no names, nothing from the restricted annex, and nothing of the
    case but what its questions are about.
    """
    from lens import api
    from lens.cli import say
    from lens.cli.summary import wrapped
    from lens.interview.items import items_of
    from lens.office.slips.form import slips_of

    wanted: tuple[Role, ...] = tuple(found for one in roles if (found := role_of(one)))
    words = registry.language(lang, translations)
    read = api.read_case(*case, activity=activity, policy=policy, registry=registry)
    day = api.day(as_of)
    depth: Depth = "first-look" if first_look else "full"
    items = items_of(read.case, registry, as_of=day, policy=read.policy, depth=depth, stage=stage)
    given = read.case
    open_ = tuple(
        one for one in items if answered or not (given.voices(one.check.id, one.about) or given.voices(one.check.id))
    )
    made = slips_of(open_, given, words, all_roles=all_roles, roles=wanted)
    if not made:
        say("There is nothing to ask: every question that applies is answered. --answered asks again.")
        return 0
    files = {f"{one.name}.{form}": _bytes(one, words, form, day) for one in made}
    _put(output, files)
    for slip in made:
        say(_told(slip, output / f"{slip.name}.{form}", words))
    for line in wrapped(words.text("slip.protect"), indent="", hang=0):
        say(line)
    return 0


def _told(slip: Slip, path: Path, t: Language) -> str:
    from lens.cli import printable

    return printable(f"{path}  {t.many('plan.questions', len(slip.asked))}")


def _bytes(slip: Slip, t: Language, form: str, day: Any) -> bytes:
    if form == "docx":
        from lens.office.slips.write_word import as_word

        return as_word(slip, t, day)
    from lens.office.slips.write_excel import as_excel

    return as_excel(slip, t, day)


def _put(folder: Path, files: dict[str, bytes]) -> None:
    """Write slips, all or none, and never over one that may have been filled in."""
    from lens.errors import LensError
    from lens.writing import put_files

    for name, text in files.items():
        there = folder / name
        if there.exists() and (not there.is_file() or there.read_bytes() != text):
            raise LensError(
                f"{there} is there already, and somebody may have filled it in. Nothing was written. Name another "
                "folder with --output."
            )
    put_files(folder, files, option="--output")


_HEAD = """\
# Answers taken from question slips (lens slips merge). It is read together with the other files of the case.
# Where answers under `others` differ, the question is open until a named role has settled it.

"""


@slips.command(
    epilog="""\b
Exit codes
  0  everything was taken, and nobody answered differently
  1  answers differ, or something on a slip needs a person to look at it
  2  a file needs mending, or no slip could be taken"""
)
@click.argument("case", type=click.Path(path_type=str))
@click.argument("returned", metavar="SLIP…", nargs=-1, required=True, type=click.Path(path_type=str))
@click.option(
    "--settle", metavar="ROLE", default="senior_reviewer", show_default=True, help="Who settles where answers differ."
)
@click.option(
    "--format",
    "form",
    type=click.Choice(("docx", "xlsx")),
    default="docx",
    show_default=True,
    help="Of what to settle.",
)
@click.option("--afresh", is_flag=True, help="Begin anew with these slips; what was taken before is kept as a copy.")
@click.option(
    "--answers",
    "answers_file",
    callback=named_path,
    metavar="FILE",
    help="Where answers go; answers-slips.yaml beside the case if left out.",
)
@click.option("--activity", metavar="ID", help="One activity of a published IATI file, by its identifier.")
@click.option("--take-over", is_flag=True, help="Go on though a session on another machine was not closed.")
@language_options
@click.option("--as-of", metavar="DATE", help="The day of the file to settle; today if left out.")
@plugin_options
def merge(
    case: str,
    returned: tuple[str, ...],
    settle: str,
    form: str,
    afresh: bool,
    answers_file: Path | None,
    activity: str | None,
    take_over: bool,
    lang: str,
    translations: Path | None,
    as_of: str | None,
    policy: str | None,
    registry: Registry,
) -> int:
    """Take answers from returned slips into the case.

    Answers go into a file of their own beside the case; files that you wrote are left as they are. Each names its
    slip by a number made from its content. Where answers differ, all are kept side by side, the question is open in
    a review, and a file is written on which a named role can settle it; that file is taken back in the same way.
    """
    from lens import api
    from lens.cases import Answers
    from lens.interview import Lock, Store
    from lens.interview.dialog import without
    from lens.interview.store import HIDDEN
    from lens.office.slips.merge import NAME, merge, to_settle
    from lens.writing import path_of

    role = role_of(settle)
    assert role is not None  # noqa: S101 - it was named
    home = path_of(case)
    target = answers_file or (home if home.is_dir() else home.parent) / NAME
    words, day = registry.language(lang, translations), api.day(as_of)
    api.read_case(home, activity=activity, policy=policy, registry=registry)  # before a file or a lock is made
    with Lock(target.parent / HIDDEN / "interview.lock", take_over=take_over):
        store = Store(target, head=_HEAD)
        files = () if store.is_new else (target,)
        given = api.read_case(home, *files, activity=activity, policy=policy, registry=registry).case
        held = store.answers
        if afresh:
            from dataclasses import replace

            given, held = replace(given, answers=without(given.answers, held)), Answers()
        done = merge(
            given,
            held,
            [path_of(one) for one in returned],
            registry,
            lambda code: registry.language(code, translations),
        )
        if done.taken:
            store.put(done.answers, keep_copy=afresh and bool(store.answers.all))
        after = api.read_case(
            home, *(() if store.is_new else (target,)), activity=activity, policy=policy, registry=registry
        ).case
        slip = to_settle(done, after, registry, words, role)
        written = _put_beside(target.parent, slip.name, form, _bytes(slip, words, form, day)) if slip else None
        _tell_of(done, store, written)
    if not done.taken:
        return 2
    return 1 if done.refused or done.differing or done.points else 0


def _put_beside(folder: Path, name: str, form: str, text: bytes) -> Path:
    """Write a file under a name that is still free: one that is there may have been filled in."""
    from lens.writing import write_new

    for number in range(1, 1000):
        path = folder / (f"{name}.{form}" if number == 1 else f"{name}-{number}.{form}")
        if not path.exists():
            write_new(path, text, option="--answers")
            return path
        if path.is_file() and path.read_bytes() == text:
            return path
    from lens.errors import LensError

    raise LensError(f"There are too many files {name} in {folder}. Move some away.")


def _tell_of(done: Merged, store: Any, written: Path | None) -> None:
    """What was taken, from which slip, and what needs a person. Nothing that was written on a slip is printed."""
    from lens.cli import paint, printable, say
    from lens.cli.summary import heading, wrapped

    def line(text: str, indent: str = "  ") -> None:
        for one in wrapped(text, indent=indent):
            say(one)

    for slip in done.taken:
        say(heading(printable(f"{slip.called}: slip {slip.number}, {slip.role.replace('_', ' ')}")))
        told = [f"{slip.answers} answers taken", f"{slip.empty} left open"]
        line("; ".join([*told, *([f"{slip.again} taken before"] if slip.again else [])]))
        for point in slip.points:
            line(f"Look at {point.where}: {point.what}")
    for problem in done.refused:
        say(paint("Not taken:", "red"))
        line(str(problem))
    if done.differing:
        say(heading("Answers differ, and nothing was chosen"))
        for check, about in done.differing:
            line(" ".join(one for one in (check, about) if one))
    if not store.is_new:
        say(printable(f"  {store.path}"))
    for copy in store.kept:
        say(printable(f"  {copy} (a copy of what stood there)"))
    if written is not None:
        say(printable(f"  {written} (to settle, for inside the agency)"))
