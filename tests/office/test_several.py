"""Several people answered: what all say is one answer, the rest stands side by side until a role settles it."""

from datetime import date

import pytest

from lens.cases import Answer, Answers
from lens.cases.context import Evidence
from lens.errors import InputError
from lens.office.several import THE_CASE, Said, Settled, points, read_settled, text_of, together

ASK = "harm.reaches-force"


def said(word, source, *, by="local_partner", about=None, on=None, **follow_ups):
    evidence = (Evidence(kind="local_organization", on=on, note=source),)
    follow_ups = {name.replace("_", "-"): value for name, value in follow_ups.items()}
    answer = Answer(question=ASK, about=about, answer=word, by=by, on=on, evidence=evidence, follow_ups=follow_ups)
    return Said(answer, source)


def words(answers):
    return [(one.question, one.about, one.answer) for one in answers.answers]


def test_what_all_say_the_same_is_one_answer_with_everyone_behind_it():
    made = together(
        None,
        [
            said("no", "submission a", on=date(2026, 5, 1)),
            said("no", "submission b", by="people_affected", on=date(2026, 5, 3)),
            said("no", "submission c", by="people_affected"),
        ],
    )
    (answer,) = made.answers.answers
    assert (answer.answer, answer.by, answer.on) == ("no", "people_affected, local_partner", date(2026, 5, 3))
    assert [piece.note for piece in answer.evidence] == ["submission a", "submission b", "submission c"]
    assert (made.differ, made.added, made.settled) == ((), 1, 0)


@pytest.mark.parametrize("other", ["yes", "partly", "not_known", "known_not_safe_to_record"])
def test_who_answers_differently_is_never_counted_down(other):
    made = together(None, [said("no", f"submission {n}") for n in range(9)] + [said(other, "submission z")])
    assert made.answers.answers == ()
    (point,) = made.differ
    assert [one.answer.answer for one in point.said] == ["no"] * 9 + [other]


def test_a_follow_up_answered_in_two_ways_is_a_difference_and_an_empty_one_is_none():
    one, two = said("yes", "a", due_diligence="yes"), said("yes", "b", due_diligence="no")
    assert not points([one, two])[0].is_agreed
    (answer,) = together(None, [one, said("yes", "c")]).answers.answers
    assert answer.follow_ups == {"due-diligence": "yes"}


def test_subjects_are_kept_apart():
    made = together(None, [said("no", "a", about="activity:1"), said("yes", "a", about="activity:2")])
    assert words(made.answers) == [(ASK, "activity:1", "no"), (ASK, "activity:2", "yes")]


def test_an_answer_of_the_case_stands_and_gets_the_dissent():
    case = Answers(answers=(Answer(question=ASK, answer="no", by="program_manager"),))
    made = together(case, [said("yes", "submission a", on=date(2026, 5, 1)), said("no", "submission b")])
    (answer,) = made.answers.answers
    assert (answer.answer, answer.by, answer.evidence) == ("no", "program_manager", ())
    assert answer.dissent == "yes (local partner, 2026-05-01, submission a)"
    assert [one.source for one in made.differ[0].said] == [THE_CASE, "submission a", "submission b"]


def test_an_answer_for_the_whole_program_is_contradicted_for_one_activity():
    case = Answers(answers=(Answer(question=ASK, answer="no", by="program_manager"),))
    made = together(case, [said("yes", "a", about="activity:1"), said("no", "a", about="activity:2")])
    assert words(made.answers) == [(ASK, None, "no"), (ASK, "activity:2", "no")]
    assert [one.about for one in made.differ] == ["activity:1"]
    assert "yes (local partner, a)" in made.answers.answers[0].dissent


def test_putting_in_the_same_again_changes_nothing():
    case = Answers(answers=(Answer(question=ASK, answer="no", by="program_manager"),))
    for given in ([said("no", "a"), said("no", "b")], [said("no", "a"), said("yes", "b")]):
        once = together(case, given)
        again = together(once.answers, given)
        assert again.answers == once.answers
        assert [one.key for one in again.differ] == [one.key for one in once.differ]


def test_a_role_settles_a_point_and_the_others_stay_as_dissent():
    given = [said("no", "a", on=date(2026, 5, 1)), said("yes", "b", by="people_affected", due_diligence="no")]
    settled = Settled(question=ASK, answer="yes", decided_by="senior_reviewer", because="Seen on site.")
    made = together(None, given, [settled])
    (answer,) = made.answers.answers
    assert (answer.answer, answer.by, answer.follow_ups) == ("yes", "people_affected", {"due-diligence": "no"})
    assert [piece.note for piece in answer.evidence] == ["b"]
    assert answer.dissent == "no (local partner, 2026-05-01, a). Settled by senior_reviewer: Seen on site."
    assert (made.differ, made.settled) == ((), 1)
    assert together(made.answers, given) == together(made.answers, [])
    later = together(made.answers, [*given, said("no", "c")])
    assert [len(one.said) for one in later.differ] == [4]


def test_what_nobody_said_can_be_decided_and_rests_on_nothing():
    made = together(
        None,
        [said("no", "a"), said("yes", "b")],
        [Settled(question=ASK, answer="partly", decided_by="program_manager", because="Some of it.")],
    )
    (answer,) = made.answers.answers
    assert (answer.answer, answer.by, answer.evidence) == ("partly", "program_manager", ())
    assert answer.dissent.startswith("no (local partner, a); yes (local partner, b). Settled by")


def test_points_are_written_side_by_side_and_read_back_once_settled(tmp_path):
    differ = together(None, [said("no", "a"), said("yes", "b", by="people_affected")]).differ
    text = text_of(differ, {ASK: "Does anything reach a force?"}.__getitem__)
    assert text == (
        "# People answered these differently. Nothing was chosen for anybody: what is not settled here is not "
        "answered.\n"
        "# Write under `answer` what you hold to be right, under `decided_by` your role, and why; then import again "
        "with\n"
        "# --settled and the name of this file. The others stay beside the answer, as dissent. For the agency only.\n"
        "disagreements:\n"
        "  points:\n"
        "  - question: harm.reaches-force\n"
        "    ask: Does anything reach a force?\n"
        "    said:\n"
        "    - answer: no\n"
        "      by: local_partner\n"
        "      source: a\n"
        "    - answer: yes\n"
        "      by: people_affected\n"
        "      source: b\n"
        "    answer:\n"
        "    decided_by:\n"
        "    because:\n"
    )
    file = tmp_path / "disagreements.yaml"
    file.write_text(text)
    assert read_settled(file) == ()
    file.write_text(text.replace("    answer:\n", "    answer: yes\n"))
    with pytest.raises(InputError) as reason:
        read_settled(file)
    assert [one.field for one in reason.value.problems] == ["points[1].decided_by", "points[1].because"]
    filled = text.replace("    answer:\n", "    answer: yes\n").replace("_by:\n", "_by: legal\n")
    file.write_text(filled.replace("because:\n", "because: Seen.\n"))
    (settled,) = read_settled(file)
    assert (settled.answer, settled.decided_by, settled.because) == ("yes", "legal", "Seen.")
