"""Redaction: what an audience may not see is taken out of the review itself, before any renderer gets it.

Two steps, both on the model: fields above the audience's ceiling become empty, and findings that differ only in what
was taken away are told as one. A renderer cannot leak what it never holds.
"""

from __future__ import annotations

import dataclasses
from dataclasses import replace
from functools import lru_cache
from typing import TYPE_CHECKING, Any, TypeVar

from lens.cases.fields import SENSITIVITIES, Sensitivity, sensitivity_of
from lens.errors import LensError
from lens.reviews.gate import outcome_of
from lens.reviews.model import Matrix
from lens.reviews.summary import DO_NOT_PRESS, SETTLE, only_for
from lens.words import AUDIENCES, Audience, OpenBecause

if TYPE_CHECKING:
    from lens.reviews.model import Coverage, Finding, Review

T = TypeVar("T")

CEILINGS: dict[Audience, Sensitivity] = {
    "public": "public",
    "counterpart": "public",
    "partner": "shared",
    "internal": "internal",
    "restricted": "restricted",
}
"""The most sensitive kind of field that each audience sees."""

NARROWER: dict[Audience, frozenset[Audience]] = {
    "restricted": frozenset(AUDIENCES),
    "internal": frozenset({"internal", "partner", "counterpart", "public"}),
    "partner": frozenset({"partner", "public"}),
    "counterpart": frozenset({"counterpart", "public"}),
    "public": frozenset({"public"}),
}
"""To which audiences a review at each audience can be narrowed. Nothing widens."""

_SPOKEN: tuple[OpenBecause, ...] = ("withheld_for_safety", "disagreement")
"""Why a point is open where the very reason tells that somebody spoke."""


def redact(review: Review, audience: Audience, *, partner: str = "", own: tuple[str, ...] = ()) -> Review:
    """A review narrowed to an audience.

    For the audience `partner`, `partner` names which one and `own` the activities it has a part in.
    LensError where the audience is wider than the review's own.
    """
    if audience not in NARROWER[review.audience]:
        raise LensError(
            f"This review was made for the audience {review.audience} and cannot be widened to {audience}. "
            f"Review the case again with --audience {audience}."
        )
    if audience == review.audience and (audience != "partner" or review.partner == partner):
        return review
    if audience == "partner":
        review = _only(review, own)
    narrowed = replace(_emptied(review, CEILINGS[audience]), audience=audience, partner="")
    if CEILINGS[audience] != "public":
        return narrowed
    return _unplaced(narrowed)


def _unplaced(review: Review) -> Review:
    """A public review without what would point to somebody: local inhibitors, and what each activity does for any."""
    columns = (one for one in review.matrix.columns if not _is_local(one.id))
    return replace(
        review,
        findings=_told_once(tuple(_unsourced(_without_local(one)) for one in review.findings)),
        program=replace(review.program, activities=()),
        actions=tuple(one for one in review.actions if one.option not in (DO_NOT_PRESS, SETTLE)),
        coverage=tuple(_not_withheld(one) for one in review.coverage),
        context=tuple(replace(one, kinds=()) for one in review.context if not _is_local(one.about)),
        matrix=replace(
            review.matrix,
            columns=tuple(
                one if one.id.startswith("RF") else replace(one, meant=0, could_harm=0, not_known=0) for one in columns
            ),
        ),
    )


def _unsourced(finding: Finding) -> Finding:
    """A finding that does not tell whether somebody spoke, or who: even "known, not safe to record" says that."""
    plain = replace(finding, evidence=(), answer=None, answers=())
    if finding.outcome == "disagreement" and finding.state == "concern":
        return replace(plain, outcome="bad")
    if finding.because not in _SPOKEN:
        return plain
    return replace(plain, because="not_known", outcome="not_known", grade="none")


def _not_withheld(coverage: Coverage) -> Coverage:
    held = dict(coverage.open)
    withheld = sum(held.pop(one, 0) for one in _SPOKEN)
    if not withheld:
        return coverage
    return replace(coverage, open=dict(sorted({**held, "not_known": held.get("not_known", 0) + withheld}.items())))


def _is_local(item: str) -> bool:
    return item.startswith("local:")


def _without_local(finding: Finding) -> Finding:
    """A finding that no longer tells local inhibitors apart: how many there are is told by its count."""
    values = tuple(replace(one, coarse="local:") if _is_local(one.coarse) else one for one in finding.values)
    return replace(finding, on="" if _is_local(finding.on) else finding.on, values=values)


def _only(review: Review, own: tuple[str, ...]) -> Review:
    """What concerns a partner: findings on its own activities, and no other partner's part in anything."""
    findings = tuple(one for one in review.findings if one.activities and set(one.activities) <= set(own))
    # What the whole program comes to would tell of the parts of others: it is told of these findings alone.
    outcome, reasons = outcome_of(list(findings))
    return replace(
        review,
        findings=findings,
        outcome=outcome,
        reasons=reasons,
        next=None,
        actions=tuple(made for one in review.actions if (made := only_for(one, findings, review)) is not None),
        matrix=Matrix(),
        program=replace(
            review.program,
            activities=tuple(one for one in review.program.activities if one.ref in own),
            partner_kinds={},
            activity_count=len(own),
        ),
        context=(),
        decisions=(),
        coverage=(),
    )


@lru_cache(maxsize=128)
def _hidden(kind: type[Any], ceiling: Sensitivity) -> tuple[dataclasses.Field[Any], ...]:
    """The fields of a class that an audience with this ceiling may not see."""
    limit = SENSITIVITIES.index(ceiling)
    return tuple(one for one in dataclasses.fields(kind) if SENSITIVITIES.index(sensitivity_of(one)) > limit)


def _emptied(value: T, ceiling: Sensitivity) -> T:
    """A value of the model with every field above the ceiling emptied, all the way down."""
    if isinstance(value, tuple):
        return tuple(_emptied(one, ceiling) for one in value)  # type: ignore[return-value] # a tuple stays a tuple
    if isinstance(value, dict):
        return {key: _emptied(one, ceiling) for key, one in value.items()}  # type: ignore[return-value] # likewise
    if not dataclasses.is_dataclass(value) or isinstance(value, type):
        return value
    changes: dict[str, Any] = {one.name: _empty(one, getattr(value, one.name)) for one in _hidden(type(value), ceiling)}
    for field in dataclasses.fields(value):
        if field.name not in changes:
            held = getattr(value, field.name)
            if isinstance(held, (tuple, dict)) or dataclasses.is_dataclass(held):
                changes[field.name] = _emptied(held, ceiling)
    return replace(value, **changes)


def _empty(field: dataclasses.Field[Any], value: Any) -> Any:
    if field.default is not dataclasses.MISSING:
        return field.default
    if field.default_factory is not dataclasses.MISSING:
        return field.default_factory()
    return type(value)()  # a needed text or list: nothing of its kind


def _told_once(findings: tuple[Finding, ...]) -> tuple[Finding, ...]:
    """Findings that nothing tells apart any more, as one with their number."""
    told: dict[Finding, Finding] = {}
    for one in findings:
        plain = replace(one, count=1)
        key = plain
        if key in told:
            first = told[key]
            told[key] = replace(first, count=first.count + one.count)
        else:
            told[key] = one
    return tuple(told.values())
