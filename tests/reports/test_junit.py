"""JUnit XML: what GitLab and Jenkins read, for the public only, and nothing in it is shown green."""

from __future__ import annotations

import shutil
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any
from xml.etree import ElementTree as ET

import pytest

import lens
from lens.errors import LensError
from lens.hooks.registry import Registry
from lens.reports.junit import write_junit
from lens.reviews.gate import outcome_of
from lens.reviews.model import NotChecked, PackMissing
from lens.reviews.redact import redact
from lens.testing.planted import TOKEN, planted

from .conftest import filled_everywhere, given_for, make_review

if TYPE_CHECKING:
    from lens.reviews.model import Review

ROOT = Path(__file__).resolve().parent.parent.parent


def public(**changes: Any) -> Review:
    return redact(make_review(**changes), "public")


def junit(review: Review) -> ET.Element:
    return ET.fromstring(write_junit(given_for(review)))  # noqa: S314 - we wrote it


def cases(review: Review) -> dict[str, tuple[str, str, str]]:
    """Every test case: how it is shown, its type and its message."""
    return {
        f"{case.get('classname')} {case.get('name')}": (
            case[0].tag,
            case[0].get("type", ""),
            case[0].get("message", ""),
        )
        for case in junit(review).iter("testcase")
    }


@pytest.fixture(scope="module")
def problems() -> Any:
    etree = pytest.importorskip("lxml.etree")
    schema = etree.XMLSchema(etree.parse(str(Path(__file__).parent / "junit.xsd")))

    def found(text: str) -> list[str]:
        schema.validate(etree.fromstring(text.encode()))
        return [one.message for one in schema.error_log]

    return found


def demo(folder: Path) -> Path:
    for file in (ROOT / "templates" / "example").iterdir():
        shutil.copy(file, folder)
    return folder


# The form


def test_it_is_valid(problems: Any) -> None:
    written = write_junit(given_for(public()))
    assert problems(written) == []
    assert problems(written.replace("<failure ", "<broken ").replace("</failure>", "</broken>")) != []


def test_a_review_of_the_demo_is_valid(problems: Any, tmp_path: Path) -> None:
    only = Registry(only_core=True)
    made = lens.review(demo(tmp_path), as_of="2026-11-15", registry=only)
    assert problems(str(lens.render(made, "junit", registry=only))) == []


def test_a_test_case_without_a_word_on_how_it_ended_would_be_invalid(problems: Any) -> None:
    green = (
        '<testsuites name="lens" tests="1" failures="0" errors="0"><testsuite name="a" tests="1" failures="0" '
        'errors="0" skipped="0" time="0"><testcase classname="a" name="b" time="0"/></testsuite></testsuites>'
    )
    assert len(problems(green)) == 1


def test_the_counts_are_those_of_the_cases() -> None:
    root = junit(public())
    for of in (root, *root.iter("testsuite")):
        for name, tag in (("tests", "testcase"), ("failures", "failure"), ("errors", "error")):
            assert int(of.get(name, "")) == len(list(of.iter(tag))), name
    assert sum(int(one.get("skipped", "")) for one in root) == len(list(root.iter("skipped")))


def test_suites_are_the_review_and_the_components() -> None:
    assert [one.get("name") for one in junit(public())] == [
        "lens.review",
        "lens.risk",
        "lens.inhibitors",
        "lens.harm",
    ]


def test_the_same_review_gives_the_same_bytes() -> None:
    assert write_junit(given_for(public())) == write_junit(given_for(public()))


# How each thing is shown


def test_nothing_is_shown_green() -> None:
    assert all(len(case) == 1 for case in junit(public()).iter("testcase"))
    assert {case[0].tag for case in junit(public()).iter("testcase")} == {"failure", "error", "skipped"}


def test_findings_are_shown_by_what_they_are() -> None:
    shown = {
        name: (tag, kind) for name, (tag, kind, _) in cases(public()).items() if not name.startswith("lens.review")
    }
    assert shown == {
        "lens.risk risk.attacked: Attacked for who they are [RF7]": ("failure", "concern.escalates"),
        "lens.risk risk.context-dated: A context in date [RF7.10]": ("failure", "open.stale"),
        "lens.risk risk.context-dated: A context in date": ("skipped", "nothing_seen"),
        "lens.inhibitors inhibitors.held-back: Those who hold violence back": ("failure", "open.not_known"),
        "lens.inhibitors inhibitors.funded: Named and unfunded [INH5]": ("skipped", "decided"),
        "lens.inhibitors inhibitors.funded: Named and unfunded": ("skipped", "addressed"),
        "lens.harm harm.reaches-force: What reaches those who use force": ("failure", "open.not_asked"),
        "lens.harm harm.reaches-force: What reaches those who use force (2)": ("failure", "concern.escalates"),
        "lens.harm harm.weakens: Weakening restraint": ("failure", "concern.high"),
        "lens.harm harm.weakens: Weakening restraint (2)": ("failure", "open.not_known"),
        "lens.harm harm.exit: A sudden end": ("skipped", "not_applicable"),
        "lens.harm harm.exit: A sudden end (2)": ("error", "not_checked"),
    }


def test_what_is_skipped_says_what_that_means() -> None:
    found = cases(public())
    assert found["lens.risk risk.context-dated: A context in date"][2].endswith(
        "Nothing was seen where it could have been. That is not proof that it is not there."
    )
    assert found["lens.inhibitors inhibitors.funded: Named and unfunded [INH5]"][2].endswith(
        "Level: moderate. Decided: mitigate, until 2026."
    )


def test_a_failure_says_what_how_grave_who_and_what_can_be_done() -> None:
    failure = next(one for one in junit(public()).iter("failure") if one.get("type") == "open.not_asked")
    lines = (failure.text or "").splitlines()
    assert lines[:6] == [
        "Nobody has answered yet: “Does anything the program provides reach a security force, also through others?”",
        "Open: not answered yet.",
        "At stake: high.",
        "2 findings, told as one.",
        "Who may know or can find out: local partner, protection adviser",
        "",
    ]
    assert "What can be done: Ask the people concerned what would protect them now. (community liaison, hours)" in lines
    assert lines[-1] == "harm.reaches-force, explained by: lens explain harm.reaches-force"


def test_a_sign_that_was_escalated_stays_a_failure_and_says_so() -> None:
    failure = [one for one in junit(public()).iter("failure") if one.get("type") == "concern.escalates"][1]
    assert "Escalation: sent." in (failure.text or "")


@pytest.mark.parametrize(
    ("outcome", "incomplete", "expected"),
    [
        ("escalate", False, ("failure", "outcome.escalate")),
        ("find_out", False, ("failure", "outcome.find_out")),
        ("recorded", False, ("skipped", "outcome.recorded")),
        ("recorded", True, ("error", "outcome.recorded")),
    ],
)
def test_the_outcome_is_a_test_case_of_its_own(outcome: Any, incomplete: bool, expected: tuple[str, str]) -> None:
    assert cases(public(outcome=outcome, incomplete=incomplete))["lens.review outcome"][:2] == expected


def test_over_the_findings_stands_what_was_not_checked_and_not_asked() -> None:
    packs = tuple(
        PackMissing(name=name, distribution=f"atrocity-lens-{name}", title=name, asks="…", surely=name == "ict")
        for name in ("ict", "land")
    )
    failed = (
        NotChecked(owner="lens-broken", where="harm.broken", what="TypeError"),
        NotChecked(owner="lens", where="harm.exit", what="ValueError"),
    )
    found = cases(public(packs_missing=packs, not_checked=failed))
    assert {name: shown[:2] for name, shown in found.items() if name.startswith("lens.review")} == {
        "lens.review outcome": ("error", "outcome.escalate"),
        # The one that is a finding as well is told there.
        "lens.review Not checked: lens-broken, harm.broken": ("error", "not_checked"),
        "lens.review Decisions that do not hold": ("failure", "decisions"),
        "lens.review Sector packs that are not here: ict": ("failure", "pack_missing"),
        "lens.review Sector packs that are not here: land": ("skipped", "pack_missing"),
        "lens.review Not asked: applies": ("skipped", "not_asked.applies"),
        "lens.review Not asked: depth": ("skipped", "not_asked.depth"),
        "lens.review Not asked: stage": ("skipped", "not_asked.stage"),
    }


def test_a_review_with_nothing_in_it_still_has_a_test_case(problems: Any) -> None:
    outcome, reasons = outcome_of([])
    empty = public(
        findings=(), outcome=outcome, reasons=reasons, not_checked=(), incomplete=False, not_asked=(), decisions=()
    )
    assert problems(write_junit(given_for(empty))) == []
    assert list(cases(empty)) == ["lens.review outcome"]


# Who may see it


@pytest.mark.parametrize("audience", ["counterpart", "partner", "internal", "restricted"])
def test_it_is_refused_to_any_other_audience(audience: Any) -> None:
    review = redact(make_review(), audience, own=("activity:1",))
    with pytest.raises(LensError, match=f"public only, and this review is for the audience {audience}"):
        write_junit(given_for(review))


def test_no_text_of_the_case_is_in_it(tmp_path: Path) -> None:
    only = Registry(only_core=True)
    case = lens.read_case(demo(tmp_path), with_annex=True, registry=only).case
    made = lens.review_case(planted(case), as_of="2026-11-15", registry=only)
    assert TOKEN.casefold() not in str(lens.render(made, "junit", registry=only)).casefold()


def test_hostile_text_stays_text(problems: Any) -> None:
    text = "]]> <!--\x00 \x1b[31m \u202egnp & <failure/> \ud800"
    review = replace(filled_everywhere(text), audience="public")
    written = write_junit(given_for(review))
    assert not set("\x00\x1b\u202e\ud800") & set(written)
    assert problems(written) == []
