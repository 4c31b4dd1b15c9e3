"""How a computed check reads a case: looks at harm paths, safeguards and texts, and how it says that it cannot know.

For the core's checks and for whoever writes others: what it means to be whole, in date or said is the same everywhere.
"""

from __future__ import annotations

import re
from functools import wraps
from typing import TYPE_CHECKING

from lens import catalog
from lens.cases.case import factor_of, grade_of, newest
from lens.checks.conditions import Condition, holds
from lens.checks.model import Found

if TYPE_CHECKING:
    from collections.abc import Callable, Container, Iterable, Iterator, Sequence
    from datetime import date

    from lens.cases import (
        Activity,
        Answer,
        Case,
        Context,
        Effect,
        Event,
        Evidence,
        FactorJudgement,
        HarmLook,
        Partner,
        Provision,
        Safeguard,
    )
    from lens.checks.model import Run, Value
    from lens.checks.setting import Setting
    from lens.words import RiskState, Tendency

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


def unsaid(case: Case, *, about: str = "", on: str = "") -> Found:
    """Say that an activity does not tell what it provides; of a published program, that publishers do not say."""
    return found("not-published" if case.is_published else "not-known", about=about, on=on)


def for_each(case: Case, run: Callable[[Activity], Iterable[Found]], *, on: str = "") -> Iterator[Found]:
    """What a check finds for each activity; where none is described, that nobody was asked."""
    if not case.program.activities:
        yield unasked(case, on=on)
    for activity in case.program.activities:
        yield from run(activity)


def is_published_bare(activity: Activity, case: Case) -> bool:
    """Whether an activity was read from published data that holds no looks, so that none can be missed in it."""
    return case.is_published and not activity.harm_paths


def chain_refs(gift: Provision) -> tuple[str, ...]:
    """Every body that something provided goes through or to, in that order; also one that is not among the partners."""
    return (*gift.through, *((gift.to,) if gift.to else ()))


def named_bodies(activity: Activity) -> tuple[str, ...]:
    """Every body that an activity names: its partners, and those that what it provides goes through or to."""
    return tuple(dict.fromkeys((*activity.partners, *(ref for one in activity.provides for ref in chain_refs(one)))))


def kinds_among(bodies: Iterable[Partner | None], wanted: Container[str]) -> str:
    """The kinds of bodies that are among those wanted, as one value."""
    return words(one.kind for one in bodies if one is not None and one.kind in wanted)


def has_unknown(refs: Iterable[str], case: Case) -> bool:
    """Whether one of these bodies is not among the partners, or of no known kind."""
    return any(one is None or one.kind == "not_known" for one in map(case.partner, refs))


def works_in(sectors: tuple[str, ...], case: Case, setting: Setting, activity: Activity | None = None) -> bool | None:
    """Whether a program, or one activity, works in one of these sectors; None where none or a vague one is said."""
    return holds(Condition(sectors=sectors), case, setting, activity)


def places_of(activity: Activity, case: Case) -> tuple[str, ...]:
    """The places of an activity; where it names none, those of the program."""
    return activity.places or tuple(place.id for place in case.program.places)


def state_at(sign: str, places: tuple[str, ...], context: Context, setting: Setting) -> RiskState:
    """The state of a factor or indicator at some places; not_known wherever somebody would have to look again.

    A judgment of the whole factor that sees it does not settle which of its indicators is there. Not seen needs a
    named role, a way of looking and evidence in date, at every place.
    """
    here = [one for one in context.factors if one.place is None or not places or one.place in places]
    own = [one for one in here if one.id == sign or one.id.startswith(f"{sign}.")]
    for state in ("seen", "early_signs"):
        if any(one.state == state for one in own):
            return state
    spoken = [*own, *(one for one in here if one.id == factor_of(sign) != sign)]
    settled = bool(spoken) and all(one.state == "looked_for_not_seen" for one in spoken)
    looked = {one.place for one in spoken if one.id in (sign, factor_of(sign)) and _was_looked_for(one, setting)}
    everywhere = None in looked or (bool(places) and set(places) <= looked)
    return "looked_for_not_seen" if settled and everywhere else "not_known"


def _was_looked_for(one: FactorJudgement, setting: Setting) -> bool:
    vouched = said(one.by) and said(one.how) and bool(one.evidence)
    return vouched and not setting.policy.is_stale(one.on, catalog.tendency_of(one.id), setting.as_of)


def is_shown(answer: Answer | None, tendency: Tendency, setting: Setting) -> bool:
    """Whether an answer was given that rests on more than a word and is in date."""
    if answer is None or grade_of(answer.evidence, said=True) not in ("checked", "documented"):
        return False
    return not setting.policy.is_stale(newest(answer.evidence, answer.on), tendency, setting.as_of)


def last_day(event: Event) -> date:
    """The last day of an expected event."""
    return event.until or event.on


def unwritten(effect: Effect) -> str:
    """What an effect does not say of itself, as words; empty where it is thought through."""
    parts = {"mechanism": effect.mechanism, "sign of failure": effect.sign_of_failure}
    return words(name for name, text in parts.items() if not said(text))
