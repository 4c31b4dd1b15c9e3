"""When a check applies: a closed form over what is known of the case. Three-valued, and not known asks.

There are no expressions. A form says what must hold for `all`, `any` or `none` of its conditions; a condition that
cannot be decided makes the check asked, with the reason, never skipped.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from lens.cases.fields import public, record
from lens.checks.conditions import Condition, every, given, holds, negated, some

if TYPE_CHECKING:
    from lens.cases.case import Case
    from lens.cases.program import Activity
    from lens.checks.setting import Setting


@record
class Applies:
    """When a check applies. An empty form always applies."""

    all: tuple[Condition, ...] = public(default=(), help="Every one must hold.")
    any: tuple[Condition, ...] = public(default=(), help="At least one must hold.")
    none: tuple[Condition, ...] = public(default=(), help="None may hold.")


def applies(form: Applies | None, case: Case, setting: Setting, activity: Activity | None = None) -> bool | None:
    """Whether a form holds for a case, or for one of its activities; None where that cannot be known."""
    if form is None:
        return True
    parts = [every(holds(c, case, setting, activity) for c in form.all)]
    if form.any:
        parts.append(some(holds(c, case, setting, activity) for c in form.any))
    parts.append(negated(some(holds(c, case, setting, activity) for c in form.none)))
    return every(parts)


def waits(form: Applies | None, case: Case, setting: Setting) -> bool:
    """Whether a form that does not hold could hold once a question that nobody has answered yet is answered."""
    conditions = (*form.all, *form.any, *form.none) if form is not None else ()
    if form is None or not any(_is_open(one, case) for one in conditions):
        return False
    hoped = Applies(
        all=tuple(_answered(one, case) for one in form.all),
        any=tuple(_answered(one, case) for one in form.any),
        none=tuple(one for one in form.none if not _is_open(one, case)),
    )
    return applies(hoped, case, setting) is not False


def _is_open(condition: Condition, case: Case) -> bool:
    return condition.answer_to is not None and not given(condition.answer_to, case)


def _answered(condition: Condition, case: Case) -> Condition:
    """The condition as it would be if its question were answered as it asks."""
    return replace(condition, answer_to=None) if _is_open(condition, case) else condition
