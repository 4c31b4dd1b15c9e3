"""How questions read: each rule fires on the sentence that breaks it, and not on its neighbor."""

import time

import pytest

from lens.packs.examine import examine
from lens.packs.load import load_pack
from lens.packs.near import near_duplicates
from lens.packs.sentences import _asked

GOOD = (
    "Is it written down who holds land here?",
    "Can women and men bring a quarrel to somebody they trust?",
    "Has anyone asked the elders, the young and those who herd what they would lose?",
    "Do UN rules of the HRDDP and IHL come up in the training?",
    "Does the plan name what would make you stop or slow down?",
)
BAD = {
    "Is it mapped?  Is it kept?": "It is not one question.",
    "Tell us who holds land here.": "It is not one question.",
    "Is it mapped and is it kept?": "It seems to ask two things at once.",
    "Are maps kept, or have they been lost?": "It seems to ask two things at once.",
    "Are maps and/or lists kept?": "It seems to ask two things at once.",
    "Isn't it mapped?": "It is asked in the negative.",
    "Is it not mapped?": "It is asked in the negative.",
    "Do people lack a map?": "It is asked in the negative.",
    "Is it clearly mapped?": '"clearly" leads to an answer.',
    "Do you really map it?": '"really" leads to an answer.',
    "Are holders listed by name?": "It seems to ask for names.",
    "Do you know the names of those who hold land?": "It seems to ask for names.",
    f"Is it written down {'who holds land here ' * 8}?": "The question has 37 words.",
    "Is institutionalization mapped?": "Long words: institutionalization.",
    "Is the LRMC mapped?": "Abbreviations: LRMC.",
}


@pytest.mark.parametrize("ask", GOOD)
def test_a_plain_question_is_not_remarked_on(ask):
    assert list(_asked(ask)) == []


@pytest.mark.parametrize(("ask", "what"), BAD.items())
def test_what_people_would_stumble_over_is_told(ask, what):
    assert what in [one for one, _ in _asked(ask)]


@pytest.mark.parametrize(
    ("path", "value", "what"),
    [
        ("why", "It gets a high score.", "why uses score."),
        ("title", "Safe land", "title uses safe."),
        ("how", "word " * 41 + ".", "how has a sentence of 41 words."),
        ("limits", "a" * 3_000, "limits has 3,000 signs."),
        ("change_our_mind", "The beneficiaries say so.", "change_our_mind uses beneficiaries."),
        ("question.help", "Target groups count.", "question.help"),
    ],
)
def test_every_text_of_a_check_is_read(write, path, value, what):
    found = [one for one in examine(load_pack(write(write.changed(f"questions.0.{path}", value)))) if not one.is_error]
    what = what.replace("question.help", "help uses target groups.")
    assert what in [one.what for one in found]


@pytest.mark.parametrize("sign", ["is and ", "is ", "a", "Is it and is ", "?", "isn't not never "])
def test_a_text_as_long_as_a_book_takes_no_time(sign):
    begun = time.perf_counter()
    list(_asked(sign * (400_000 // len(sign))))
    assert time.perf_counter() - begun < 2


@pytest.mark.parametrize(
    ("ask", "near"),
    [
        ("Is it written down who holds land here?", None),
        ("core", "core"),
    ],
)
def test_nearly_what_the_core_asks_is_told(write, ask, near):
    from lens.hooks.core import packs

    core = next(check for pack in packs() for check in pack.checks if check.question)
    asked = core.question.ask if near else ask
    found = [one.what for one in near_duplicates(load_pack(write(write.changed("questions.0.question.ask", asked))))]
    assert found == ([f"It asks nearly what {core.id} asks."] if near else [])


def test_nearly_what_the_same_pack_asks_is_told_once(write):
    twin = {**write.QUESTION, "id": "land.twin"}
    pack = load_pack(write({**write.PACK, "questions": [write.QUESTION, twin]}))
    assert [(one.item, one.what) for one in near_duplicates(pack)] == [
        ("land.twin", "It asks nearly what land.mapped asks.")
    ]
