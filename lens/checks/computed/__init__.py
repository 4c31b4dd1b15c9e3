"""The computed checks of the core. Each is a marked function of the case; its texts and outcomes stand in its pack."""

from __future__ import annotations

from typing import TYPE_CHECKING

from lens.checks.computed import (
    harm,
    harm_force,
    harm_paths,
    inhibitors,
    local_money,
    published,
    published_contributions,
    published_gaps,
    published_place,
    published_text,
    risk,
    risk_answers,
    risk_context,
)
from lens.checks.marks import marked

if TYPE_CHECKING:
    from lens.checks.model import Run

_MODULES = (
    *(risk, risk_answers, risk_context, inhibitors, local_money, harm, harm_force, harm_paths),
    *(published, published_place, published_text, published_gaps),
    published_contributions,
)

RUNS: dict[str, Run] = {str(of): run for module in _MODULES for of, run in marked(module)}
"""The function behind each computed check, by the check's id."""
