"""The kit that authors of packs and plugins test with: cases from a few lines, one check run, what it found."""

import pytest

import lens
from lens.testing import case, example, findings, found, row, rows, told


def test_a_case_from_a_few_lines():
    made = case("""
        program: {activities: [{id: "activity:1", provides: [{what: training}]}]}
        context: {}
        answers: [{question: harm.path-lists, answer: "no"}]
    """)
    assert (made.program.activities[0].provides[0].what, made.context.factors) == ("training", ())
    assert made.answers.answers[0].answer == "no"
    assert not made.is_published
    assert case("published: yes").is_published
    assert case().answers is None


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("programm: {}", "case, line 1, programm: A case has program, context, answers"),
        ("program: {activities: [{id: one}]}", "case, line 1, activities[1].id"),
        ("program: [", "case, line 2: From here on this cannot be read as YAML."),
        ("program: &a {}", "case, line 1: References (* and &) are not used here."),
        ("answers: [{question: x, answer: perhaps}]", "answers[1].answer"),
        ("- program", "case"),
        ("program: land", "This should be a mapping"),
    ],
)
def test_what_is_wrong_with_it_is_said_as_of_a_file(text, said):
    with pytest.raises(lens.InputError) as caught:
        case(text)
    assert said in str(caught.value)


def test_a_question_is_judged_as_in_a_review():
    (one,) = findings(QUESTION, case())
    assert (one.state, one.because) == ("open", "not_asked")


CHECKS = lens.Registry(only_core=True).checks
QUESTION = next(name for name, one in CHECKS.items() if one.check.question and one.check.question.examples)
COMPUTED = next(name for name, one in CHECKS.items() if one.run)


def test_both_examples_come_out_as_their_author_says():
    assert example(QUESTION, "concern").state == "concern"
    assert example(QUESTION, "addressed").state in ("addressed", "nothing_seen")


def test_a_function_is_run_as_it_is():
    assert found(COMPUTED, case())
    assert told(lens.Found(outcome="some")) == "some"
    assert told(lens.Found(outcome="some", about="activity:1")) == "some activity:1"
    assert told(lens.Found(outcome="some", on="RF7")) == "some program RF7"


@pytest.mark.parametrize(
    ("action", "said"),
    [
        (lambda: findings("harm.path-list", case()), "There is no check harm.path-list."),
        (lambda: found(QUESTION, case()), "is a question. Use findings() or example()."),
        (lambda: example(COMPUTED, "concern"), "has no examples. Give it a concern and an answer that is none."),
        (lambda: lens.check(3), "check() takes the id of a check, or a Check"),
    ],
)
def test_what_cannot_be_asked_is_said(action, said):
    with pytest.raises((lens.LensError, TypeError)) as caught:
        action()
    assert said in str(caught.value)


def test_rows_of_a_table(tmp_path):
    table = tmp_path / "cases.yaml"
    table.write_text(f"{COMPUTED}:\n- when: nothing is known\n  found: [x]\n")
    (one,) = rows(table)
    assert (str(one), one.found, one.values) == (f"{COMPUTED}: nothing is known", ("x",), None)
    for wrong in ("- a\n", f"{COMPUTED}: land\n", f"{COMPUTED}: [land]\n"):
        table.write_text(wrong)
        with pytest.raises(lens.InputError, match="A file of tables has ids of checks"):
            rows(table)
    with pytest.raises(lens.InputError, match="A case has program"):
        row(COMPUTED, {"when": "it is wrong", "programme": {}})
