"""Whether what a plugin gives can be used: looked at when it is given, so that nothing later stumbles over it.

Dataclasses hold whatever they are made with. What comes out of here holds what its fields say.
"""

from __future__ import annotations

import re
from dataclasses import asdict
from typing import TYPE_CHECKING, Any, TypeVar

from lens.errors import InputError, Problem
from lens.hooks.contain import contained
from lens.hooks.specs import EvidenceSource, Reader, ReadProgram, Renderer

if TYPE_CHECKING:
    from collections.abc import Collection

    from lens.checks.model import Check

    T = TypeVar("T")

NAME = re.compile(r"[A-Za-z0-9]([A-Za-z0-9_.-]{0,58}[A-Za-z0-9])?")
"""What a plugin, pack, format or reader can be called."""
_TITLE = re.compile(r"[A-Za-z0-9]([A-Za-z0-9 _.-]{0,58}[A-Za-z0-9])?")
"""What a source of evidence can be called."""
FILE_NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,80}")
COMMAND = re.compile(r"[a-z][a-z0-9-]{0,59}")
TARGET = re.compile(r"[A-Za-z_][\w.]*:[A-Za-z_]\w*")
_ITEM = re.compile(r"[A-Za-z0-9][A-Za-z0-9_.-]{0,79}")
CORE_ITEM = re.compile(r"(RF|INH|AH|HRDDP|DNH|RAFT|TOOL|DESIGN|TERM)-?[0-9A-Z][0-9A-Za-z.]*")
"""How the ids of the core's lists look, also those that there are not (yet)."""
_LONGEST = 160


def told(text: object) -> str:
    """A text of a plugin as messages print it: on one line, short, and without signs that could steer a terminal."""
    line = " ".join(str(text).split()) if isinstance(text, str) else "?"
    line = "".join(sign if sign.isprintable() else "\ufffd" for sign in line)
    return line if len(line) <= _LONGEST else f"{line[:_LONGEST]}…"


def kind_of(thing: object) -> str:
    """What something is, for a message."""
    return told(type.__dict__["__name__"].__get__(type(thing)))[:40]


def why_not(thing: Any, kind: type[Any]) -> str:
    """What keeps a reader, renderer or source of evidence from being used; empty where nothing does."""
    if type(thing) is not kind:
        return f"this is a {kind_of(thing)}, and no lens.hooks.{kind.__name__}"
    if not _is_text(thing.name) or not (_TITLE if kind is EvidenceSource else NAME).fullmatch(thing.name):
        return "its name must be letters, digits, hyphens, dots"
    if isinstance(thing, Renderer) and not (
        _is_text(thing.file_name) and FILE_NAME.fullmatch(thing.file_name) and thing.for_people in (True, False)
    ):
        return f"{thing.name}: file_name must be the plain name of a file, and for_people True or False"
    functions: dict[type[Any], tuple[str, ...]] = {
        Reader: ("recognizes", "read"),
        Renderer: ("render",),
        EvidenceSource: ("gather",),
    }
    missing = [one for one in functions[kind] if not callable(getattr(thing, one))]
    return f"{thing.name}: {missing[0]} must be a function" if missing else ""


def why_not_item(item: Any, prefixes: Collection[str]) -> str:
    """What keeps an entry from being taken into the catalog; empty where nothing does."""
    from lens.catalog import Item

    if type(item) is not Item:
        return f"this is a {kind_of(item)}, and no lens.catalog.Item"
    if not _is_text(item.id) or not _ITEM.fullmatch(item.id):
        return "its id must be letters, digits, hyphens, dots"
    if CORE_ITEM.fullmatch(item.id):
        return f"{item.id}: ids of this form belong to the core"
    head, dot, _ = item.id.partition(".")
    if dot and head not in prefixes:
        return f"{item.id}: before its dot stands the name of another pack"
    texts = (item.kind, item.name, item.text, item.status, item.origin, item.certainty, item.tendency, item.escalation)
    if not all(map(_is_text, texts)) or type(item.more) is not dict:
        return f"{item.id}: a field that must be text is none"
    if not _are_texts(item.sources):
        return f"{item.id}: sources must be a tuple of ids"
    return ""


def check_of(given: Any, run: Any, own: Collection[str]) -> tuple[Check | None, list[str]]:
    """A check as its plugin describes it, or None; and what is wrong with it.

    `own` are ids that plugins and packs list beside the core's catalog.
    """
    from lens.checks.model import Check
    from lens.packs.load import filled, lacks

    if type(given) is not Check:
        return None, [f"this is a {kind_of(given)}, and no lens.Check"]
    made, problems = _valid(given, Check)
    if made is None:
        return None, problems
    if (made.question is None) == (run is None):
        return None, ["a check is either a question or has a function"]
    if run is not None and not callable(run):
        return None, [f"its function is a {kind_of(run)}, and cannot be called"]
    wrong = [f"{field}: {what} {fix}" if field else f"{what} {fix}" for field, what, fix in lacks(made, (), own)]
    return (None, wrong) if wrong else (filled(made, {}), [])


def program_of(given: Any, file: str, reader: str) -> ReadProgram:
    """What a reader of a plugin gave. InputError where it cannot be used, without any value of it."""
    from lens.cases import Annex, Program

    problems = [f"it gives a {kind_of(given)}, and no lens.hooks.ReadProgram"]
    if type(given) is ReadProgram:
        program, problems = _valid(given.program, Program)
        annex, more = _valid(given.annex, Annex)
        problems = [*problems, *more]
        if not _are_texts(given.notes) or not _are_texts(given.faults):
            problems.append("notes and faults must be tuples of text")
        if program is not None and annex is not None and not problems:
            return ReadProgram(program, annex, given.notes, given.faults)
    raise InputError([Problem(file, what=f"The reader {reader} cannot be relied on: {one}.") for one in problems])


def _is_text(value: Any) -> bool:
    return type(value) is str


def _are_texts(value: Any) -> bool:
    return type(value) is tuple and all(map(_is_text, value))


def _valid(given: Any, kind: type[T]) -> tuple[T | None, list[str]]:
    """The same value, made anew from plain data through the rules that files go through; and what is wrong with it."""
    from lens.readers.boundary import validate
    from lens.readers.text import Text

    made: list[T] = []
    problems: list[str] = []

    def work() -> None:
        try:
            made.append(validate(kind, Text("", asdict(given))))
        except InputError as reason:
            problems.extend(f"{one.field}: {one.what} {one.fix}".strip() for one in reason.problems)

    if type(given) is not kind:
        return None, [f"it gives a {kind_of(given)}, and no {kind.__name__}"]
    if what := contained(work):
        problems.append(f"its fields cannot be read ({what})")
    return (made[0] if made else None), problems
