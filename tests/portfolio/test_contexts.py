"""Which context speaks of a record: that of its countries, at its time; and what is said where none does."""

import pickle
from dataclasses import replace
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lens.cases import Budget, Context, FactorJudgement, InhibitorJudgement, Place, Program, Published
from lens.cases.policy import Policy
from lens.cases.published import Transactions
from lens.checks.period import Period, period_of
from lens.errors import InputError, LensError
from lens.portfolio.inputs.context_files import read_contexts
from lens.portfolio.runs.contexts import Contexts

AS_OF = date(2026, 6, 1)
XA, XB = Place(id="place:1", country="XA"), Place(id="place:2", country="XB")
RUNS = Program(places=(XA,), end=date(2027, 1, 1), published=Published(standard="IATI"))


def context(country, on, *factors, **more):
    judged = tuple(FactorJudgement(id=item, state="seen", place=place) for item, place in factors)
    return Context(country=country, on=date.fromisoformat(on), factors=judged, **more)


def told(found):
    return None if found is None else [(one.id, one.place, one.on.isoformat()) for one in found.factors]


def test_none_given_is_none():
    assert Contexts().of(RUNS, AS_OF, Policy()) is None
    assert not Contexts()


@pytest.mark.parametrize("lacks", [Context(country="XA"), Context(on=AS_OF)], ids=["a day", "a country"])
def test_one_that_could_never_be_held_beside_a_record_is_refused(lacks):
    with pytest.raises(LensError, match="a country and a day"):
        Contexts([lacks])


def test_the_newest_that_is_not_of_tomorrow():
    given_ = [
        context("XA", "2026-03-01", ("RF1", None)),
        context("XA", "2026-05-01", ("RF2", None)),
        context("XA", "2026-07-01", ("RF3", None)),
    ]
    assert told(Contexts(given_).of(RUNS, AS_OF, Policy())) == [("RF2", None, "2026-05-01")]
    assert told(Contexts(given_[::-1]).of(RUNS, AS_OF, Policy())) == [("RF2", None, "2026-05-01")]


def test_a_context_of_today_says_nothing_of_what_ended_years_ago():
    ended = replace(RUNS, start=date(2011, 1, 1), end=date(2014, 1, 1))
    of_today = context("XA", "2026-05-01", ("RF2", None))
    found = Contexts([of_today]).of(ended, AS_OF, Policy())
    assert found == Context(on=date(2026, 5, 1))
    of_then = context("XA", "2012-05-01", ("RF9", None))
    assert told(Contexts([of_today, of_then]).of(ended, AS_OF, Policy())) == [("RF9", None, "2012-05-01")]


def test_other_countries_have_none():
    assert Contexts([context("XC", "2026-05-01", ("RF2", None))]).of(RUNS, AS_OF, Policy()) == Context()


def test_what_is_judged_of_a_place_inside_stands_somewhere_in_the_country():
    both = replace(RUNS, places=(XA, XB, Place(id="place:3", country="XB", below_country="yes")))
    found = Contexts(
        [context("XA", "2026-05-01", ("RF1", None)), context("XB", "2026-04-01", ("RF2", "place:1"), ("RF3", None))]
    ).of(both, AS_OF, Policy())
    assert told(found) == [
        ("RF1", "place:1", "2026-05-01"),
        ("RF2", "place:9002", "2026-04-01"),
        ("RF3", "place:2", "2026-04-01"),
        ("RF3", "place:3", "2026-04-01"),
    ]


def test_inhibitors_come_too_and_free_text_stays_behind():
    given_ = context("XA", "2026-05-01", inhibitors=(InhibitorJudgement(id="INH5", state="working"),), sources_note="x")
    found = Contexts([given_]).of(RUNS, AS_OF, Policy())
    assert [(one.id, one.place) for one in found.inhibitors] == [("INH5", None)]
    assert found.sources_note == ""


@pytest.mark.parametrize(
    ("fields", "period"),
    [
        ({"end": "2027-01-01", "start": "2024-01-01"}, ("2024-01-01", "2026-06-01", False)),
        ({"end": "2025-01-01"}, ("2025-01-01", "2025-01-01", True)),
        ({"start": "2024-01-01", "status": "2"}, ("2024-01-01", "2026-06-01", False)),
        ({"start": "2012-01-01", "status": "2"}, None),
        (
            {"start": "2012-01-01", "status": "2", "updated": "2026-02-01"},
            ("2012-01-01", "2026-06-01", False),
        ),
        ({"start": "2012-01-01", "status": "2", "paid": "2014-05-01"}, ("2012-01-01", "2014-05-01", True)),
        ({"status": "2"}, None),
        ({"start": "2024-01-01", "status": "4"}, None),
        ({"start": "2024-01-01"}, None),
        ({"start": "2024-01-01", "status": "4", "paid": "2025-03-01"}, ("2024-01-01", "2025-03-01", True)),
        ({"paid": "2025-03-01", "planned": "2027-01-01"}, ("2025-03-01", "2026-06-01", False)),
        ({"start": "2030-01-01", "end": "2031-01-01"}, ("2026-06-01", "2026-06-01", False)),
        ({"start": "2025-01-01", "end": "2024-01-01"}, ("2024-01-01", "2024-01-01", True)),
    ],
    ids=[
        "at work",
        "over",
        "no end but at work",
        "said to be at work fourteen years ago",
        "said lately to be at work",
        "said to be at work when it was last paid for",
        "at work, nobody knows when",
        "closed",
        "not said",
        "closed, by its money",
        "by its money",
        "to come",
        "the wrong way round",
    ],
)
def test_the_time_of_a_record(fields, period):
    fields = {"status": "", "updated": "", "paid": None, "planned": None, **fields}
    days = {name: date.fromisoformat(fields[name]) for name in ("start", "end") if name in fields}
    paid, planned = (fields[name] and date.fromisoformat(fields[name]) for name in ("paid", "planned"))
    program = Program(
        **days,
        budgets=(Budget(amount=Decimal(1), end=planned),),
        published=Published(
            standard="IATI",
            status=fields["status"],
            updated=fields["updated"],
            transactions=(Transactions(kind="3", number=1, total=Decimal(1), first=paid, last=paid),),
        ),
    )
    expected = period and Period(date.fromisoformat(period[0]), date.fromisoformat(period[1]), is_over=period[2])
    assert period_of(program, AS_OF) == expected


@settings(max_examples=40)
@given(st.lists(st.tuples(st.sampled_from(["XA", "XB"]), st.dates(date(2020, 1, 1), date(2027, 1, 1))), unique=True))
def test_the_order_in_which_they_are_given_does_not_matter(given_):
    every = [context(country, on.isoformat(), ("RF1", None)) for country, on in given_]
    program = replace(RUNS, places=(XA, XB))
    assert Contexts(every).of(program, AS_OF, Policy()) == Contexts(every[::-1]).of(program, AS_OF, Policy())


def test_another_process_is_sent_the_contexts_and_nothing_that_was_kept():
    here = Contexts([context("XA", "2026-05-01", ("RF2", None)), context("XA", "2025-05-01", ("RF3", None))])
    before = here.of(RUNS, AS_OF, Policy())
    there = pickle.loads(pickle.dumps(here))  # noqa: S301 - our own
    assert not there._kept
    assert there.of(RUNS, AS_OF, Policy()) == before


def test_files_are_read_as_those_of_a_case(tmp_path):
    file = tmp_path / "xa.yaml"
    file.write_text("context:\n  country: XA\n  on: 2026-05-01\n  factors:\n  - {id: RF2, state: seen}\n")
    assert told(Contexts(read_contexts([file])).of(RUNS, AS_OF, Policy())) == [("RF2", None, "2026-05-01")]


def test_all_that_is_wrong_with_files_is_told_at_once(tmp_path):
    texts = {
        "a": "context:\n  country: XA\n  on: 2026-05-01\n",
        "b": "context:\n  country: XA\n  on: 2026-05-01\n",
        "c": "context:\n  owner: context owner\n",
        "d": "program:\n  title: Roads\n",
        "e": "context:\n  country: Canary\n  on: 2026-05-01\n",
        "f": "- context\n",
        "g": "{}\n",
    }
    for name, text in texts.items():
        (tmp_path / f"{name}.yaml").write_text(text)
    with pytest.raises(InputError) as raised:
        read_contexts(tmp_path / f"{name}.yaml" for name in texts)
    told_ = [(Path(one.file).name, one.line, one.field) for one in raised.value.problems]
    assert told_ == [
        ("b.yaml", 1, "context"),
        ("c.yaml", 1, "context.country"),
        ("c.yaml", 1, "context.on"),
        ("d.yaml", 1, ""),
        ("e.yaml", 2, "context.country"),
        ("f.yaml", 1, ""),
        ("g.yaml", 1, ""),
    ]


def test_what_the_catalog_does_not_have_is_refused_as_in_a_review(tmp_path):
    file = tmp_path / "xa.yaml"
    file.write_text("""context:
  country: XA
  on: 2026-05-01
  factors:
  - {id: RF7.5, state: seen, place: place:3}
  - {id: RF7.55, state: seen}
  inhibitors:
  - {id: INH5, state: strained}
""")
    with pytest.raises(InputError) as raised:
        read_contexts([file])
    (problem,) = raised.value.problems
    assert (problem.line, problem.field) == (6, "context.factors[2].id")
    assert (problem.what, problem.fix) == ("The catalog has no RF7.55.", "It has RF7.1 to RF7.14.")
