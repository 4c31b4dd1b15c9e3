"""What changed from one review to a later one of the same program, policy or institution.

Nothing here says better or worse as a whole: it tells, check by check, what stands differently, and first of all what
makes the two hard to compare.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

from lens.cases.fields import Day, public, record
from lens.words import LEVELS, Level, State

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from lens.reviews.model import Finding, Review

ChangeKind = Literal["new", "returned", "heavier", "lighter", "became_open", "answered", "not_told"]
KINDS: tuple[ChangeKind, ...] = ("new", "heavier", "returned", "became_open", "not_told", "answered", "lighter")
"""In the order in which they are told: what needs a look first."""


@record
class Stand:
    """How a check stood in one of the two reviews."""

    state: State = public(help="The gravest state of its findings.")
    level: Level | None = public(default=None, help="The gravest level.")
    escalates: bool = public(default=False, help="Whether it goes to the escalation route.")


@record
class Change:
    """One check, about one thing, that stands differently."""

    check: str = public(help="The check's id.")
    title: str = public(help="Its title.")
    about: str = public(default="", help="What it is about, where both reviews may show it.")
    kind: ChangeKind = public(help="How it changed.")
    before: Stand | None = public(default=None, help="How it stood; none where it was not told.")
    after: Stand | None = public(default=None, help="How it stands; none where it is not told.")


@record
class Comparison:
    """Two reviews side by side."""

    earlier: Day = public(help="The day of the earlier review.")
    later: Day = public(help="The day of the later review.")
    unlike: tuple[str, ...] = public(default=(), help="What makes them hard to compare: ids of texts.")
    changes: tuple[Change, ...] = public(default=(), help="What stands differently, in the order of the kinds.")
    same: int = public(default=0, help="How many stand as they did.")


def compare(earlier: Review, later: Review) -> Comparison:
    """Compare two reviews, in whichever order they are given: the day says which is the earlier."""
    if later.as_of < earlier.as_of:
        earlier, later = later, earlier
    before, after = _stands(earlier.findings), _stands(later.findings)
    titles = {one.check: one.title for review in (earlier, later) for one in review.findings}
    changes = []
    same = 0
    for key in dict.fromkeys((*before, *after)):
        was, is_ = before.get(key), after.get(key)
        kind = _kind(was, is_)
        if kind is None:
            same += 1
            continue
        check, about = key
        changes.append(Change(check=check, title=titles[check], about=about, kind=kind, before=was, after=is_))
    changes.sort(key=lambda one: (KINDS.index(one.kind), one.check, one.about))
    return Comparison(
        earlier=earlier.as_of,
        later=later.as_of,
        unlike=tuple(_unlike(earlier, later)),
        changes=tuple(changes),
        same=same,
    )


def _stands(findings: Iterable[Finding]) -> dict[tuple[str, str], Stand]:
    """For each check and subject the gravest finding: a concern before what is open, that before the rest."""
    order: tuple[State, ...] = ("error", "concern", "open", "addressed", "nothing_seen", "not_applicable")
    found: dict[tuple[str, str], list[Finding]] = {}
    for one in findings:
        found.setdefault((one.check, one.about), []).append(one)
    made = {}
    for key, several in found.items():
        worst = min(several, key=lambda one: (order.index(one.state), _weight(one.level)))
        made[key] = Stand(state=worst.state, level=worst.level, escalates=any(one.escalates for one in several))
    return made


def _weight(level: Level | None) -> int:
    return LEVELS.index(level) if level else len(LEVELS)


def _kind(was: Stand | None, is_: Stand | None) -> ChangeKind | None:
    if is_ is None:
        return "not_told"
    if was is None:
        return "new"
    if was == is_:
        return None
    if is_.state == "concern" and was.state != "concern":
        return "returned" if was.state in ("addressed", "nothing_seen") else "heavier"
    if is_.state in ("open", "error") and was.state not in ("open", "error"):
        return "became_open"
    if was.state in ("open", "error") and is_.state not in ("open", "error"):
        return "answered"
    weight = (is_.escalates, -_weight(is_.level)), (was.escalates, -_weight(was.level))
    return "heavier" if weight[0] > weight[1] else "lighter"


def _unlike(earlier: Review, later: Review) -> Iterator[str]:
    """What differs in how the two were made; each is an id of a text."""
    if earlier.audience != later.audience:
        yield "audience"
    if earlier.depth != later.depth:
        yield "depth"
    if earlier.stage != later.stage:
        yield "stage"
    if earlier.provenance.used != later.provenance.used:
        yield "packs"
    if earlier.provenance.policy_changes != later.provenance.policy_changes:
        yield "policy"
    if earlier.incomplete or later.incomplete:
        yield "incomplete"
    if earlier.as_of == later.as_of:
        yield "day"
