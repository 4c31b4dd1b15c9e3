"""`lens new`: a commented file to fill in, with the schema that editors check it against."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING, get_args

import click

from lens.words import Depth

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping
    from typing import Any

FILES: dict[str, str] = {
    "program": "program.yaml",
    "context": "context.yaml",
    "answers": "answers.yaml",
    "decisions": "decisions.yaml",
    "restricted": "restricted.yaml",
    "policy": "lens.toml",
}
"""The kinds of file, and what each is called. The policy is the agency's; the others are a case."""

ALL = "all"
_WIDTH = 80
_MARK = "##= "
"""A line of a scaffold that begins so is replaced by the list it names, so that no list is written twice."""


@click.command(
    epilog="""\b
Examples
  lens new all --folder my-program     a whole case, ready to fill in
  lens new program                     only program.yaml, in this folder
  lens new answers --case my-program   the questions that a review of it asks

\b
What each is
  program      what it does, where, with whom, with what money
  context      what a named role judges about the places
  answers      what people say, by role and day
  decisions    what was decided about findings, and what was escalated
  restricted   who and where the numbers of the other files are
  policy       an agency's own rules (lens.toml)
  all          the first four and restricted

A file that is there already is never changed."""
)
@click.argument("kind", metavar="KIND", type=click.Choice([*FILES, ALL]))
@click.option("--folder", metavar="FOLDER", default=".", help="Where to write it; this folder if left out.")
@click.option(
    "--depth",
    type=click.Choice(get_args(Depth)),
    default="first-look",
    show_default=True,
    help="For answers: the 15 questions of the first look, or all.",
)
@click.option(
    "--case", "cases", multiple=True, metavar="FOLDER", help="For answers: those that a review of this case asks."
)
def new(kind: str, folder: str, depth: Depth, cases: tuple[str, ...]) -> int:
    """Write a commented file for you to fill in.

    KIND is program, context, answers, decisions, restricted, policy or all.
    """
    from lens.errors import LensError

    if cases and kind != "answers":
        raise LensError("--case goes with answers: it chooses which questions are written. Write: lens new answers")
    home = Path(folder)
    kinds = [one for one in FILES if one != "policy"] if kind == ALL else [kind]
    left = [one for one in kinds if os.path.lexists(home / FILES[one])]
    if len(left) == len(kinds):
        what = f"All of these are in {_shown(home)}" if kind == ALL else f"{_shown(home / FILES[kind])} is there"
        raise LensError(
            f"{what} already, and nothing was changed. Name another folder with --folder, or move yours away first."
        )
    chosen = _planned(cases) if cases else None
    texts = {one: scaffold(one, depth, chosen) for one in kinds if one not in left}
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


def _next(kinds: list[str], home: Path) -> Iterator[str]:
    """What to do with what was written."""
    where = _quoted(home)
    if kinds == ["policy"]:
        yield "It changes nothing as it is. The file says what can be set."
        yield "It holds for the case in the same folder; for others name it with --policy."
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


def _planned(cases: tuple[str, ...]) -> frozenset[str]:
    """The questions that a full review of a case asks, those that wait for an answer included."""
    from lens import api

    plan = api.plan(*cases)
    return frozenset(one.check for one in (*plan.questions, *plan.later))


def scaffold(kind: str, depth: Depth = "first-look", chosen: frozenset[str] | None = None) -> str:
    """The text of a scaffold, its lists filled in; for answers, only the questions chosen, if any are."""
    from lens.reports.files import template_text

    made: list[str] = []
    for line in template_text("scaffold", FILES[kind]).splitlines():
        name = line.strip()
        if not name.startswith(_MARK):
            made.append(line)
        elif name == f"{_MARK}questions":
            made.extend(_questions(depth, chosen))
        else:
            indent = line[: len(line) - len(line.lstrip())]
            made.extend(_list(name.removeprefix(_MARK), indent))
    return "\n".join(made) + "\n"


def _list(name: str, indent: str) -> Iterator[str]:
    """A list of words or ids with their meanings, as comments."""
    from lens.words import MEANINGS

    made = _CATALOG[name]() if name in _CATALOG else MEANINGS[name].items()
    rows = list(made)
    short = max((len(word) for word, _ in rows if len(word) < 24), default=0)
    for word, meaning in rows:
        yield from _comment(f"{word:<{short}}  {meaning}", f"{indent}##   ", hang=short + 2)


def _harm_paths() -> Iterator[tuple[str, str]]:
    from lens import catalog

    for one in catalog.items("AH").values():
        yield one.id, one.text


def _inhibitors() -> Iterator[tuple[str, str]]:
    from lens import catalog

    for one in catalog.items("INH").values():
        yield one.id, one.name


def _factors() -> Iterator[tuple[str, str]]:
    from lens import catalog

    marks = {"at_once": " [at once]", "senior": " [to a senior reviewer]"}
    for factor in catalog.items("RF").values():
        yield factor.id, factor.name.upper()
        for one in catalog.indicators_of(factor.id):
            yield one.id, one.text + marks.get(one.escalation, "")


_CATALOG: Mapping[str, Callable[[], Iterator[tuple[str, str]]]] = {
    "harm paths": _harm_paths,
    "inhibitors": _inhibitors,
    "factors": _factors,
}


def _questions(depth: Depth, chosen: frozenset[str] | None) -> Iterator[str]:
    """Every question as a commented block to be filled in, in the order in which it is asked."""
    from lens.checks.raw import raw_checks

    asked = [one for one in raw_checks().values() if "question" in one and (chosen is None or one["id"] in chosen)]
    first = sorted((one for one in asked if one.get("depth") == "first-look"), key=lambda one: int(one["order"]))
    rest = [one for one in asked if one.get("depth") != "first-look"]
    for number, raw in enumerate(first, 1):
        yield from _question(raw, f"{number}. ")
    if rest and (depth == "full" or chosen is not None):
        yield f"  ## {'-' * 75}"
        yield "  ## The further questions of the full review"
        yield "  ##"
        for raw in rest:
            yield from _question(raw, "")
    elif chosen is None:
        yield from _comment(
            f"The full review has {len(rest)} more, most of them for some programs only. To have those of yours "
            "here as well, fill in the program, move this file away and write: lens new answers --case .",
            "  ## ",
        )


def _question(raw: Mapping[str, Any], number: str) -> Iterator[str]:
    from lens.reports.texts import language

    asked = raw["question"]
    per = asked.get("per", "program")
    yield from _comment(f"{number}{asked['ask']}", "  ## ", hang=len(number))
    says = {
        "Meant": asked.get("help"),
        "Who can answer": language().words("role", tuple(raw.get("who", ()))),
        "What settles it": asked.get("settles"),
        "Hold it safely": asked.get("hold_safely"),
    }
    for name, text in says.items():
        if text:
            yield from _comment(f"{name}: {text}", "  ##    ", hang=2)
    if per != "program":
        yield from _comment(
            f"Asked of each {per}: one block for {per}:1, one for {per}:2 and so on. Without the line about, an answer "
            "holds for all of them.",
            "  ##    ",
            hang=2,
        )
    yield f"  # - question: {raw['id']}"
    if per != "program":
        yield f"  #   about: {per}:1"
    yield "  #   answer:"
    if follow_ups := asked.get("follow_ups"):
        yield "  #   follow_ups:"
        for one in follow_ups:
            yield from _comment(one["ask"], "  #     ## ")
            yield f"  #     {one['id']}:"
    yield "  #   by:"
    yield "  #   on:"
    yield from (f"  #   # {line}" for line in _MORE)
    yield ""


_MORE = (
    "evidence:",
    "  - kind:",
    "    on:",
    "    ref:",
    "    held_elsewhere:",
    "    checked_by:",
    "    note:",
    "affected:",
    "  asked:",
    "  who:",
    "  how:",
    "  said:",
    "dissent:",
    "reason:",
)
"""What may stand beside an answer: comments still when the block is taken in use, so that none has to be filled."""


def _comment(text: str, lead: str, *, hang: int = 0) -> Iterator[str]:
    """A text as comment lines."""
    import textwrap

    yield from textwrap.wrap(
        text.strip(),
        _WIDTH,
        initial_indent=lead,
        subsequent_indent=lead + " " * hang,
        break_long_words=False,
        break_on_hyphens=False,
    )


def write_new(path: Path, text: str, *, closed: bool = False) -> None:
    """Write a file that is not there yet, whole or not at all; `closed` makes it readable by its owner only.

    LensError where it is there already, or cannot be written.
    """
    from contextlib import suppress

    from lens.errors import LensError

    temporary = path.with_name(f".lens-{os.getpid()}-{path.name}")
    try:
        handle = os.open(temporary, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600 if closed else 0o666)
        with os.fdopen(handle, "w", encoding="utf-8", newline="\n") as stream:
            stream.write(text)
        _claim(temporary, path)
    except FileExistsError:
        raise LensError(f"{_shown(path)} is there already and was left as it is.") from None
    except OSError as reason:
        why = reason.strerror or type(reason).__name__
        raise LensError(f"{_shown(path)} cannot be written: {why}. Name another folder with --folder.") from None
    finally:
        with suppress(OSError):
            temporary.unlink()


def _claim(temporary: Path, path: Path) -> None:
    """Give a finished file its name, unless something has that name. FileExistsError where it has."""
    try:
        os.link(temporary, path)
    except FileExistsError:
        raise
    except OSError:
        # Memory sticks and some shares know no links; there, look first and then move.
        if os.path.lexists(path):
            raise FileExistsError from None
        temporary.replace(path)


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
