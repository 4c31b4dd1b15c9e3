"""How a computed check reads a case: looks at harm paths, safeguards and texts, and how it says that it cannot know.

For the core's checks and for whoever writes others: what it means to be whole, in date or said is the same everywhere.
"""

from __future__ import annotations

import re
from functools import wraps
from typing import TYPE_CHECKING

from lens.checks.model import Found

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence
    from datetime import date

    from lens.cases import Activity, Case, Context, Evidence, HarmLook, Safeguard
    from lens.checks.model import Run, Value
    from lens.checks.setting import Setting

_NOT_LETTERS = re.compile(r"[\W_]+")

HARD_SUPPORT = (
    "equipment",
    "vehicles",
    "fuel",
    "weapons_or_ammunition",
    "communications",
    "surveillance",
)
"""What gives whoever holds it more reach, whatever it was given for."""


def found(
    outcome: str, *, about: str = "", on: str = "", evidence: tuple[Evidence, ...] = (), **values: Value
) -> Found:
    """Say how a check comes out; further names are the values of the sentence."""
    return Found(outcome=outcome, about=about, on=on, evidence=evidence, values=values)


def unasked(case: Case, *, about: str = "", on: str = "") -> Found:
    """Say that nobody was asked; of a published program, that publishers do not say."""
    return found("not-published" if case.is_published else "not-asked", about=about, on=on)


def with_context(run: Callable[[Case, Context, Setting], Iterable[Found]]) -> Run:
    """Make a check of the context, that says so where none was handed in."""

    @wraps(run)
    def asked(case: Case, setting: Setting) -> Iterable[Found]:
        return (unasked(case),) if case.context is None else run(case, case.context, setting)

    return asked


def none_in_play(context: Context) -> Found:
    """Say that no factor is in play, or that this cannot be said: nothing judged, or judged as not known."""
    known = bool(context.factors) and all(one.state != "not_known" for one in context.factors)
    return found("none-in-play" if known else "none-judged")


def said(text: str) -> bool:
    """Whether a text field says anything."""
    return bool(text.strip())


def plain(text: str) -> str:
    """A text without case, signs and spacing, so that copies of it are known as such."""
    return _NOT_LETTERS.sub(" ", text.casefold()).strip()


def words(items: Iterable[str]) -> str:
    """Words or ids as one value, each once, in the order given.

    Inhibitors of a context's own stand under `local:`; they are counted where they matter, and not listed.
    """
    return ", ".join(dict.fromkeys(one for one in items if not one.startswith("local:")))


def gravest(findings: Iterable[Found], order: Sequence[str]) -> list[Found]:
    """For each subject and factor, what comes first in `order`: a finding has one outcome, the gravest."""
    kept: dict[tuple[str, str], Found] = {}
    for one in findings:
        key = (one.about, one.on)
        if key not in kept or order.index(one.outcome) < order.index(kept[key].outcome):
            kept[key] = one
    return list(kept.values())


def lacking(safeguard: Safeguard | None) -> str:
    """What a safeguard lacks, as words; empty where it is whole."""
    if safeguard is None or not said(safeguard.what):
        return "safeguard"
    parts = {
        "owner": said(safeguard.owner),
        "date": safeguard.by is not None,
        "residual risk": said(safeguard.residual_risk),
    }
    return words(name for name, there in parts.items() if not there)


def is_overdue(safeguard: Safeguard, looked: date | None, as_of: date) -> bool:
    """Whether the day of a safeguard is past and nobody has looked since."""
    if safeguard.by is None or safeguard.by >= as_of:
        return False
    return looked is None or not safeguard.by <= looked <= as_of


def weighed(look: HarmLook, setting: Setting) -> tuple[str, str]:
    """What a look comes to, and what a safeguard that is not whole lacks."""
    if look.could == "not_known":
        return "not-known", ""
    # A look without a day, or an old one, says nothing of today.
    is_stale = setting.policy.is_stale(look.on, "mixed", setting.as_of)
    if look.could == "no":
        if not said(look.reason):
            return "no-reason", ""
        return "stale" if is_stale else "not-possible", ""
    missing = lacking(look.safeguard)
    if missing or look.safeguard is None:
        return "unguarded", missing
    if is_overdue(look.safeguard, look.on, setting.as_of):
        return "overdue", ""
    return "stale" if is_stale else "guarded", ""


def is_covered(activity: Activity, path: str, setting: Setting) -> bool:
    """Whether somebody has looked at a harm path, and every look holds: it cannot happen, or it is guarded against."""
    looks = [look for look in activity.harm_paths if path in look.paths]
    return bool(looks) and all(weighed(look, setting)[0] in ("guarded", "not-possible") for look in looks)
