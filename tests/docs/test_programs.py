"""How many questions made-up programs are asked: the table in the docs is what lens plans."""

import re
from pathlib import Path

import pytest

import lens
from lens.hooks.registry import Registry

ROOT = Path(__file__).resolve().parents[2]
PROGRAMS = sorted((ROOT / "docs" / "programs").glob("*.yaml"))
PAGE = ROOT / "docs" / "explanation" / "how-many-questions.md"
CALM = ("01-wells-calm", "03-teachers-calm")
AS_OF = "2026-11-15"


@pytest.fixture(scope="module")
def registry():
    return Registry(only_core=True)


@pytest.fixture(scope="module")
def plans(registry):
    return {file.stem: lens.plan(file, as_of=AS_OF, registry=registry) for file in PROGRAMS}


def row(file, plan):
    what = re.match(r"# Made up: (.*)\.", file.read_text("utf-8"))[1]
    first = sum(one.first_look for one in plan.questions)
    cells = (what, len(plan.questions), first, plan.uncertain, len(plan.later), round(plan.minutes / 60))
    return f"| [{cells[0]}](../programs/{file.name}) | " + " | ".join(str(one) for one in cells[1:]) + " |"


def test_the_table_says_what_is_planned(plans):
    wanted = [row(file, plans[file.stem]) for file in PROGRAMS]
    told = [line for line in PAGE.read_text("utf-8").splitlines() if line.startswith("| [")]
    assert told == wanted, "the table should be:\n" + "\n".join(wanted)


@pytest.mark.parametrize("name", CALM)
def test_a_calm_and_well_evidenced_program_is_asked_at_most_25(plans, name):
    assert len(plans[name].questions) <= 25


def test_more_is_asked_where_more_is_at_stake_and_where_less_is_known(plans):
    calm = len(plans["01-wells-calm"].questions)
    assert all(len(plan.questions) > calm for name, plan in plans.items() if name not in (*CALM, "15-agency"))
    assert len(plans["02-wells-nothing-known"].questions) > calm
    assert plans["02-wells-nothing-known"].uncertain > plans["01-wells-calm"].uncertain


def test_what_is_planned_is_then_asked(plans, registry):
    for file in PROGRAMS:
        made = lens.review(file, as_of=AS_OF, audience="restricted", registry=registry)
        asked = {one.check for one in made.findings if registry.checks[one.check].check.question}
        assert asked == {one.check for one in plans[file.stem].questions}, file.name
