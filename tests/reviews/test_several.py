"""Several people answer one question: those who agree count as one, and where they differ none of them is chosen."""

from datetime import date

import pytest

from lens.cases import Answer, Answers, Case, Evidence, Program
from lens.cases.program import Activity
from lens.reviews.judge import ask
from lens.reviews.plan import plan_of
from lens.reviews.redact import redact
from lens.reviews.run import run

QUESTION = "risk.example"
PROOF = Evidence(kind="un", ref="a report", on=date(2026, 11, 1))


def one(word, by, **changes):
    return Answer(
        **{"question": QUESTION, "answer": word, "by": by, "on": date(2026, 11, 10), "evidence": (PROOF,), **changes}
    )


def case(*given, others=(), settled=(), activities=()):
    return Case(program=Program(activities=activities), answers=Answers(answers=given, others=others, settled=settled))


def finding(made, registered, setting):
    (found,) = ask(registered.check, made, setting())
    return found


def test_answers_that_say_the_same_count_as_one_and_keep_what_each_rests_on(asked, setting):
    other = Evidence(kind="community", held_elsewhere="liaison", on=date(2026, 11, 9))
    made = case(one("yes", "officer"), others=(one("yes", "liaison", evidence=(other,), on=date(2026, 11, 12)),))
    found = finding(made, asked(), setting)
    assert (found.state, found.outcome, len(found.evidence)) == ("addressed", "good", 2)
    assert found.answer.by == "officer, liaison"
    assert found.answer.on == date(2026, 11, 12)
    assert found.answers == ()


@pytest.mark.parametrize("words", [("yes", "no"), ("yes", "partly"), ("yes", "not_known"), ("no", "yes")])
def test_where_answers_differ_the_question_is_open_with_the_gravest_at_stake(asked, setting, words):
    made = case(one(words[0], "officer"), others=(one(words[1], "liaison"),))
    found = finding(made, asked(if_bad="severe", if_not_known="moderate"), setting)
    assert (found.state, found.because) == ("open", "disagreement")
    assert (
        found.level
        == {"no": "severe", "partly": "high", "not_known": "moderate"}[
            next(word for word in ("no", "partly", "not_known") if word in words)
        ]
    )
    assert [(each.answer, each.by) for each in found.answers] == [(words[0], "officer"), (words[1], "liaison")]
    assert found.answer is None


def test_an_escalating_sign_that_one_of_them_tells_of_goes_to_the_route_whoever_answered_first(asked, setting):
    for words in (("yes", "no"), ("no", "yes")):
        made = case(one(words[0], "officer"), others=(one(words[1], "liaison"),))
        found = finding(made, asked(if_bad="high", escalates=True), setting)
        assert (found.state, found.escalates, found.level, found.outcome) == ("concern", True, "high", "disagreement")


def test_follow_ups_that_differ_are_a_difference_and_one_left_out_is_none(asked, setting):
    a, b = one("no", "a", follow_ups={"x": "yes"}), one("no", "b", follow_ups={"x": "no"})
    assert finding(case(a, others=(b,)), asked(), setting).because == "disagreement"
    assert finding(case(a, others=(one("no", "b"),)), asked(), setting).outcome == "bad"


def test_what_a_named_role_settled_holds(asked, setting):
    made = case(one("no", "officer"), others=(one("yes", "liaison"),), settled=(one("no", "senior reviewer"),))
    found = finding(made, asked(), setting)
    assert (found.state, found.outcome, found.answer.by) == ("concern", "bad", "senior reviewer")


def test_a_difference_about_one_activity_is_not_hidden_by_an_answer_for_all(asked, setting):
    registered = asked(per="activity")
    made = case(
        one("yes", "officer"),
        others=(one("yes", "a", about="activity:1"), one("no", "b", about="activity:1")),
        activities=(Activity(id="activity:1"), Activity(id="activity:2")),
    )
    found = {each.about: each for each in ask(registered.check, made, setting())}
    assert found["activity:1"].because == "disagreement"
    assert found["activity:2"].outcome == "good"
    assert made.answer_for(QUESTION, "activity:1") is None
    assert made.answer_for(QUESTION, "activity:2").answer == "yes"


def test_others_who_speak_of_one_activity_do_not_silence_an_answer_for_all(asked, setting):
    registered = asked(per="activity")
    activities = (Activity(id="activity:1"), Activity(id="activity:2"))
    others = (one("yes", "liaison", about="activity:1"),)
    made = case(one("no", "officer"), others=others, activities=activities)
    found = {each.about: each for each in ask(registered.check, made, setting())}
    assert (found["activity:1"].because, found["activity:2"].outcome) == ("disagreement", "bad")
    exception = (one("no", "officer"), one("yes", "officer", about="activity:1"))
    found = {each.about: each for each in ask(registered.check, case(*exception, activities=activities), setting())}
    assert (found["activity:1"].outcome, found["activity:2"].outcome) == ("good", "bad")


def test_a_difference_is_settled_and_not_asked_once_more(asked, registry, setting):
    made = case(one("yes", "officer"), others=(one("no", "liaison"),))
    plan = plan_of(made, registry(asked()), as_of=setting().as_of, policy=setting().policy)
    assert plan.answers == 0


def test_the_public_is_not_told_that_somebody_spoke(asked, registry, setting):
    made = case(one("yes", "officer CANARY"), others=(one("no", "liaison CANARY"),))
    review = run(made, registry(asked()), as_of=setting().as_of, policy=setting().policy, depth="full")
    assert [each.option for each in review.actions] == ["settle-answers"]
    narrowed = redact(review, "public")
    (found,) = narrowed.findings
    assert (found.because, found.answers, narrowed.actions) == ("not_known", (), ())
    assert "disagree" not in repr(narrowed)
    assert "CANARY" not in repr(narrowed)


def test_a_question_that_waits_is_asked_where_anybody_gave_the_answer_it_waits_for():
    from lens.checks.conditions import given

    made = case(one("no", "officer"), others=(one("yes", "liaison"),))
    assert [each.answer for each in given(QUESTION, made)] == ["no", "yes"]
    settled = case(one("no", "officer"), others=(one("yes", "liaison"),), settled=(one("no", "reviewer"),))
    assert [each.by for each in given(QUESTION, settled)] == ["reviewer"]
