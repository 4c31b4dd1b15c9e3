"""The findings as JUnit XML, which GitLab, Jenkins and others show beside a change. For the public only.

The form knows passed, failed, error and skipped, and a test without any of them is shown green. Nothing here is green:

- a concern, and a point that is not known, is a failure, each of its own type;
- what could not be checked is an error;
- what was decided, answered on evidence, not seen or not asked is skipped, with the words that say what that means.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal
from xml.etree import ElementTree as ET

from lens.reports.hosts import (
    LOOK_UP,
    for_the_public,
    help_of,
    is_held,
    not_checked_told,
    outcome_told,
    packs_told,
    told,
)
from lens.reports.inert import clean
from lens.words import COMPONENTS

if TYPE_CHECKING:
    from collections.abc import Iterator

    from lens.hooks.specs import ReportInput
    from lens.reviews.model import Finding

Shown = Literal["failure", "error", "skipped"]


@dataclass(frozen=True, slots=True)
class _Test:
    """One test case. There is none that is shown as passed: that would be a verdict that the lens does not give."""

    group: str
    name: str
    shown: Shown
    kind: str
    message: str
    text: tuple[str, ...] = ()


def write_junit(given: ReportInput) -> str:
    """A review as JUnit XML. LensError for every audience but the public."""
    for_the_public(given.review, "junit")
    suites = {"lens.review": list(_of_review(given))}
    for component in COMPONENTS:
        found = [one for one in given.review.findings if one.component == component]
        suites[f"lens.{component}"] = [_of_finding(one, given) for one in found]
    root = ET.Element("testsuites", {"name": "lens", **_counts([one for tests in suites.values() for one in tests])})
    for name, tests in suites.items():
        if tests:
            skipped = str(_number(tests, "skipped"))
            suite = ET.SubElement(root, "testsuite", {"name": name, **_counts(tests), "skipped": skipped, "time": "0"})
            if name == "lens.review":
                _properties(suite, given)
            _write(suite, tests)
    ET.indent(root, " ")
    # Once more over all of it: XML cannot hold every sign, and names and types come from packs too.
    return f'<?xml version="1.0" encoding="UTF-8"?>\n{clean(ET.tostring(root, encoding="unicode"))}\n'


def _counts(tests: list[_Test]) -> dict[str, str]:
    return {
        "tests": str(len(tests)),
        "failures": str(_number(tests, "failure")),
        "errors": str(_number(tests, "error")),
    }


def _number(tests: list[_Test], shown: Shown) -> int:
    return sum(one.shown == shown for one in tests)


def _properties(suite: ET.Element, given: ReportInput) -> None:
    review = given.review
    told_ = {
        "audience": review.audience,
        "as_of": review.as_of.isoformat(),
        "depth": review.depth,
        "outcome": review.outcome,
        "incomplete": "yes" if review.incomplete else "no",
        "draft": "yes" if review.draft else "no",
        "lens": review.provenance.lens_version,
    }
    properties = ET.SubElement(suite, "properties")
    for name, value in told_.items():
        ET.SubElement(properties, "property", name=name, value=value)


def _write(suite: ET.Element, tests: list[_Test]) -> None:
    # A host that meets a name twice keeps one of the two.
    seen: dict[str, int] = {}
    for one in tests:
        seen[one.name] = seen.get(one.name, 0) + 1
        name = one.name if seen[one.name] == 1 else f"{one.name} ({seen[one.name]})"
        case = ET.SubElement(suite, "testcase", classname=one.group, name=clean(name), time="0")
        shown = ET.SubElement(case, one.shown, type=one.kind, message=_line(one.message))
        if one.text or one.shown != "skipped":
            shown.text = "\n".join(clean(line) for line in (one.message, *one.text))


def _line(text: str) -> str:
    return " ".join(clean(text).split())


def _of_finding(one: Finding, given: ReportInput) -> _Test:
    name = f"{one.check}: {one.title}" + (f" [{one.on}]" if one.on else "")
    message, *rest = told(one, given)
    shown, kind = _shown(one)
    if shown == "skipped":
        # Readers show the message alone, so it says that what is skipped is no proof of anything.
        t = given.language
        state = t.text(f"state.{one.state}.text") if one.state != "concern" else ""
        return _Test(f"lens.{one.component}", name, shown, kind, " ".join((message, *rest, state)).strip())
    if one.state == "open" and one.who:
        t = given.language
        rest.append(f"{t.text('fact.who')}: {t.words('role', one.who)}")
    return _Test(f"lens.{one.component}", name, shown, kind, message, (*rest, "", *help_of(one.check, given)))


def _shown(one: Finding) -> tuple[Shown, str]:
    if one.state == "error":
        return "error", "not_checked"
    if one.state == "open":
        return "failure", f"open.{one.because or 'not_known'}"
    if one.state == "concern" and not is_held(one):
        return "failure", "concern.escalates" if one.escalates else f"concern.{one.level or 'concern'}"
    return "skipped", "decided" if one.state == "concern" else one.state


def _of_review(given: ReportInput) -> Iterator[_Test]:
    """What stands over the findings: the outcome, what was not checked, not asked, and decisions that do not hold."""
    review, t = given.review, given.language
    first, *rest = outcome_told(given)
    recorded = review.outcome == "recorded" and not review.incomplete
    shown: Shown = "error" if review.incomplete else "skipped" if recorded else "failure"
    look = LOOK_UP.format(item=review.outcome)
    # Of what is skipped readers show the message alone.
    message = " ".join((first, *rest)) if recorded else first
    yield _Test("lens.review", "outcome", shown, f"outcome.{review.outcome}", message, (*rest, "", look))
    as_finding = {one.check for one in review.findings if one.state == "error"}
    for failed in review.not_checked:
        if failed.where not in as_finding:
            name = f"{t.text('section.not-checked')}: {failed.owner or 'lens'}, {failed.where}"
            yield _Test("lens.review", name, "error", "not_checked", not_checked_told(failed, t))
    if review.decisions:
        title = t.text("section.decisions")
        text = f"{title}: {len(review.decisions)}. {t.text('section.decisions.text')}"
        yield _Test("lens.review", title, "failure", "decisions", text)
    for pack, surely, text in packs_told(given):
        name = f"{t.text('section.packs-missing')}: {pack}"
        yield _Test("lens.review", name, "failure" if surely else "skipped", "pack_missing", text)
    unasked: dict[str, list[str]] = {}
    for one in review.not_asked:
        unasked.setdefault(one.why, []).append(one.check)
    for why, checks in sorted(unasked.items()):
        known = f"not-asked.{why}"
        count = len(checks)
        text = t.text(known, count=count) if t.has(known) else t.text("not-asked.other", reason=why, count=count)
        name = f"{t.text('section.not-asked')}: {why}"
        yield _Test("lens.review", name, "skipped", f"not_asked.{why}", text, tuple(checks))
