"""The computed checks of the core. Each is a function of the case; its texts and outcomes stand in its pack."""

from __future__ import annotations

from typing import TYPE_CHECKING

from lens.checks.computed import (
    harm,
    harm_force,
    harm_paths,
    inhibitors,
    local_money,
    risk,
    risk_answers,
    risk_context,
)

if TYPE_CHECKING:
    from lens.checks.model import Run

RUNS: dict[str, Run] = {
    "risk.context-exists": risk_context.context_exists,
    "risk.context-dated": risk_context.context_dated,
    "risk.context-local": risk_context.context_local,
    "risk.context-sources": risk_context.context_sources,
    "risk.context-counter": risk_context.context_counter,
    "risk.context-gender": risk_context.context_gender,
    "risk.context-coverage": risk_context.context_coverage,
    "risk.looked-for": risk.looked_for,
    "risk.actors": risk.actors,
    "risk.escalating-sign": risk.escalating_sign,
    "risk.factors-answered": risk_answers.factors_answered,
    "risk.leverage": risk_answers.leverage,
    "risk.escalation-answered": risk.escalation_answered,
    "risk.route-named": risk.route_named,
    "inhibitors.named": inhibitors.named,
    "inhibitors.decided": inhibitors.decided,
    "inhibitors.asked": inhibitors.asked,
    "inhibitors.funded": inhibitors.funded,
    "inhibitors.local-share": local_money.local_share,
    "inhibitors.substitution": inhibitors.substitution,
    "inhibitors.hollow": inhibitors.hollow,
    "inhibitors.women": inhibitors.women,
    "harm.paths-looked-at": harm_paths.paths_looked_at,
    **harm.PATH_RUNS,
    "harm.effects-guarded": harm.effects_guarded,
    "harm.force-known": harm_force.force_known,
    "harm.dual-use": harm_force.dual_use,
}
"""The function behind each computed check, by the check's id."""
