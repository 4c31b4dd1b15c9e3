"""The words of the texts that people read: nothing says that all is well, ranks, or borrows official sentences.

Rule 1 of the design: no score, no probability, no ranking, no all-clear. What is searched is every text of the catalog,
the packs and the templates; each exception below is argued.
"""

import re
from pathlib import Path

import pytest

from lens import catalog
from lens.languages.files import is_translation

ROOT = Path(catalog.__file__).resolve().parents[2]
TEXTS = sorted(
    file
    for folder in ("lens/catalog", "lens/checks", "lens/languages", "templates")
    for file in (ROOT / folder).rglob("*.*")
    if file.suffix in (".yaml", ".html", ".md") and not is_translation(file.name)
)
BANNED = re.compile(
    r"\b(scor(?:e|es|ed|ing)|pass(?:es|ed)?|safe|cleared|compliant|compliance|low[- ]risk|high[- ]risk"
    r"|rank(?:s|ed|ing)?|interven(?:e|es|tion|tions)|target groups?|beneficiar(?:y|ies)|hot ?spots?"
    r"|failed states?|rogue|stakeholders?|probability|likelihood|programmes?|perpetrators?)\b",
    re.IGNORECASE,
)
ARGUED = {
    r"\bthey call safe|\bthat each calls safe": "a verdict of the people concerned, about a room or a way",
    r"\bsafe (?:channel|way|to (?:say|tell|record|ask|name|write|speak|be seen))": "what is asked about, no finding",
    r"\b(?:known, )?not safe\b": "says the opposite",
    r"\bsafe-channel\b": "an id",
    r"\b(?:stays|keeps it) safe\b": "of a source that must be protected",
    r"Safe streets": "the title of a made-up program, as such titles are",
    r"\bpass(?:es|ed)? (?:money )?(?:on|through|over|in)\b|\ba pass that\b": "handed on, or a paper at a gate",
    r"limits\.likelihood|ranks no\b|not rank\b|ranking by others|a number or a rank is not meant|read as a ranking": (
        "speaks against it, or of what others publish"
    ),
}


def found_in(text):
    text = re.sub(r"[\s#]+", " ", text)
    for phrase in ARGUED:
        text = re.sub(phrase, "", text, flags=re.IGNORECASE)
    return sorted({one.lower() for one in BANNED.findall(text)})


@pytest.mark.parametrize("file", TEXTS, ids=lambda one: one.relative_to(ROOT).as_posix())
def test_no_text_says_what_it_must_not(file):
    assert found_in(file.read_text("utf-8")) == []
