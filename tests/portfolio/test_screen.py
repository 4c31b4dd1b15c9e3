"""The engine of screening: what is asked of a record, what fails alone, what an agency's policy changes."""

import json
from dataclasses import replace
from datetime import date
from pathlib import Path
from types import SimpleNamespace

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from lens import catalog, checks
from lens.cases import Context, Evidence, FactorJudgement, Partner, Place, Program, Published, Sector
from lens.cases.annex import Annex
from lens.cases.policy import LevelChange, Policy, SwitchedOff
from lens.cases.published import Marker
from lens.checks.marks import check
from lens.checks.model import Check, Found, Option, Outcome
from lens.hooks.registry import Registry
from lens.packs.load import load_pack
from lens.portfolio.runs.contexts import Contexts
from lens.portfolio.runs.screen import Result, Screen
from lens.readers.published import PublishedActivity
from lens.reviews.run import run

AS_OF = date(2026, 6, 1)


@pytest.fixture(scope="module")
def registry():
    return Registry(only_core=True)


def record(**fields):
    made = {"published": Published(standard="IATI"), "title": "Roads", **fields}
    return PublishedActivity(identifier="XA-1", program=Program(**made), annex=Annex(), line=1)


REGISTER = record(
    sectors=(Sector(code="13096"),),
    partners=(Partner(id="partner:1", kind="security_force", role="implementing"),),
    places=(Place(id="place:1", country="XA"),),
    end=date(2027, 1, 1),
    published=Published(standard="IATI", text_length=24, aid_types=("C01",), flow_types=("10",)),
)
MARKED = Context(country="XA", on=date(2026, 5, 1), factors=(FactorJudgement(id="RF7.12", state="seen"),))


def made_up(run_, outcomes, slug="words", needs=("published",)):
    """A plugin with one check."""
    described = Check(
        id=f"made-up.{slug}",
        title="Made up",
        component="risk",
        needs=needs,
        touches=("RF1",),
        why="It shows.",
        who=("program_officer",),
        options=(Option(id="ask", do="Ask somebody.", effort="hours", who="program_officer"),),
        change_our_mind="Another test.",
        sources=("lens-judgement",),
        outcomes=outcomes,
    )
    return SimpleNamespace(words=check(described)(run_))


def with_plugin(plugin):
    made = Registry(only_core=True)
    made.plugins.register(plugin, name="made-up")
    return made


SEEN = {
    "seen": Outcome(state="concern", level="minor", says="{what} is seen."),
    "not-seen": Outcome(state="nothing_seen", says="It is not seen."),
}


def test_a_record_is_told_by_every_check_that_published_data_can_answer(registry):
    screen = Screen(registry, AS_OF, Policy(), Contexts([MARKED]))
    told = {(one.check, one.outcome): one for one in screen.of(REGISTER)}
    assert {check for check, _ in told} == {one.id for one in screen.checks if one.applies is None}
    assert told["published.sector-meets-place", "meets-sign"] == Result(
        check="published.sector-meets-place",
        outcome="meets-sign",
        state="concern",
        because="",
        level="high",
        escalates=False,
        on="AH-1",
        values='{"factors":"RF7.12","sectors":"13096"}',
    )
    assert told["published.place", "at-once"].escalates
    assert told["published.gender", "not-published"].because == "not_published"
    assert json.loads(told["published.bodies", "force"].values) == {"kinds": "security_force"}
    assert told["published.text", "short"].values == '{"characters":24}'


def test_what_only_a_contribution_register_holds_is_asked_of_it_alone(registry):
    screen = Screen(registry, AS_OF, Policy())
    entry = record(
        partners=REGISTER.program.partners, published=Published(standard="contribution register", text_length=0)
    )
    told = {one.check: one.outcome for one in screen.of(entry)}
    assert told["published.contribution-guarded"] == "armed-unguarded"
    assert told["published.contribution-meant"] == "not-named"
    assert "published.contribution-meant" not in {one.check for one in screen.of(REGISTER)}


def test_questions_and_checks_of_other_needs_are_named_once_and_never_asked(registry):
    screen = Screen(registry, AS_OF, Policy())
    why = {one.check: one.why for one in screen.not_asked}
    assert why["harm.reaches-force"] == "people"
    assert why["harm.force-known"] == "needs"
    assert set(why) | {one.id for one in screen.checks} == set(registry.checks)
    assert not set(why) & {one.check for one in screen.of(REGISTER)}


def test_the_same_record_is_told_the_same_whatever_came_before(registry):
    fresh = Screen(registry, AS_OF, Policy(), Contexts([MARKED])).of(REGISTER)
    used = Screen(registry, AS_OF, Policy(), Contexts([MARKED]))
    for other in (record(), record(sectors=(Sector(code="11220"),)), REGISTER, record(title="")):
        used.of(other)
    assert used.of(REGISTER) == fresh


def test_what_is_no_published_record_is_not_asked(registry):
    screen = Screen(registry, AS_OF, Policy())
    assert screen.of(replace(REGISTER, program=replace(REGISTER.program, published=None))) == ()


def test_a_check_of_the_core_that_fails_is_an_error_and_the_others_go_on(registry, monkeypatch):
    def fails(case, setting):
        yield Found(outcome="always")
        raise RuntimeError("Canary")

    broken = Registry(only_core=True)
    broken.checks["published.sector"] = replace(broken.checks["published.sector"], run=fails)
    told = Screen(broken, AS_OF, Policy()).of(REGISTER)
    whole = Screen(registry, AS_OF, Policy()).of(REGISTER)
    assert [one for one in told if one.check == "published.sector"] == [
        Result("published.sector", "RuntimeError", "error", "", "", escalates=False, on="", values="")
    ]
    assert [one for one in told if one.check != "published.sector"] == [
        one for one in whole if one.check != "published.sector"
    ]


@pytest.mark.parametrize(
    ("says", "what"),
    [
        ([], "said-nothing"),
        ([Found(outcome="never-declared")], "ValueError"),
        ([Found(outcome="usual", values={"who": "Ms Canary"})], "ValueError"),
        ([Found(outcome="usual", on="two words")], "ValueError"),
    ],
    ids=["nothing", "another outcome", "a name", "no id"],
)
def test_what_a_check_may_not_say_is_an_error(says, what):
    broken = Registry(only_core=True)
    broken.checks["published.sector"] = replace(broken.checks["published.sector"], run=lambda case, setting: says)
    told = [one for one in Screen(broken, AS_OF, Policy()).of(REGISTER) if one.check == "published.sector"]
    assert [(one.state, one.outcome, one.values) for one in told] == [("error", what, "")]


def test_a_plugin_joins_by_saying_that_it_needs_published_data():
    def looks(case, setting):
        yield Found(outcome="seen", on="RF1", values={"what": "transaction"}) if case.is_published else None

    told = Screen(with_plugin(made_up(looks, SEEN)), AS_OF, Policy()).of(REGISTER)
    assert told[-1] == Result("made-up.words", "seen", "concern", "", "minor", False, "RF1", '{"what":"transaction"}')


@pytest.mark.parametrize("needs", [("program",), ("published", "answers")], ids=" ".join)
def test_a_plugin_that_needs_something_else_does_not(needs):
    screen = Screen(with_plugin(made_up(lambda case, setting: [], SEEN, needs=needs)), AS_OF, Policy())
    assert {one.check: one.why for one in screen.not_asked}["made-up.words"] == "needs"


def test_a_plugin_is_lent_copies_and_fails_alone(registry):
    def spoils(case, setting):
        object.__setattr__(case.program, "sectors", ())
        object.__setattr__(setting, "as_of", None)
        raise SystemExit(3)

    screen = Screen(with_plugin(made_up(spoils, SEEN)), AS_OF, Policy())
    first, second = screen.of(REGISTER), screen.of(REGISTER)
    assert first == second
    assert first[-1].state == "error"
    assert first[-1].outcome == "SystemExit"
    assert first[:-1] == Screen(registry, AS_OF, Policy()).of(REGISTER)
    assert REGISTER.program.sectors


def test_a_policy_moves_levels_but_not_under_the_floor_nor_what_can_escalate(registry):
    policy = Policy(
        levels=(
            LevelChange(check="published.sector", level="high", reason="ours"),
            LevelChange(check="published.bodies", level="minor", reason="ours"),
        ),
        off=(SwitchedOff(check="published.results", reason="ours"), SwitchedOff(check="published.place", reason="x")),
    )
    screen = Screen(registry, AS_OF, policy)
    levels = {one.check: one.level for one in screen.of(REGISTER)}
    assert levels["published.sector"] == "high"
    assert levels["published.bodies"] == "high"  # HRDDP is not lowered
    assert "published.results" not in levels
    assert "published.place" in levels
    assert {one.check: one.why for one in screen.not_asked}["published.results"] == "policy"


def test_no_result_carries_a_text_of_the_record(registry):
    spoken = record(
        title="Canary register",
        description="Canary " * 60 + "biometric registers of the police",
        sectors=(Sector(code="13096"),),
        published=Published(standard="Canary", publisher="Canary", text_length=400, aid_types=("Canary",)),
    )
    assert "anary" not in repr(Screen(registry, AS_OF, Policy()).of(spoken))


def test_a_published_activity_alone_is_told_of_a_force_once(registry):
    from lens.cases import Activity, Case

    program = replace(REGISTER.program, activities=(Activity(id="activity:1", partners=("partner:1",)),))
    review = run(Case(program=program, context=MARKED), registry, as_of=AS_OF, policy=Policy(), depth="full")
    concerns = {(one.check, one.outcome) for one in review.findings if one.state == "concern"}
    assert ("harm.force-known", "reaches") in concerns
    assert ("published.sector", "always") in concerns
    assert not {check for check, _ in concerns} & {"published.bodies", "published.place"}
    assert {one.outcome for one in review.findings if one.check == "published.bodies"} == {"told-elsewhere"}
    assert not review.not_checked


@pytest.mark.parametrize("name", checks.CORE_PACKS)
def test_packs_of_the_core_are_what_they_would_be_if_they_were_not_trusted(name):
    folder = Path(checks.__file__).parent / name
    assert load_pack(folder, ours=True) == load_pack(folder)


CODES = st.sampled_from(["11220", "13096", "15210", "151", "15161", "99810", "998", "72010", "91010", "00000", "51010"])
KINDS = st.sampled_from(["security_force", "not_known", "multilateral", "women_led_organization", "private_guard"])
ROLES = st.sampled_from(["funding", "implementing", "recipient"])
DAYS = st.none() | st.dates(date(2010, 1, 1), date(2030, 1, 1))
TEXTS = st.sampled_from(["", "Roads", "The police of the camps", "recensement", "x" * 300, "the of and to " * 30])


@st.composite
def published_records(draw):
    """A record of any kind, as far as checks look."""
    countries = draw(st.lists(st.sampled_from(["XA", "XB", None]), max_size=3))
    partners = draw(st.lists(st.tuples(KINDS, ROLES), max_size=3))
    text = draw(TEXTS)
    return record(
        title=draw(TEXTS),
        description=text,
        start=draw(DAYS),
        end=draw(DAYS),
        places=tuple(Place(id=f"place:{number}", country=one) for number, one in enumerate(countries, 1)),
        sectors=tuple(Sector(code=one) for one in draw(st.lists(CODES, max_size=3))),
        partners=tuple(Partner(id=f"partner:{number}", kind=k, role=r) for number, (k, r) in enumerate(partners, 1)),
        published=Published(
            standard=draw(st.sampled_from(["IATI", "OECD CRS", "contribution register"])),
            status=draw(st.sampled_from(["", "2", "4"])),
            text_length=draw(st.sampled_from([0, len(text)])),
            humanitarian=draw(st.sampled_from([None, True, False])),
            conditions_attached=draw(st.sampled_from([None, True, False])),
            conditions=draw(st.integers(0, 2)),
            results=draw(st.integers(0, 2)),
            documents=draw(st.integers(0, 2)),
            points=draw(st.integers(0, 2)),
            markers=draw(st.sampled_from([(), (Marker(code="1"),), (Marker(code="1", significance="0"),)])),
            aid_types=draw(st.sampled_from([(), ("A01",), ("C01", "F01")])),
        ),
    )


LOOKED = Context(
    country="XB",
    on=date(2026, 5, 1),
    factors=tuple(
        FactorJudgement(id=one, state="looked_for_not_seen", by="analyst", how="asked", evidence=(Evidence(kind="un"),))
        for one in catalog.items("RF")
    ),
)


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(published_records(), st.sampled_from([(), (MARKED,), (LOOKED,), (MARKED, LOOKED)]))
def test_whatever_is_published_every_check_says_something_sound(registry, one, contexts):
    screen = Screen(registry, AS_OF, Policy(), Contexts(contexts))
    told = screen.of(one)
    assert not [result for result in told if result.state == "error"]
    asked = {check.id for check in screen.checks if check.applies is None}
    assert asked <= {result.check for result in told}
    assert len(set(told)) == len(told)
    states = {(result.check, result.state) for result in told}
    if one.program.published.text_length < 200:
        assert ("published.text", "nothing_seen") not in states
    if not contexts or not any(place.country for place in one.program.places):
        # Without a context or a country, nothing is said of any place.
        assert not {("published.place", state) for state in ("concern", "nothing_seen")} & states
        assert not {("published.sector-meets-place", state) for state in ("concern", "nothing_seen")} & states
    assert Screen(registry, AS_OF, Policy(), Contexts(contexts[::-1])).of(one) == told
