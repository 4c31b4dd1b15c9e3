"""Every question of the core: whole, safe to ask, and shown by an example each way that is run here."""

import pytest

from lens.hooks.registry import Registry
from lens.testing import example

CHECKS = {name: one.check for name, one in Registry(only_core=True).checks.items() if one.check.question}
ALWAYS = {"risk.counter-view", "inhibitors.left-alone"}
"""Beside the first look, what everybody is asked: each one more costs every officer of every program."""


@pytest.mark.parametrize("name", CHECKS)
def test_the_example_of_a_concern_is_one(name):
    check = CHECKS[name]
    finding = example(check, "concern")
    assert finding.state == "concern"
    assert finding.level is not None


@pytest.mark.parametrize("name", CHECKS)
def test_the_other_example_is_none(name):
    check = CHECKS[name]
    finding = example(check, "addressed")
    assert finding.state in ("addressed", "nothing_seen")
    assert check.question.examples.addressed.answer == check.question.good


@pytest.mark.parametrize("name", CHECKS)
def test_a_question_is_whole(name):
    check = CHECKS[name]
    question = check.question
    assert question.ask.count("?") == 1
    assert question.ask.endswith("?")
    assert question.help
    assert question.settles
    assert question.hold_safely
    assert question.documents
    assert 5 <= question.minutes <= 120
    assert check.why
    assert check.how
    assert check.limits
    assert check.change_our_mind
    assert check.others
    assert len(check.options) >= 2
    assert {"addressed", "nothing_seen"}.isdisjoint(check.touches)
    if check.component == "harm":
        assert check.verdict is not None


@pytest.mark.parametrize("name", [name for name, one in CHECKS.items() if one.can_escalate])
def test_what_can_escalate_says_whom_to_tell(name):
    assert "escalate-now" in [option.id for option in CHECKS[name].options]


def test_only_the_first_look_is_asked_of_everybody():
    always = {
        name
        for name, one in CHECKS.items()
        if one.applies is None and one.depth == "full" and one.pack in ("risk", "inhibitors", "harm")
    }
    assert always == ALWAYS


def test_the_first_look_has_fifteen_questions():
    assert sum(one.depth == "first-look" for one in CHECKS.values()) == 15


def test_a_question_waits_only_for_one_that_there_is():
    for check in CHECKS.values():
        form = check.applies
        conditions = (*form.all, *form.any, *form.none) if form else ()
        waited = {one.answer_to for one in conditions if one.answer_to}
        assert waited <= set(CHECKS), check.id
        assert check.id not in waited
