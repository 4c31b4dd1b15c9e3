"""From files to a case: everything wrong with them at once, in words, without a value that a file protects."""

import os
from datetime import date
from decimal import Decimal

import pytest

from lens.errors import InputError
from lens.hooks.registry import Registry
from lens.readers.case_files import read_case

PROGRAM = """\
program:
  title: Market roads
  stage: design
  places:
    - id: place:1
      country: XA
  sectors:
    - code: "15210"
      share: 60
  partners:
    - id: partner:1
      kind: security_force
  activities:
    - id: activity:1
      title: Training
      start: 2026-01-01
      provides:
        - what: training
          to: partner:1
"""


@pytest.fixture
def folder(tmp_path):
    def write(**files):
        for name, text in files.items():
            (tmp_path / f"{name}.yaml").write_text(text, encoding="utf-8")
        return tmp_path

    return write


def read(*paths, **options):
    return read_case(list(paths), Registry(only_core=True), **options)


def said(*paths, **options):
    with pytest.raises(InputError) as caught:
        read(*paths, **options)
    return [str(one).replace(f"{paths[0]}{os.sep}", "") for one in caught.value.problems]


def test_a_folder_is_a_case(folder):
    case = read(folder(program=PROGRAM, context="context:\n  on: 2026-05-01\n")).case
    assert case.program.title == "Market roads"
    assert case.program.sectors[0].code == "15210"
    assert case.program.sectors[0].share == Decimal(60)
    assert case.program.activities[0].start == date(2026, 1, 1)
    assert case.context is not None
    assert case.context.on == date(2026, 5, 1)
    assert case.answers is None


def test_parts_may_share_a_file(folder):
    case = read(folder(all=PROGRAM + "answers:\n  answers: []\n")).case
    assert case.answers is not None


def test_all_problems_of_all_files_at_once(folder):
    wrong = PROGRAM.replace("kind: security_force", "kind: securty_force").replace("title: Training", "tilte: Training")
    found = said(folder(program=wrong, context="context:\n  on: 2026-13-01\n", other="progam:\n  id: x\n"))
    assert found == [
        'context.yaml, line 2, context.on: There is no such day. Write year-month-day, such as 2026-03-31. It says "2026-13-01".',  # noqa: E501 - exact output
        'other.yaml, line 1, progam: This name is not known at the top of a case file. Did you mean "program"?',
        (
            "program.yaml, line 12, program.partners[1].kind: This word is not one of the list. "
            'It says "securty_force". Did you mean "security_force" or "security_ministry"?'
        ),
        'program.yaml, line 15, program.activities[1].tilte: This name is not known here. Did you mean "title"?',
    ]


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ("to: partner:1", "to: partner:7", 'There is no partner:7 in these files. Did you mean "partner:1"?'),
        ('code: "15210"', "code: 15219", "15219 is not a DAC sector code."),
        ("country: XA", "country: QQ", "QQ is not a country code."),
        ("share: 60", "share: 160", "The shares add up to more than 100 percent."),
        ("start: 2026-01-01", "start: 2026-01-01\n      end: 2025-01-01", "This day lies before start."),
        ("start: 2026-01-01", "start: 2026", "A date must look like 2026-03-31."),
        ("share: 60", "share: 1e3", "A share must look like 40 or 12.5 (a percentage)."),
        (
            "- id: place:1\n      country: XA",
            "- id: place:1\n    - id: place:1",
            "place:1 is defined 2 times.",
        ),
        ("id: partner:1", "id: Police of the North", "A partner must look like partner:1."),
        ("stage: design", "stage: designing", "This word is not one of the list."),
        ("stage: design", "stage: design\n  serves: everyone", "This should be a list."),
        ("stage: design", "stage: [design]", "This word is not one of the list."),
    ],
)
def test_what_is_wrong_is_said(folder, old, new, expected):
    assert old in PROGRAM
    assert any(expected in one for one in said(folder(program=PROGRAM.replace(old, new))))


@pytest.mark.parametrize(
    ("factor", "expected"),
    [
        ("RF7.15", "The catalog has no RF7.15. It has RF7.1 to RF7.14."),
        ("7.10", "must look like RF7 or RF7.10 (with the letters RF)."),
        ("RF3.10", None),
    ],
)
def test_factor_ids(folder, factor, expected):
    case = folder(program=PROGRAM, context=f"context:\n  factors:\n    - id: {factor}\n      state: seen\n")
    if expected is None:
        assert read(case).case.context.factors[0].id == factor
    else:
        assert any(expected in one for one in said(case))


def test_a_program_cannot_hide_as_an_institution(folder):
    case = folder(program=PROGRAM.replace("  stage: design", "  stage: design\n  subject: institution"))
    assert any("asks nothing about a program" in one for one in said(case))


def test_one_answer_to_one_question(folder):
    twice = "answers:\n  answers:\n" + 2 * "    - question: risk.treated-worse\n      answer: yes\n"
    assert any("is answered twice" in one for one in said(folder(program=PROGRAM, answers=twice)))


def test_no_program_is_said_kindly(folder):
    (only,) = said(folder(context="context:\n  on: 2026-05-01\n"))
    assert "There is no program here. Begin one with `lens new program`" in only


def test_the_same_part_twice(folder):
    found = said(folder(a=PROGRAM, b=PROGRAM))
    assert any("This is given in" in one for one in found)


def test_values_of_protected_fields_are_never_said(folder):
    secret = "Canary Abel"
    wrong = PROGRAM.replace("id: partner:1", f"id: {secret}").replace("to: partner:1", f"to: [{secret}]")
    annex = f"names:\n  {secret}:\n    name: {secret}\n    phone: {secret}\n"
    with pytest.raises(InputError) as caught:
        read(folder(program=wrong, restricted=annex), with_annex=True)
    assert secret not in str(caught.value)


def test_the_annex_stays_closed_unless_asked_for(folder):
    where = folder(program=PROGRAM, restricted="names: [this is not even valid")
    found = read(where)
    assert found.case.annex is None
    assert "annex-not-read" in found.notes
    assert "cannot be read as YAML" in said(where, with_annex=True)[0]


def test_an_open_annex_is_told(folder):
    where = folder(program=PROGRAM, restricted="names:\n  partner:1:\n    name: Guard\n")
    (where / "restricted.yaml").chmod(0o644)
    assert "annex-open-to-others" in read(where).notes
    (where / "restricted.yaml").chmod(0o600)
    assert "annex-open-to-others" not in read(where).notes
    assert read(where, with_annex=True).case.annex.names["partner:1"].name == "Guard"


def test_a_policy_beside_the_case_is_taken(folder):
    where = folder(program=PROGRAM)
    (where / "lens.toml").write_text('floor = "moderate"\n[freshness]\ndynamic = 30\n')
    assert read(where).policy.freshness.dynamic == 30
    (where / "lens.toml").write_text("flor = 1\n")
    assert 'Did you mean "floor"?' in said(where)[0]
    (where / "lens.toml").write_text("floor = \n")
    assert "cannot be read as TOML" in said(where)[0]


def test_things_that_are_not_files(tmp_path):
    os.mkfifo(tmp_path / "pipe")
    assert "not a plain file" in said(tmp_path / "pipe")[0]
    assert "There is no such file" in said(tmp_path / "gone.xml")[0]
    (tmp_path / "empty").mkdir()
    assert "holds no case files" in said(tmp_path / "empty")[0]


def test_the_annex_is_never_digested(folder):
    where = folder(program=PROGRAM, restricted="names:\n  partner:1:\n    name: Guard\n")
    assert len(read(where, with_annex=True).files) == 1


def test_answers_may_stand_in_several_files(folder):
    one = "answers:\n  answers:\n    - question: risk.treated-worse\n      answer: no\n"
    other = one.replace("treated-worse", "counter-view").replace("answers:\n    -", "others:\n    -")
    case = read(folder(program=PROGRAM, answers=one, **{"answers-interview": other})).case
    assert [each.question for each in case.answers.answers] == ["risk.treated-worse"]
    assert [each.question for each in case.answers.others] == ["risk.counter-view"]


def test_one_question_answered_in_two_files_is_refused_by_name(folder):
    one = "answers:\n  answers:\n    - question: risk.treated-worse\n      answer: no\n"
    assert said(folder(program=PROGRAM, answers=one, more=one)) == [
        (
            "more.yaml, line 3, answers.answers[1]: risk.treated-worse is answered twice: in answers.yaml as well. "
            "Keep one; say who disagrees under dissent, or put what others answered under others."
        )
    ]
