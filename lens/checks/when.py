"""When a check applies, in words: the one place for the docs and for whoever asks on the command line."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from lens.checks.applies import Applies
from lens.checks.conditions import Condition
from lens.words import spoken

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

NOT_KNOWN_ASKS = "What nobody knows of a case counts as holding, so that it is asked."

_LEADS = {
    "all": ("Where this holds", "Where all of these hold"),
    "any": ("Where this holds", "Where any of these holds"),
    "none": ("Not where this holds", "Not where any of these holds"),
}


def form_of(raw: Mapping[str, Any] | None) -> Applies | None:
    """A form as a file has it, which has been validated elsewhere."""
    if not raw:
        return None
    return Applies(**{part: tuple(_condition(one) for one in raw.get(part) or ()) for part in _LEADS})


def _condition(raw: Mapping[str, Any]) -> Condition:
    fields: dict[str, Any] = {name: tuple(value) if isinstance(value, list) else value for name, value in raw.items()}
    return Condition(**fields)


def when(form: Applies | None) -> tuple[tuple[str, tuple[str, ...]], ...]:
    """What must hold for a check to apply: each part with its conditions as people say them; empty for always."""
    if form is None:
        return ()
    told: list[tuple[str, tuple[str, ...]]] = []
    for part, leads in _LEADS.items():
        if held := getattr(form, part):
            lead = leads[len(held) > 1]
            told.append((f"And {lead.lower()}" if told else lead, tuple(in_words(one) for one in held)))
    return tuple(told)


def in_words(condition: Condition) -> str:
    """One condition as people say it."""
    return "; and ".join((*_of_program(condition), *_of_case(condition)))


def _of_program(one: Condition) -> Iterator[str]:
    """What the program's own description decides."""
    from lens.catalog import dac_codes

    if one.sectors:
        names = dac_codes()
        yield _one_of("it works in sector", (f"{code} {names.get(code, '')}".strip() for code in one.sectors))
    if one.partner_kinds:
        yield _one_of("it has a partner of the kind", map(spoken, one.partner_kinds))
    if one.provides:
        yield _one_of("it provides", map(spoken, one.provides))
    if one.reaches_force is not None:
        what = "something" if one.reaches_force == "yes" else "nothing"
        yield f"{what} it provides reaches a force, also through others"
    if one.any_reaches_force is not None:
        what = "some" if one.any_reaches_force == "yes" else "no"
        yield f"{what} activity is said to reach a force"
    if one.meant_for:
        yield _one_of("it is meant to lessen or support", map(_named, one.meant_for))
    if one.high_scrutiny is not None:
        yield f"{'a' if one.high_scrutiny == 'yes' else 'no'} sector of it calls for due diligence always"
    if one.flags:
        yield _one_of("it is marked", map(spoken, one.flags))
    if one.subjects:
        yield _one_of("what is reviewed is", (f"{'an' if word[0] in 'aeiou' else 'a'} {word}" for word in one.subjects))


def _of_case(one: Condition) -> Iterator[str]:
    """What the context, the answers and the review decide."""
    if one.factor is not None:
        yield _one_of(f"{_named(one.factor)} is judged", map(spoken, one.factor_states))
    if one.inhibitor is not None:
        yield _one_of(f"{_named(one.inhibitor)} is judged", map(spoken, one.inhibitor_states))
    if one.answer_to is not None:
        yield _one_of(f"{one.answer_to} is answered", map(spoken, one.answers))
    if one.stages:
        yield _one_of("the stage is", one.stages)
    if one.published is not None:
        yield f"the program was {'' if one.published == 'yes' else 'not '}read from published data"
    if one.standards:
        yield _one_of("it was read from data of the standard", one.standards)


def _named(item: str) -> str:
    from lens.catalog import find

    found = find(item)
    return f"{item} ({found.name.rstrip('.')})" if found else item


def _one_of(lead: str, words: Iterable[str]) -> str:
    *others, last = words
    return f"{lead} {', '.join(others)} or {last}" if others else f"{lead} {last}"
