"""What research says is told as it was counted: both directions side by side, and no more than the data says."""

import re

import pytest

from lens.catalog import around, items
from lens.words import MEANINGS

COUNTED = {
    "TOOL-development-assistance": (44, 11, 15, 18),
    "TOOL-security-assistance": (27, 4, 9, 14),
    "TOOL-peace-operations": (102, 42, 49, 11),
    "TOOL-mediation": (57, 21, 32, 4),
    "TOOL-prosecutions": (68, 30, 30, 8),
    "TOOL-naming-and-shaming": (20, 5, 12, 3),
    "TOOL-comprehensive-sanctions": (33, 3, 11, 19),
}
PARTS = ("decrease", "no_or_mixed", "increase")


def counts(row):
    return tuple(int(row[part]) for part in PARTS)


def test_the_counts_are_those_of_the_data():
    assert {name: (int(one.more["rows"]), *counts(one.more)) for name, one in items("TOOL").items()} == COUNTED


@pytest.mark.parametrize("name", COUNTED)
def test_the_counts_add_up(name):
    tool = items("TOOL")[name]
    assert sum(counts(tool.more)) == int(tool.more["rows"])
    by_outcome = [counts(row) for row in tool.more["outcomes"]]
    assert tuple(map(sum, zip(*by_outcome, strict=True))) == counts(tool.more)
    assert int(tool.more["reports"]) <= int(tool.more["rows"])


@pytest.mark.parametrize("name", COUNTED)
def test_both_directions_stand_side_by_side(name):
    tool = items("TOOL")[name]
    numbers = [int(one) for one in re.findall(r"\d+", tool.text)]
    assert numbers == [int(tool.more[part]) for part in ("rows", "decrease", "increase", "no_or_mixed")]


def of(name, outcome):
    rows = (row for row in items("TOOL")[name].more["outcomes"] if row["outcome"] == outcome)
    return next((counts(row) for row in rows), None)


def test_what_stands_for_atrocities_is_told():
    for name in ("TOOL-development-assistance", "TOOL-security-assistance"):
        assert of(name, "mass atrocities") is None
        assert any("mass atrocities themselves" in note for note in items("TOOL")[name].texts("notes"))
    assert of("TOOL-security-assistance", "human rights violations") == (2, 1, 5)
    aid, adverse = counts(items("TOOL")["TOOL-development-assistance"].more), (0, 0, 4)
    assert of("TOOL-development-assistance", "adverse consequences") == adverse
    assert tuple(all_ - one for all_, one in zip(aid, adverse, strict=True)) == (11, 15, 14)
    assert sum(of("TOOL-development-assistance", "conflict")) == 32


def test_what_the_counts_cannot_say_is_told():
    assert len(around("TOOL")["caveats"]) > 3
    assert len(around("DESIGN")["design_caveats"]) > 3
    assert around("TOOL")["version"] == "April 2025"


def strength(more):
    """The rule of the data for findings on related outcomes, which all findings on aid are; mixed is our own word."""
    supporting, opposing, mixed = (int(more[part]) for part in ("supporting", "opposing", "no_or_mixed"))
    if supporting == opposing or (supporting and opposing):
        return "mixed"
    rule = around("DESIGN")["rating"]
    related = float(rule["related_outcome"])
    points = max(0.0, related * abs(supporting - opposing) - related / 2 * mixed)
    if points <= float(rule["weaker_to"]):
        return "weaker"
    return "moderate" if points <= float(rule["moderate_to"]) else "stronger"


@pytest.mark.parametrize("name", items("DESIGN"))
def test_a_design_factor_is_as_strong_as_its_findings(name):
    more = items("DESIGN")[name].more
    assert more["strength"] == strength(more)
    assert more["strength"] in MEANINGS["strength of research"]
    assert more["asks"].endswith("?")


def test_the_moderate_design_factors_are_those_of_the_data():
    moderate = {name: one.more for name, one in items("DESIGN").items() if one.more["strength"] == "moderate"}
    assert {name: int(more["supporting"]) for name, more in moderate.items()} == {
        "DESIGN-committed": 6,
        "DESIGN-unbiased": 5,
        "DESIGN-coordinated": 5,
        "DESIGN-local-support": 4,
        "DESIGN-other-tools": 4,
        "DESIGN-consistent": 3,
        "DESIGN-root-causes": 3,
        "DESIGN-broad-scope": 3,
    }
    assert all(int(more["opposing"]) == 0 for more in moderate.values())


def test_what_points_both_ways_is_called_mixed():
    mixed = {name for name, one in items("DESIGN").items() if one.more["strength"] == "mixed"}
    assert mixed == {"DESIGN-conditional", "DESIGN-cash", "DESIGN-rights-objective"}
