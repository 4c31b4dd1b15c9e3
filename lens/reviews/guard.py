"""A last look at a finished review: what it says in sum must not contradict what it says in detail."""

from __future__ import annotations

from typing import TYPE_CHECKING

from lens.reviews.gate import escalated

if TYPE_CHECKING:
    from lens.reviews.model import Review


class ContradictionError(Exception):
    """A review contradicts itself. Named in the result; never a reason to say nothing."""


def check(review: Review) -> None:
    """Raise ContradictionError where outcome, findings and marks of a review do not agree."""
    standing = [one for one in review.findings if one.state == "concern" and one.escalates and not escalated(one)]
    if standing and review.outcome != "escalate":
        raise ContradictionError
    failed = any(one.state == "error" for one in review.findings) or bool(review.not_checked)
    if failed and not review.incomplete:
        raise ContradictionError
    if review.outcome == "recorded" and any(one.state in ("open", "error") for one in review.findings):
        raise ContradictionError
