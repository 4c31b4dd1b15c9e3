"""Questions become findings by answer and by evidence."""

from datetime import date

import pytest

from lens.cases import Activity, Answers, Case, Program, Published
from lens.cases.policy import Freshness, LevelChange, Policy
from lens.checks.model import FollowUp, Found, Reading
from lens.reviews.judge import ask, judge


def said(check, case, setting):
    (finding,) = ask(check, case, setting)
    return finding.state, finding.because, finding.level


@pytest.mark.parametrize(
    ("word", "expected"),
    [
        ("yes", ("addressed", None, None)),
        ("no", ("concern", None, "high")),
        ("partly", ("concern", None, "moderate")),
        ("not_known", ("open", "not_known", "moderate")),
        ("known_not_safe_to_record", ("open", "withheld_for_safety", "moderate")),
    ],
)
def test_each_answer(check, answered, setting, word, expected):
    assert said(check(question={}), answered(word), setting()) == expected


def test_nobody_answered(check, setting):
    assert said(check(question={}), Case(program=Program()), setting()) == ("open", "not_asked", "moderate")


def test_published_data_does_not_say(check, setting):
    case = Case(program=Program(published=Published(standard="IATI")))
    assert said(check(question={}), case, setting()) == ("open", "not_published", "moderate")


def test_where_no_is_good_nothing_was_seen(check, answered, setting):
    assert said(check(question={"good": "no"}), answered("no"), setting()) == ("nothing_seen", None, None)


@pytest.mark.parametrize(
    ("pieces", "expected"),
    [
        ([], ("open", "no_evidence")),
        ([{"ref": "", "note": "she said so"}], ("open", "no_evidence")),
        ([{"ref": "", "held_elsewhere": "protection adviser"}], ("addressed", None)),
        ([{"on": date(2026, 1, 1)}], ("open", "stale")),
        ([{"on": date(2026, 1, 1)}, {}], ("addressed", None)),
    ],
    ids=["none", "stated", "vouched for", "old", "old and new"],
)
def test_a_good_answer_needs_evidence_in_date(check, answered, setting, evidence, pieces, expected):
    case = answered("yes", evidence=tuple(evidence(**piece) for piece in pieces))
    assert said(check(question={}), case, setting())[:2] == expected


def test_a_bad_answer_needs_none(check, answered, setting):
    assert said(check(question={}), answered("no", proof=False), setting()) == ("concern", None, "high")


def test_not_applicable_needs_a_reason(check, answered, setting):
    assert said(check(question={}), answered("not_applicable"), setting())[:2] == ("open", "no_evidence")
    assert (
        said(check(question={}), answered("not_applicable", reason="No land here."), setting())[0] == "not_applicable"
    )


def test_follow_ups_change_how_a_bad_answer_is_read(check, answered, setting):
    asking = check(
        question={
            "good": "no",
            "if_bad": "severe",
            "escalates": True,
            "follow_ups": (FollowUp(id="both-ways", ask="Both ways?"),),
            "readings": (Reading(when={"both-ways": ("yes",)}, level="high"),),
        }
    )
    (alone,) = ask(asking, answered("yes"), setting())
    (held,) = ask(asking, answered("yes", follow_ups={"both-ways": "yes"}), setting())
    (unknown,) = ask(asking, answered("yes", follow_ups={"both-ways": "not_known"}), setting())
    (partly,) = ask(asking, answered("partly"), setting())
    assert [(one.level, one.escalates) for one in (alone, held, unknown, partly)] == [
        ("severe", True),
        ("high", False),
        ("severe", True),
        ("high", True),
    ]


def test_another_answer_changes_how_a_bad_answer_is_read(check, answered, setting):
    asking = check(
        "risk.channel",
        question={"readings": (Reading(when={"risk.attacked": ("yes", "partly")}, level="severe", escalates=True),)},
    )
    channel, attacked = answered("no", "risk.channel"), answered("partly", "risk.attacked")
    both = Case(program=Program(), answers=Answers(answers=(*channel.answers.answers, *attacked.answers.answers)))
    assert [(one.level, one.escalates) for one in ask(asking, channel, setting())] == [("high", False)]
    assert [(one.level, one.escalates) for one in ask(asking, both, setting())] == [("severe", True)]


@pytest.mark.parametrize("words", [("yes",), ("no", "partly"), ("partly", "not_known")])
def test_a_sign_at_any_place_counts_where_another_question_was_answered_place_by_place(check, answered, setting, words):
    asking = check(
        "risk.channel",
        question={"readings": (Reading(when={"risk.attacked": ("yes", "partly")}, level="severe", escalates=True),)},
    )
    places = [
        answered(word, "risk.attacked", about=f"place:{number}").answers.answers[0]
        for number, word in enumerate(words, 1)
    ]
    case = Case(program=Program(), answers=Answers(answers=(*answered("no", "risk.channel").answers.answers, *places)))
    assert [(one.level, one.escalates) for one in ask(asking, case, setting())] == [("severe", True)]


def test_of_the_same_subject_its_own_answer_is_meant(check, answered, setting):
    asking = check(
        "risk.channel",
        question={"per": "activity", "readings": (Reading(when={"risk.armed": ("yes",)}, level="severe"),)},
    )
    words = ((1, "yes"), (2, "no"))
    said_ = [answered(word, "risk.armed", about=f"activity:{n}").answers.answers[0] for n, word in words]
    own = [answered("no", "risk.channel", about=f"activity:{n}").answers.answers[0] for n in (1, 2)]
    program = Program(activities=(Activity(id="activity:1"), Activity(id="activity:2")))
    case = Case(program=program, answers=Answers(answers=(*own, *said_)))
    assert [one.level for one in ask(asking, case, setting())] == ["severe", "high"]


def test_asked_of_each_activity_and_answered_once_for_all(check, answered, setting):
    asking = check(question={"per": "activity"})
    program = Program(activities=(Activity(id="activity:1"), Activity(id="activity:2")))
    for_all = Case(program=program, answers=answered("yes").answers)
    for_one = Case(program=program, answers=answered("yes", about="activity:2").answers)
    assert [one.state for one in ask(asking, for_all, setting())] == ["addressed", "addressed"]
    assert [(one.about, one.state) for one in ask(asking, for_one, setting())] == [
        ("activity:1", "open"),
        ("activity:2", "addressed"),
    ]


def test_the_fingerprint_is_made_of_ids_only(check, answered, setting):
    (finding,) = ask(check(question={"per": "program"}), answered("no"), setting())
    assert finding.fingerprint == "risk.example/program/RF7"


def test_policy_moves_a_level_but_never_lowers_what_can_escalate(check, answered, setting):
    lowered = Policy(levels=(LevelChange(check="risk.example", level="minor", reason="x"),), floor="moderate")
    raised = Policy(levels=(LevelChange(check="risk.example", level="severe", reason="x"),))
    plain, grave = check(question={}), check(question={"escalates": True})
    assert said(plain, answered("no"), setting(policy=lowered))[2] == "moderate"  # the floor
    assert said(grave, answered("no"), setting(policy=lowered))[2] == "high"
    assert said(grave, answered("no"), setting(policy=raised))[2] == "severe"


def test_policy_sets_when_an_answer_is_stale(check, answered, setting):
    short = Policy(freshness=Freshness(dynamic=5))
    assert said(check(question={}), answered("yes"), setting(policy=short))[1] == "stale"


def test_a_computed_check_says_only_what_it_declares(computed, setting):
    one = computed(None).check
    assert judge(one, Found(outcome="grave", on="RF7.10"), setting()).escalates
    with pytest.raises(ValueError, match="does not declare"):
        judge(one, Found(outcome="surprise"), setting())


def test_values_are_exact_inside_and_coarse_outside(computed, setting):
    found = Found(
        outcome="bad",
        values={
            "who": "partner:2",
            "days": 12,
            "since": date(2026, 3, 1),
            "factor": "RF7",
            "local": "local:1",
        },
    )
    shown = {
        one.name: (one.kind, one.exact, one.coarse) for one in judge(computed(None).check, found, setting()).values
    }
    assert shown == {
        "who": ("ref", "partner:2", "partner"),
        "days": ("count", "12", "12"),
        "since": ("day", "2026-03-01", "2026"),
        "factor": ("id", "RF7", "RF7"),
        "local": ("id", "local:1", "local:1"),
    }
