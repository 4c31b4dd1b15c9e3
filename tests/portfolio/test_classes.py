"""Classes are words with reasons; what is not known is never the better class."""

import pytest

from lens.checks.raw import raw_checks
from lens.packs.wording import unwanted
from lens.portfolio.programs.classes import CLASSES, RULES, UNTIMED, Said, classify

SECTOR, PLACE, BODIES, TEXT, MEETS = (
    f"published.{name}" for name in ("sector", "place", "bodies", "text", "sector-meets-place")
)


def concern(check, level="minor", on="", escalates=False, outcome="bad"):
    return Said(check, on, outcome, "concern", "", level, escalates)


def of(check, state, because=""):
    return Said(check, "", state, state, because, "high", False)


SEEN = of(SECTOR, "nothing_seen")
CASES = {
    "escalating": ([SEEN, concern(PLACE, "minor", "RF7", escalates=True)], "look first", ["escalating-sign"]),
    "severe": ([concern("a.b", "severe")], "look first", ["severe-concern"]),
    "a force where a factor is in play": (
        [concern(BODIES, "minor", outcome="force"), concern(PLACE, "minor", "RF7")],
        "look first",
        ["force-where-risk"],
    ),
    "a force where nothing is known": (
        [concern(BODIES, "high", outcome="force"), of(PLACE, "open", "not_asked")],
        "look first",
        ["force-place-not-known"],
    ),
    "guards where a factor is in play": (
        [concern(BODIES, "moderate", outcome="guards"), concern(PLACE, "minor", "RF7")],
        "look first",
        ["force-where-risk"],
    ),
    "customs officers where nothing is known": (
        [concern(BODIES, "moderate", outcome="guards"), of(PLACE, "open", "not_asked")],
        "look",
        ["moderate-concern"],
    ),
    "a ministry of the interior that pays for masks": (
        [concern(BODIES, "moderate", "AH-12", outcome="force-pays"), of(PLACE, "open", "not_asked")],
        "look",
        ["moderate-concern"],
    ),
    "a force that pays for the training of another": (
        [concern(BODIES, "moderate", "AH-12", outcome="force-pays"), concern(TEXT, "moderate", outcome="forces")],
        "look first",
        ["force-pays-for-force"],
    ),
    "what a record gives away is no reason that everybody reads": (
        [concern("published.exposes", "severe", "AH-9"), concern(PLACE, "moderate", "RF1")],
        "look",
        ["moderate-concern"],
    ),
    "police training, of which only the text speaks, where a factor for somebody senior is in play": (
        [
            concern(TEXT, "moderate", "AH-3", outcome="forces"),
            concern(PLACE, "high"),
            of(BODIES, "open", "not_published"),
        ],
        "look first",
        ["words-where-risk"],
    ),
    "the same where any factor is in play": (
        [concern(TEXT, "moderate", "AH-3", outcome="forces"), concern(PLACE, "moderate")],
        "look",
        ["moderate-concern"],
    ),
    "people who came back are served where a factor for somebody senior is in play": (
        [concern(TEXT, "minor", "AH-2", outcome="returned"), concern(PLACE, "high")],
        "look",
        ["high-concern"],
    ),
    "a sign that is severe is told once": (
        [concern(PLACE, "severe", escalates=True)],
        "look first",
        ["escalating-sign"],
    ),
    "a text in a language that cannot be read": (
        [SEEN, of(PLACE, "nothing_seen"), of(TEXT, "open", "not_known")],
        "published data cannot tell",
        ["text-not-published"],
    ),
    "a force alone": ([concern(BODIES, "moderate")], "look", ["moderate-concern"]),
    "sector meets place": ([concern(MEETS, "high", "RF7")], "look first", ["sector-meets-place"]),
    "high and moderate": (
        [concern("a.b", "high"), concern("a.c", "moderate")],
        "look",
        ["high-concern", "moderate-concern"],
    ),
    "what and words not published": (
        [of(SECTOR, "open", "not_published"), of(TEXT, "open", "not_published"), of(PLACE, "nothing_seen")],
        "published data cannot tell",
        ["what-not-published", "text-not-published"],
    ),
    "no country": ([SEEN, of(PLACE, "open", "not_published")], "published data cannot tell", ["where-not-published"]),
    "a country and no time": (
        [SEEN, Said(PLACE, "", "time-not-published", "open", "not_published", "moderate", False)],
        "published data cannot tell",
        ["when-not-published"],
    ),
    "no context is not the publisher's": ([SEEN, of(PLACE, "open", "not_asked")], "watch", ["nothing-moderate"]),
    "failed": ([SEEN, of("a.b", "error")], "published data cannot tell", ["check-failed"]),
    "nothing said": ([], "published data cannot tell", ["nothing-judged"]),
    "only open": ([of(SECTOR, "open", "not_known")], "published data cannot tell", ["nothing-judged"]),
    "minor": ([SEEN, concern("a.b", "minor")], "watch", ["nothing-moderate"]),
}


@pytest.mark.parametrize("case", CASES)
def test_the_first_class_with_a_rule_that_fits(case):
    said, expected, rules = CASES[case]
    name, reasons = classify(reversed(said))
    assert (name, [rule.id for rule, _ in reasons]) == (expected, rules)


def test_a_reason_says_what_it_rests_on():
    force, place = concern(BODIES, "minor", "AH-3", outcome="force"), concern(PLACE, "minor", "RF7")
    (_, on), *_ = classify([place, force, SEEN])[1]
    assert on == (force, place)


def test_no_reason_says_which_record_gives_people_away():
    given_away, place = concern("published.exposes", "severe", "AH-9", escalates=True), concern(PLACE, "severe", "RF7")
    assert [on for _, on in classify([given_away, place])[1]] == [(place,)]
    assert classify([given_away])[0] == "watch"


def test_every_class_has_a_rule_and_no_text_says_that_all_is_well():
    assert list(dict.fromkeys(rule.name for rule in RULES)) == list(CLASSES)
    assert len({rule.id for rule in RULES}) == len(RULES)
    assert unwanted(" ".join([*CLASSES.values(), *(rule.sentence for rule in RULES)])) == []
    assert "does not say that all is well" in CLASSES["watch"]


def test_rules_speak_of_ways_in_which_the_checks_do_come_out():
    declared = {check: set(raw_checks()[check]["outcomes"]) for check in (BODIES, PLACE, TEXT)}
    assert {"force", "guards", "force-pays"} <= declared[BODIES]
    assert UNTIMED in declared[PLACE]
    assert {"forces", "watching", "moving-people", "camps", "return", "lists"} <= declared[TEXT]
