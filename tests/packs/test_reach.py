"""Whether a check can apply at all and is not always asked, told rightly of every condition that there is."""

import pytest

from lens.packs.examine import examine
from lens.packs.load import load_pack
from lens.packs.reach import _MOST

NEVER = "No case was found in which it surely applies."
ALWAYS = "No case was found in which it does not apply."
EVERY = "It is asked of every program."
REACH = (NEVER, ALWAYS, EVERY)


def said(write, applies, of_pack=None):
    made = {**write.changed("questions.0.applies", applies), **({"applies": of_pack} if of_pack else {})}
    return [one.what for one in examine(load_pack(write(made))) if one.what in REACH or "tried" in one.what]


CAN = {
    "a sector": [{"sectors": ["15210"]}],
    "any education": [{"sectors": ["112"]}],
    "the sector that stands for others": [{"sectors": ["11230"]}],
    "two sectors at once": [{"sectors": ["15210"]}, {"sectors": ["31130"]}],
    "media": [{"partner_kinds": ["media"]}],
    "two kinds of partner at once": [{"partner_kinds": ["media"]}, {"partner_kinds": ["ministry"]}],
    "two things given at once": [{"provides": ["training"]}, {"provides": ["fuel"]}],
    "a force is reached": [{"reaches_force": "yes"}],
    "no force is reached": [{"reaches_force": "no"}],
    "a force is reached by any": [{"any_reaches_force": "yes"}],
    "no force by any": [{"any_reaches_force": "no"}],
    "high scrutiny": [{"high_scrutiny": "yes"}],
    "no high scrutiny": [{"high_scrutiny": "no"}],
    "a factor": [{"factor": "RF7"}],
    "a factor that is not known": [{"factor": "RF7", "factor_states": ["not_known"]}],
    "an inhibitor": [{"inhibitor": "INH5"}],
    "an inhibitor that is not known": [{"inhibitor": "INH5", "inhibitor_states": ["not_known"]}],
    "meant for a factor": [{"meant_for": ["RF7"]}],
    "meant for two": [{"meant_for": ["RF7"]}, {"meant_for": ["INH5"]}],
    "the first stage": [{"stages": ["context"]}],
    "a policy": [{"subjects": ["policy"]}],
    "a program": [{"subjects": ["program"]}],
    "two flags at once": [{"flags": ["humanitarian"]}, {"flags": ["restricted_area"]}],
    "published": [{"published": "yes"}],
    "not published": [{"published": "no"}],
    "an answer": [{"answer_to": "harm.reaches-force", "answers": ["no"]}],
    "an answer that is not known": [{"answer_to": "harm.path-lists", "answers": ["not_known"]}],
    "an answer that is withheld": [{"answer_to": "harm.path-lists", "answers": ["known_not_safe_to_record"]}],
}


@pytest.mark.parametrize("conditions", CAN.values(), ids=CAN)
@pytest.mark.parametrize("form", ["all", "none"])
def test_each_condition_can_hold_and_need_not(write, conditions, form):
    conditions = [dict(one) for one in conditions]
    from lens.checks.raw import raw_checks
    from lens.words import Flag

    for one in conditions:
        if "answer_to" in one and one["answer_to"] not in raw_checks():
            one["answer_to"] = next(name for name, raw in raw_checks().items() if raw.get("question"))
        if "flags" in one:
            flags = Flag.__args__
            one["flags"] = [flags[0] if one["flags"] == ["humanitarian"] else flags[-1]]
    assert said(write, {form: conditions}) == []


NONE = {
    "it excludes itself": ({"all": [{"flags": ["humanitarian"]}], "none": [{"flags": ["humanitarian"]}]}, NEVER),
    "published and not": ({"all": [{"published": "yes"}, {"published": "no"}]}, NEVER),
    "two stages at once": ({"all": [{"stages": ["design"]}, {"stages": ["monitor"]}]}, NEVER),
    "published or not": ({"any": [{"published": "yes"}, {"published": "no"}]}, ALWAYS),
    "a factor that was looked for": (
        # Where it was seen, nobody can say that it was not; so it is asked there too.
        {"all": [{"factor": "RF7", "factor_states": ["looked_for_not_seen"]}]},
        ALWAYS,
    ),
    "no condition": ({}, EVERY),
}


@pytest.mark.parametrize(("applies", "what"), NONE.values(), ids=NONE)
def test_what_cannot_be_or_always_is(write, applies, what):
    assert said(write, applies) == [what]


def test_the_conditions_of_the_pack_count_too(write):
    design, monitor = ({"all": [{"stages": [one]}]} for one in ("design", "monitor"))
    assert said(write, design, monitor) == [NEVER]
    assert said(write, {}, monitor) == []


def test_what_is_too_much_to_try_is_no_error_and_takes_no_time(write):
    factors = [{"factor": f"RF{number}", "factor_states": ["early_signs"]} for number in range(1, 15)]
    never = [{"published": "yes"}, {"published": "no"}]
    found = said(write, {"all": [*factors, *never]})
    assert found == [f"Its conditions can be met in more ways than the {_MOST:,} that were tried."]


@pytest.mark.parametrize(
    ("condition", "what"),
    [
        ({"sectors": ["99999"]}, "There is no sector 99999."),
        ({"meant_for": ["RF7.99"]}, "There is no RF7.99 in the catalog."),
        ({"answer_to": "land.mapped"}, "It waits for its own answer."),
        ({"answer_to": "land.nowhere"}, "It waits for land.nowhere, and there is no such question."),
    ],
)
def test_what_there_is_not(write, condition, what):
    found = examine(load_pack(write(write.changed("questions.0.applies", {"any": [condition]}))))
    assert (what, True) in [(one.what, one.is_error) for one in found]
