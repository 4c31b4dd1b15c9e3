"""What a check may know beside the case."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import date

    from lens.cases.policy import Policy
    from lens.words import Depth, Stage


@dataclass(frozen=True, slots=True, kw_only=True)
class Setting:
    """The day, stage and depth of a review, and the agency's policy; whether it is one, or thousands are screened."""

    as_of: date
    stage: Stage | None
    depth: Depth
    policy: Policy
    screening: bool = False
    """Whether nothing but what published data can answer is asked: then no other check tells of the same."""
