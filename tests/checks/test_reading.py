"""What the helpers of computed checks say of a case: chains, places, answers and safeguards, the same everywhere."""

from datetime import date

import pytest

from lens import catalog
from lens.cases import Event
from lens.checks import reading
from lens.checks.model import Found
from lens.testing import case
from lens.testing.cases import setting
from lens.words import FORCE_KINDS

CHAIN = case("""
program:
  sectors: [{code: "151"}]
  places: [{id: "place:1", country: XA}, {id: "place:2", country: XA}]
  partners:
  - {id: "partner:1", kind: contractor}
  - {id: "partner:2", kind: security_force}
  - {id: "partner:3"}
  activities:
  - id: activity:1
    partners: ["partner:3", "partner:2"]
    places: ["place:2"]
    provides: [{what: fuel, through: ["partner:1"], to: "partner:2"}, {what: data_or_lists, to: "partner:9"}]
  - {id: "activity:2", sectors: [{code: "15132"}], effects: [{on: INH1, kind: intended_to_support, mechanism: told}]}
  - {id: "activity:3", sectors: [{code: "11220"}]}
""")
FIRST, SECOND, THIRD = CHAIN.program.activities


def test_a_chain_goes_through_bodies_to_the_last_also_one_that_is_no_partner():
    assert [reading.chain_refs(one) for one in FIRST.provides] == [("partner:1", "partner:2"), ("partner:9",)]


def test_an_activity_names_its_partners_and_all_in_its_chains_each_once():
    assert reading.named_bodies(FIRST) == ("partner:3", "partner:2", "partner:1", "partner:9")


@pytest.mark.parametrize(("refs", "unknown"), [(["partner:1"], False), (["partner:3"], True), (["partner:9"], True)])
def test_a_body_is_unknown_without_a_kind_or_a_description(refs, unknown):
    assert reading.has_unknown(refs, CHAIN) is unknown


def test_kinds_are_told_only_where_they_are_wanted():
    bodies = [CHAIN.partner(ref) for ref in reading.named_bodies(FIRST)]
    assert reading.kinds_among(bodies, FORCE_KINDS) == "security_force"
    assert reading.kinds_among(bodies, ()) == ""


def test_a_vague_sector_does_not_tell_whether_the_work_is_in_another():
    said = [reading.works_in(("15132",), CHAIN, setting(), one) for one in (FIRST, SECOND, THIRD)]
    assert said == [None, True, False]


def test_an_activity_without_places_has_those_of_the_program():
    assert reading.places_of(FIRST, CHAIN) == ("place:2",)
    assert reading.places_of(SECOND, CHAIN) == ("place:1", "place:2")


def test_an_effect_lacks_what_is_not_written():
    assert reading.unwritten(SECOND.effects[0]) == "sign of failure"


def test_an_event_lasts_until_its_last_day():
    start, end = date(2026, 9, 1), date(2026, 9, 3)
    assert reading.last_day(Event(kind="census", on=start)) == start
    assert reading.last_day(Event(kind="census", on=start, until=end)) == end


def outcomes(found):
    return [(one.outcome, one.about) for one in found]


def test_each_activity_is_told_and_a_program_without_any_says_that_nobody_was_asked():
    def run(activity):
        return [Found(outcome="seen", about=activity.id)]

    assert outcomes(reading.for_each(CHAIN, run))[:2] == [("seen", "activity:1"), ("seen", "activity:2")]
    assert outcomes(reading.for_each(case(), run)) == [("not-asked", "")]
    assert outcomes(reading.for_each(case("published: yes"), run)) == [("not-published", "")]


def test_what_is_not_said_is_not_known_and_of_a_published_program_not_published():
    assert outcomes([reading.unsaid(case(), about="activity:1")]) == [("not-known", "activity:1")]
    assert outcomes([reading.unsaid(case("published: yes"), about="activity:1")]) == [("not-published", "activity:1")]


def test_published_data_without_looks_cannot_miss_any():
    bare = case("{published: yes, program: {activities: [{id: 'activity:1'}]}}")
    assert reading.is_published_bare(bare.program.activities[0], bare)
    assert not reading.is_published_bare(FIRST, CHAIN)


LOOKED = "state: looked_for_not_seen, on: 2026-05-01, by: a role, how: visits, evidence: [{kind: un}]"


def state(sign, places, *factors):
    context = case(f"context: {{factors: [{', '.join('{' + one + '}' for one in factors)}]}}").context
    return reading.state_at(sign, places, context, setting())


@pytest.mark.parametrize(
    ("factors", "expected"),
    [
        (["id: RF7.12, state: seen"], "seen"),
        (["id: RF7.12, state: early_signs, place: 'place:1'"], "early_signs"),
        (["id: RF7.12, state: seen, place: 'place:2'"], "not_known"),
        (["id: RF7, state: seen"], "not_known"),
        ([f"id: RF7.12, {LOOKED}"], "looked_for_not_seen"),
        ([f"id: RF7, {LOOKED}"], "looked_for_not_seen"),
        ([f"id: RF7.12, {LOOKED}", "id: RF7, state: seen"], "not_known"),
        ([f"id: RF7.1, {LOOKED}"], "not_known"),
        ([f"id: RF7.12, {LOOKED.replace('how: visits, ', '')}"], "not_known"),
        ([f"id: RF7.12, {LOOKED.replace('2026-05-01', '2024-05-01')}"], "not_known"),
        ([], "not_known"),
    ],
    ids=lambda one: "; ".join(one) if isinstance(one, list) else "",
)
def test_the_state_of_a_sign_at_a_place_is_not_known_wherever_somebody_would_have_to_look_again(factors, expected):
    assert state("RF7.12", ("place:1",), *factors) == expected


def test_a_sign_was_looked_for_only_where_it_was_at_every_place():
    here = f"id: RF7.12, {LOOKED}, place: 'place:1'"
    there = f"id: RF7.12, {LOOKED}, place: 'place:2'"
    assert state("RF7.12", ("place:1", "place:2"), here) == "not_known"
    assert state("RF7.12", ("place:1", "place:2"), here, there) == "looked_for_not_seen"


def test_an_indicator_that_is_seen_shows_its_factor():
    assert state("RF10", ("place:1",), "id: RF10.2, state: seen") == "seen"
    assert catalog.tendency_of("RF10") == "dynamic"


@pytest.mark.parametrize(
    ("evidence", "shown"),
    [
        ("[{kind: staff, on: 2026-05-01, ref: a note}]", True),
        ("[{kind: staff, on: 2026-05-01, held_elsewhere: a role}]", True),
        ("[{kind: staff, on: 2024-05-01, ref: a note}]", False),
        ("[{kind: staff, on: 2026-05-01}]", False),
        ("[]", False),
    ],
)
def test_an_answer_is_shown_by_a_record_in_date_and_not_by_a_word(evidence, shown):
    given = case(f"answers: [{{question: harm.reaches-force, answer: 'yes', on: 2026-05-01, evidence: {evidence}}}]")
    assert reading.is_shown(given.answers_to("harm.reaches-force"), "dynamic", setting()) is shown
    assert not reading.is_shown(None, "dynamic", setting())
