"""What no single field can tell: references that lead nowhere, codes that do not exist, dates that run backward."""

from __future__ import annotations

import dataclasses
import re
from collections import Counter
from datetime import date
from decimal import Decimal
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from lens import catalog
from lens.cases import fields
from lens.cases.context import InhibitorJudgement
from lens.cases.fields import Form
from lens.errors import Problem, near
from lens.readers.boundary import spell

if TYPE_CHECKING:
    from collections.abc import Iterator

    from lens.readers.text import Key, Text

_DEFINERS = frozenset({"Place", "Partner", "Activity", "Actor", "Group"})
_NAMED = 50
_SPANS = (("start", "end"), ("on", "until"))


@dataclasses.dataclass(frozen=True, slots=True)
class Part:
    """One validated part of a case (a program, a context …) with the text it was read from."""

    value: Any
    text: Text
    at: Key = ()


def problems_of(parts: list[Part], *, elsewhere: frozenset[str] = frozenset()) -> list[Problem]:
    """Everything that is wrong between the fields and files of one case, in file order.

    `elsewhere` are kinds of things that are named in files not given here, such as `place`: references to these are
    not followed.
    """
    found: list[Problem] = []
    seen = [(part, path, holder, name, value) for part in parts for path, holder, name, value in _values(part.value)]
    defined = Counter(
        value for _, _, holder, name, value in seen if name == "id" and type(holder).__name__ in _DEFINERS
    )
    own_inhibitors = {
        value for _, _, holder, name, value in seen if isinstance(holder, InhibitorJudgement) and name == "id"
    }
    # Without a context nothing can be said of the inhibitors it would have named.
    has_context = any(type(part.value).__name__ == "Context" for part in parts)
    there = sorted(defined)
    for part, path, holder, name, value in seen:
        if name == "id" and type(holder).__name__ in _DEFINERS:
            if defined[value] > 1:
                found.append(
                    _at(part, path, f"{value} is defined {defined[value]} times.", "Give each its own number.")
                )
        elif value.startswith("local:"):
            if has_context and value not in own_inhibitors:
                found.append(_at(part, path, f"{value} is not among the context's inhibitors.", "Name it there first."))
        elif value.partition(":")[0] not in elsewhere and (said := _unknown(value, there)) is not None:
            found.append(_at(part, path, *said))
    for part in parts:
        found.extend(_shapes(part, part.value, ()))
        found.extend(_of_institution(part))
    found.extend(_answered_twice(parts))
    return sorted(found, key=lambda one: (one.file, one.line))


def _of_institution(part: Part) -> Iterator[Problem]:
    """Parts of a program in the self-assessment of an institution, which asks none of a program's questions."""
    if getattr(part.value, "subject", "") != "institution":
        return
    for name in ("activities", "partners", "places", "sectors"):
        if getattr(part.value, name):
            yield _at(
                part,
                (name,),
                "An institution's own assessment asks nothing about a program, so nothing would be asked about this.",
                "Leave it out, or take away `subject: institution` to review the program.",
            )


def _at(part: Part, path: Key, what: str, fix: str = "") -> Problem:
    return Problem(part.text.name, part.text.line((*part.at, *path)), spell((*part.at, *path)), what, fix)


@lru_cache(maxsize=1)
def _form_names() -> frozenset[str]:
    made = ((name, getattr(kind, "__metadata__", (None,))) for name, kind in vars(fields).items())
    return frozenset(name for name, (form, *_) in made if isinstance(form, Form))


def _formed(holder: type[Any]) -> frozenset[str]:
    """The names of a class's fields whose text has a stated form, by what their annotations name.

    Annotations are text here; evaluating them for every class would take longer than reading the case.
    """
    known = _form_names()
    return frozenset(name for name, hint in holder.__annotations__.items() if known & set(re.findall(r"\w+", hint)))


def _values(holder: Any, at: Key = ()) -> Iterator[tuple[Key, Any, str, str]]:
    """Every text with a stated form in a value of the model: its path, its holder, its field and itself."""
    formed = _formed(type(holder))
    for field in dataclasses.fields(holder):
        value = getattr(holder, field.name)
        path = (*at, field.name)
        if isinstance(value, tuple):
            for number, one in enumerate(value):
                if dataclasses.is_dataclass(one):
                    yield from _values(one, (*path, number))
                elif isinstance(one, str) and field.name in formed:
                    yield (*path, number), holder, field.name, one
        elif isinstance(value, dict):
            for key in value:
                if field.name in formed:
                    yield (*path, key), holder, field.name, key
        elif dataclasses.is_dataclass(value):
            yield from _values(value, path)
        elif isinstance(value, str) and field.name in formed:
            yield path, holder, field.name, value


def _unknown(value: str, defined: list[str]) -> tuple[str, str] | None:
    """What is wrong with a reference, an id or a code that exists nowhere, and what to do; None if it exists."""
    head, _, tail = value.partition(":")
    if tail and head in ("place", "partner", "activity", "actor", "group"):
        if value in defined:
            return None
        alike = [one for one in defined if one.startswith(f"{head}:")]
        there = ", ".join(alike[:_NAMED]) + (" …" if len(alike) > _NAMED else "") or "none yet"
        # Among many numbers the nearest one says nothing, and looking for it takes long.
        hint = near(value, defined) if len(alike) <= _NAMED else ""
        return (
            f"There is no {value} in these files.",
            hint or f"Add it, or name one that is there: {there}.",
        )
    if value.startswith(("RF", "INH", "AH-")) and catalog.find(value) is None:
        head = value.split(".")[0]
        known = [item for item in catalog.known_ids() if item.split(".")[0] == head and item != head]
        return f"The catalog has no {value}.", f"It has {known[0]} to {known[-1]}." if known else ""
    if value.isdigit() and len(value) in (3, 5) and value not in catalog.dac_codes():
        return f"{value} is not a DAC sector code.", near(value, tuple(catalog.dac_codes()))
    if len(value) == 2 and value.isupper() and not catalog.is_country(value):
        return (
            f"{value} is not a country code.",
            "Write the two letters of ISO 3166, such as KE; XA to XZ are free for examples.",
        )
    return None


def _shapes(part: Part, holder: Any, at: Key) -> Iterator[Problem]:
    """Shares over 100, and spans that end before they begin."""
    names = {field.name for field in dataclasses.fields(holder)}
    for first, last in _SPANS:
        if {first, last} <= names:
            begin, end = getattr(holder, first), getattr(holder, last)
            if isinstance(begin, date) and isinstance(end, date) and end < begin:
                yield _at(part, (*at, last), f"This day lies before {first}.", f"Check {first} and {last}.")
    for field in dataclasses.fields(holder):
        value = getattr(holder, field.name)
        path = (*at, field.name)
        if isinstance(value, tuple):
            shares = [share for one in value if isinstance(share := getattr(one, "share", None), Decimal)]
            if sum(shares, Decimal(0)) > Decimal("100.5"):
                yield _at(
                    part,
                    path,
                    "The shares add up to more than 100 percent.",
                    "Correct the shares, or leave them out.",
                )
            for number, one in enumerate(value):
                if dataclasses.is_dataclass(one):
                    yield from _shapes(part, one, (*path, number))
        elif dataclasses.is_dataclass(value):
            yield from _shapes(part, value, path)


def _answered_twice(parts: list[Part]) -> Iterator[Problem]:
    """Answers to one question and subject that stand twice in one list, also in two files."""
    again = {
        "answers": ("answered", "Keep one; say who disagrees under dissent, or put what others answered under others."),
        "settled": ("settled", "Keep one."),
    }
    for name, (word, fix) in again.items():
        seen: dict[tuple[str, str | None], Part] = {}
        for part in parts:
            for number, one in enumerate(getattr(part.value, name) if type(part.value).__name__ == "Answers" else ()):
                first = seen.get((one.question, one.about))
                if first is None:
                    seen[one.question, one.about] = part
                    continue
                subject = f" about {one.about}" if one.about else ""
                where = "" if first is part else f": in {first.text.name} as well"
                yield _at(part, (name, number), f"{one.question}{subject} is {word} twice{where}.", fix)
