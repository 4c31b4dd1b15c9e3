"""Packs of the core as values, without pydantic: their files are ours, and a test holds them to the rules of others.

So screening, which runs in many processes at once, imports nothing that checks what people type.
"""

from __future__ import annotations

import dataclasses
import types
from typing import TYPE_CHECKING, Annotated, Any, Literal, TypeVar, Union, get_args, get_origin, get_type_hints

from lens.cases.fields import Form
from lens.errors import InputError, Problem

if TYPE_CHECKING:
    from collections.abc import Callable

    from lens.readers.text import Text

    T = TypeVar("T")


_MAKERS: dict[Any, Callable[[Any], Any]] = {}


def plain(kind: type[T], text: Text) -> T:
    """A value of the model from the data of a file of ours. InputError where it does not fit, with no line."""
    try:
        made: T = _maker(kind)(text.data or {})
    except (AttributeError, KeyError, TypeError, ValueError) as reason:
        raise InputError(Problem(text.name, what="This does not fit.", fix=str(reason))) from None
    return made


def _maker(kind: Any) -> Callable[[Any], Any]:
    """What makes a value of a type from plain data, in which every scalar is text; worked out once."""
    if kind not in _MAKERS:
        _MAKERS[kind] = _made_for(kind)
    return _MAKERS[kind]


def _made_for(kind: Any) -> Callable[[Any], Any]:
    origin, parts = get_origin(kind), get_args(kind)
    if origin is Annotated:
        forms = [one for one in kind.__metadata__ if isinstance(one, Form)]
        return forms[0].value if forms else _maker(parts[0])
    if origin is tuple:
        each = _maker(parts[0])
        return lambda given: tuple(each(one) for one in given)
    if origin is dict:
        value = _maker(parts[1])
        return lambda given: {name: value(one) for name, one in given.items()}
    if origin in (Union, types.UnionType):
        some = _maker(next(one for one in parts if one is not type(None)))
        return lambda given: None if given is None else some(given)
    if origin is Literal:
        return _one_of(parts)
    if dataclasses.is_dataclass(kind):
        return _record(kind)
    if kind is bool:
        return {"yes": True, "true": True, "no": False, "false": False}.__getitem__
    if kind in (int, str):
        return kind  # type: ignore[no-any-return] # a type is what makes its values
    raise TypeError(f"there is no way to make a {kind}")


def _one_of(words: tuple[Any, ...]) -> Callable[[Any], Any]:
    def make(given: Any) -> Any:
        if given not in words:
            raise ValueError(f"{given} is none of {', '.join(map(str, words))}")
        return given

    return make


def _record(kind: Any) -> Callable[[Any], Any]:
    makers = {name: _maker(hint) for name, hint in get_type_hints(kind, include_extras=True).items()}

    def make(given: Any) -> Any:
        return kind(**{name: makers[name](value) for name, value in given.items()})

    return make
