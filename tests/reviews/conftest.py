"""Small cases and checks to see the engine work on."""

from datetime import date

import pytest

from lens.cases import Answer, Answers, Case, Evidence, Program
from lens.cases.policy import Policy
from lens.checks.model import Check, Option, Outcome, Question
from lens.checks.setting import Setting
from lens.hooks.registry import Registered, Registry

TODAY = date(2026, 11, 15)


@pytest.fixture
def setting():
    def make(**changes):
        return Setting(**{"as_of": TODAY, "stage": None, "depth": "full", "policy": Policy(), **changes})

    return make


@pytest.fixture
def check():
    def make(name="risk.example", **changes):
        question = changes.pop("question", None)
        base = {
            "id": name,
            "title": "An example",
            "component": name.split(".")[0],
            "touches": ("RF7.10",),
            "why": "Because.",
            "who": ("program_officer",),
            "options": (Option(id=f"do-{name}", do="Ask.", effort="hours", who="program_officer"),),
            "change_our_mind": "Evidence.",
            "sources": ("lens-judgement",),
            "tendency": "dynamic",
        }
        if question is not None:
            plain = {
                "ask": "Is it?",
                "good": "yes",
                "if_bad": "high",
                "if_not_known": "moderate",
                "settles": "A record.",
            }
            base["question"] = Question(**{**plain, **question})
        return Check(**{**base, **changes})

    return make


@pytest.fixture
def computed(check):
    def make(run, name="risk.example", outcomes=None, **changes):
        said = outcomes or {
            "bad": Outcome(state="concern", says="It is bad.", level="high"),
            "grave": Outcome(state="concern", says="It is grave.", level="severe", escalates=True),
            "fine": Outcome(state="nothing_seen", says="Nothing was seen."),
        }
        return Registered(check(name, outcomes=said, **changes), run, "lens")

    return make


@pytest.fixture
def asked(check):
    def make(name="risk.example", **question):
        return Registered(check(name, question=question), None, "lens")

    return make


@pytest.fixture
def registry():
    def make(*registered):
        made = Registry(only_core=True)
        made.__dict__.update(
            checks={one.check.id: one for one in registered}, evidence=[], packs=[], readers=[], renderers={}
        )
        return made

    return make


@pytest.fixture
def evidence():
    def make(**changes):
        return Evidence(**{"kind": "un", "ref": "a report", "on": date(2026, 11, 1), **changes})

    return make


@pytest.fixture
def answered(evidence):
    def make(word, question="risk.example", *, about=None, proof=True, **changes):
        pieces = (evidence(),) if proof else ()
        answer = Answer(
            question=question,
            about=about,
            answer=word,
            by="field officer",
            on=TODAY,
            **{"evidence": pieces, **changes},
        )
        return Case(program=Program(), answers=Answers(answers=(answer,)))

    return make
