"""When a check applies: a closed form over what is known of the case. Three-valued, and not known asks.

There are no expressions. A form says what must hold for `all`, `any` or `none` of its conditions; a condition that
cannot be decided makes the check asked, with the reason, never skipped.
"""

from __future__ import annotations

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


def waits(form: Applies | None, case: Case) -> bool:
    """Whether a form turns on the answer to a question that nobody has answered yet."""
    conditions = (*form.all, *form.any, *form.none) if form is not None else ()
    return any(one.answer_to is not None and not given(one.answer_to, case) for one in conditions)
