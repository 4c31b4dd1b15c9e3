"""When a question that waits for another's answer is asked, as an expression that a phone can work out by itself."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING

from lens.checks.conditions import given, holds
from lens.office.forms.names import CHOICES

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from lens.cases.case import Case
    from lens.cases.program import Activity
    from lens.checks.applies import Applies
    from lens.checks.conditions import Condition
    from lens.checks.model import Question
    from lens.checks.setting import Setting

ALWAYS = ""


def equals(name: str, words: Iterable[str]) -> str:
    """That a field of the form is answered with one of some words."""
    parts = [f"${{{name}}} = '{word}'" for word in words]
    return parts[0] if len(parts) == 1 else f"({' or '.join(parts)})"


def bad_words(question: Question) -> tuple[str, str]:
    """The answers to a question that call for its follow-ups: the bad one, also in part."""
    return ("no" if question.good == "yes" else "yes"), "partly"


def relevant(
    form: Applies | None,
    case: Case,
    setting: Setting,
    activity: Activity | None,
    asked: Callable[[str], tuple[str, ...]],
) -> str | None:
    """When a question applies, given what the form itself asks: an expression, always, or None for never.

    `asked` gives the names of the fields that ask a question. What the case does not say counts as holding, as in a
    review: not known asks.
    """
    if form is None:
        return ALWAYS
    look = partial(_condition, case=case, setting=setting, activity=activity, asked=asked)
    parts = [look(one) for one in form.all]
    if form.any:
        parts.append(_any([look(one) for one in form.any]))
    for one in form.none:
        # What may hold and cannot be known leaves the question in; see lens.checks.applies.
        if _rest(one, case, setting, activity) is True:
            told = look(one)
            parts.append(None if told == ALWAYS else f"not({told})" if told else ALWAYS)
    if None in parts:
        return None
    return " and ".join(dict.fromkeys(one for one in parts if one))


def _any(parts: Iterable[str | None]) -> str | None:
    held = list(dict.fromkeys(one for one in parts if one is not None))
    if not held:
        return None
    if ALWAYS in held:
        return ALWAYS
    return held[0] if len(held) == 1 else f"({' or '.join(held)})"


def _rest(condition: Condition, case: Case, setting: Setting, activity: Activity | None) -> bool | None:
    """Whether all of a condition but the answer it waits for holds."""
    return holds(replace(condition, answer_to=None), case, setting, activity)


def _condition(
    condition: Condition,
    *,
    case: Case,
    setting: Setting,
    activity: Activity | None,
    asked: Callable[[str], tuple[str, ...]],
) -> str | None:
    """One condition: always where the case settles it or cannot, never, or an expression over the form's answers."""
    if _rest(condition, case, setting, activity) is False:
        return None
    if condition.answer_to is None or any(one.answer in condition.answers for one in given(condition.answer_to, case)):
        return ALWAYS
    words = tuple(word for word in condition.answers if word in CHOICES)
    return _any(equals(name, words) for name in asked(condition.answer_to)) if words else None
