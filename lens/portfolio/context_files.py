"""The contexts that a user gives for the places of a portfolio: context files, each of one country and day."""

from __future__ import annotations

from hashlib import sha256
from typing import TYPE_CHECKING

from lens.errors import InputError, Problem
from lens.readers.case_files import ENDINGS
from lens.readers.text import load_yaml

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

    from lens.cases.context import Context


def read_contexts(paths: Iterable[Path]) -> tuple[tuple[Context, ...], str]:
    """The contexts of files and folders, in order of country and day, and a digest of what they say.

    InputError with every problem of every file: a context of a portfolio must name its country and its day.
    """
    from lens.cases.context import Context
    from lens.readers.boundary import validate

    found: list[Context] = []
    problems: list[Problem] = []
    for path in _files(paths, problems):
        try:
            text = load_yaml(path)
            if not isinstance(text.data, dict) or "context" not in text.data:
                what = "This file holds no context."
                problems.append(Problem(text.name, what=what, fix="`lens new context` writes one to fill in."))
                continue
            context = validate(Context, text, at=("context",))
        except InputError as reason:
            problems += reason.problems
            continue
        if context.country is None or context.on is None:
            field = "context.country" if context.country is None else "context.on"
            what = "For a portfolio, a context must say which country it is about, and of which day it is."
            problems.append(Problem(text.name, text.line(("context",)), field, what))
            continue
        found.append(context)
    if problems:
        raise InputError(sorted(problems))
    found.sort(key=lambda one: (one.country or "", str(one.on), repr(one)))
    return tuple(found), sha256(repr(found).encode()).hexdigest()


def _files(paths: Iterable[Path], problems: list[Problem]) -> Iterator[Path]:
    for path in paths:
        if not path.is_dir():
            yield path
            continue
        inner = sorted(one for one in path.iterdir() if one.suffix.lower() in ENDINGS and not one.name.startswith("."))
        if not inner:
            problems.append(Problem(str(path), what="There is no context file in this folder."))
        yield from inner
