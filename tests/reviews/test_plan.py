"""The plan says what the review then asks."""

from pathlib import Path

import pytest

import lens
from lens.hooks.registry import Registry

EXAMPLE = Path(__file__).resolve().parents[2] / "templates" / "example"


@pytest.fixture(scope="module")
def registry():
    return Registry(only_core=True)


def asked_by_review(registry, *paths, **options):
    review = lens.review(*paths, registry=registry, as_of="2026-11-15", audience="restricted", **options)
    questions = {name for name, one in registry.checks.items() if one.check.question}
    return [one for one in review.findings if one.check in questions]


@pytest.mark.parametrize("options", [{}, {"depth": "first-look"}, {"stage": "design"}])
def test_what_is_planned_is_what_is_asked(registry, options):
    plan = lens.plan(EXAMPLE, registry=registry, as_of="2026-11-15", **options)
    found = asked_by_review(registry, EXAMPLE, **options)
    assert {one.check for one in plan.questions} == {one.check for one in found}
    assert sum(one.times for one in plan.questions) == sum(one.count for one in found)
    assert plan.answers == sum(one.count for one in found if one.because == "not_asked")


def test_nothing_known_asks_more_and_says_so(registry, tmp_path):
    (tmp_path / "program.yaml").write_text("program:\n  title: Wells\n")
    plan = lens.plan(tmp_path, registry=registry, as_of="2026-11-15")
    known = lens.plan(EXAMPLE, registry=registry, as_of="2026-11-15")
    assert plan.uncertain > known.uncertain
    assert plan.answers == sum(one.times for one in plan.questions)
    assert plan.minutes == sum(one.minutes for one in plan.questions) > 0


def test_who_and_which_documents(registry):
    plan = lens.plan(EXAMPLE, registry=registry, as_of="2026-11-15")
    assert sum(share.questions for share in plan.roles) == len(plan.questions)
    assert sum(share.minutes for share in plan.roles) == plan.minutes
    assert [share.questions for share in plan.roles] == sorted((s.questions for s in plan.roles), reverse=True)
    assert sum(use.questions for use in plan.documents) == sum(len(one.documents) for one in plan.questions)


WELLS = """program:
  title: Wells
  stage: implement
  partners:
    - {id: partner:1, kind: local_organization}
  activities:
    - id: activity:1
      provides: [{what: goods, to: partner:1}]
"""
ANSWER = """answers:
  answers:
    - {question: harm.reaches-force, answer: no, by: analyst, on: 2026-11-01}
    - {question: harm.stop-or-go-on, answer: %s, by: analyst, on: 2026-11-01}
"""


def test_what_waits_is_told_apart(registry, tmp_path):
    (tmp_path / "program.yaml").write_text(WELLS)
    plan = lens.plan(tmp_path, registry=registry, as_of="2026-11-15")
    waiting = {one.check: one.after for one in plan.later}
    assert waiting["harm.withholding-cost"] == ("harm.reaches-force", "harm.stop-or-go-on")
    assert not set(waiting) & {one.check for one in plan.questions}


@pytest.mark.parametrize(("answer", "asked"), [("no", True), ("not_known", True), ("yes", False)])
def test_an_answer_calls_for_more_or_does_not(registry, tmp_path, answer, asked):
    (tmp_path / "program.yaml").write_text(WELLS)
    (tmp_path / "answers.yaml").write_text(ANSWER % answer)
    plan = lens.plan(tmp_path, registry=registry, as_of="2026-11-15")
    assert ("harm.withholding-cost" in {one.check for one in plan.questions}) is asked
    assert "harm.withholding-cost" not in {one.check for one in plan.later}
