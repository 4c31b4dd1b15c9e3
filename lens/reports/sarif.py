"""The findings as SARIF 2.1.0, the form in which code hosts read what a tool found. For the public only.

What is open is of a kind of its own, what failed is a notification of the tool, and the first result says what the
review comes to, so that a host that shows failures alone still shows what is not known. No place of the case is told
but which of its files a finding is answered in: names of files, lines and values are not for everyone.
"""

from __future__ import annotations

import hashlib
import json
import re
from typing import TYPE_CHECKING, Any

from lens.reports import inert
from lens.reports.hosts import (
    for_the_public,
    help_of,
    identities,
    is_held,
    not_checked_told,
    outcome_told,
    packs_told,
    told,
)

if TYPE_CHECKING:
    from lens.checks.model import Check
    from lens.hooks.specs import ReportInput
    from lens.reviews.model import Finding, Review

SCHEMA = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"
OUTCOME = "lens.outcome"
"""The rule of the result that says what the review comes to."""

_LEVELS = {"severe": "error", "high": "error", "moderate": "warning", "minor": "note"}
_KINDS = {
    "concern": "fail",
    "open": "open",
    # Not "pass": an answer on evidence, or nothing seen, is no proof that all is well.
    "addressed": "informational",
    "nothing_seen": "informational",
    "not_applicable": "notApplicable",
}
_CASE = "CASE"
_GAP = re.compile(r"\{(\d+)\}")
_LONGEST = 1000
"""Hosts cut descriptions off after about as many signs."""


def write_sarif(given: ReportInput) -> str:
    """A review as SARIF. LensError for every audience but the public."""
    review = given.review
    for_the_public(review, "sarif")
    findings = tuple(one for one in review.findings if one.state in _KINDS)
    checks = tuple(dict.fromkeys([*(one.check for one in findings), *_failed_checks(given)]))
    index = {name: number for number, name in enumerate((OUTCOME, *checks))}
    driver = {
        "name": "lens",
        "fullName": "lens, an atrocity prevention lens for aid programs",
        "semanticVersion": review.provenance.lens_version,
        "rules": [_outcome_rule(given), *(_rule(name, given) for name in checks)],
    }
    more = [
        {"name": one.name, **({"version": one.version} if one.version else {})}
        for one in review.provenance.used
        if one.kind != "core"
    ]
    run = {
        "tool": {"driver": driver, **({"extensions": more} if more else {})},
        "automationDetails": {"id": f"lens/{review.depth}/{review.as_of.isoformat()}"},
        "originalUriBaseIds": {_CASE: {"description": {"text": "The folder of the case. Where it lies is not told."}}},
        "invocations": [_invocation(given, index)],
        "columnKind": "unicodeCodePoints",
        "results": [
            _outcome(given),
            *(_result(one, name, given, index) for one, name in zip(findings, identities(findings), strict=True)),
        ],
        "properties": {
            "audience": review.audience,
            "asOf": review.as_of.isoformat(),
            "depth": review.depth,
            "outcome": review.outcome,
            "incomplete": review.incomplete,
            "draft": review.draft,
        },
    }
    data = {"$schema": SCHEMA, "version": "2.1.0", "runs": [run]}
    return inert.json(json.dumps(data, ensure_ascii=False, indent=1)) + "\n"


# Rules


def _outcome_rule(given: ReportInput) -> dict[str, Any]:
    t = given.language
    review = given.review
    return {
        "id": OUTCOME,
        "shortDescription": _text("What the review comes to, and what is not known"),
        "fullDescription": _text("There is no outcome that says that all is well. What is not known comes first."),
        "help": _text(
            f"{t.text(f'outcome.{review.outcome}.text')}\n\n"
            f"lens explain {review.outcome}\n\n"
            "Closing this alert decides nothing. Decisions stand in decisions.yaml, with reason, owner, approver and a "
            "last day."
        ),
        "defaultConfiguration": {"level": "warning"},
        "properties": {"tags": ["outcome"], "problem.severity": "warning"},
    }


def _rule(name: str, given: ReportInput) -> dict[str, Any]:
    check = given.checks.get(name)
    title = check.title if check else _title(name, given.review)
    about = (check.question.ask if check.question else check.why) if check else title
    tags = [check.component, *([check.verdict] if check.verdict else [])] if check else [name.partition(".")[0]]
    return {
        "id": name,
        "shortDescription": _text(title or name),
        "fullDescription": _text(about or title or name),
        "help": _text("\n\n".join(help_of(name, given)), cut=False),
        # How grave it is stands with each result. It is a word, never a number: hosts would rank by it.
        "defaultConfiguration": {"level": "warning"},
        "properties": {"tags": tags},
    }


def _title(name: str, review: Review) -> str:
    return next((one.title for one in review.findings if one.check == name), name)


def _failed_checks(given: ReportInput) -> list[str]:
    known = {*given.checks, *(one.check for one in given.review.findings)}
    return [one.where for one in given.review.not_checked if one.where in known]


# Results


def _outcome(given: ReportInput) -> dict[str, Any]:
    review = given.review
    grave = review.outcome in ("escalate", "revise") or review.incomplete
    level = "note" if review.outcome == "recorded" and not grave else "error" if grave else "warning"
    identity = f"{OUTCOME}/{review.outcome}{'/incomplete' if review.incomplete else ''}"
    return {
        "ruleId": OUTCOME,
        "ruleIndex": 0,
        "kind": "fail",
        "level": level,
        "message": _text(" ".join(outcome_told(given)), cut=False),
        "locations": [_location("program", given.review)],
        "partialFingerprints": _fingerprints(identity),
        "suppressions": [],
        "properties": {"outcome": review.outcome, "incomplete": review.incomplete, "draft": review.draft},
    }


def _result(one: Finding, identity: str, given: ReportInput, index: dict[str, int]) -> dict[str, Any]:
    kind = _KINDS[one.state]
    # SARIF has a level for failures only; the words of the lens are kept beside it, in the message too.
    level = ("error" if one.escalates else _LEVELS.get(one.level or "", "warning")) if kind == "fail" else "none"
    check = given.checks.get(one.check)
    found: dict[str, Any] = {
        "ruleId": one.check,
        "ruleIndex": index[one.check],
        "kind": kind,
        "level": level,
        "message": _text(" ".join(told(one, given)), cut=False),
        "locations": [_location(_part(check), given.review, one.check if check and check.question else "")],
        "partialFingerprints": _fingerprints(identity),
        "occurrenceCount": one.count,
        "suppressions": _suppressions(one),
        "properties": _words(one),
    }
    return found


def _words(one: Finding) -> dict[str, Any]:
    """A finding in the lens's own words, as far as everyone may see them."""
    words: dict[str, Any] = {
        "state": one.state,
        "because": one.because or "",
        "level": one.level or "",
        "escalates": one.escalates,
        "component": one.component,
        "verdict": one.verdict or "",
        "on": one.on,
        "grade": one.grade,
        "whoCanFindOut": list(one.who) if one.state == "open" else [],
    }
    return {name: value for name, value in words.items() if value not in ("", [])}


def _suppressions(one: Finding) -> list[dict[str, Any]]:
    """A decision that holds takes a concern off the list, never an escalating one. Its reason is not for everyone."""
    if not is_held(one) or one.disposition is None:
        return []
    words = {"decision": one.disposition.decision, "until": one.disposition.year}
    return [{"kind": "external", "status": "accepted", "properties": words}]


def _part(check: Check | None) -> str:
    """In which part of the case a finding is answered."""
    if check is not None and check.question is not None:
        return "answers"
    return "context" if check is not None and check.needs and check.needs[0] == "context" else "program"


def _location(part: str, review: Review, question: str = "") -> dict[str, Any]:
    """The part of the case, under the name it has in every case. Its lines are not told: the region is the file."""
    file = f"{part}.yaml"
    if part == "program" and review.program.published_as:
        file = "published-activity.xml"
    logical = {"fullyQualifiedName": f"{part}/{question}" if question else part, "kind": "member"}
    return {
        "physicalLocation": {
            "artifactLocation": {"uri": file, "uriBaseId": _CASE},
            "region": {"startLine": 1, "startColumn": 1, "endLine": 1, "endColumn": 1},
        },
        "logicalLocations": [logical],
    }


def _fingerprints(identity: str) -> dict[str, str]:
    """The identity as it reads, and under the name that the largest host looks for."""
    digest = hashlib.sha256(identity.encode()).hexdigest()[:16]
    return {"lensFinding/v1": identity, "primaryLocationLineHash": f"{digest}:1"}


# What was not checked


def _invocation(given: ReportInput, index: dict[str, int]) -> dict[str, Any]:
    t, review = given.language, given.review
    notes: list[dict[str, Any]] = []
    for one in review.not_checked:
        note: dict[str, Any] = {"level": "error", "message": _text(not_checked_told(one, t), cut=False)}
        if one.where in index:
            note["associatedRule"] = {"id": one.where, "index": index[one.where]}
        notes.append(note)
    notes += [
        {"level": "warning" if surely else "note", "message": _text(text, cut=False)}
        for _, surely, text in packs_told(given)
    ]
    why: dict[str, int] = {}
    for unasked in review.not_asked:
        why[unasked.why] = why.get(unasked.why, 0) + 1
    for name, count in sorted(why.items()):
        known = f"not-asked.{name}"
        text = t.text(known, count=count) if t.has(known) else t.text("not-asked.other", reason=name, count=count)
        notes.append({"level": "note", "message": _text(f"{t.text('section.not-asked')}: {text}", cut=False)})
    return {"executionSuccessful": not review.incomplete, "toolExecutionNotifications": notes}


def _text(text: str, *, cut: bool = True) -> dict[str, str]:
    """A text that SARIF shows as it is: `[a](b)` in it would be a link, `{0}` a gap to be filled."""
    shown = _GAP.sub(r"(\1)", inert.clean(text.strip()).replace("](", "] ("))
    if cut and len(shown) > _LONGEST:
        shown = f"{shown[:_LONGEST].rstrip()}…"
    return {"text": shown}
