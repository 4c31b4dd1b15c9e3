"""Redaction on the model: a token planted in any field above an audience's ceiling is in nothing that is left."""

import dataclasses
import itertools
import types
import typing
from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lens.cases import Case
from lens.cases.annex import Annex
from lens.cases.fields import SENSITIVITIES, sensitivity_of
from lens.cases.policy import Policy
from lens.cases.program import Program
from lens.errors import LensError
from lens.reviews.model import Finding, Review
from lens.reviews.redact import CEILINGS, NARROWER, redact
from lens.words import AUDIENCES


def classes(kind, seen=None):
    """Every class of the model that can be reached from one."""
    seen = {} if seen is None else seen
    if dataclasses.is_dataclass(kind) and kind not in seen:
        seen[kind] = None
        for hint in typing.get_type_hints(kind).values():
            for inner in parts(hint):
                classes(inner, seen)
    return list(seen)


def parts(hint):
    yield hint
    for inner in typing.get_args(hint):
        yield from parts(inner)


MODEL = [*classes(Case), *(kind for kind in classes(Review) if kind not in classes(Case)), Policy, Annex]


@pytest.mark.parametrize("kind", MODEL, ids=lambda kind: kind.__name__)
def test_every_field_says_who_may_see_it(kind):
    silent = [one.name for one in dataclasses.fields(kind) if one.metadata.get("sensitivity") not in SENSITIVITIES]
    assert silent == []


def test_a_field_that_says_nothing_is_restricted():
    @dataclasses.dataclass
    class Forgetful:
        name: str = ""

    (field,) = dataclasses.fields(Forgetful)
    assert sensitivity_of(field) == "restricted"


@pytest.mark.parametrize("kind", MODEL, ids=lambda kind: kind.__name__)
def test_free_text_is_never_public(kind):
    # A public text must be an id, a word of a list, a code or a band: these are all there are.
    allowed = {
        "LevelChange": {"check"},
    }
    if kind in [*classes(Case), *classes(Policy)]:
        public = [
            one.name
            for one in dataclasses.fields(kind)
            if sensitivity_of(one) == "public" and typing.get_type_hints(kind)[one.name] is str
        ]
        codes = {
            "code",
            "vocabulary",
            "kind",
            "standard",
            "version",
            "updated",
            "status",
            "hierarchy",
            "sectors_from",
            "countries_from",
        }
        forms = {"on", "question", "id"}
        assert set(public) <= codes | forms | allowed.get(kind.__name__, set())


def everything(made):
    """All that a value holds, as text; its own repr shows public fields only."""
    return repr(dataclasses.asdict(made))


class Planter:
    """Builds a value of any class of the model with a token in every text, and remembers how sensitive each is."""

    def __init__(self, draw):
        self.draw = draw
        self.number = itertools.count()
        self.tokens = {}

    def make(self, kind, ceiling="public"):
        hints = typing.get_type_hints(kind)
        values = {}
        for field in dataclasses.fields(kind):
            own = max(ceiling, sensitivity_of(field), key=SENSITIVITIES.index)
            values[field.name] = self.value(hints[field.name], own)
        return kind(**values)

    def value(self, hint, level):
        origin, args = typing.get_origin(hint), typing.get_args(hint)
        if origin is typing.Annotated:
            return self.value(args[0], level)
        if origin in (typing.Union, types.UnionType):
            return self.value(next(one for one in args if one is not type(None)), level)
        if origin is typing.Literal:
            return self.draw(st.sampled_from(args))
        if origin is tuple:
            return tuple(self.value(args[0], level) for _ in range(self.draw(st.integers(0, 2))))
        if origin is dict:
            return {self.value(args[0], level): self.value(args[1], level)}
        if dataclasses.is_dataclass(hint):
            return self.make(hint, level)
        return self.plain(hint, level)

    def plain(self, hint, level):
        number = next(self.number)
        if hint is bool:
            return self.draw(st.booleans())
        if hint is int:
            return 700_000 + number if level != "public" else number
        if hint is date:
            day = date(1901, 1, 1).fromordinal(date(1901, 1, 1).toordinal() + number)
            self.tokens.setdefault(repr(day), level)
            return day
        if hint is Decimal:
            amount = Decimal(f"98765{number}.5")
            self.tokens[str(amount)] = level
            return amount
        token = f"CANARY{number}Q"
        self.tokens[token] = level
        return token


@st.composite
def planted(draw):
    planter = Planter(draw)
    made = replace(planter.make(Review), audience="restricted")
    return made, planter.tokens


def above(tokens, audience):
    limit = SENSITIVITIES.index(CEILINGS[audience])
    return [token for token, level in tokens.items() if SENSITIVITIES.index(level) > limit]


@settings(max_examples=40)
@given(planted(), st.sampled_from([one for one in AUDIENCES if one != "restricted"]))
def test_no_token_above_the_ceiling_is_left(made, audience):
    review, tokens = made
    left = everything(redact(review, audience, partner="partner:1", own=("activity:1",)))
    assert [token for token in above(tokens, audience) if token in left] == []


@settings(max_examples=20)
@given(planted())
def test_what_a_log_would_print_is_public(made):
    review, tokens = made
    assert [token for token in above(tokens, "public") if token in repr(review)] == []


@settings(max_examples=10)
@given(planted())
def test_everything_an_audience_may_see_is_left(made):
    review, tokens = made
    left = everything(redact(review, "internal"))
    assert [token for token, level in tokens.items() if level != "restricted" and token not in left] == []


@pytest.mark.parametrize(("held", "wanted"), [(a, b) for a in AUDIENCES for b in AUDIENCES if b not in NARROWER[a]])
def test_nothing_widens(held, wanted, bare):
    with pytest.raises(LensError, match="cannot be widened"):
        redact(replace(bare, audience=held), wanted)


@pytest.fixture
def bare(registry):
    from lens.reviews.run import run

    return run(Case(program=Program()), registry(), as_of=date(2026, 11, 15), policy=Policy(), depth="full")


def finding(**changes):
    base = {
        "check": "harm.x",
        "title": "X",
        "component": "harm",
        "state": "concern",
        "level": "high",
        "outcome": "bad",
        "about": "activity:1",
        "activities": ("activity:1",),
        "fingerprint": "harm.x/activity:1/RF5",
    }
    return Finding(**{**base, **changes})


def test_in_public_what_nothing_tells_apart_is_told_once(bare):
    two = replace(
        bare, findings=(finding(), finding(about="activity:2", fingerprint="b"), finding(state="open", because="stale"))
    )
    left = redact(two, "public").findings
    assert [(one.state, one.count, one.about) for one in left] == [("concern", 2, ""), ("open", 1, "")]


def test_a_partner_sees_its_own_activities_only(bare):
    other = finding(about="activity:2", activities=("activity:2",), fingerprint="harm.x/activity:2/RF5")
    whole = finding(about="", activities=(), fingerprint="harm.x/program/RF5")
    made = redact(
        replace(bare, findings=(finding(), other, whole)), "partner", partner="partner:1", own=("activity:1",)
    )
    assert len(made.findings) == 1
    assert made.matrix.rows == ()
    assert made.context == ()


def test_local_inhibitors_are_not_told_in_public(bare):
    from lens.reviews.model import Column, ContextNote, Value

    def local(number):
        item = f"local:{number}"
        named = Value(name="item", kind="id", exact=item, coarse=item)
        return finding(on=item, values=(named,), fingerprint=f"harm.x/activity:1/{item}")

    made = replace(
        bare,
        findings=(local(1), local(2)),
        context=(
            ContextNote(about="local:1", name="x", state="working"),
            ContextNote(about="INH5", name="y", state="working"),
        ),
        matrix=replace(bare.matrix, columns=(Column(id="local:1", name="x"), Column(id="INH5", name="y", meant=2))),
    )
    left = redact(made, "public")
    assert [(one.on, one.count) for one in left.findings] == [("", 2)]
    assert [one.about for one in left.context] == ["INH5"]
    assert [(one.id, one.meant) for one in left.matrix.columns] == [("INH5", 0)]
    assert "local:1" not in everything(left)


def test_the_age_of_a_judgement_does_not_give_its_day_away(bare):
    from lens.reviews.model import ContextNote

    made = replace(bare, context=(ContextNote(about="RF7", name="x", state="seen", age="3-to-6-months", age_days=100),))
    (left,) = redact(made, "public").context
    assert (left.age, left.age_days) == ("3-to-6-months", None)


def test_in_public_nothing_says_that_somebody_spoke(bare, registry, asked, answered, evidence):
    from lens.reviews.run import run

    case = answered("known_not_safe_to_record", evidence=(evidence(kind="community"),))
    made = run(case, registry(asked()), as_of=date(2026, 11, 15), policy=Policy(), depth="full")
    assert [one.option for one in made.actions] == ["do-not-press"]
    left = redact(made, "counterpart")
    (only,) = left.findings
    assert (only.because, only.outcome, only.answer, only.evidence) == ("not_known", "not_known", None, ())
    assert left.coverage[0].open == {"not_known": 1}
    assert left.actions == ()
    told = everything(left)
    assert "withheld" not in told
    assert "community" not in told
