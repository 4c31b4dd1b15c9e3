"""The pictures: widths are money, whatever the numbers are, and nothing is ordered by size."""

import itertools
import re
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lens.portfolio.report.drawn import figures_of
from lens.portfolio.report.flow_picture import Flow, draw_flows
from lens.portfolio.report.given import shown
from lens.portfolio.report.pictures import nice, short, spoken, wrapped
from lens.portfolio.report.place_picture import draw_places
from lens.portfolio.report.sectors import BEARS, bears_of, group_of
from lens.portfolio.report.year_picture import draw_years

from .conftest import HEAD, Made, money, table


def flow(donor, sector, amount, *bears):
    return Flow(donor, sector, Decimal(amount), frozenset(bears))


def drawn(*flows):
    return draw_flows(flows, sorted({one.sector for one in flows}), "USD")


# Amounts in words


@pytest.mark.parametrize(
    ("amount", "said"),
    [
        ("0", "0"),
        ("12.5", "12.5"),
        ("-1234.56", "-1,230"),
        ("999999", "1 million"),
        ("1234567", "1.23 million"),
        ("-1250000000", "-1.25 billion"),
        ("4e12", "4 trillion"),
        ("1e30", "1.00e+30"),
        ("0.000001", "0.000001"),
    ],
)
def test_amounts_are_said_in_few_digits(amount, said):
    assert spoken(Decimal(amount)) == said


def test_scales_end_at_a_round_number():
    assert [str(nice(Decimal(one)).normalize()) for one in ("0", "-3", "1", "1.1", "30", "501")] == [
        "0",
        "0",
        "1",
        "2",
        "5E+1",
        "1E+3",
    ]


def test_names_are_cut_with_a_sign():
    assert short("a name that is long", 8) == "a name…"
    assert wrapped("in sectors that could lower risk", 14, 2) == ("in sectors", "that could lo…")


# Sectors


@pytest.mark.parametrize(
    ("code", "group", "bears"),
    [
        ("", "no sector of the DAC's list", ("not-judged",)),
        ("ABC", "no sector of the DAC's list", ("not-judged",)),
        ("77777", "no sector of the DAC's list", ("not-judged",)),
        ("99810", "99x Sector not specified", ("not-judged",)),
        ("15210", "15x Government, civil society, peace", ("lower", "support", "harm", "diligence")),
        ("12220", "12x Health", ("lower", "support", "harm")),
    ],
)
def test_a_sector_has_a_group_and_what_it_could_bear_on(code, group, bears):
    assert (group_of(code), bears_of(code)) == (group, bears)


# Flows


def test_ribbons_are_as_wide_as_the_money_in_them():
    picture = drawn(flow("XA", "one", 30, "lower", "harm"), flow("XB", "two", 10, "not-judged"))
    assert [(node.name, node.height) for node in picture.donors] == [("XA", 172.5), ("XB", 57.5)]
    assert [(node.kind, node.height) for node in picture.bears] == [
        ("not-judged", 57.5),
        ("lower", 172.5),
        ("harm", 172.5),
    ]
    assert [one.kind for one in picture.ribbons] == ["giving", "giving", "lower", "harm", "not-judged"]
    assert [one.told for one in picture.ribbons][:3] == [
        "XA to one: USD 30",
        "XB to two: USD 10",
        "one, in sectors that could lower risk factors: USD 30",
    ]
    assert picture.bears[0].amounts == ("USD 10", "25% of what is drawn")


def test_alternatives_leave_from_the_same_place():
    picture = drawn(flow("XA", "one", 30, "lower", "support", "harm"))
    starts = {re.match(r"M\d+ ([\d.]+)C", one.path)[1] for one in picture.ribbons if one.kind != "giving"}
    assert len(starts) == 1


def test_the_order_is_that_given_and_never_that_of_size():
    for amounts in ((1, 99), (99, 1)):
        picture = drawn(*[flow(name, name, amount, "other") for name, amount in zip("ab", amounts, strict=True)])
        assert [node.name for node in (*picture.donors, *picture.sectors)] == ["a", "b", "a", "b"]


def test_what_is_below_zero_is_told_and_not_drawn():
    picture = drawn(flow("XA", "one", 5, "other"), flow("XA", "two", -7, "lower"))
    assert picture.notes == (
        "Not drawn, since more was taken back than given: 1 of 2 flows, -7 together. The table has them.",
    )
    assert drawn(flow("XA", "one", -5, "other"), flow("XA", "two", 0, "other")) is None
    assert drawn() is None


def test_many_donors_are_drawn_as_one_and_sectors_keep_their_order():
    given_flows = [flow(f"X{n:02}", sector, 2, "other") for n in range(13) for sector in ("b", "a", "c")[n % 3 :]]
    picture = draw_flows(given_flows, ("c", "a", "b"), "USD")
    assert [(node.name, node.amount) for node in picture.donors] == [("13 donors", 54)]
    assert [(node.name, node.amount) for node in picture.sectors] == [("c", 26), ("a", 18), ("b", 10)]
    assert picture.notes == ("13 donors are drawn as one; the table money_flows has each.",)


AMOUNTS = st.decimals("-1e20", "1e20", allow_nan=False, places=6) | st.sampled_from([Decimal(0), Decimal("1e200")])


@settings(max_examples=40)
@given(
    st.lists(
        st.tuples(st.sampled_from("abc"), st.sampled_from("xyz"), AMOUNTS, st.sampled_from(list(BEARS))), max_size=8
    )
)
def test_every_amount_can_be_drawn_inside_the_picture(given_rows):
    flows = [flow(donor, sector, amount, bears) for donor, sector, amount, bears in given_rows]
    picture = drawn(*flows)
    if picture is None:
        assert all(one.amount <= 0 for one in flows)
        return
    for column in (picture.donors, picture.sectors, picture.bears):
        assert abs(sum(node.height for node in column) - 230) < 0.01
        ends = [(node.y, node.y + node.height) for node in column]
        assert all(one[1] <= two[0] for one, two in itertools.pairwise(ends))
        assert ends[0][0] >= 0 and ends[-1][1] <= float(picture.height)


# Years


def test_kinds_are_strips_on_one_scale():
    picture = draw_years([("commitment", 2020, Decimal(80)), ("disbursement", 2021, Decimal(-20))], "USD")
    assert [text for _, text in picture.labels] == ["2020", "2021"]
    assert [(one.name, [bar.told for bar in one.bars]) for one in picture.strips] == [
        ("commitment", ["commitment, 2020: USD 80"]),
        ("disbursement", ["disbursement, 2021: USD -20"]),
    ]
    (above,), (below,) = (one.bars for one in picture.strips)
    assert (above.kind, below.kind) == ("bar", "below")
    assert float(above.height) == pytest.approx(4 * float(below.height), abs=0.02)
    assert float(above.y) + float(above.height) == pytest.approx(float(picture.strips[0].zero))
    assert below.y == picture.strips[1].zero


def test_missing_years_are_seen_and_money_without_a_year_stands_apart():
    years = [2001, 2003, 2020, None]
    picture = draw_years([("planned", year, Decimal(1)) for year in years], "USD")
    assert [text.strip() for _, text in picture.labels] == ["2001", "2002", "2003", "…", "2020", "no year"]


def test_very_many_years_are_drawn_with_the_first_together():
    picture = draw_years([("planned", year, Decimal(1)) for year in range(1900, 2000)], "USD")
    labels = [text for _, text in picture.labels]
    assert labels[0] == "to 1959"
    assert len(labels) == 41
    assert picture.strips[0].bars[0].told == "planned, to 1959: USD 60"


def test_hostile_years_do_not_make_a_long_axis():
    assert len(draw_years([("planned", year, Decimal(1)) for year in (1, 5000, 9999)], "").labels) == 5


def test_nothing_is_no_picture():
    assert draw_years([], "USD") is None
    assert draw_years([("planned", 2020, Decimal(0))], "USD") is None
    assert draw_places([], [], ["planned"], "USD") is None


# Places


def test_places_are_on_one_scale_with_a_line_where_nothing_is():
    sums = [("XB", {"planned": Decimal(300)}), ("XC", {"planned": Decimal(-100)})]
    picture = draw_places([("no place published", {"planned": Decimal(0)})], sums, ["planned"], "USD")
    bars = [
        (bar.x, bar.width, bar.below, bar.said) for part in picture.parts for one in part.places for bar in one.bars
    ]
    assert bars == [("18.5", "0.3", False, "0"), ("18.5", "55.5", False, "300"), ("0", "18.5", True, "-100")]
    assert [one.own for one in picture.parts[0].places] == [True, False, False]


def test_many_places_stand_in_parts_of_the_same_length():
    sums = [(f"X{n:02}", {"planned": Decimal(n)}) for n in range(60)]
    parts = draw_places([], sums, ["planned"], "USD").parts
    assert [len(part.places) for part in parts] == [10] * 6
    assert [part.title for part in parts][:2] == ["X00 to X09", "X10 to X19"]


# Which pictures there are


def titles(*tables):
    figures, left = figures_of(shown(Made(tuple(tables))), "money")
    return [one.title for one in figures], left


def test_currencies_are_never_drawn_together(made):
    assert titles(*made.tables) == (
        [
            "Where money goes: disbursements, USD",
            "Money over the years, EUR",
            "Money over the years, USD",
            "Money by place, EUR",
            "Money by place, USD",
        ],
        (),
    )


def test_regions_are_called_by_their_names_after_what_has_no_place():
    places = [("country", "XB"), ("region", "998"), ("region", "R01"), ("not_published", "")]
    rows = [(kind, place, "disbursement", "USD", Decimal(1)) for kind, place in places]
    columns = "place_kind:code place:code kind:code currency:code amount:money"
    figures, _ = figures_of(shown(Made((table("money_by_country", columns, rows),))), "money")
    names = [row[0] for row in figures[0].numbers.rows]
    assert names == ["no place published", "Bilateral, unspecified (998)", "region R01", "XB"]


def test_regions_of_other_vocabularies_are_drawn_as_one():
    places = [("region", "99:BGD"), ("region", "2:XX"), ("region", "998"), ("country", "XB"), ("region", "99:BGD")]
    rows = [(kind, place, "disbursement", "USD", Decimal(2)) for kind, place in places]
    columns = "place_kind:code place:code kind:code currency:code amount:money"
    (figure,), _ = figures_of(shown(Made((table("money_by_country", columns, rows),))), "money")
    assert figure.numbers.rows == (
        ("Bilateral, unspecified (998)", "2"),
        ("regions of other vocabularies", "6"),
        ("XB", "2"),
    )
    assert figure.notes == ("Drawn as one: regions of other vocabularies (2). The table money_by_country has each.",)


def test_what_could_not_be_judged_is_told_below_the_picture_too():
    rows = [("XA", "disbursement", "USD", sector, "XB", 2020, n) for sector, n in (("99810", 1), ("15210", 3))]
    figures, _ = figures_of(shown(Made(money(*rows))), "money")
    assert figures[0].notes[0] == "Could not be judged: USD 1, 25% of what is drawn."


def test_sums_without_a_currency_are_never_drawn():
    rows = [("XA", "disbursement", currency, "15210", "XB", 2020, 1) for currency in ("", "USD")]
    figures, _ = figures_of(shown(Made(money(*rows))), "money")
    assert [one.title for one in figures if one.years] == ["Money over the years, USD"]
    assert any("currency not stated" in note for one in figures for note in one.notes)
    figures, left = figures_of(shown(Made(money(*rows[:1]))), "money")
    assert figures == ()
    assert all("no currency is published of any sum" in one for one in left)


def test_who_is_not_in_the_picture_of_flows_is_named():
    rows = [(who, kind, "USD", "15210", "XB", 2020, 1) for who, kind in (("XA", "disbursement"), ("XB", "commitment"))]
    figures, _ = figures_of(shown(Made(money(*rows))), "money")
    assert figures[0].notes[-1] == "Not drawn, since no disbursements of theirs are published: XB."
    figures, _ = figures_of(shown(Made(money(rows[0]))), "money")
    assert not any("of theirs" in note for note in figures[0].notes)


def test_publishers_are_not_called_donors():
    columns = "publisher:code kind:code currency:code sector:code amount:money"
    rows = [(f"X{n:02}", "disbursement", "USD", "15210", Decimal(1)) for n in range(13)]
    figures, _ = figures_of(
        shown(Made((table("money_flows", columns, rows), table("money_by_kind", "a", [])))), "money"
    )
    told = (
        f"{figures[0].describes} {figures[0].flows.heads[0][1]} {figures[0].notes} {figures[0].numbers.heads[0].name}"
    )
    assert "13 publishers are drawn as one" in told
    assert "donor" not in told


def test_a_year_of_nothing_is_not_on_the_axis():
    rows = [("XA", "disbursement", "USD", "15210", "XB", year, n) for year, n in ((1976, 0), (2020, 1))]
    figures, _ = figures_of(shown(Made(money(*rows))), "money")
    (years,) = [one.years for one in figures if one.years]
    assert [text for _, text in years.labels] == ["2020"]


def test_a_third_currency_is_told():
    rows = [("XA", "disbursement", f"C{n}", "15210", "XB", 2020, 1) for n in (3, 1, 2)]
    figures, _ = figures_of(shown(Made(money(*rows))), "money")
    assert [one.id for one in figures if one.years] == ["years-1", "years-2"]
    assert "not how good or bad it is" in figures[1].notes[0]
    assert figures[1].notes[1:] == (
        "Drawn are disbursements; other kinds of money are in the tables.",
        "Not drawn, since currencies are never added to each other: C3. The table money_flows has them.",
    )


def test_what_is_missing_leaves_a_picture_out_with_a_sentence():
    odd = table("money_by_country", "kind currency amount:money", [("planned", "USD", Decimal(1))])
    low = table("money_by_year", "kind currency year:year amount:money", [("planned", "USD", 2020, Decimal(0))])
    assert titles(odd, low) == (
        [],
        (
            "The picture “Where money goes” is left out: there is no table money_by_sector.",
            "The picture “Money over the years” is left out: every sum is nothing or below it.",
            "The picture “Money by place” is left out: the table money_by_country has no column place_kind.",
        ),
    )


def test_without_donors_the_picture_is_of_all_together():
    sums = table("money_by_sector", "kind currency sector amount:money", [("commitment", "USD", "15210", Decimal(7))])
    figures, _ = figures_of(shown(Made((sums,))), "money")
    assert figures[0].title == "Where money goes: commitments, USD"
    assert [node.name for node in figures[0].flows.donors] == ["all donors"]


def test_with_rates_all_currencies_are_drawn_in_one():
    columns = "kind currency year:year amount:money converted:money not_converted:money"
    rows = [
        ("planned", "XAA", 2020, Decimal(8), Decimal(2), None),
        ("planned", "XBB", 2020, Decimal(9), Decimal(3), None),
    ]
    made = Made((table("money_by_year", columns, rows),), facts={**HEAD, "rates": "USD"})
    figures, _ = figures_of(shown(made), "money")
    assert [one.title for one in figures] == ["Money over the years, USD"]
    assert figures[0].years.strips[0].bars[0].told == "planned, 2020: USD 5"
    assert figures[0].notes == ("Sums are converted to USD, each year at its own rate.",)


def test_what_has_no_rate_is_told_with_its_amounts_and_with_who_is_missing_by_it():
    columns = "donor kind currency sector amount:money converted:money not_converted:money"
    rows = [
        ("CA-3", "disbursement", "NOK", "15210", 5, 0, Decimal(2_930_000_000)),
        ("XA", "disbursement", "NOK", "15210", 5, 0, Decimal(5_000_000)),
        ("XA", "disbursement", "EUR", "15210", 5, Decimal(6), 0),
        ("XB", "disbursement", "", "", 5, 0, 7),
        ("XC", "commitment", "SEK", "", 5, 0, 8),
    ]
    by_year = [("commitment", "SEK", 2020, 5, 0, 8), ("planned", "NOK", 2020, 5, 1, 2)]
    columns_of_years = "kind currency year:year amount:money converted:money not_converted:money"
    tables = (table("money_flows", columns, rows), table("money_by_year", columns_of_years, by_year))
    figures, _ = figures_of(shown(Made(tables, facts={**HEAD, "rates": "USD"})), "money")
    notes = {one.id: one.notes for one in figures}
    assert (
        "Not drawn, for want of a rate: disbursement NOK 2.94 billion, currency not stated 7. "
        "Donors missing by it: CA-3, XB."
    ) in notes["flows-1"]
    assert "Not drawn, for want of a rate: commitment SEK 8; planned NOK 2." in notes["years-1"]
    nothing = Made((table("money_by_year", columns_of_years, by_year[:1]),), facts={**HEAD, "rates": "USD"})
    assert (
        "The picture “Money over the years” is left out: no sum has a rate." in figures_of(shown(nothing), "money")[1]
    )


def test_how_checks_came_out_begins_with_what_is_not_known():
    columns = "check concern:count nothing_seen:count addressed:count open_not_published:count open_not_asked:count "
    columns += "open_not_known:count open_stale:count open_other:count error:count not_applicable:count no_result:count"
    coverage = table(
        "coverage_by_check", columns, [("published.place", 1, 2, 0, 3, 1, 0, 0, 0, 1, 1, 1), ("x", *[0] * 11)]
    )
    (figure,), left = figures_of(shown(Made((coverage,))), "not-known")
    (row,) = figure.shares.rows
    assert left == ()
    assert row.said == "judged 3 of 8"
    assert [(one.kind, one.x, one.width) for one in row.parts] == [
        ("open", "0", "40"),
        ("failed", "40", "10"),
        ("concern", "50", "10"),
        ("nothing", "60", "20"),
        ("not-applicable", "80", "20"),
    ]
    assert figure.numbers.rows == (("published.place", "4", "1", "1", "2", "2"), ("x", "0", "0", "0", "0", "0"))


def test_numbers_under_a_picture_have_every_digit(made):
    figures, _ = figures_of(shown(made), "money")
    by_id = {one.id: one.numbers.rows for one in figures}
    assert by_id["years-1"] == (("commitment", "2021", "0.000001"),)
    assert by_id["places-2"] == (("no place published", "2,500,000"), ("XB", "1,000,000.25"), ("XC", "-3"))
    assert by_id["flows-1"][0] == ("XA-1", "no sector of the DAC's list", "could not be judged", "2,500,000")
