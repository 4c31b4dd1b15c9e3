"""A case with a token in every text that not everyone may see: a finding that carries it tells too much."""

from __future__ import annotations

import dataclasses
from typing import TYPE_CHECKING, Any

from lens.cases.fields import sensitivity_of
from lens.readers.boundary import hints_of

if TYPE_CHECKING:
    from lens.cases import Case

TOKEN = "Canary"  # noqa: S105 - it is no password


def planted(case: Case) -> Case:
    """The same case; every text in it that is not public and not empty is the token."""
    made: Case = _planted(case, hidden=False)
    return made


def _planted(value: Any, *, hidden: bool) -> Any:
    if isinstance(value, str):
        return TOKEN if hidden and value else value
    if isinstance(value, tuple):
        return tuple(_planted(one, hidden=hidden) for one in value)
    if isinstance(value, dict):
        return {key: _planted(one, hidden=hidden) for key, one in value.items()}
    if not dataclasses.is_dataclass(value) or isinstance(value, type):
        return value
    hints = hints_of(type(value))
    changes = {
        one.name: _planted(getattr(value, one.name), hidden=_is_text(one, hints[one.name]))
        for one in dataclasses.fields(value)
    }
    return dataclasses.replace(value, **changes)


def _is_text(one: dataclasses.Field[Any], hint: Any) -> bool:
    """Whether a field holds text that people wrote, in no stated form, and not everyone may see it."""
    return sensitivity_of(one) != "public" and hint in (str, tuple[str, ...], dict[str, str])
