"""Sums of small runs, worked out by hand; and that every table adds up to all there is."""

from collections import Counter
from decimal import Decimal

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from lens.portfolio.analysis.analyze import analyze
from lens.portfolio.analysis.rates import Rates
from lens.portfolio.runs.flow_class import flow_class

D = Decimal


def flow(kind="commitment", amount="100", year=2020, currency="USD", back="", country="", sector=""):
    return (kind, year, currency, amount, back, 1, country, "", sector)


def cells(path, name, *columns, **more):
    table = analyze(path, audience="internal", **more).table(name)
    places = [[one.name for one in table.columns].index(column) for column in columns]
    return [tuple(row[place] for place in places) for row in table.rows()]


def kinds(path):
    return [
        (kind, treatment, programs, str(amount))
        for kind, treatment, programs, amount in cells(path, "money_by_kind", "kind", "treatment", "programs", "amount")
    ]


def test_what_is_in_the_sums_and_what_is_not(run_file):
    path = run_file(
        {
            "d1": [
                {
                    "identifier": "A",
                    "updated": "2020",
                    "flows": [flow(amount="100"), flow("incoming", "7"), flow("other", "1")],
                },
                {"identifier": "A", "updated": "2019", "flows": [flow(amount="90")]},
                {"identifier": "B", "set_aside": "umbrella", "flows": [flow(amount="1000")]},
                {"identifier": "C", "flows": [flow("disbursement", "-5.5", back="-10"), flow("disbursement", "1e400")]},
            ]
        }
    )
    assert kinds(path) == [
        ("commitment", "counted", 1, "100"),
        ("commitment", "copy", 1, "90"),
        ("commitment", "umbrella", 1, "1000"),
        ("disbursement", "counted", 1, "-5.5"),
        ("disbursement", "not_usable", 1, "0"),
        ("incoming", "incoming", 1, "7"),
        ("other", "other", 1, "1"),
    ]
    assert cells(path, "money_by_year", "kind", "year", "programs", "amount", "taken_back", "percent") == [
        ("commitment", 2020, 1, D(100), D(0), 100),
        ("disbursement", 2020, 1, D("-5.5"), D(-10), None),
    ]


HIERARCHIES = {
    "whole and parts agree": (["100", "60", "40.00"], [("counted", "100.00"), ("in_its_parts", "100")], 0),
    "they do not": (["100", "60", "30"], [("counted", "190")], 1),
    "only the parts have money": ([None, "60", "40"], [("counted", "100")], 0),
    "only the whole has": (["100", None, None], [("counted", "100")], 0),
}


@pytest.mark.parametrize("case", HIERARCHIES)
def test_whole_and_parts(run_file, case):
    amounts, expected, doubtful = HIERARCHIES[case]
    records = [
        {
            "identifier": name,
            "related": [("1", "A")] if name != "A" else [("2", "B"), ("2", "C")],
            "flows": [flow(amount=amount)] if amount else [],
        }
        for name, amount in zip("ABC", amounts, strict=True)
    ]
    path = run_file({"d1": records})
    assert [(row[1], row[3]) for row in kinds(path)] == expected
    assert dict(cells(path, "summary", "item", "number"))["counted-twice"] == doubtful


def test_money_that_may_be_counted_twice_is_told(run_file):
    whole = {"identifier": "A", "flows": [flow(), flow("disbursement", "50")]}
    parts = [
        {"identifier": name, "related": [("1", "A")], "flows": [flow(amount=amount), flow("disbursement", "25")]}
        for name, amount in (("B", "60"), ("C", "30"))
    ]
    path = run_file({"d1": [whole, *parts]})
    columns = ("kind", "currency", "programs", "in_wholes", "in_parts", "at_most")
    assert cells(path, "counted_twice", *columns) == [("commitment", "USD", 1, D(100), D(90), D(90))]


def test_one_record_that_is_much_of_a_sum_is_named(run_file):
    records = [{"identifier": name, "flows": [flow(amount=amount)]} for name, amount in (("A", "10"), ("B", "90"))]
    path = run_file({"d1": [*records, {"identifier": "C", "flows": [flow("planned", "-5")]}]})
    columns = ("kind", "total", "amount", "percent", "identifier", "publisher")
    assert cells(path, "largest_records", *columns) == [
        ("commitment", D(100), D(90), 90, "B", "XA-1"),
        ("planned", D(-5), D(0), None, "", ""),
    ]


def test_three_levels_count_once(run_file):
    records = [
        {"identifier": "A", "flows": [flow()]},
        {"identifier": "B", "related": [("1", "A")], "flows": [flow()]},
        {"identifier": "C", "related": [("1", "B")], "flows": [flow()]},
    ]
    assert [(row[1], row[3]) for row in kinds(run_file({"d1": records}))] == [
        ("counted", "100"),
        ("in_its_parts", "200"),
    ]


def test_a_circle_of_parents_loses_no_money(run_file):
    records = [{"identifier": a, "related": [("1", b)], "flows": [flow()]} for a, b in ("AB", "BC", "CA")]
    assert [(row[1], row[3]) for row in kinds(run_file({"d1": records}))] == [("counted", "300")]


@pytest.fixture
def split(run_file):
    """100 in two countries and one sector; 50 of unknown sector in a region; 30 of a sector nobody can judge."""
    return run_file(
        {
            "d1": [
                {
                    "identifier": "A",
                    "places": [("XA", 0, "60"), ("XB", 0, "40")],
                    "sectors": [("DAC", "15210", "")],
                    "flows": [flow(), flow(amount="-20", back="-20", year=None, country="XC")],
                },
                {"identifier": "B", "regions": [("298", "")], "flows": [flow(amount="50")]},
                {"identifier": "C", "sectors": [("DAC", "99810", "")], "flows": [flow(amount="30")]},
            ]
        }
    )


def test_by_country(split):
    assert cells(split, "money_by_country", "place_kind", "place", "programs", "amount", "percent") == [
        ("country", "XA", 1, D(60), 38),
        ("country", "XB", 1, D(40), 25),
        ("country", "XC", 1, D(-20), None),
        ("region", "298", 1, D(50), 31),
        ("not_published", "", 1, D(30), 19),
    ]


def test_regions_have_names_where_they_are_known(run_file, flow):
    regions = [[("298", "")], [("99:EAP", "")], [("R01", "")]]
    records = [{"identifier": f"A{at}", "regions": one, "flows": [flow()]} for at, one in enumerate(regions)]
    assert cells(run_file({"d": records}), "money_by_country", "place", "name") == [
        ("298", "Africa, regional"),
        ("99:EAP", "East Asia and Pacific"),
        ("R01", "R01"),
    ]


def test_by_sector(split):
    columns = ("sector_kind", "sector", "category", "judged", "programs", "amount", "percent")
    assert cells(split, "money_by_sector", *columns) == [
        ("dac", "15210", "152", "yes", 1, D(80), 50),
        ("dac", "99810", "998", "no", 1, D(30), 19),
        ("not_published", "", "", "no", 1, D(50), 31),
    ]


def test_by_factor_with_what_was_not_judged(split):
    columns = (
        "factor",
        "programs_could_lower",
        "could_lower",
        "could_harm",
        "in_both",
        "not_judged",
        "percent_not_judged",
    )
    found = {row[0]: row[1:] for row in cells(split, "money_by_factor", *columns)}
    assert list(found) == [f"RF{number}" for number in range(1, 15)]
    # 15210 could lower RF3 and RF5; its harm paths AH-3 and AH-5 could make RF2, RF4, RF5 and RF7 worse.
    assert found["RF3"] == (1, D(80), D(0), D(0), D(80), 50)
    assert found["RF5"][1:4] == (D(80), D(80), D(80))
    assert found["RF7"][:4] == (0, D(0), D(80), D(0))
    assert {row[4:] for row in found.values()} == {(D(80), 50)}


def test_with_rates_all_currencies_are_added_up_and_what_has_none_is_told(run_file, flow):
    records = [
        {
            "identifier": "A",
            "donor": "XA",
            "flows": [flow(amount="100", sector="15210"), flow(amount="7", currency="")],
        },
        {"identifier": "B", "donor": "XA", "flows": [flow(amount="100", currency="GBP", sector="99810")]},
        {"identifier": "C", "donor": "XB", "flows": [flow(amount="50", currency="EUR", sector="15210")]},
    ]
    path, rates = run_file({"d": records}), Rates("EUR", {("USD", 2020): D("0.9"), ("GBP", 2020): D("1.1")})
    assert cells(path, "donors_converted", "donor", "not_judged", "total", "without_rate", rates=rates) == [
        ("XA", D(110), D(200), "(not published)"),
        ("XB", D(0), D(50), ""),
    ]
    found = cells(path, "money_converted", *("about", "could_help", "percent_could_help", "could_harm"), rates=rates)
    assert ("RF3", D(140), 56, D(0)) in found
    assert ("AH-3", None, None, D(140)) in found
    assert "money_converted" not in [one.name for one in analyze(path).tables]


def test_rates_convert_year_by_year_and_tell_what_has_none(split):
    rates = Rates("EUR", {("USD", 2020): D("0.9")})
    columns = ("place", "amount", "converted", "not_converted")
    assert cells(split, "money_by_country", *columns, rates=rates)[:3] == [
        ("XA", D(60), D("54.00"), D(0)),
        ("XB", D(40), D("36.00"), D(0)),
        ("XC", D(-20), D(0), D(-20)),
    ]


NAMES = st.sampled_from(["A", "B", "XA-1-9-AF", "XA-1-9-YE", ""])
FLOWS = st.builds(
    flow,
    kind=st.sampled_from(["commitment", "disbursement", "planned", "incoming", "odd"]),
    amount=st.sampled_from(["100", "-33.33", "0.01", "1e-10", "12345678901234567.89", "nan"]),
    year=st.sampled_from([2019, None]),
    currency=st.sampled_from(["USD", ""]),
    country=st.sampled_from(["", "XA"]),
    sector=st.sampled_from(["", "15210", "99810"]),
)
SHARES = st.sampled_from(["", "50", "33.3", "100"])
FINDINGS = st.tuples(
    st.sampled_from(["a.x", "a.text"]),
    st.sampled_from(["one", "two"]),
    st.sampled_from(["concern", "open", "error", "nothing_seen"]),
    st.sampled_from(["", "not_published", "stale"]),
    st.sampled_from(["", "high", "minor"]),
    st.sampled_from([0, 1]),
    st.sampled_from(["", "RF7"]),
)
RECORDS = st.lists(
    st.fixed_dictionaries(
        {
            "identifier": NAMES,
            "updated": st.sampled_from(["", "2020"]),
            "set_aside": st.sampled_from(["", "", "umbrella"]),
            "publisher": st.sampled_from(["XA-1", "XB-1"]),
            "title_digest": st.sampled_from([0, 5]),
            "text_digest": st.sampled_from([0, 7]),
            "related": st.lists(st.tuples(st.sampled_from("123"), NAMES), max_size=2),
            "places": st.lists(st.tuples(st.sampled_from(["XA", "XB", ""]), st.just(0), SHARES), max_size=3),
            "regions": st.lists(st.tuples(st.just("298"), SHARES), max_size=1),
            "sectors": st.lists(
                st.tuples(st.sampled_from(["DAC", "99"]), st.sampled_from(["15210", "11220", "152"]), SHARES),
                max_size=3,
            ),
            "bodies": st.lists(
                st.tuples(st.sampled_from(["media", "armed_group"]), st.just("recipient"), st.just("yes"), st.just(1)),
                max_size=2,
            ),
            "flows": st.lists(FLOWS, max_size=4),
            "findings": st.lists(FINDINGS, max_size=3, unique=True),
        }
    ),
    max_size=5,
)


def totals(analysis, name, amount="amount"):
    """Sums of a table by kind and currency."""
    table = analysis.table(name)
    names = [one.name for one in table.columns]
    found = Counter()
    for row in table.rows():
        found[row[names.index("kind")], row[names.index("currency")]] += row[names.index(amount)]
    return {key: value for key, value in found.items() if value}


@settings(max_examples=10, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(records=RECORDS)
def test_every_table_adds_up_to_all_there_is(run_file, records):
    analysis = analyze(run_file({"d1": records, "d2": records[:2]}), audience="internal")
    whole = Counter()
    for row in analysis.table("money_by_kind").rows():
        if row[2] == "counted":
            whole[row[:2]] += row[8]
    expected = {key: value for key, value in whole.items() if value}
    for name in ("money_by_year", "money_by_country", "money_by_sector", "money_by_body", "local_share", "donors"):
        assert totals(analysis, name) == expected, name
    published = Counter()
    for record in [*records, *records[:2]]:
        for kind, _, currency, amount, *_ in record["flows"]:
            published[kind, currency] += D(0 if amount == "nan" else amount)
    every = Counter()
    for row in analysis.table("money_by_kind").rows():
        every[row[:2]] += row[8]
    assert every == published


META = {
    "text_checks": ["a.text"],
    "contexts": [{"country": "XA", "on": "2020-01-01", "factors": [{"id": "RF3", "state": "seen"}], "inhibitors": []}],
}


@settings(max_examples=6, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(records=RECORDS, seed=st.integers(0, 99))
def test_tables_do_not_depend_on_the_order_of_units_and_rows(run_file, records, seed):
    inputs = {"d1": records, "d2": records[:2]}
    one, other = (analyze(run_file(inputs, META, shuffle), audience="internal") for shuffle in (None, seed))
    for table, same in zip(one.tables, other.tables, strict=True):
        assert list(table.rows()) == list(same.rows()), table.name


@pytest.mark.parametrize(
    ("flow_types", "finance_types", "told"),
    [
        ("10", "", "official_aid"),
        ("11 13", "110", "official_aid"),
        ("14", "", "official_aid"),
        ("20", "710", "other_official"),
        ("30", "", "private_development"),
        ("36", "", "market"),
        ("", "710 911", "market"),
        ("", "110 710", "not_stated"),
        ("", "", "not_stated"),
        ("10 21", "", "several"),
        ("50", "", "other"),
    ],
)
def test_whose_kind_of_money_it_is(flow_types, finance_types, told):
    assert flow_class(flow_types, finance_types) == told


def test_market_money_is_in_no_sum_and_is_told(run_file):
    aid = {"identifier": "A", "flow_types": "10", "flows": [flow("commitment", "100")]}
    bonds = {"identifier": "B", "finance_types": "911", "flows": [flow("commitment", "900")]}
    path = run_file({"d1": [aid, bonds]})

    assert kinds(path) == [("commitment", "counted", 1, "100"), ("commitment", "market", 1, "900")]
    assert [str(row[0]) for row in cells(path, "money_by_year", "amount")] == ["100"]
