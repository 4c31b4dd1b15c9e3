"""The catalog: every id of the field is there, says where it comes from, and claims nothing that nobody verified."""

import pytest

from lens import catalog
from lens.catalog import (
    countries,
    dac_codes,
    escalation_class,
    find,
    indicators_of,
    is_country,
    items,
    known_ids,
    paths_for,
    sector,
    withdrawn,
)
from lens.words import MEANINGS

COUNTS = {1: 11, 2: 8, 3: 10, 4: 9, 5: 8, 6: 11, 7: 14, 8: 12, 9: 6, 10: 8, 11: 8, 12: 10, 13: 16, 14: 8}


@pytest.mark.parametrize(("factor", "count"), COUNTS.items())
def test_every_indicator_is_there(factor, count):
    assert len(indicators_of(f"RF{factor}")) == count


def test_the_other_lists_are_whole():
    assert list(items("RF")) == [f"RF{n}" for n in range(1, 15)]
    assert list(items("INH")) == [f"INH{n}" for n in range(1, 16)]
    assert list(items("AH")) == [f"AH-{n}" for n in range(1, 13)]
    assert list(items("HRDDP")) == [f"HRDDP-{n}" for n in range(1, 9)]
    assert list(items("DNH")) == ["DNH-T", "DNH-M", "DNH-D", "DNH-S", "DNH-L"]


@pytest.mark.parametrize("item", [one for one in known_ids() if not one.startswith(("DNH", "RAFT"))])
def test_each_entry_says_what_it_is_and_where_it_comes_from(item):
    found = find(item)
    assert found is not None
    assert found.name.strip()
    assert found.status in {"seen", "seen_in_part", "recalled", "judgement", "founding_document"}
    assert found.origin in {"un", "other_standard", "founding_document", "ours"}
    if found.kind != "source":
        assert found.sources
        assert all(source in items("source") for source in found.sources)


def test_the_un_list_is_not_claimed_complete_without_a_verifier():
    data = catalog._file("risk-factors.yaml")
    if data["complete"] == "yes":
        assert data.get("verified_by"), "name who read the official text before calling the list complete"


@pytest.mark.parametrize(
    ("item", "expected"),
    [
        ("RF7.10", "at_once"),
        ("RF7.12", "at_once"),
        ("RF10.3", "at_once"),
        ("RF11.1", "at_once"),
        ("RF12.7", "at_once"),
        ("RF10", "at_once"),
        ("RF12", "at_once"),
        ("RF7.1", "senior"),
        ("RF7.6", "senior"),
        ("RF14.1", "senior"),
        ("RF7", "senior"),
        ("RF3.4", "none"),
        ("RF3", "none"),
        ("RF99", "none"),
    ],
)
def test_escalation_is_set_per_indicator(item, expected):
    assert escalation_class(item) == expected


@pytest.mark.parametrize(
    ("code", "scrutiny"),
    [
        ("15210", "high"),
        ("11231", "triage"),
        ("15130", "high"),
        ("23110", "medium"),
        ("231", "medium"),
        ("12220", "medium"),
    ],
)
def test_sectors_know_their_scrutiny(code, scrutiny):
    assert sector(code).scrutiny == scrutiny


def test_sector_codes():
    assert len(dac_codes()) > 325
    assert withdrawn("15140") == ("15110", "15112")
    assert withdrawn("15210") is None
    assert sector("00000") is None


@pytest.mark.parametrize("provided", MEANINGS["provided"])
def test_everything_that_can_be_provided_has_paths_to_look_at(provided):
    assert all(path in items("AH") for path in paths_for(provided))
    assert paths_for(provided)


def test_countries():
    assert countries()["KE"] == ("KEN", "Kenya")
    assert is_country("XA")
    assert is_country("XK")
    assert not is_country("QQ")
