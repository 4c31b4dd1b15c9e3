"""The catalog: every id of the field is there, says where it comes from, and claims nothing that nobody verified."""

from collections import Counter

import pytest

from lens import catalog
from lens.catalog import (
    KINDS,
    called,
    countries,
    dac_codes,
    escalation_class,
    find,
    find_remedy,
    indicators_of,
    is_country,
    items,
    known_ids,
    mapped_within,
    paths_for,
    replaced_by,
    sector,
    withdrawn,
)
from lens.words import MEANINGS

COUNTS = {1: 11, 2: 8, 3: 10, 4: 9, 5: 8, 6: 11, 7: 14, 8: 12, 9: 6, 10: 8, 11: 8, 12: 10, 13: 16, 14: 8}


def test_every_indicator_is_there():
    assert {number: len(indicators_of(f"RF{number}")) for number in COUNTS} == COUNTS


def test_the_other_lists_are_whole():
    assert list(items("RF")) == [f"RF{n}" for n in range(1, 15)]
    assert list(items("INH")) == [f"INH{n}" for n in range(1, 16)]
    assert list(items("AH")) == [f"AH-{n}" for n in range(1, 13)]
    assert list(items("HRDDP")) == [f"HRDDP-{n}" for n in range(1, 9)]
    assert list(items("DNH")) == ["DNH-T", "DNH-M", "DNH-D", "DNH-S", "DNH-L"]
    assert list(items("RAFT")) == ["RAFT-R", "RAFT-A", "RAFT-F", "RAFT-T"]


def test_every_id_is_given_once_and_found():
    assert [item for item, count in Counter(known_ids()).items() if count > 1] == []
    assert [item for item in known_ids() if find(item) is None or find(item).id != item] == []


@pytest.mark.parametrize("kind", KINDS)
def test_each_entry_says_what_it_is_and_where_it_comes_from(kind):
    for item, found in items(kind).items():
        assert found.name.strip(), item
        assert found.text.strip(), item
        assert found.status in MEANINGS["status of a text"], item
        assert found.origin in MEANINGS["origin"], item
        assert found.certainty in ("", *MEANINGS["certainty"]), item
        assert found.tendency in ("", *MEANINGS["tendency"]), item
        assert found.escalation in ("", *MEANINGS["escalation class"]), item
        if kind != "source":
            assert found.sources, item


@pytest.mark.parametrize("kind", ["RF", "INH"])
def test_each_says_how_it_shows_in_the_lives_of_women_and_men(kind):
    assert [item for item, found in items(kind).items() if not str(found.more.get("gender_note") or "").strip()] == []


def test_each_factor_says_what_a_program_can_move_and_who_else_must_act():
    for factor in items("RF").values():
        assert factor.more["leverage"] in MEANINGS["leverage"], factor.id
        assert factor.texts("families"), factor.id
        assert factor.texts("others"), factor.id
    assert {one.id for one in items("RF").values() if one.more["leverage"] == "none"} == {"RF10", "RF11", "RF12"}


def test_each_inhibitor_tells_support_from_what_only_looks_like_it():
    for inhibitor in items("INH").values():
        for name in ("programs_do", "evidence", "hollow", "factors", "sectors"):
            assert inhibitor.texts(name), (inhibitor.id, name)
        of_sectors = [code for code in inhibitor.texts("sectors") if inhibitor.id not in sector(code).inhibitors]
        assert of_sectors == [], inhibitor.id


def test_the_un_list_is_not_claimed_complete_without_a_verifier():
    data = catalog.around("RF")
    if data["complete"] == "yes":
        assert data.get("verified_by"), "name who read the official text before calling the list complete"


def test_a_text_of_the_un_that_was_not_seen_does_not_say_it_was():
    seen = {item for item, one in items("indicator").items() if one.status.startswith("seen")}
    assert seen == {
        *(f"RF7.{number}" for number in range(1, 12)),
        *(f"RF8.{number}" for number in range(1, 13)),
        *(f"RF9.{number}" for number in range(1, 7)),
        *(f"RF13.{number}" for number in range(1, 11)),
    }
    unsure = {item for item, one in items("indicator").items() if one.certainty == "low"}
    assert unsure == {"RF13.13", "RF13.a", "RF13.b", "RF13.c", "RF14.4", "RF14.5"}


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
    ("written", "meant"),
    [
        ("rf7.10", ["RF7.10"]),
        ("rf13.A", ["RF13.a"]),
        ("tool-DEVELOPMENT-assistance", ["TOOL-development-assistance"]),
        ("horizontal inequality", ["TERM-horizontal-inequality"]),
        ("CAH", ["TERM-crimes-against-humanity"]),
        ("do no harm", ["TERM-do-no-harm", "TERM-do-no-harm-method"]),
        ("Responsible business", ["INH15"]),
        ("hrddp", ["TERM-hrddp", "hrddp"]),
        ("write-context", ["write-context"]),
        ("nothing so called", []),
    ],
)
def test_people_may_write_ids_and_names_in_any_case(written, meant):
    assert [one.id for one in called(written)] == meant


def test_a_remedy_is_listed_and_says_what_checks_need():
    assert set(find_remedy("write-context")) == {"do", "effort", "who"}
    assert find_remedy("write-context")["do"] == find("write-context").text
    assert find_remedy("no-such-remedy") is None
    for name, one in items("remedy").items():
        assert one.more["effort"] in MEANINGS["effort"], name
        assert one.more["who"] in MEANINGS["role"], name


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
    assert mapped_within("152") == ("15210", "15220", "15230", "15240", "15250", "15261")
    assert replaced_by("15151") == ("15161",)


def test_the_sector_map_names_what_there_is():
    for codes, row in catalog.sectors():
        assert row.scrutiny in MEANINGS["scrutiny"], codes
        assert [code for code in codes if code not in dac_codes()] == []
        assert [item for item in (*row.lowers, *row.inhibitors, *row.harm_paths) if find(item) is None] == []


@pytest.mark.parametrize("provided", MEANINGS["provided"])
def test_everything_that_can_be_provided_has_paths_to_look_at(provided):
    assert all(path in items("AH") for path in paths_for(provided))
    assert paths_for(provided)


def test_countries():
    assert countries()["KE"] == ("KEN", "Kenya")
    assert is_country("XA")
    assert is_country("XK")
    assert not is_country("QQ")
