"""When a check applies: every condition holds, does not hold, or cannot be known; and not known asks."""

from datetime import date

import pytest

from lens.cases import Answers, Case, Context, Program
from lens.cases.policy import Policy
from lens.checks.applies import Applies, applies, waits
from lens.checks.setting import Setting
from lens.readers.boundary import validate
from lens.readers.text import Text

AS_OF = date(2026, 6, 1)
KINDS = {"program": Program, "context": Context, "answers": Answers}
PLACES = {"places": [{"id": "place:1", "country": "XA"}, {"id": "place:2", "country": "XA"}]}
LOOKED = {
    "state": "looked_for_not_seen",
    "by": "context owner",
    "how": "asked both sides",
    "evidence": [{"kind": "un"}],
}


def made(kind, data):
    return validate(kind, Text("test", data))


def judged(*factors, **more):
    return {"program": PLACES, "context": {"factors": [*factors]}, **more}


def seen(factor, state="seen"):
    return {"id": factor, "state": state}


def looked(factor, on="2026-05-20", **changes):
    return {**LOOKED, "id": factor, "on": on, **changes}


SETTING = Setting(as_of=AS_OF, stage=None, depth="full", policy=Policy())


def holds(form, parts, stage=None):
    case = Case(**{"program": Program(), **{name: made(KINDS[name], data) for name, data in parts.items()}})
    setting = Setting(as_of=AS_OF, stage=stage, depth="full", policy=Policy())
    return applies(made(Applies, form), case, setting)


@pytest.mark.parametrize(
    ("condition", "parts", "expected"),
    [
        ({"sectors": ["151"]}, {"program": {"sectors": [{"code": "15130"}]}}, True),
        ({"sectors": ["151"]}, {"program": {"sectors": [{"code": "11220"}]}}, False),
        ({"sectors": ["151"]}, {}, None),
        ({"sectors": ["15130"]}, {"program": {"sectors": [{"code": "151"}]}}, None),
        ({"sectors": ["15130"]}, {"program": {"sectors": [{"code": "150"}]}}, None),
        ({"sectors": ["15130"]}, {"program": {"sectors": [{"code": "130"}]}}, False),
        ({"high_scrutiny": "yes"}, {"program": {"sectors": [{"code": "15132"}]}}, True),
        ({"high_scrutiny": "yes"}, {"program": {"sectors": [{"code": "11330"}]}}, False),
        ({"high_scrutiny": "no"}, {"program": {"sectors": [{"code": "11330"}]}}, True),
        ({"high_scrutiny": "yes"}, {}, None),
        ({"standards": ["IATI"]}, {"program": {"published": {"standard": "IATI"}}}, True),
        ({"standards": ["IATI"]}, {"program": {"published": {"standard": "OECD CRS"}}}, False),
        ({"standards": ["IATI"]}, {}, False),
        ({"subjects": ["policy"]}, {"program": {"subject": "policy"}}, True),
        ({"subjects": ["policy"]}, {}, False),
        ({"factor": "RF7"}, judged(seen("RF7.10")), True),
        ({"factor": "RF7.10"}, judged(seen("RF7.10", "early_signs")), True),
        ({"factor": "RF7.10"}, judged(seen("RF7")), None),
        ({"factor": "RF7.1"}, judged(seen("RF7.10")), None),
        ({"factor": "RF7"}, judged(looked("RF7")), False),
        ({"factor": "RF7.10"}, judged(looked("RF7")), False),
        ({"factor": "RF7"}, judged(looked("RF7"), seen("RF7.1", "not_known")), None),
        ({"factor": "RF7"}, judged(looked("RF7", evidence=[])), None),
        ({"factor": "RF7"}, judged(looked("RF7", by="")), None),
        ({"factor": "RF7"}, judged(looked("RF7", how="")), None),
        ({"factor": "RF7"}, judged(looked("RF7", on="2026-01-01")), None),
        ({"factor": "RF3"}, judged(looked("RF3", on="2026-01-01")), False),
        ({"factor": "RF7"}, judged(looked("RF7", place="place:1")), None),
        ({"factor": "RF7"}, judged(looked("RF7", place="place:1"), looked("RF7", place="place:2")), False),
        ({"factor": "RF7"}, {}, None),
        ({"inhibitor": "INH5"}, {"context": {"inhibitors": [{"id": "INH5", "state": "strained"}]}}, True),
        ({"inhibitor": "INH5"}, {"context": {"inhibitors": [{"id": "INH5", "state": "missing"}]}}, False),
        ({"inhibitor": "INH5"}, {"context": {"inhibitors": [{"id": "INH5", "state": "not_known"}]}}, None),
        ({"inhibitor": "INH5"}, {}, None),
        ({"stages": ["decide"]}, {}, None),
    ],
)
def test_a_condition(condition, parts, expected):
    assert holds({"all": [condition]}, parts) is expected


def meant(*on):
    effects = [{"on": one, "kind": "intended_to_support", "mechanism": "because"} for one in on]
    return {"program": {"activities": [{"id": "activity:1", "effects": effects}]}}


@pytest.mark.parametrize(
    ("parts", "expected"), [(meant("INH5"), True), (meant("INH4"), False), (meant(), None), ({}, None)]
)
def test_what_an_activity_is_meant_for(parts, expected):
    assert holds({"any": [{"meant_for": ["INH5"]}]}, parts) is expected


@pytest.mark.parametrize(("answer", "expected"), [("yes", True), ("not_known", True), ("no", False), (None, False)])
def test_a_question_waits_for_the_answer_to_another(answer, expected):
    form = {"any": [{"answer_to": "harm.reaches-force"}]}
    given = [{"question": "harm.reaches-force", "answer": answer}] if answer else []
    parts = {"answers": {"answers": given}}
    assert holds(form, parts) is expected
    case = Case(program=Program(), answers=made(Answers, parts["answers"]))
    assert waits(made(Applies, form), case, SETTING) is (answer is None)


@pytest.mark.parametrize(
    ("form", "expected"),
    [
        ({"any": [{"answer_to": "harm.reaches-force", "sectors": ["15130"]}]}, True),
        ({"any": [{"answer_to": "harm.reaches-force", "sectors": ["11220"]}]}, False),
        ({"any": [{"answer_to": "harm.reaches-force"}], "all": [{"sectors": ["11220"]}]}, False),
        ({"none": [{"answer_to": "harm.reaches-force"}], "all": [{"sectors": ["15130"]}]}, True),
        ({"any": [{"sectors": ["11220"]}]}, False),
    ],
)
def test_no_question_waits_that_no_answer_could_call_for(form, expected):
    case = Case(program=made(Program, {"sectors": [{"code": "15130"}]}))
    assert waits(made(Applies, form), case, SETTING) is expected


def test_none_may_hold():
    form = {"none": [{"subjects": ["institution"]}]}
    assert holds(form, {}) is True
    assert holds(form, {"program": {"subject": "institution"}}) is False
