"""A review from a case: faults contained, outcomes in order, nothing silent."""

import sys
from dataclasses import replace
from datetime import date

import pytest

from lens.cases import (
    Answers,
    Case,
    Context,
    Decisions,
    Disposition,
    Escalation,
    FactorJudgement,
    Program,
    Sector,
    Step,
)
from lens.cases.policy import Delegation, LevelChange, Policy
from lens.checks.applies import Applies, Condition
from lens.checks.model import Found
from lens.reviews.run import run

TODAY = date(2026, 11, 15)


def review(registry, case=None, **options):
    case = case or Case(program=Program())
    return run(case, registry, **{"as_of": TODAY, "policy": Policy(), "depth": "full", **options})


def says(*outcomes):
    return lambda case, setting: (Found(outcome=one) for one in outcomes)


def stops(case, setting):
    yield Found(outcome="fine")
    sys.exit("Canary Abel")


def endless(case, setting):
    number = 0
    while True:
        number += 1
        yield Found(outcome="fine", about=f"activity:{number}")


@pytest.mark.parametrize(
    ("runs", "expected"),
    [
        (lambda c, s: 1 / 0, "ZeroDivisionError"),
        (stops, "SystemExit"),
        (lambda c, s: None, "TypeError"),
        (lambda c, s: ["fine"], "TypeError"),
        (says("surprise"), "ValueError"),
        (endless, "ValueError"),
        (says(), "said-nothing"),
    ],
    ids=["raises", "exits", "nothing", "not found", "undeclared", "endless", "silent"],
)
def test_a_check_that_fails_is_a_row_and_the_others_go_on(registry, computed, runs, expected):
    made = review(registry(computed(runs), computed(says("bad"), "risk.other")))
    assert [(one.check, one.state) for one in made.findings] == [
        ("risk.other", "concern"),
        ("risk.example", "error"),
    ]
    assert [(one.where, one.what) for one in made.not_checked] == [("risk.example", expected)]
    assert made.incomplete
    assert "Canary" not in repr(made)


def test_nothing_to_ask_is_recorded_and_covers_nothing(registry):
    made = review(registry())
    assert made.outcome == "recorded"
    assert [(one.component, one.asked) for one in made.coverage] == [
        ("risk", 0),
        ("inhibitors", 0),
        ("harm", 0),
    ]


def test_the_first_outcome_that_applies(registry, computed, asked):
    grave, bad, open_, fine = (
        computed(says("grave"), "risk.grave"),
        computed(says("bad"), "risk.bad"),
        asked("risk.open", if_not_known="high"),
        computed(says("fine"), "risk.fine"),
    )
    assert review(registry(grave, bad, open_, fine)).outcome == "escalate"
    assert review(registry(bad, open_, fine)).outcome == "revise"
    assert review(registry(open_, fine)).outcome == "find_out"
    assert review(registry(asked("risk.open", if_not_known="minor"), fine)).outcome == "decide"
    assert review(registry(fine)).outcome == "recorded"


def test_a_check_that_failed_is_never_recorded(registry, computed):
    assert review(registry(computed(lambda c, s: 1 / 0))).outcome == "find_out"


def disposition(**changes):
    base = {
        "finding": "risk.example/program/RF7",
        "decision": "mitigate",
        "reason": "A measure is in place.",
        "owner": "program manager",
        "approvers": ("head of cooperation",),
        "on": date(2026, 11, 1),
        "until": date(2027, 2, 1),
    }
    return Disposition(**{**base, **changes})


def decided(registry, one, *dispositions, escalations=(), policy=None, case=None):
    case = replace(
        case or Case(program=Program()),
        decisions=Decisions(dispositions=dispositions, escalations=escalations),
    )
    return review(registry(one), case, **({"policy": policy} if policy else {}))


def test_a_decision_that_holds(registry, computed):
    made = decided(registry, computed(says("bad")), disposition())
    assert made.outcome == "recorded"
    assert made.findings[0].disposition.valid
    assert made.actions == ()


@pytest.mark.parametrize(
    ("changes", "why"),
    [
        ({"until": date(2026, 11, 14)}, "expired"),
        ({"on": date(2026, 12, 1)}, "not-yet"),
        ({"reason": " "}, "no-reason"),
        ({"owner": ""}, "no-owner"),
        ({"approvers": ("Program Manager ",)}, "no-other-approver"),
        ({"decision": "stop"}, "says-not-who-loses-protection"),
    ],
)
def test_a_decision_that_does_not_hold_brings_the_finding_back(registry, computed, changes, why):
    made = decided(registry, computed(says("bad")), disposition(**changes))
    assert made.outcome == "revise"
    assert [one.why_invalid for one in made.decisions] == [(why,)]


def test_a_decision_about_nothing_is_told(registry, computed):
    made = decided(registry, computed(says("bad")), disposition(finding="risk.gone/program/RF7"))
    assert [one.why_invalid for one in made.decisions] == [("fits-no-finding",)]


def test_a_dispute_leaves_it_to_be_decided(registry, computed):
    one = computed(says("bad"))
    assert decided(registry, one, disposition(decision="dispute")).outcome == "revise"


def test_delegation(registry, computed):
    one = computed(says("bad"))

    def table(**changes):
        return Policy(delegations=(Delegation(**{"role": "Head of cooperation", "up_to": "high", **changes}),))

    assert decided(registry, one, disposition(), policy=table()).outcome == "recorded"
    for changes, why in [
        ({"role": "Minister"}, "approver-not-delegated"),
        ({"up_to": "moderate"}, "beyond-delegation"),
        ({"decisions": ("accept",)}, "beyond-delegation"),
        ({"longest_days": 30}, "too-long"),
    ]:
        made = decided(registry, one, disposition(), policy=table(**changes))
        assert [view.why_invalid for view in made.decisions] == [(why,)]


def escalation(**changes):
    base = {
        "finding": "risk.example/program/RF7",
        "sent": Step(role="ambassador", on=date(2026, 11, 1)),
        "answer_due": date(2026, 11, 20),
    }
    return Escalation(**{**base, **changes})


def test_an_escalating_sign_that_was_sent_stays_to_be_decided(registry, computed):
    one = computed(says("grave"))
    assert decided(registry, one, escalations=(escalation(),)).outcome == "revise"
    two = disposition(approvers=("head of cooperation", "ambassador"))
    assert decided(registry, one, two, escalations=(escalation(),)).outcome == "recorded"


def test_a_disposition_alone_does_not_silence_an_escalating_sign(registry, computed):
    two = disposition(approvers=("head of cooperation", "ambassador"))
    assert decided(registry, computed(says("grave")), two).outcome == "escalate"


def test_an_escalating_finding_needs_two_approvers(registry, computed):
    made = decided(registry, computed(says("grave")), disposition(), escalations=(escalation(),))
    assert made.decisions[0].why_invalid == ("needs-two-approvers",)


@pytest.mark.parametrize(
    ("judgement", "changes", "why"),
    [
        ({}, {"until": date(2026, 11, 10)}, "expired"),
        ({}, {"sent": Step(role="ambassador", on=date(2026, 7, 1))}, "expired"),
        ({"on": date(2026, 11, 5)}, {}, "sign-changed-since"),
        ({}, {"state": "early_signs"}, "sign-changed-since"),
        ({}, {"sent": Step(role=" ", on=date(2026, 11, 1))}, "sent-to-nobody"),
    ],
)
def test_an_escalation_that_no_longer_holds(registry, computed, judgement, changes, why):
    seen = FactorJudgement(**{"id": "RF7.10", "state": "seen", "on": date(2026, 10, 1), **judgement})
    one = computed(lambda c, s: [Found(outcome="grave", on="RF7.10")])
    record = escalation(finding="risk.example/program/RF7.10", **changes)
    made = decided(registry, one, escalations=(record,), case=Case(program=Program(), context=Context(factors=(seen,))))
    assert made.outcome == "escalate"
    assert why in made.decisions[0].why_invalid


def test_each_check_not_asked_has_its_reason(registry, check, asked):
    form = Applies(any=(Condition(sectors=("152",)),))
    stage = replace(asked("risk.stage"), check=check("risk.stage", question={}, stages=("implement",)))
    deep = asked("risk.deep")
    shallow = replace(deep, check=check("risk.first", question={}, depth="first-look"))
    other = replace(deep, check=check("risk.other-sector", question={}, applies=form))
    old = replace(deep, check=check("risk.old", question={}, lifecycle="deprecated", successor="risk.deep"))
    alone = replace(deep, check=check("risk.alone", question={}, lifecycle="deprecated", successor="risk.not-here"))
    tried = replace(deep, check=check("risk.tried", question={}, lifecycle="preview"))
    farm = Case(program=Program(sectors=(Sector(code="31120"),)))
    made = review(registry(stage, deep, shallow, other, old, alone, tried), farm, stage="design")
    assert {one.check: one.why for one in made.not_asked} == {
        "risk.stage": "stage",
        "risk.other-sector": "applies",
        "risk.old": "deprecated",
        "risk.tried": "preview",
    }
    # Where the check that takes over is not here, the old one is asked: nothing falls between two versions.
    assert "risk.alone" in [one.check for one in made.findings]
    quick = review(registry(deep, shallow), farm, depth="first-look")
    assert {one.check: one.why for one in quick.not_asked} == {"risk.deep": "depth"}


def test_not_known_asks(registry, check, asked):
    form = Applies(any=(Condition(sectors=("152",)),))
    other = replace(asked(), check=check(question={}, applies=form))
    assert review(registry(other)).not_asked == ()  # no sectors are known


def test_an_earlier_stage_is_asked_later_too(registry, check, asked):
    early = replace(asked(), check=check(question={}, stages=("context",)))
    assert review(registry(early), stage="implement").not_asked == ()


def test_answers_that_nothing_asks_are_told(registry, answered):
    made = review(registry(), answered("yes", "ict.shutdown"))
    assert made.unused_answers == ("ict.shutdown",)


def test_a_first_look_ends_in_three_ways_only(registry, asked, computed, answered):
    one = asked()
    first = replace(one, check=replace(one.check, depth="first-look"))
    grave = computed(says("grave"), depth="first-look")
    assert review(registry(grave), depth="first-look").next.step == "escalate"
    assert review(registry(first), depth="first-look").next.step == "full_review_now"
    assert (
        review(registry(first), answered("yes"), depth="first-look").next.step == "full_review_now"
    )  # chains not known
    assert review(registry(first)).next is None


def test_a_later_full_review_is_set_by_the_age_of_the_evidence(registry, asked, answered):
    from lens.cases import Activity, Partner, Provision

    one = asked()
    first = replace(one, check=replace(one.check, depth="first-look"))
    known = Program(
        sectors=(Sector(code="11230"),),
        partners=(Partner(id="partner:1", kind="local_organization"),),
        activities=(Activity(id="activity:1", provides=(Provision(what="training", to="partner:1"),)),),
    )
    made = review(registry(first), replace(answered("yes"), program=known), depth="first-look")
    assert (made.next.step, made.next.by) == ("full_review_by", date(2027, 1, 30))


def test_a_draft_until_reviewer_and_route_are_named(registry):
    named = Case(program=Program(reviewer="desk officer", escalation_route="ambassador"))
    assert review(registry()).draft
    assert not review(registry(), named).draft


def test_same_case_same_review(registry, computed, asked, answered):
    one = registry(computed(says("bad", "grave")), asked("risk.other"))
    assert review(one, answered("no")) == review(one, answered("no"))


def test_answers_alone_make_no_context(registry):
    assert not review(registry(), Case(program=Program(), answers=Answers())).has_context


def test_an_escalating_sign_is_first_of_all_told(registry, computed, check):
    from lens.checks.model import Option

    told = Option(id="escalate-now", do="Tell.", effort="hours", who="program_manager")
    plain = computed(says("grave"))
    both = replace(plain, check=replace(plain.check, options=(*plain.check.options, told)))
    assert [one.option for one in review(registry(both)).actions] == ["escalate-now"]
    sent = decided(registry, both, escalations=(escalation(),))
    assert [one.option for one in sent.actions] == ["do-risk.example"]


def test_every_check_that_can_escalate_says_to_tell():
    from lens.hooks.registry import Registry
    from lens.reviews.summary import ESCALATE

    silent = [
        name
        for name, one in Registry(only_core=True).checks.items()
        if one.check.can_escalate and ESCALATE not in [option.id for option in one.check.options]
    ]
    assert silent == []


def test_an_open_question_is_first_of_all_answered(registry, asked):
    made = review(registry(asked("risk.one"), asked("risk.two")))
    assert [(one.option, one.who, one.findings) for one in made.actions] == [
        ("find-out-program-officer", "program_officer", 2)
    ]


def test_a_policy_for_a_check_that_is_not_here_is_told(registry, asked):
    moved = Policy(levels=(LevelChange(check="ict.shutdown", level="severe", reason="x"),))
    made = review(registry(asked()), policy=moved)
    assert [(one.owner, one.where, one.what) for one in made.not_checked] == [
        ("policy", "ict.shutdown", "no-such-check")
    ]
    assert made.incomplete
