"""The interview without a terminal: what is asked, in which order, and what of it is kept."""

from datetime import date

import pytest

from lens.cases import Evidence
from lens.interview import items_of
from lens.interview.items import described
from lens.languages.language import language
from lens.reviews.plan import plan_of
from lens.testing import case as make_case

from .conftest import REGISTRY, ROOT, TODAY, begin


def says(interview, *lines):
    return [one for line in lines for one in interview.hear(line)]


def begun(interview):
    interview.hear("program officer")
    return interview


def test_what_is_asked_is_what_the_plan_says(start):
    interview = start(depth="full")
    plan = plan_of(interview.case, REGISTRY, as_of=TODAY, policy=interview.setting.policy, depth="full")
    counted = {one.check: one.times for one in plan.questions}
    assert {name: sum(item.check.id == name for item in interview.items) for name in counted} == counted
    assert interview.open_count == plan.answers
    assert interview.minutes == plan.minutes


def test_the_first_look_comes_first(start):
    depths = [item.check.depth for item in start(depth="full").items]
    assert depths == sorted(depths, key=lambda one: one != "first-look")


def test_a_role_is_asked_only_what_it_can_best_answer(start):
    interview = start(role="program_manager")
    assert interview.items
    assert {item.check.who[0] for item in interview.items} == {"program_manager"}
    assert interview.by == "program manager"


def test_a_whole_answer_is_kept_as_it_was_typed(start):
    interview = begun(start())
    key = interview.at.key
    bad = "no" if interview.at.check.question.good == "yes" else "yes"
    says(interview, bad)
    while interview.step.startswith("follow"):
        says(interview, "not known")
    says(interview, "1", "community", "2026-11-1", "Notes: a # b", "liaison", "adviser", "- it shows\tit")
    says(interview, "2", "yes", "women", "at home", "`{{ x }}`", "3", "=cmd|x", "")
    answer = interview.store.answer_to(key)
    assert answer.answer == bad
    assert set(answer.follow_ups) == {one.id for one in REGISTRY.checks[key[0]].check.question.follow_ups}
    assert (answer.by, answer.on, answer.dissent) == ("program officer", TODAY, "=cmd|x")
    assert answer.evidence == (
        Evidence(
            kind="community",
            on=date(2026, 11, 1),
            ref="Notes: a # b",
            held_elsewhere="liaison",
            checked_by="adviser",
            note="- it shows it",
        ),
    )
    assert (answer.affected.asked, answer.affected.said) == ("yes", "`{{ x }}`")
    assert interview.at.key != key


def test_numbers_words_beginnings_and_other_digits_are_answers(start):
    for typed, word in {
        "1": "yes",
        "٣": "no",
        "not known": "not_known",
        "NOT_KNOWN": "not_known",
        "part": "partly",
        "y": "yes",
        "n": "no",
        "6": "known_not_safe_to_record",
    }.items():
        interview = begun(start())
        key = interview.at.key
        says(interview, typed)
        assert interview.store.answer_to(key).answer == word
        interview.store.path.unlink()
        interview.store.note_place({})


@pytest.mark.parametrize("typed", ["", "maybe", "not", "99", "-1", "1.5", "11111111111111111111", "yes and no", "٩٩"])
def test_what_is_no_answer_is_asked_again_and_nothing_is_kept(start, typed):
    interview = begun(start())
    before = interview.prompt()
    assert says(interview, typed) == ["That is none of them. Type one of the numbers."]
    assert interview.prompt() == before
    assert interview.store.is_new


def test_not_applicable_needs_its_reason(start):
    interview = begun(start())
    key = interview.at.key
    says(interview, "5")
    assert interview.step == "reason"
    assert "needed" in says(interview, "")[0]
    says(interview, "There is none here.")
    assert interview.store.answer_to(key).reason == "There is none here."


def test_what_is_not_safe_to_record_takes_everything_else_away(start, folder):
    interview = begun(start())
    key = interview.at.key
    says(interview, interview.at.check.question.good, "1", "1", "2026-11-01", "CANARY", "", "", "", "")
    says(interview, "b", "6")
    answer = interview.store.answer_to(key)
    assert (answer.answer, answer.evidence, answer.follow_ups) == ("known_not_safe_to_record", (), {})
    assert all("CANARY" not in one.read_text() for one in folder.rglob("*") if one.is_file())


def test_who_answers_does_not_check_his_own_answer(start):
    interview = begun(start())
    says(interview, interview.at.check.question.good, "1", "1", "", "", "")
    assert "Somebody else" in says(interview, "Program  Officer")[0]
    assert interview.step == "evidence:0:checked_by"


def test_help_says_what_is_meant_and_nothing_of_what_would_be_good(start):
    interview = begun(start())
    told = " ".join(says(interview, "?"))
    assert "Meant:" in told
    assert "Who can answer:" in told
    assert "Why it matters:" in told
    assert f"lens explain {interview.at.check.id}" in told
    assert interview.step == "word"


def test_back_goes_to_the_question_before_and_enter_keeps_it(start):
    interview = begun(start())
    first = interview.at.key
    says(interview, "4")
    second = interview.at.key
    says(interview, "b")
    assert interview.at.key == first
    assert "Now: not known. Enter keeps it." in interview.prompt().lines
    assert says(interview, "b") == ["This is the first question."]
    says(interview, "")
    assert interview.step == "more"
    says(interview, "")
    assert interview.at.key == second


def test_what_is_skipped_is_asked_next_time(start):
    interview = begun(start())
    first = interview.at.key
    count = interview.open_count
    for _ in range(count):
        says(interview, "s")
    assert interview.prompt() is None
    assert f"{count} questions were skipped and are still open." in interview.closing()
    assert start().at.key == first


def test_a_question_that_waits_comes_when_an_answer_calls_for_it(folder):
    interview = begun(begin(folder, depth="full"))
    calls = {
        condition.answer_to
        for one in REGISTRY.checks.values()
        if one.check.applies
        for condition in (*one.check.applies.all, *one.check.applies.any)
        if condition.answer_to
    }
    for _ in range(400):
        if interview.at.check.id in calls and interview.step == "word":
            before = len(interview.items)
            told = says(interview, "not known")
            if len(interview.items) > before:
                assert any("calls for" in one for one in told)
                return
        else:
            says(interview, "s")
    raise AssertionError("nothing was called for")


def test_answers_of_other_files_are_left_as_they_are_and_not_asked(folder):
    text = "# by hand\nanswers:\n  answers:\n    - question: risk.women-and-men-heard\n      answer: no\n"
    (folder / "answers.yaml").write_text(text)
    interview = begin(folder)
    assert "One answer stands in another file of this case and is left as it is." in interview.opening()
    assert not any(interview.is_open(one) for one in interview.items if one.check.id == "risk.women-and-men-heard")
    begun(interview).hear("4")
    assert (folder / "answers.yaml").read_text() == text


def test_it_goes_on_within_an_answer_where_it_stopped(start):
    interview = begun(start())
    says(interview, interview.at.check.question.good, "1", "1", "2026-11-01")
    again = start()
    assert (again.at.key, again.step) == (interview.at.key, "evidence:0:ref")
    assert again.prompt().label == "Where it can be found (a document's name or number)"


@pytest.mark.parametrize(
    "place",
    [
        "",
        "[]",
        "{",
        '{"step": "evidence:99:ref"}',
        '{"question": "risk.treated-worse", "step": "follow:x"}',
        "[" * 9000,
    ],
)
def test_a_place_that_cannot_be_used_is_left_aside(start, folder, place):
    (folder / ".lens").mkdir()
    (folder / ".lens" / "answers-interview.place.json").write_text(place)
    assert start().step == "word"


def test_it_speaks_the_readers_language(start):
    french = start("fr").hear("?")
    assert french
    interview = start("es")
    interview.hear("oficial")
    key = interview.at.key
    interview.hear("s")  # in Spanish the beginning of an answer, so not the command to skip
    assert interview.at.key == key
    interview.hear("sí")
    assert interview.store.answer_to(key).answer == "yes"
    assert interview.hear("8") == ()


def test_an_activity_is_told_by_its_title_inside_and_by_its_kinds_outside():
    made = make_case(
        {"program": {"activities": [{"id": "activity:1", "title": "CANARY", "provides": [{"what": "cash"}]}]}}
    )
    t = language()
    assert described("activity:1", made, t) == "Activity 1 (CANARY)"
    assert described("activity:1", made, t, outside=True) == "Activity 1 (cash)"
    assert described(None, made, t) == ""


HOSTILE = [
    "\x1b[31mred\x1b[0m",
    "a\x07b\x00c",
    "\x1b]0;title\x07x",
    "key: value",
    "- item",
    "#comment",
    "'quote\" \\ ",
    "{{ 7*7 }} <b>&amp;</b>",
    '=HYPERLINK("x")',
    "!!python/object x",
    "&a *a",
    "---",
    "%YAML 1.2",
    "\u202eright\u202c to left",
    "null",
    "~",
    "\ud800x",
    "\ufeffx",
    "é" * 4000,
]


@pytest.mark.parametrize("text", HOSTILE)
def test_whatever_is_typed_stays_text(start, folder, text):
    interview = begun(start())
    key = interview.at.key
    says(interview, "5", text)
    kept = begin(folder).store.answer_to(key).reason
    assert kept == interview.store.answer_to(key).reason
    assert not any(sign in kept for sign in "\x1b\x07\x00")


def test_what_is_too_long_is_said_and_not_cut(start):
    interview = begun(start())
    key = interview.at.key
    assert says(interview, "5", "x" * 4001) == [
        "That was longer than 4000 signs, and nothing of it was kept. Write it shorter."
    ]
    assert interview.store.answer_to(key).reason == ""


def test_it_can_be_finished_and_what_it_wrote_is_read_with_the_case(start, officer, folder):
    from lens.api import review

    done = officer(start()).finish()
    assert done.open_count == 0
    made = review(folder, depth="first-look", audience="internal", as_of=TODAY, registry=REGISTRY)
    asked = {one.check for one in made.findings if REGISTRY.checks[one.check].check.question is not None}
    assert asked == {item.check.id for item in done.items}
    assert [one.check for one in made.findings if one.because == "not_asked" and one.check in asked] == []


def test_items_are_asked_of_the_example_too():
    from lens.readers.case_files import read_case

    read = read_case([ROOT / "templates" / "example"], REGISTRY)
    found = items_of(read.case, REGISTRY, as_of=TODAY, policy=read.policy)
    assert len({one.key for one in found}) == len(found) > 60
