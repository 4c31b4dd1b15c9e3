"""Money split by place and sector, to the last cent."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lens.portfolio.runs import allocate, exact

D = Decimal
XA, XB, REGION = ("country", "XA"), ("country", "XB"), ("region", "298")
NO, UNTOLD = allocate.NOT_PUBLISHED, allocate.NOT_ALLOCABLE


def parts(shares):
    return {target: str(part) for target, part in shares}


@pytest.mark.parametrize(
    ("countries", "regions", "expected"),
    [
        ([], [], {NO: "1"}),
        ([("XA", "")], [], {XA: "1"}),
        ([("XA", "0")], [], {XA: "1"}),
        ([("XA", "40")], [], {UNTOLD: "1"}),
        ([("XA", "60"), ("XB", "40")], [], {XA: "60", XB: "40"}),
        ([("XA", "60.5"), ("XB", "40")], [], {XA: "60.5", XB: "40"}),
        ([("XA", "60"), ("XB", "38")], [], {UNTOLD: "1"}),
        ([("XA", "100"), ("XB", "")], [], {XA: "100"}),
        ([("XA", ""), ("XB", "")], [], {UNTOLD: "1"}),
        ([("XA", "140"), ("XB", "-40")], [], {UNTOLD: "1"}),
        ([("XA", "60"), ("XA", "40")], [], {XA: "100"}),
        ([("XA", ""), ("XA", ""), ("", "")], [], {XA: "1"}),
        ([("XA", "60")], [("298", "40")], {XA: "60", REGION: "40"}),
        ([], [("298", ""), ("2:R01", "")], {REGION: "1"}),
        ([], [("298", "100"), ("2:R01", "100")], {REGION: "100"}),
    ],
)
def test_places(countries, regions, expected):
    assert parts(allocate.of_places(countries, regions)) == expected


@pytest.mark.parametrize(
    ("sectors", "expected"),
    [
        ([], {NO: "1"}),
        ([("99", "R1", "")], {allocate.OTHER_VOCABULARY: "1"}),
        ([("DAC", "15210", "")], {("dac", "15210"): "1"}),
        ([("DAC", "0", ""), ("DAC", "1", "")], {allocate.OTHER_VOCABULARY: "1"}),
        (
            [("DAC", "15210", "50"), ("DAC", "11220", "50"), ("DAC", "152", "100")],
            {("dac", "11220"): "50", ("dac", "15210"): "50"},
        ),
        ([("DAC", "152", "100"), ("99", "R1", "100")], {("dac", "152"): "100"}),
        ([("DAC", "152", "50"), ("DAC", "15210", "50")], {("dac", "152"): "50", ("dac", "15210"): "50"}),
        ([("DAC", "15210", ""), ("DAC", "11220", "")], {UNTOLD: "1"}),
    ],
)
def test_sectors(sectors, expected):
    assert parts(allocate.of_sectors(sectors)) == expected


@pytest.mark.parametrize(
    ("bodies", "expected"),
    [
        ([], ("not_published", "not_published")),
        ([("security_force", "funding", "yes")], ("not_published", "not_published")),
        ([("media", "implementing", "yes"), ("media", "recipient", "yes")], ("media", "local")),
        ([("media", "implementing", "yes"), ("academic", "implementing", "no")], ("several_kinds", "some_local")),
        ([("armed_group", "recipient", "no"), ("academic", "implementing", "no")], ("several_with_force", "not_local")),
        ([("not_known", "implementing", "not_known"), ("media", "recipient", "yes")], ("several_kinds", "not_known")),
    ],
)
def test_bodies(bodies, expected):
    assert allocate.of_bodies(bodies) == expected
    assert allocate.of_bodies(reversed(bodies)) == expected


def test_what_a_line_says_goes_before_what_its_record_says():
    line = allocate.Line(D("100"), D("-10"), "XB", "298", "15210")
    shares = ((XA, D(60)), (REGION, D(40)))
    assert allocate.allocated(line, shares, ((UNTOLD, D(1)),)) == [(XB, ("dac", "15210"), D("100"), D("-10"))]


def test_the_last_part_takes_what_rounding_leaves():
    assert exact.split(D("100"), [D("33.33")] * 3) == [D("33.33"), D("33.33"), D("33.34")]
    assert exact.split(D("-0.0000000001"), [D(1), D(1)]) == [D("-0.00"), D("-1E-10")]


MONEY = st.decimals(min_value=-(10**18), max_value=10**18, places=6, allow_nan=False)
SHARE = st.decimals(min_value=D("0.01"), max_value=100, places=2)


@given(MONEY, MONEY, st.lists(SHARE, min_size=1, max_size=5), st.lists(SHARE, min_size=1, max_size=5))
def test_parts_add_up_to_the_line(amount, back, places, sectors):
    where = tuple((("country", f"X{chr(65 + at)}"), share) for at, share in enumerate(places))
    what = tuple((("dac", str(11000 + at)), share) for at, share in enumerate(sectors))
    parts = allocate.allocated(allocate.Line(amount, back, "", "", ""), where, what)
    assert len(parts) == len(places) * len(sectors)
    assert exact.total([part for _, _, part, _ in parts]) == amount
    assert exact.total([less for *_, less in parts]) == back


@pytest.mark.parametrize(
    ("part", "whole", "expected"),
    [
        (0, 5, 0),
        (5, 5, 100),
        (1, 1000, 1),
        (999, 1000, 99),
        (1, 8, 12),
        (3, 8, 38),
        (0, 0, None),
        (-1, 5, None),
        (6, 5, None),
    ],
)
def test_percent(part, whole, expected):
    assert exact.percent(part, whole) == expected


@pytest.mark.parametrize("given", ["NaN", "Infinity", "1e400", "1e-400", "x", "", "9" * 40])
def test_what_is_no_sum_of_money(given):
    assert exact.amount(given) is None


def test_amounts():
    assert exact.amount("1e-10") == D("1E-10")
    assert exact.text(D("1E+3")) == "1000"
    assert exact.text(D("-0.00")) == "0"
