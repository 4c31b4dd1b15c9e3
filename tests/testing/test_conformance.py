"""The conformance tests, in made-up projects: each fails on a pack that breaks what it holds to, and only then."""

import os
import sys

import pytest

pytest_plugins = ["pytester"]

PACK = """\
pack: land
title: Land rights
owner: A body, and a role in it
version: "1.0"
license: CC-BY-4.0
questions:
- id: land.mapped
  title: Land is mapped
  component: harm
  verdict: risk
  stages: [design]
  touches: [AH-2]
  why: A map shows who holds what.
  who: [local_partner]
  options: [{id: other-way-round}]
  change_our_mind: A newer map.
  sources: [lens-judgement]
  question:
    ask: Is it written down who holds land here?
    good: "yes"
    if_bad: moderate
    if_not_known: moderate
    settles: A dated map.
    examples:
      concern: {tells: There is none., answer: "no"}
      addressed: {tells: There is one., answer: "yes"}
checks:
- id: land.given
  title: Land is given
  component: harm
  verdict: risk
  touches: [AH-2]
  why: It is taken from somebody.
  who: [local_partner]
  options: [{id: other-way-round}]
  change_our_mind: A map.
  sources: [lens-judgement]
  outcomes:
    given: {state: concern, level: high, says: "Land is given by {count} activities."}
    none: {state: nothing_seen, says: No land is given.}
    unknown: {state: open, because: not_known, level: moderate, says: It is not said.}
"""
CODE = """\
from lens import Found, check

@check("land.given")
def given(case, setting):
    activities = case.program.activities
    if not activities or any(not one.provides for one in activities):
        yield Found(outcome="unknown")
        return
    count = sum(one.what == "land_or_housing" for each in activities for one in each.provides)
    yield Found(outcome="given", on="AH-2", values={"count": count}) if count else Found(outcome="none")
"""
CASES = """\
land.given:
- when: nothing is known
  found: [unknown]
- when: land is given
  program: {activities: [{id: "activity:1", provides: [{what: land_or_housing}]}]}
  found: [given program AH-2]
  values: {count: "1"}
- when: none is given
  program: {activities: [{id: "activity:1", provides: [{what: training}]}]}
  found: [none]
"""
TEST = """\
from pathlib import Path
from lens.testing import Conformance

class TestConformance(Conformance):
    pack = "land"
    cases = Path(__file__).parent / "cases.yaml"
"""
ENTRIES = "[lens.packs]\nland = lens_land\n[lens]\nland = lens_land.checks\n"


@pytest.fixture
def project(pytester, monkeypatch):
    """Run the conformance tests of a made-up project; which of them failed, by their short names."""

    def run(pack=PACK, code=CODE, cases=CASES, test=TEST, entries=ENTRIES):
        home = pytester.path
        for name, text in {
            "lens_land/__init__.py": "",
            "lens_land/pack.yaml": pack,
            "lens_land/checks.py": code,
            "test_land.py": test,
            "cases.yaml": cases,
            "land-1.0.dist-info/METADATA": "Metadata-Version: 2.1\nName: land\nVersion: 1.0\n",
            "land-1.0.dist-info/entry_points.txt": entries,
        }.items():
            if text is not None:
                (home / name).parent.mkdir(exist_ok=True)
                (home / name).write_text(text)
        monkeypatch.setenv("PYTHONPATH", os.pathsep.join([str(home), os.environ.get("PYTHONPATH", "")]))
        monkeypatch.setenv("PYTHONDONTWRITEBYTECODE", "1")
        done = pytester.run(sys.executable, "-m", "pytest", "-q", "-rf", "-p", "no:cacheprovider")
        lines = [line for line in done.outlines if line.startswith(("FAILED", "ERROR"))]
        run.ended = done.ret
        run.said = "\n".join(done.outlines)
        return sorted({line.split("::")[-1].split(" - ")[0].split("[")[0].removeprefix("test_") for line in lines})

    return run


def test_a_pack_that_holds_to_all_of_it(project):
    assert project() == []
    assert "19 passed" in project.said
    assert "skipped" not in project.said


@pytest.mark.parametrize("code", [None], ids=["no Python"])
def test_a_pack_without_code_is_whole(project, code):
    questions = PACK.partition("checks:")[0]
    test = TEST.replace('    cases = Path(__file__).parent / "cases.yaml"\n', "")
    assert project(pack=questions, code=None, cases=None, test=test, entries="[lens.packs]\nland = lens_land\n") == []
    assert "skipped" not in project.said


def test_a_pack_can_be_named_by_its_folder(project):
    questions = PACK.partition("checks:")[0]
    test = TEST.replace('"land"', 'Path(__file__).parent / "lens_land"')
    test = test.replace('    cases = Path(__file__).parent / "cases.yaml"\n', "")
    assert project(pack=questions, code=None, cases=None, test=test, entries="") == []


def change(text, old, new):
    assert old in text
    return text.replace(old, new)


RAISES = change(CODE, "    activities = ", "    case.program.activities[0]\n    activities = ")
SILENT = change(CODE, 'yield Found(outcome="unknown")\n        return', "return")
FINE = change(CODE, 'outcome="unknown"', 'outcome="none"')
RANDOM = change(CODE, "activities = case", "import random\n    activities = case").replace(
    '{"count": count}', '{"count": random.randrange(10**9)}'
)
BY_HASH = change(CODE, '{"count": count}', '{"count": hash("land") % 10**6}')
TELLS = change(CODE, "    activities = ", "    title = case.program.title\n    activities = ").replace(
    '{"count": count}', '{"count": title or count}'
)
TITLED = change(
    CASES,
    'program: {activities: [{id: "activity:1", provides: [{what: land',
    'program: {title: Wells, activities: [{id: "activity:1", provides: [{what: land',
)

BROKEN = {
    "it does not load": ({"pack": change(PACK, "title: Land rights", "titel: Land rights")}, "it_loads"),
    "it is misspelled": ({"test": change(TEST, '"land"', '"lnad"')}, "it_loads"),
    "its code does not load": ({"code": "raise RuntimeError\n"}, "it_loads"),
    "its code exits": ({"code": "raise SystemExit(0)\n"}, "importing_it_is_cheap"),
    "a second plugin of it does not load": (
        {"entries": f"{ENTRIES}land-more = no_such_module\n"},
        "it_loads",
    ),
    "a reviewer finds an error": (
        {"pack": change(PACK, "settles: A dated map.", 'settles: ""')},
        "a_reviewer_finds_no_error",
    ),
    "the concern is none": (
        {"pack": change(PACK, 'tells: There is none., answer: "no"', 'tells: There is none., answer: "yes"')},
        "the_example_of_a_concern_is_one",
    ),
    "the other example is a concern": (
        {"pack": change(PACK, 'tells: There is one., answer: "yes"', 'tells: There is one., answer: "no"')},
        "the_other_example_is_none",
    ),
    "the table says otherwise": (
        {"cases": change(CASES, "found: [none]", "found: [given]")},
        "it_comes_out_as_the_table_says",
    ),
    "a value is another": ({"cases": change(CASES, 'count: "1"', 'count: "2"')}, "it_comes_out_as_the_table_says"),
    "an outcome is never reached": (
        {"pack": change(PACK, "    unknown: {", "    never: {state: nothing_seen, says: Never.}\n    unknown: {")},
        "every_outcome_is_reached",
    ),
    "an outcome is not declared": (
        {"code": change(CODE, 'outcome="none"', 'outcome="nobody"')},
        "every_outcome_is_reached",
    ),
    "there is no table": ({"cases": "{}\n"}, "every_outcome_is_reached"),
    "it raises where little is known": ({"code": RAISES}, "what_is_not_there_is_never_fine"),
    "it is silent where little is known": ({"code": SILENT}, "what_is_not_there_is_never_fine"),
    "it calls fine what is not known": ({"code": FINE}, "what_is_not_there_is_never_fine"),
    "a sentence lacks its value": ({"pack": change(PACK, "{count}", "{number}")}, "sentences_and_values_fit"),
    "it tells free text": ({"code": TELLS, "cases": TITLED}, "sentences_and_values_fit"),
    "it rolls dice": ({"code": RANDOM}, "the_same_again"),
    "it hangs on Python's hash seed": ({"code": BY_HASH}, "the_same_again"),
    "it imports half the world": ({"code": f"import pydantic\n{CODE}"}, "importing_it_is_cheap"),
}


@pytest.mark.parametrize(("parts", "expected"), BROKEN.values(), ids=BROKEN)
def test_what_breaks_a_rule_is_seen_by_its_test(project, parts, expected):
    failed = project(**parts)
    assert project.ended == 1, project.said
    assert expected in failed, project.said


def test_a_pack_that_is_not_there_is_said_without_a_traceback_of_lens(project):
    failed = project(test=change(TEST, '"land"', 'Path(__file__).parent / "nowhere"'))
    assert project.ended in (1, 2)
    assert failed, project.said


def test_classes_of_others_are_left_alone(project):
    test = """\
import pytest

class Conformance:
    def test_it_loads(self): pass

class TestOther(Conformance):
    @pytest.mark.parametrize("x", [])
    def test_nothing(self, x): pass
"""
    assert project(test=test) == []
    assert "1 passed, 1 skipped" in project.said
