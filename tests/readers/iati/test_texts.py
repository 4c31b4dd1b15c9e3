from __future__ import annotations

import pytest


def notes(found):
    return {note.code: note.count for note in found.program.published.notes}


def title(*narratives):
    return "<title>" + "".join(narratives) + "</title>"


EN = '<narrative xml:lang="EN">Wells for Lower Xan</narrative>'
FR = '<narrative xml:lang="fr">Puits pour le Bas-Xan</narrative>'
BARE = "<narrative>Brunnen</narrative>"


@pytest.mark.parametrize(
    ("narratives", "attributes", "chosen"),
    [
        ([FR, EN], 'xml:lang="fr"', "Wells for Lower Xan"),
        ([FR, BARE], 'xml:lang="de"', "Brunnen"),
        ([FR, BARE], "", "Brunnen"),
        ([FR, BARE], 'xml:lang="en"', "Brunnen"),
        ([FR, BARE.replace(">B", ' xml:lang="de">B')], "", "Puits pour le Bas-Xan"),
        ([BARE], "", "Brunnen"),
        (['<narrative xml:lang="eng">Wells</narrative>', FR], "", "Wells"),
        (["<narrative/>", FR], "", "Puits pour le Bas-Xan"),
        ([], "", ""),
    ],
)
def test_the_title_is_in_english_or_else_in_the_default_language_or_else_the_first(one, narratives, attributes, chosen):
    assert one(title(*narratives), attributes).program.title == chosen


def test_version_1_has_its_text_in_the_element_itself_and_its_language_on_it(one):
    found = one(
        '<title xml:lang="fr">Puits</title><title xml:lang="en">Wells</title>'
        '<description xml:lang="fr">Pour tous.</description><description xml:lang="en">For everyone.</description>',
        version="1.03",
    )

    assert (found.program.title, found.program.description) == ("Wells", "For everyone.")
    assert found.program.published.languages == ("en", "fr")


def test_all_descriptions_are_joined_and_one_that_stands_only_in_another_language_is_still_read(one):
    found = one(
        f"<title>{EN}</title>"
        '<description type="1"><narrative xml:lang="en">Wells  are dug.\r\n\r\n  By hand.</narrative>'
        '<narrative xml:lang="fr">On creuse des puits.</narrative></description>'
        '<description type="3"><narrative xml:lang="fr">Les gens du Bas-Xan.</narrative></description>'
    )

    assert found.program.description == "Wells are dug.\nBy hand.\nLes gens du Bas-Xan."
    assert found.program.published.text_length == len("Wells are dug.\nBy hand.") + len("Les gens du Bas-Xan.")
    assert found.program.activities[0].description == found.program.description


@pytest.mark.parametrize(
    "text",
    [
        "N/A",
        " tbd. ",
        "-",
        "No description for this activity",
        "Description not available",
        "REDACTED",
        "The agency redacted this field in accordance with a law.",
        "Sans objet",
        "Sin descripción",
    ],
)
def test_a_stand_in_counts_as_no_text(one, text):
    found = one(f"<title><narrative>{text}</narrative></title><description><narrative>{text}</narrative></description>")

    assert (found.program.title, found.program.description, found.program.published.text_length) == ("", "", 0)
    assert {"title-placeholder", "description-placeholder"} <= notes(found).keys()
    assert {"title", "description"} <= set(found.program.published.not_published)


@pytest.mark.parametrize(
    "text", ["No description of wells can be complete: " + "they are many. " * 9, "Nails for roofs"]
)
def test_a_text_that_only_begins_like_a_stand_in_is_text(one, text):
    assert one(f"<description><narrative>{text}</narrative></description>").program.published.text_length > 10


def test_a_description_that_repeats_the_title_counts_as_no_text(one):
    found = one(title(EN) + "<description><narrative>WELLS for  lower Xan</narrative></description>")

    assert found.program.published.text_length == 0
    assert notes(found)["description-equals-title"] == 1
    assert "description" not in found.program.published.not_published


def test_html_double_escaping_and_damage_are_mended_or_noted_and_never_guessed(one):
    found = one(
        "<description><narrative>&lt;p&gt;One&lt;/p&gt;&lt;br/&gt;two &amp;amp;amp; three, 1 &lt; 2, M&amp;amp;E"
        "</narrative></description>"
        "<title><narrative>LÃ¤hetysseura</narrative></title>"
    )

    assert found.program.description == "One\ntwo & three, 1 < 2, M&E"
    assert found.program.title == "LÃ¤hetysseura"
    assert notes(found).keys() >= {"html-in-text", "entity-residue", "mojibake"}


def test_comments_cdata_and_processing_instructions_do_not_cut_a_text(one):
    found = one("<title><narrative>We<!-- x -->lls <![CDATA[& taps]]><?x y?>, all</narrative></title>")

    assert found.program.title == "Wells & taps, all"


def test_elements_inside_a_text_do_not_hide_the_rest_of_it(one):
    assert one("<title>Wells <b>and</b> taps</title>").program.title == "Wells and taps"
