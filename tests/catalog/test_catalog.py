"""The catalog: every id of the field is there, says where it comes from, and claims nothing that nobody verified."""

import re
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
    may_stand_for,
    paths_for,
    replaced_by,
    sector,
    stem,
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


@pytest.mark.parametrize("kind", ["RF", "INH"])
def test_what_to_watch_for_is_said_of_each_in_its_own_words(kind):
    notes = [" ".join(one.more["gender_note"].split()) for one in items(kind).values()]
    assert len(set(notes)) == len(notes)
    words = re.compile(r"\b(women|women's|girls|men|boys|man|boy|sex|sexual|births|women-led)\b", re.IGNORECASE)
    assert [note for note in notes if len(note.split()) < 10 or not words.search(note)] == []


def test_each_factor_belongs_to_its_crime():
    crimes = {one.id: one.more["crime"] for one in items("RF").values() if one.more["set"] == "specific"}
    assert crimes == {
        "RF9": "genocide",
        "RF10": "genocide",
        "RF11": "crimes_against_humanity",
        "RF12": "crimes_against_humanity",
        "RF13": "war_crimes",
        "RF14": "war_crimes",
    }
    assert {one.more["crime"] for one in items("RF").values() if one.more["set"] == "common"} == {"all"}


def test_only_the_examples_of_the_framework_itself_have_a_tendency_that_was_seen():
    assert {one.id for one in items("RF").values() if one.more["tendency_status"] == "seen"} == {"RF3", "RF8"}
    assert find("RF3").tendency == "structural"
    assert find("RF8").tendency == "dynamic"


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


def is_claim_without_verifier(data):
    """Whether a list says it is complete, in whatever spelling, and names nobody who read the official text."""
    return data["complete"] != "no" and not str(data.get("verified_by") or "").strip()


def test_the_un_list_is_not_claimed_complete_without_a_verifier():
    assert not is_claim_without_verifier(catalog.around("RF")), "name who read the official text"


@pytest.mark.parametrize("said", ["yes", "Yes", "true", "complete", ""])
def test_a_claim_without_a_verifier_would_be_found(said):
    assert is_claim_without_verifier({"complete": said, "verified_by": " "})
    assert not is_claim_without_verifier({"complete": said, "verified_by": "A. Reader, with the document of 2014"})


def test_the_list_that_nobody_verified_has_its_gaps_told():
    data = catalog.around("RF")
    assert data["complete"] == "no"
    assert "RF13 from RF13.11 on" in " ".join(data["note"].split())
    assert {one.id for one in items("RF").values() if one.certainty == "low"} == {"RF13", "RF14"}


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


def test_signs_that_go_to_someone_are_those_of_the_design():
    by_class = {name: [] for name in MEANINGS["escalation class"]}
    for item, one in items("indicator").items():
        by_class[one.escalation].append(item)
    whole = [*(f"RF10.{n}" for n in range(1, 9)), "RF11.1", *(f"RF12.{n}" for n in range(1, 11))]
    assert by_class["at_once"] == ["RF7.10", "RF7.12", *whole]
    assert {item.partition(".")[0] for item in by_class["senior"]} == {"RF7", "RF11", "RF13", "RF14"}
    joined = {item: one.more["at_once_with"] for item, one in items("indicator").items() if "at_once_with" in one.more}
    assert joined == dict.fromkeys(["RF8.1", "RF8.4", "RF8.5", "RF8.7"], "RF2.1")


def test_aid_itself_can_be_what_an_indicator_tells_of():
    own = [item for item, one in items("indicator").items() if one.more.get("own_part")]
    assert own == ["RF5.6", "RF5.8", "RF8.8", "RF8.10", "RF8.12", "RF14.1", "RF14.2"]


VIEWS = {
    "five-history": "RF2.2 RF2.3 RF2.6 RF2.7 RF9.3 RF4.9",
    "five-discrimination": "RF9.1 RF9.2 RF9.4 RF1.11 RF12.2",
    "five-rule-of-law": "RF3.1 RF3.2 RF3.3 RF3.5 RF3.6",
    "five-security-sector": "RF3.4 RF3.6 RF3.7 RF3.8 RF5.1 RF5.2 RF5.3 RF5.5 RF5.8 RF7.3 RF7.5",
    "five-inequality": "RF1.9 RF9.4 RF4.2",
    "ethnic-cleansing": "RF4.4 RF7.10 RF7.12 RF10.8 RF12.3 RF13.9",
}


def test_the_views_have_their_indicators():
    views = items("view")
    assert {*VIEWS, "gender"} == set(views)
    assert {name: " ".join(views[name].texts("members")) for name in VIEWS} == VIEWS
    assert [one for view in views.values() for one in view.texts("members") if one not in items("indicator")] == []


def test_a_structural_factor_says_what_research_says_and_whose_it_is():
    for name, view in items("view").items():
        if name.startswith("five-"):
            assert view.more["research"], name
            assert {"founding-document", "ewp-2025"} <= set(view.sources), name


PATHS = {
    "AH-1": "RF7.12 RF8.8 RF12.3",
    "AH-2": "RF7.10 RF12.3 RF13.9",
    "AH-3": "RF5.1 RF5.2 RF5.8 RF7.3",
    "AH-4": "RF5.1 RF5.7",
    "AH-5": "RF2.5 RF4.1",
    "AH-6": "RF9.1 RF9.2 RF9.4 RF1.11",
    "AH-7": "RF6 INH5 INH10",
    "AH-8": "RF8",
    "AH-9": "RF7.8 RF14.1",
    "AH-10": "RF2.4 RF6.11",
    "AH-11": "RF6.4 RF7.7",
    "AH-12": "RF14.1 RF14.2 RF6.8",
}


def test_a_harm_path_leads_to_its_factors_and_inhibitors():
    told = {name: " ".join([*one.texts("factors"), *one.texts("inhibitors")]) for name, one in items("AH").items()}
    assert told == PATHS


def test_what_is_brought_in_and_how_people_are_met_have_questions():
    for kind in ("DNH", "RAFT"):
        assert [name for name, one in items(kind).items() if len(one.texts("questions")) < 2] == []
    assert [name for name, one in items("DNH").items() if not one.more["remedy"]] == []


TERMS = """
atrocity crimes; mass atrocities; mass killing; genocide; crimes against humanity; war crimes; ethnic cleansing;
protected groups; R2P; Pillar I; Pillar II; Pillar III; manifest failure; atrocity prevention lens;
atrocity sensitivity; conflict sensitivity; do no harm; risk factor; indicator; structural and dynamic; trigger;
accelerant; mitigating factor; inhibitor; source of resilience; restraint; motive, means, opportunity; enabler;
divider; connector; resource transfer effects; RAFT; horizontal inequality; structural prevention;
operational prevention; direct prevention;
upstream, midstream, downstream; early warning; early action; horizon scanning; risk assessment; focal point;
national mechanism; national assessment of risk and resilience; HRDDP; grave violations; vetting; residual risk;
mitigation; avoidance; acceptance; transfer of risk; protection mainstreaming; AAP; PSEA; GBV; CHS; POC; WPS; CAAC; YPS;
human rights defender; identity-based violence; dangerous speech; hate speech; incitement; non-State armed group;
theory of change; logframe; investment design; finding; concern level; evidence grade; disposition; data responsibility;
sensitive non-personal data
"""


@pytest.mark.parametrize("term", [" ".join(one.split()) for one in TERMS.split(";")])
def test_a_word_of_the_field_is_in_the_glossary(term):
    assert [one for one in called(term) if one.kind == "TERM"]


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


def test_a_main_sector_stands_for_the_categories_in_it_and_hides_none_of_them():
    assert stem("150") == "15"
    assert (stem("151"), stem("130"), stem("15210")) == ("151", "130", "15210")
    assert {"151", "152", "15210", "15220"} <= set(may_stand_for("150"))
    assert not any(code.startswith("16") for code in may_stand_for("150"))
    assert {"720", "730", "740"} <= set(may_stand_for("700"))
    assert sector("150").scrutiny == "high"


HIGH = """
13010 13020 13030 13096 15130 15131 15132 15134 15136 15137 15150 15151 15152 15153 15160 15180 15190 15210 15220 15230
15240 15261 16030 16040 22010 22020 22030 22040 31130 31164 322 41010 41020 41030 43041 43031 51010 52010 72010 72011
72040 72050 73010
"""
TRIAGE = "11230 11231 24010 24020 24030 24040 24050"


def test_the_sectors_that_call_for_due_diligence_always():
    by_scrutiny = {name: [] for name in MEANINGS["scrutiny"]}
    for codes, row in catalog.sectors():
        by_scrutiny[row.scrutiny] += codes
    assert by_scrutiny["high"] == HIGH.split()
    assert by_scrutiny["triage"] == TRIAGE.split()


@pytest.mark.parametrize(
    ("code", "scrutiny"),
    [
        ("15161", "high"),
        ("15162", "high"),
        ("15140", "medium"),
        ("23010", "medium"),
        ("230", "medium"),
        ("152", "high"),
        ("311", "high"),
        ("112", "medium"),
        # A code of the category that the map does not list is looked at as usual, so the whole is no lower.
        ("240", "medium"),
    ],
)
def test_a_withdrawn_or_broad_code_is_looked_at_as_all_that_it_may_stand_for(code, scrutiny):
    assert catalog.row_of(code) is None
    assert sector(code).scrutiny == scrutiny
    assert set(sector(code).harm_paths) == {path for one in mapped_within(code) for path in sector(one).harm_paths}


def test_what_no_row_is_known_of_stays_unknown():
    for code in ("11321", "920", "99999", "000", "15", ""):
        assert sector(code) is None, code


def test_every_withdrawn_code_has_its_successors_or_none_is_known():
    gone = [code for code in dac_codes() if withdrawn(code) is not None]
    assert len(gone) == 32
    assert sorted(code for code in gone if not withdrawn(code)) == ["920", "92010", "92020", "92030"]
    assert [one for code in gone for one in withdrawn(code) if one not in dac_codes() or withdrawn(one)] == []


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
