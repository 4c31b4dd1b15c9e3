"""One review from a case: select, run, judge, sum up. A check that fails is a row of the result."""

from __future__ import annotations

import copy
from dataclasses import dataclass, replace
from functools import partial
from itertools import islice
from typing import TYPE_CHECKING

from lens.checks.setting import Setting
from lens.hooks.contain import contained
from lens.reviews.decisions import applied
from lens.reviews.evidence import shown
from lens.reviews.findings import findings_of
from lens.reviews.gate import next_of, outcome_of
from lens.reviews.matrix import matrix_of
from lens.reviews.model import NotChecked, Review, in_order
from lens.reviews.provenance import packs_missing, provenance
from lens.reviews.select import select
from lens.reviews.sound import why_not_note
from lens.reviews.summary import actions_of, coverage_of
from lens.reviews.view import program_view

if TYPE_CHECKING:
    from datetime import date

    from lens.cases import Case
    from lens.cases.policy import Policy
    from lens.checks.model import Check
    from lens.hooks.registry import Registered, Registry
    from lens.hooks.specs import EvidenceNote, EvidenceSource
    from lens.reviews.model import Finding
    from lens.words import Depth, Stage

MAX_NOTES_OF_ONE_SOURCE = 2_000
"""A source of evidence that gives more has failed."""


@dataclass(frozen=True, slots=True)
class Inputs:
    """How the case was read: digests of its files and what the readers noted."""

    files: tuple[tuple[str, str], ...] = ()
    notes: tuple[str, ...] = ()
    faults: tuple[str, ...] = ()


def run(
    case: Case,
    registry: Registry,
    *,
    as_of: date,
    policy: Policy,
    depth: Depth,
    stage: Stage | None = None,
    inputs: Inputs | None = None,
) -> Review:
    """Review a case. The result is for the restricted audience; `redact` narrows it."""
    inputs = inputs or Inputs()
    setting = Setting(as_of=as_of, stage=stage or case.program.stage, depth=depth, policy=policy)
    asked, left = select(registry, case, setting)
    # Plugins get copies: what one does to the case, however it does it, changes nothing that others see of it.
    lent = copy.deepcopy((case, setting)) if any(one.owner != "lens" for one in asked) else (case, setting)
    found = [
        finding
        for one in asked
        for finding in (findings_of(one, case, setting) if one.owner == "lens" else findings_of(one, *lent))
    ]
    findings, unfitting = applied(found, case, setting)
    findings.sort(key=in_order)
    notes, failed_sources = _gather(registry, case, setting)
    checks = {name: one.check for name, one in registry.checks.items()}
    outcome, reasons = outcome_of(findings)
    not_checked = _not_checked(registry, findings, [*failed_sources, *_unread(inputs), *_unknown(policy, checks)])
    unused = _unused(case, asked)
    program = program_view(case, policy, tuple(note for note in inputs.notes if note.startswith("iati:")))
    return Review(
        audience="restricted",
        as_of=as_of,
        stage=setting.stage,
        depth=depth,
        outcome=outcome,
        reasons=reasons,
        next=next_of(findings, outcome, case, checks, setting) if depth == "first-look" else None,
        incomplete=bool(not_checked),
        draft=not (program.reviewer.strip() and program.escalation_route.strip()),
        program=program,
        findings=tuple(findings),
        actions=actions_of(findings, checks, as_of, policy.due),
        due=policy.due,
        matrix=matrix_of(case),
        coverage=coverage_of(findings, left, {name: check.component for name, check in checks.items()}),
        context=shown(notes, setting),
        has_context=case.context is not None,
        decisions=tuple(unfitting),
        not_asked=tuple(left),
        not_checked=not_checked,
        unused_answers=unused,
        unused_answer_count=len(unused),
        notes=tuple(note for note in inputs.notes if not note.startswith("iati:")),
        packs_missing=packs_missing(registry, case, setting),
        provenance=provenance(registry, policy, checks, inputs.files),
    )


def _gather(registry: Registry, case: Case, setting: Setting) -> tuple[list[EvidenceNote], list[NotChecked]]:
    notes: list[EvidenceNote] = []
    failed: list[NotChecked] = []
    for source in registry.evidence:
        gathered: list[EvidenceNote] = []
        lent = (case, setting) if source.name == "context" else copy.deepcopy((case, setting))
        what = contained(partial(_take, source, *lent, gathered))
        if what:
            failed.append(NotChecked(owner=source.name, where="evidence", what=what))
        notes.extend(gathered)
    return notes, failed


def _take(source: EvidenceSource, case: Case, setting: Setting, into: list[EvidenceNote]) -> None:
    for note in islice(source.gather(case, setting), MAX_NOTES_OF_ONE_SOURCE + 1):
        if len(into) == MAX_NOTES_OF_ONE_SOURCE:
            raise ValueError("too many notes")
        if wrong := why_not_note(note):
            raise ValueError(wrong)
        into.append(replace(note, source=source.name))


def _unread(inputs: Inputs) -> list[NotChecked]:
    return [NotChecked(owner="reader", where="the file", what=fault) for fault in inputs.faults]


def _unknown(policy: Policy, checks: dict[str, Check]) -> list[NotChecked]:
    """Checks that a policy speaks of and that are not here: it was written for more than was asked."""
    named = dict.fromkeys([*(one.check for one in policy.levels), *(one.check for one in policy.off)])
    return [NotChecked(owner="policy", where=one, what="no-such-check") for one in named if one not in checks]


def _not_checked(registry: Registry, findings: list[Finding], failed: list[NotChecked]) -> tuple[NotChecked, ...]:
    owners = {name: one.owner for name, one in registry.checks.items()}
    rows = [NotChecked(owner=one.owner, where=one.where, what=one.what) for one in registry.faults]
    rows += [
        NotChecked(owner=owners.get(one.check, ""), where=one.check, what=one.outcome)
        for one in findings
        if one.state == "error"
    ]
    return tuple(dict.fromkeys([*rows, *failed]))


def _unused(case: Case, asked: list[Registered]) -> tuple[str, ...]:
    """What was answered and no check of this review asks, so that no answer vanishes silently."""
    questions = {one.check.id: one.check.question for one in asked}
    found: list[str] = []
    for answer in case.answers.all if case.answers else ():
        question = questions.get(answer.question)
        if question is None:
            found.append(answer.question)
            continue
        known = {one.id for one in question.follow_ups}
        found += [f"{answer.question}: {name}" for name in sorted(answer.follow_ups) if name not in known]
    return tuple(dict.fromkeys(found))
