"""The contexts that a user gives for the places of a portfolio. pydantic is imported only where there are any."""

from __future__ import annotations

from typing import TYPE_CHECKING

from lens.cases.context import Context
from lens.errors import InputError, Problem
from lens.readers.case_files import ENDINGS

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

    from lens.readers.text import Text


def read_contexts(paths: Iterable[Path]) -> tuple[Context, ...]:
    """Read files, and folders of files, that each hold one context under the key `context`, as a case has it.

    Gives the contexts in order of country and day.

    Raises InputError with every problem of every file: what cannot be read, what the catalog does not have, a context
    without a country or a day, one of the same country and day as another.
    """
    problems: list[Problem] = []
    found: dict[tuple[str, str], tuple[str, Context]] = {}
    for path in _files(paths, problems):
        try:
            text, context = _read(path)
        except InputError as reason:
            problems += reason.problems
            continue
        lacks = [*_lacks(context, text), *_wrong(context, text)]
        problems += lacks
        if lacks:
            continue
        key = (str(context.country), str(context.on))
        if key in found:
            what = f"There is another context of {key[0]} of the same day, in {found[key][0]}."
            problems.append(Problem(text.name, text.line(("context",)), "context", what, "Give one of the two."))
        else:
            found[key] = (text.name, context)
    if problems:
        raise InputError(problems)
    return tuple(found[key][1] for key in sorted(found))


def _files(paths: Iterable[Path], problems: list[Problem]) -> Iterator[Path]:
    for path in paths:
        if not path.is_dir():
            yield path
            continue
        inner = sorted(one for one in path.iterdir() if one.suffix.lower() in ENDINGS and not one.name.startswith("."))
        if not inner:
            problems.append(Problem(str(path), what="There is no context file in this folder."))
        yield from inner


def _read(path: Path) -> tuple[Text, Context]:
    from lens.readers.boundary import validate
    from lens.readers.text import load_yaml

    text = load_yaml(path)
    names = list(text.data) if isinstance(text.data, dict) else []
    if names != ["context"]:
        what = "A file of a context holds one key, `context`, and nothing beside it."
        others = [(name,) for name in names if name != "context"]
        raise InputError(Problem(text.name, text.line(others[0] if others else ()), what=what))
    return text, validate(Context, text, at=("context",))


def _wrong(context: Context, text: Text) -> list[Problem]:
    """What no single field tells, as in a review. The places are those of a program, which is not here."""
    from lens.readers.consistency import Part, problems_of

    return problems_of([Part(context, text, ("context",))], elsewhere=frozenset({"place"}))


def _lacks(context: Context, text: Text) -> Iterator[Problem]:
    needed = {
        "country": (context.country, "Write the code of two letters, such as country: XA."),
        "on": (context.on, "Write the day it was last gone through, such as on: 2026-03-31."),
    }
    for field, (value, fix) in needed.items():
        if value is None:
            what = "Records are held beside contexts by country and time, and this is missing."
            yield Problem(text.name, text.line(("context",)), f"context.{field}", what, fix)
