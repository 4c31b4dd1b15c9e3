"""The outcome: the first that applies. There is no pass."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING

from lens import catalog
from lens.reviews.model import Finding, Next, Reason
from lens.words import at_least

if TYPE_CHECKING:
    from collections.abc import Iterable

    from lens.cases import Case
    from lens.checks.model import Check
    from lens.checks.setting import Setting
    from lens.words import Level, Outcome


def outcome_of(findings: list[Finding]) -> tuple[Outcome, tuple[Reason, ...]]:
    """The outcome of a review with every reason for it, the one that decides first."""
    reasons: list[tuple[Outcome, Reason]] = []

    def add(word: Outcome, text: str, found: list[Finding]) -> None:
        if found:
            checks = tuple(dict.fromkeys(one.check for one in found))
            who = tuple(dict.fromkeys(role for one in found for role in one.who[:1]))
            reasons.append((word, Reason(text=text, count=len(found), checks=checks, who=who)))

    concerns = [one for one in findings if one.state == "concern"]
    undecided = [one for one in concerns if not decided(one)]
    add("escalate", "escalating-unrecorded", [one for one in concerns if one.escalates and not escalated(one)])
    add("revise", "grave-undecided", [one for one in undecided if one.level and at_least(one.level, "high")])
    open_ = [one for one in findings if one.state == "open"]
    add("find_out", "grave-open", [one for one in open_ if one.level and at_least(one.level, "high")])
    add("find_out", "could-not-be-checked", [one for one in findings if one.state == "error"])
    add(
        "decide",
        "other-undecided",
        [one for one in undecided if not (one.level and at_least(one.level, "high"))],
    )
    add("decide", "other-open", [one for one in open_ if not (one.level and at_least(one.level, "high"))])
    add("decide", "disputed", [one for one in concerns if _disputed(one)])
    if not reasons:
        return "recorded", (Reason(text="all-recorded"),)
    return reasons[0][0], tuple(reason for _, reason in reasons)


def decided(finding: Finding) -> bool:
    """Whether a disposition that holds stands beside a finding. A dispute leaves it to be decided."""
    return finding.disposition is not None and finding.disposition.valid and finding.disposition.decision != "dispute"


def escalated(finding: Finding) -> bool:
    """Whether a current escalation record stands beside a finding."""
    return finding.escalation is not None and finding.escalation.valid


def _disputed(finding: Finding) -> bool:
    return finding.disposition is not None and finding.disposition.valid and finding.disposition.decision == "dispute"


def reaches(findings: Iterable[Finding], fail_on: Level) -> bool:
    """Whether any finding stands at or above a level: concerns nobody decided on, and open ones by what is at stake.

    An escalating sign stays at or above every level, decided or not, until it is no longer seen.
    """
    return any(
        (
            one.state == "concern"
            and (one.escalates or (not decided(one) and bool(one.level and at_least(one.level, fail_on))))
        )
        or (one.state == "open" and bool(one.level and at_least(one.level, fail_on)))
        for one in findings
    )


def next_of(findings: list[Finding], outcome: Outcome, case: Case, checks: dict[str, Check], setting: Setting) -> Next:
    """How a first look ends: escalate, full review now, or full review by a day that its own evidence sets."""
    if outcome == "escalate":
        return Next(step="escalate", reasons=(Reason(text="next-escalate"),))
    now: list[Reason] = []

    def add(text: str, found: list[Finding]) -> None:
        if found:
            now.append(Reason(text=text, count=len(found), checks=tuple(dict.fromkeys(one.check for one in found))))

    add("next-not-known", [one for one in findings if one.opens_full])
    add(
        "next-grave",
        [one for one in findings if one.state == "concern" and one.level and at_least(one.level, "high")],
    )
    add("next-open", [one for one in findings if one.state == "open" and not one.opens_full])
    sectors = [
        code for code in sector_codes(case) if (row := catalog.sector(code)) is not None and row.scrutiny == "high"
    ]
    if sectors:
        now.append(Reason(text="next-sectors", count=len(sectors)))
    if case.factors_in_play():
        now.append(Reason(text="next-factors", count=len(case.factors_in_play())))
    if any(case.reaches_force(one) is not False for one in case.program.activities) or not case.program.activities:
        now.append(Reason(text="next-force"))
    if now:
        return Next(step="full_review_now", reasons=tuple(now))
    days = [_good_until(one, checks[one.check], setting) for one in findings if one.check in checks]
    by = min(
        (day for day in days if day is not None),
        default=setting.as_of + timedelta(days=setting.policy.freshness.dynamic),
    )
    return Next(step="full_review_by", by=by, reasons=(Reason(text="next-by"),))


def sector_codes(case: Case) -> list[str]:
    """Every sector code of a program and its activities, each once, in order."""
    codes = [one.code for one in case.program.sectors] + [s.code for a in case.program.activities for s in a.sectors]
    return list(dict.fromkeys(codes))


def _good_until(finding: Finding, check: Check, setting: Setting) -> date | None:
    days = [one.on for one in finding.evidence if one.on is not None]
    return max(days) + timedelta(days=setting.policy.days(check.tendency)) if days else None
