"""Risk: what the program is meant to do about the factors in play, and whether that can be believed."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from lens import catalog
from lens.cases.case import factor_of
from lens.checks.marks import check
from lens.checks.reading import found, none_in_play, plain, said, unasked, unwritten, with_context

if TYPE_CHECKING:
    from collections.abc import Iterator

    from lens.cases import Activity, Case, Context, Effect
    from lens.checks.model import Found
    from lens.checks.setting import Setting

COPIED = 3
"""So many effects with one and the same mechanism were filled in, not thought through."""


def leverage_of(item: str) -> str:
    """How far an aid program can change the factor: none, low, low_to_medium, medium or high."""
    entry = catalog.find(factor_of(item))
    return str(entry.more.get("leverage") or "") if entry is not None else ""


def intended(case: Case) -> list[tuple[Activity, Effect]]:
    """Every effect that is meant to lessen a risk factor, with its activity."""
    return [
        (activity, effect)
        for activity in case.program.activities
        for effect in activity.effects
        if effect.kind == "intended_to_reduce"
    ]


@check("risk.factors-answered")
@with_context
def factors_answered(case: Case, context: Context, setting: Setting) -> Iterator[Found]:
    """An answer to each factor in play, or a written reason for none."""
    played = case.factors_in_play()
    if not played:
        yield none_in_play(context)
    elif case.is_published and not intended(case) and not case.program.unanswered_factors:
        yield unasked(case)
    else:
        yield from (_answer(case, factor) for factor in played)


def _answer(case: Case, factor: str) -> Found:
    effects = [effect for _, effect in intended(case) if factor_of(effect.on) == factor]
    reasoned = any(factor_of(one.on) == factor and said(one.reason) for one in case.program.unanswered_factors)
    if effects and leverage_of(factor) == "none":
        return found("implausible", on=factor, item=factor)
    if effects:
        # One effect that is thought through answers the factor; otherwise say what the fullest still lacks.
        missing = min((unwritten(effect) for effect in effects), key=len)
        if not missing:
            return found("answered", on=factor, item=factor, count=len(effects))
        return found("weak", on=factor, item=factor, missing=missing)
    return found("reasoned" if reasoned else "unanswered", on=factor, item=factor)


@check("risk.leverage")
def leverage(case: Case, setting: Setting) -> Iterator[Found]:
    """Effects that a program of this kind cannot have alone, and mechanisms copied from one effect to the next."""
    effects = intended(case)
    if not effects:
        yield unasked(case)
        return
    helped = frozenset(factor_of(one.on) for one in case.program.unanswered_factors if said(one.who_else))
    weak = dict.fromkeys(
        (activity.id, effect.on)
        for activity, effect in effects
        if leverage_of(effect.on) in ("none", "low") and factor_of(effect.on) not in helped
    )
    for about, item in weak:
        yield found("implausible", about=about, on=item, item=item, leverage=leverage_of(item))
    counts = Counter(plain(effect.mechanism) for _, effect in effects if plain(effect.mechanism))
    copied = sum(count for count in counts.values() if count >= COPIED)
    if copied:
        yield found("copied", count=copied)
    if not weak and not copied:
        yield found("plausible", count=len(effects))
