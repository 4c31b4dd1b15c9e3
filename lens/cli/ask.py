"""`lens ask`: the interview in a terminal. Lines are printed and lines are read; nothing moves a cursor."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Any, get_args

import click

from lens.cli.options import language_options, named_path, plugin_options
from lens.words import Role, Stage

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from lens.hooks.registry import Registry
    from lens.interview import Interview, Prompt, Store
    from lens.words import Depth

_LONGEST_READ = 1_000_000
_TERMINAL_LINE = 4095
"""What a terminal hands over of one line; it drops the rest."""


@click.command(
    epilog="""\b
Examples
  lens ask my-program/ --first-look
  lens ask my-program/ --role finance --lang fr
  lens ask my-program/              go on where you stopped

\b
While it asks
  ?  help with this question      b  back
  s  skip, ask again later        q  stop; everything is saved

\b
Exit codes
  0    it ended, or you stopped: every answer is saved
  2    the command or a file needs mending, or an answer could not be saved
  130  it was interrupted (Ctrl-C): every answer is saved"""
)
@click.argument("case", nargs=-1, required=True, type=click.Path(path_type=str))
@click.option("--activity", metavar="ID", help="One activity of a published IATI file, by its identifier.")
@click.option("--first-look", is_flag=True, help="Only the 15 questions of the first look.")
@click.option("--role", metavar="ROLE", help="Only what this role can best answer, such as finance.")
@click.option("--stage", type=click.Choice(get_args(Stage)), help="The program's stage, if not in its file.")
@click.option(
    "--answers",
    "answers_file",
    callback=named_path,
    metavar="FILE",
    help="Where to save; answers-interview.yaml beside the case if left out.",
)
@click.option("--take-over", is_flag=True, help="Go on though a session on another machine was not closed.")
@language_options
@click.option("--as-of", metavar="DATE", help="The day of the answers; today if left out.")
@plugin_options
def ask(
    case: tuple[str, ...],
    activity: str | None,
    first_look: bool,
    role: str | None,
    stage: Stage | None,
    answers_file: Path | None,
    take_over: bool,
    lang: str,
    translations: Path | None,
    as_of: str | None,
    policy: str | None,
    registry: Registry,
) -> int:
    """Answer the questions of a review one at a time.

    CASE is what `lens review` takes. Each answer is saved at once, in a file of its own beside the case, which
    `lens review` then reads with it; files that you wrote are left as they are. Stop when you like and call it again.
    """
    from lens import api
    from lens.cli import say
    from lens.interview import Interview, Lock, Store
    from lens.interview.store import HIDDEN, file_for
    from lens.readers.case_files import ENDINGS
    from lens.writing import path_of

    wanted = role_of(role)
    paths = [path_of(one) for one in case]
    published = any(one.is_file() and one.suffix.lower() not in ENDINGS for one in paths)
    target = answers_file or file_for(paths, activity, published=published)
    words = registry.language(lang, translations)
    depth: Depth = "first-look" if first_look else "full"
    api.read_case(*paths, activity=activity, policy=policy, registry=registry)  # before a file or a lock is made
    with Lock(target.parent / HIDDEN / "interview.lock", take_over=take_over) as lock:
        store = Store(target)
        read = api.read_case(
            *paths, *((target,) if not store.is_new else ()), activity=activity, policy=policy, registry=registry
        )
        made = Interview(
            read.case,
            registry,
            store,
            words,
            policy=read.policy,
            as_of=api.day(as_of),
            depth=depth,
            stage=stage,
            role=wanted,
        )
        if lock.was_cut_short:
            _tell((words.text("ask.cut-short"),))
        code = _held(made)
        _tell(made.closing())
        _tell_of_files(store)
        say()
    return code


def role_of(given: str | None) -> Role | None:
    """A role by its name, with spaces, hyphens or underscores; LensError where there is no such one."""
    from lens.errors import LensError, near

    if given is None:
        return None
    roles = get_args(Role)
    name = given.strip().casefold().replace("-", "_").replace(" ", "_")
    if name not in roles:
        hint = near(name, roles) or f"Roles: {', '.join(roles)}."
        raise LensError(f'There is no role "{given[:60]}". {hint}')
    found: Role = name  # type: ignore[assignment] # one of the roles
    return found


def _held(made: Interview) -> int:
    """Ask until there is nothing more, the input ends, or somebody stops; the exit code."""
    _tell(made.opening())
    try:
        while (prompt := made.prompt()) is not None:
            _show(prompt)
            line = _read()
            if line is None or not sys.stdin.isatty():
                _tell(("",))  # nobody's Enter has ended the line
            if line is None:
                break
            _tell(made.hear(line))
    except KeyboardInterrupt:
        _tell(("",))
        return 130
    return 2 if made.is_unsaved else 0


def _show(prompt: Prompt) -> None:
    from lens.cli import say

    if prompt.step in ("word", "by-first"):
        say()
    _tell(prompt.lines)
    say(f"{prompt.label}: ", nl=False)
    sys.stdout.flush()


def _read() -> str | None:
    """One line as it was typed; None at the end of the input. What is no text comes with signs that say so."""
    stream: Any = getattr(sys.stdin, "buffer", None)
    if stream is None:
        line = sys.stdin.readline(_LONGEST_READ)
        return line or None
    raw: bytes = stream.readline(_LONGEST_READ)
    if not raw:
        return None
    if sys.stdin.isatty() and len(raw) >= _TERMINAL_LINE:
        return "x" * _LONGEST_READ  # the terminal dropped what came behind, so it counts as too long
    while len(raw) == _LONGEST_READ and not raw.endswith(b"\n"):
        rest: bytes = stream.readline(_LONGEST_READ)
        if not rest or rest.endswith(b"\n"):
            break
    encoding = "utf-8" if raw.isascii() else (sys.stdin.encoding or "utf-8")
    return raw.decode(encoding, errors="surrogateescape")


def _tell(lines: Iterable[str]) -> None:
    from lens.cli import say
    from lens.cli.summary import wrapped

    for one in lines:
        for line in wrapped(one, indent="", hang=2) or ("",):
            say(line)


def _tell_of_files(store: Store) -> None:
    from lens.cli import printable, say

    if not store.is_new:
        say(f"  {printable(str(store.path))}")
    for copy in store.kept:
        say(f"  {printable(str(copy))} (a copy of what stood there, with its comments)")
