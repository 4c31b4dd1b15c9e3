"""`lens explain`: every id and word is explained, in any case, and a check with all one needs to answer it."""

import contextlib
import io

import pytest

from lens import catalog
from lens.checks.raw import raw_checks
from lens.cli import run
from lens.words import MEANINGS, spoken


def explained(item):
    out = io.TextIOWrapper(io.BytesIO(), encoding="utf-8", write_through=True)
    with contextlib.redirect_stdout(out):
        assert run(["explain", item]) == 0, item
    return out.buffer.getvalue().decode()


@pytest.mark.parametrize("kind", catalog.KINDS)
def test_every_id_is_explained(kind):
    for item, found in catalog.items(kind).items():
        told = explained(item)
        assert f"{item}  " in told, item
        assert "how sure of " in told, item
        assert "page: docs/reference/generated/" in told, item
        assert " ".join(found.text.split())[:30] in told, item


def test_every_check_is_explained():
    for item in raw_checks():
        told = explained(item)
        for part in ("why: ", "options:\n", "who can answer:\n", "what would change it: ", "touches:\n", "sources:\n"):
            assert part in told, (item, part)
        assert told.endswith(f"page: docs/reference/generated/checks/{item}.md\n"), item


def test_every_sector_code_is_explained():
    for code in catalog.dac_codes():
        assert explained(code).startswith(f"{code}  "), code


def test_every_word_and_every_list_of_words_is_explained():
    for name, words in MEANINGS.items():
        assert explained(name), name
        for word, meaning in words.items():
            assert meaning in explained(spoken(word)) or word in MEANINGS, word


@pytest.mark.parametrize(
    "item", ["rf13.A", "Harm.Reaches-Force", "tool-Mediation", "Design Factors", "LEVERAGE", "r2p"]
)
def test_the_case_does_not_matter(item):
    assert explained(item)


def test_a_check_says_all_that_one_needs_to_answer_it():
    told = explained("harm.moves-people")
    for part in (
        "asks: ",
        "good answer: no",
        "documents:\n",
        "minutes: about",
        "asked of: ",
        "example, a concern: ",
        "example, no concern if in date: ",
        "local partner (the local organization that does the work)",
        "What nobody knows of a case counts as holding, so that it is asked.",
        "not where this holds:\n  - what is reviewed is an institution",
        "Framework of Analysis for Atrocity Crimes: A tool for prevention, A/70/741-S/2016/71, 2014",
    ):
        assert part in told, part


def test_an_entry_names_the_checks_that_are_about_it_first():
    told = explained("RF7.10").partition("checks:\n")[2].partition("where from:")[0]
    assert "  - harm.moves-people: " in told
    assert told.index("harm.moves-people") < told.index("risk.context-coverage")
    assert "risk.context-coverage: Factors nobody has assessed (RF7)" in told


def test_leverage_is_told_factor_by_factor():
    told = explained("leverage")
    assert [line.split()[0] for line in told.splitlines() if line.startswith("RF")] == list(catalog.items("RF"))
    assert told.count("\nwho else must act: ") == 14
    assert "leverage: low. A program can raise this factor by mistake." in told


def test_the_framework_is_told_with_what_is_not_verified():
    told = explained("framework")
    flat = " ".join(told.split())
    assert "Nobody has held these lists against the document" in flat
    assert "Least sure are RF13 from RF13.11 on" in flat
    assert "a count of them does not tell how great the danger is. [recalled]" in flat


@pytest.mark.parametrize("item", [*catalog.items("RF"), "RF1.1", "RF7.12", "RF13.a"])
def test_a_factor_and_its_indicators_say_whose_crime_what_can_move_it_and_who_must_act(item):
    told = explained(item)
    for name in ("crime", "leverage", "what a program can do", "who else must act", "women and men"):
        assert told.count(f"\n{name}:") == 1, name


def test_an_indicator_says_what_holds_it_back_and_where_it_belongs():
    told = explained("RF8.8")
    assert "risk factor: RF8: Triggering factors\n" in told
    assert "our own part: Aid often pays for it" in told
    assert "what holds it back:\n  - INH2: " in told
    assert "part of:\n  - ethnic-cleansing: Ethnic cleansing\n" in explained("RF7.12")


def test_a_fast_trigger_says_with_what_it_goes_at_once():
    assert "at once where this is present too: RF2.1: " in " ".join(explained("RF8.1").split())


@pytest.mark.parametrize("item", catalog.items("INH"))
def test_an_inhibitor_says_support_evidence_and_what_only_looks_like_it(item):
    told = explained(item)
    for part in ("what programs do:\n", "what shows it in a design:\n", "what only looks like it, or does harm:\n"):
        assert part in told, part
    assert "is our judgment, never measured." in " ".join(told.split())


def test_a_step_of_due_diligence_tells_the_policy_it_follows():
    told = " ".join(explained("HRDDP-7").split())
    assert "the policy: The UN's rule" in told
    assert "When support must end is recalled." in told


def test_tools_are_told_in_both_directions_with_what_the_counts_cannot_say():
    assert "TOOL-development-assistance   44        11    15                   18" in explained("tools")
    assert "what the counts cannot say:" in explained("tools")
    assert "what the counts cannot say:" in explained("TOOL-security-assistance")
    assert "DESIGN-conditional                 mixed     1    1        2" in explained("design factors")


def test_a_category_and_a_withdrawn_code_lead_to_what_can_be_looked_up():
    assert "15210 Security system management and reform, scrutiny high" in explained("152")
    assert "withdrawn: now 15110 or 15112 (recalled; look it up)" in explained("15140")
    assert "scrutiny: high: " in explained("152")
    assert "scrutiny: high: " in explained("15161")
    assert "The sector map says nothing of this code" in explained("11321")
    assert "15151 Elections, scrutiny high" in explained("15161")


def test_a_source_says_what_rests_on_it():
    told = explained("uvin-1998")
    assert "used by:\n  - AH-6" in told
    assert "  - harm.taken-over-lists: " in told


def test_the_classes_and_rules_of_a_screening_are_explained():
    from lens.portfolio.programs.classes import CLASSES, RULES

    for name, meaning in CLASSES.items():
        told = " ".join(explained(name).split())
        assert meaning in told
        assert all(f"- {rule.id}: {rule.sentence}" in told for rule in RULES if rule.name == name)
    for rule in RULES:
        assert rule.sentence in " ".join(explained(rule.id).split())
