"""Where files become values: pydantic validates, and every complaint is said in our words.

pydantic's own messages are never shown: they print the value, which may be the very thing a file protects.
"""

from __future__ import annotations

import dataclasses
import os
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any, TypeVar, get_args, get_origin, get_type_hints

from lens.cases.fields import sensitivity_of
from lens.errors import InputError, Problem, near
from lens.words import spoken

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pydantic import TypeAdapter
    from pydantic_core import ErrorDetails

    from lens.readers.text import Key, Text

T = TypeVar("T")

MAX_SHOWN = 60
HIDDEN = "(a key that is not said here)"


_ADAPTERS: dict[type[Any], TypeAdapter[Any]] = {}


def adapter(kind: type[T]) -> TypeAdapter[T]:
    """The pydantic adapter of a class of the model, made once."""
    if kind not in _ADAPTERS:
        from pydantic import TypeAdapter

        with _without_pydantic_plugins():
            _ADAPTERS[kind] = TypeAdapter(kind)
    return _ADAPTERS[kind]


@contextmanager
def _without_pydantic_plugins() -> Iterator[None]:
    """Keep pydantic's own plugins away from our classes.

    They would see every value of a case; and looking for them reads the metadata of everything installed, which
    takes time and fails where any of it is broken.
    """
    name = "PYDANTIC_DISABLE_PLUGINS"
    before = os.environ.get(name)
    os.environ[name] = "__all__"
    try:
        yield
    finally:
        if before is None:
            del os.environ[name]
        else:
            os.environ[name] = before


def validate(kind: type[T], text: Text, *, at: Key = ()) -> T:
    """Make a value of the model from a file's data.

    `at` is where in the file the data stands. Raises InputError with every problem at once; a value is named only
    where its field is declared public.
    """
    from pydantic import ValidationError

    data = text.data
    for step in at:
        data = data[step]
    if data is None:
        data = {}
    if not isinstance(data, dict):
        raise InputError(
            Problem(
                text.name,
                text.line(at),
                what="This should be a mapping: lines of the form `name: value`.",
                fix="Compare it with the file that `lens new` writes.",
            )
        )
    try:
        return adapter(kind).validate_python(data)
    except ValidationError as reasons:
        details = reasons.errors(include_url=False, include_context=True)
        raise InputError(sorted(_problem(kind, text, at, one) for one in details)) from None


def _problem(kind: type[Any], text: Text, at: Key, detail: ErrorDetails) -> Problem:
    path: Key = tuple(step for step in detail["loc"] if step != "[key]")
    holder, field, shown, open_to_all = _field_at(kind, path)
    what, fix = _words(detail, holder, path)
    value = ""
    if field is not None and open_to_all and isinstance(detail["input"], str):
        value = detail["input"][:MAX_SHOWN]
    if detail["type"] in ("missing", "unexpected_keyword_argument"):
        value = ""
    return Problem(text.name, text.line((*at, *path)), spell((*at, *shown)), what, fix, value)


def spell(path: Key) -> str:
    """A path in a file as people say it: `activities[2].effects[1].on`, counting from one."""
    out = ""
    for step in path:
        if isinstance(step, int):
            out += f"[{step + 1}]"
        else:
            word = step if len(step) <= MAX_SHOWN else step[: MAX_SHOWN - 1] + "…"
            out += f".{word}" if out else word
    return out


def _words(detail: ErrorDetails, holder: type[Any] | None, path: Key) -> tuple[str, str]:
    kind = detail["type"]
    if kind == "missing":
        return "This is needed and is not here.", "Add it."
    if kind == "unexpected_keyword_argument":
        known = [one.name for one in dataclasses.fields(holder)] if holder else []
        hint = near(str(path[-1]), known) if path else ""
        return "This name is not known here.", hint or f"Known names: {', '.join(known)}."
    if kind == "literal_error":
        expected = str(detail.get("ctx", {}).get("expected", "")).replace("'", "").replace(" or ", ", ")
        options = [word.strip() for word in expected.split(",")]
        given = detail["input"]
        hint = near(given.replace(" ", "_"), options) if isinstance(given, str) else ""
        return "This word is not one of the list.", hint or f"Write one of: {', '.join(options)}."
    if kind in ("value_error", "assertion_error"):
        return str(detail.get("ctx", {}).get("error", "The value does not fit.")), ""
    if kind in ("tuple_type", "list_type"):
        return "This should be a list.", "Begin each entry with a dash, one to a line."
    if kind in ("dataclass_type", "dict_type", "dataclass_exact_type"):
        return (
            "This should be a mapping: lines of the form `name: value`.",
            "Look at the file that `lens new` writes.",
        )
    if kind == "string_type":
        return "This should be a text.", "Write it on one line, in quotes if it holds a colon."
    if kind.startswith("int_"):
        return "This should be a whole number.", "Write it in digits."
    if kind.startswith("bool_"):
        return "This should be true or false.", ""
    return f"The value does not fit ({spoken(kind)}).", "Compare it with the file that `lens new` writes."


def _field_at(kind: type[Any], path: Key) -> tuple[type[Any] | None, dataclasses.Field[Any] | None, Key, bool]:
    """Who declares the last named step of a path: the class, its field if it has it, and the path as it may be said.

    Last, whether every field on the way is public: what is in an internal field is internal, whatever its own class
    says. A key that people chose can be a name. It is said only where the mapping is public all the way, or the class
    is not for the annex alone.
    """
    holder: type[Any] | None = kind
    field: dataclasses.Field[Any] | None = None
    shown: list[str | int] = []
    in_mapping = False
    is_open = True
    for step in path:
        if isinstance(step, int):
            shown.append(step)
            continue
        if holder is None or in_mapping:
            shown.append(step if is_open else HIDDEN)
            in_mapping = False
            continue
        found = {one.name: one for one in dataclasses.fields(holder)}.get(step)
        if found is None:
            only_annex = all(sensitivity_of(one) == "restricted" for one in dataclasses.fields(holder))
            return holder, None, (*shown, HIDDEN if only_annex else step), is_open
        field = found
        is_open = is_open and sensitivity_of(field) == "public"
        shown.append(step)
        hint = hints_of(holder).get(step)
        in_mapping = get_origin(hint) is dict
        holder = class_in(hint)
    return holder, field, tuple(shown), is_open


_HINTS: dict[type[Any], dict[str, Any]] = {}


def hints_of(kind: type[Any]) -> dict[str, Any]:
    """The types of a class's fields, forms included; made once."""
    if kind not in _HINTS:
        _HINTS[kind] = get_type_hints(kind, include_extras=True)
    return _HINTS[kind]


def class_in(hint: Any) -> type[Any] | None:
    """The class of the model inside a type such as `tuple[Place, ...] | None`."""
    if isinstance(hint, type) and dataclasses.is_dataclass(hint):
        return hint
    for part in get_args(hint):
        if (found := class_in(part)) is not None:
            return found
    return None
