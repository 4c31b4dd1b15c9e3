"""Which dispositions and escalations hold on the day of the review, and what becomes of those that do not.

A record that is expired or invalid never silences: the finding is back, and the record is reported beside it.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from typing import TYPE_CHECKING

from lens.reviews.model import DecisionView, Finding, year
from lens.words import at_least

if TYPE_CHECKING:
    from lens.cases import Case, Disposition, Escalation
    from lens.checks.setting import Setting

NEEDS_PROTECTION_ANSWER = frozenset({"suspend", "stop"})


def applied(findings: list[Finding], case: Case, setting: Setting) -> tuple[list[Finding], list[DecisionView]]:
    """Findings with their records, and the records that hold nowhere: expired, invalid or fitting no finding."""
    dispositions = {one.finding: one for one in case.decisions.dispositions}
    escalations = {one.finding: one for one in case.decisions.escalations}
    made: list[Finding] = []
    for finding in findings:
        disposition = dispositions.pop(finding.fingerprint, None)
        escalation = escalations.pop(finding.fingerprint, None)
        made.append(
            replace(
                finding,
                disposition=disposed(disposition, finding, setting) if disposition else None,
                escalation=escalated(escalation, finding, case, setting) if escalation else None,
            )
        )
    left = [view for one in made for view in (one.disposition, one.escalation) if view is not None and not view.valid]
    left += [replace(disposed(one, None, setting), valid=False) for one in dispositions.values()]
    left += [replace(escalated(one, None, case, setting), valid=False) for one in escalations.values()]
    return made, sorted(left, key=lambda one: (one.finding, one.decision))


def disposed(one: Disposition, finding: Finding | None, setting: Setting) -> DecisionView:
    """How a disposition stands on the day of the review."""
    why = []
    if finding is None:
        why.append("fits-no-finding")
    if one.until < setting.as_of:
        why.append("expired")
    if one.on > setting.as_of:
        why.append("not-yet")
    if not one.reason.strip():
        why.append("no-reason")
    if not one.owner.strip():
        why.append("no-owner")
    approvers = {role.strip().casefold() for role in one.approvers if role.strip()}
    if not approvers - {one.owner.strip().casefold()}:
        why.append("no-other-approver")
    if finding is not None and finding.escalates and len(approvers - {one.owner.strip().casefold()}) < 2:
        why.append("needs-two-approvers")
    if one.decision in NEEDS_PROTECTION_ANSWER and not one.loses_protection.strip():
        why.append("says-not-who-loses-protection")
    if finding is not None:
        why.extend(_delegated(one, finding, setting))
    return DecisionView(
        decision=one.decision,
        valid=not why,
        why_invalid=tuple(why),
        year=year(one.until),
        until=one.until,
        owner=one.owner,
        reason=one.reason,
        loses_protection=one.loses_protection,
        finding=one.finding,
    )


def _delegated(one: Disposition, finding: Finding, setting: Setting) -> list[str]:
    """Whether an approver may take this decision under the agency's delegation table."""
    table = setting.policy.delegations
    if not table:
        return []
    roles = {role.strip().casefold() for role in one.approvers}
    rows = [row for row in table if row.role.strip().casefold() in roles]
    if not rows:
        return ["approver-not-delegated"]
    fitting = [
        row
        for row in rows
        if one.decision in row.decisions
        and (finding.level is None or not at_least(finding.level, row.up_to) or finding.level == row.up_to)
    ]
    if not fitting:
        return ["beyond-delegation"]
    longest = max(row.longest_days for row in fitting)
    return ["too-long"] if one.until > one.on + timedelta(days=longest) else []


def escalated(one: Escalation, finding: Finding | None, case: Case, setting: Setting) -> DecisionView:
    """How an escalation record stands on the day of the review."""
    until = one.until or one.sent.on + timedelta(days=setting.policy.escalation_days)
    why = []
    if finding is None:
        why.append("fits-no-finding")
    if until < setting.as_of:
        why.append("expired")
    if one.sent.on > setting.as_of:
        why.append("not-yet")
    if not one.sent.role.strip():
        why.append("sent-to-nobody")
    if finding is not None and _changed_since(one, finding, case):
        why.append("sign-changed-since")
    step = one.decided or one.acknowledged or one.sent
    word = "decided" if one.decided else "acknowledged" if one.acknowledged else "sent"
    return DecisionView(
        decision=word,
        valid=not why,
        why_invalid=tuple(why),
        year=year(until),
        until=until,
        owner=step.role,
        reason=step.note,
        loses_protection=one.loses_protection,
        finding=one.finding,
    )


def _changed_since(one: Escalation, finding: Finding, case: Case) -> bool:
    """Whether the sign's state, evidence or day changed after it was sent."""
    for judgement in case.context.factors if case.context else ():
        if judgement.id == finding.on and (not finding.about or judgement.place in (None, finding.about)):
            days = [day for day in (judgement.on, *(piece.on for piece in judgement.evidence)) if day is not None]
            if any(day > one.sent.on for day in days):
                return True
            if one.state is not None and one.state != judgement.state:
                return True
    answered = (*((finding.answer,) if finding.answer else ()), *finding.answers)
    days_ = [day for day in (*(one.on for one in finding.evidence), *(one.on for one in answered)) if day]
    return any(day > one.sent.on for day in days_)


def is_overdue(one: Escalation, as_of: date) -> bool:
    """Whether nobody has decided and the day by which an answer was due is past."""
    return one.decided is None and one.answer_due < as_of
