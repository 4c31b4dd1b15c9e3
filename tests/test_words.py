"""One place for every closed list of words, and words that the project never uses as verdicts."""

import re
from pathlib import Path
from typing import get_args

import pytest

from lens.words import LEVELS, MEANINGS, TYPES, at_least, lower, spoken

ROOT = Path(__file__).resolve().parent.parent
TEXTS = sorted(
    path
    for pattern in ("lens/**/*.yaml", "templates/**/*.html", "templates/**/*.md", "templates/**/*.yaml")
    for path in ROOT.glob(pattern)
)
VERDICTS = re.compile(
    r"\b(score[sd]?|probabilit(?:y|ies) of|pass(?:es|ed)?|cleared|compliant|low[- ]risk|hot ?spots?|rogue|failed state"
    r"|target groups?)\b",
    re.IGNORECASE,
)
# What the words may still be used for, each with its reason.
ALLOWED = re.compile(
    r"no pass\b|no score|not a score|never a score|without a score|gives no score|"  # said of the lens itself
    r"(?:is|are|was|were|been|has|have|it|goods|money|things|they|list|lists|what|which|that) pass(?:es|ed)?\b|"
    r"pass(?:es|ed)? (?:on|through|to|from|along|by|into)|pass on|pass it on|a pass that",  # things that change hands
    re.IGNORECASE,
)


@pytest.mark.parametrize("name", TYPES)
def test_each_word_has_its_meaning(name):
    assert list(MEANINGS[name]) == list(get_args(TYPES[name]))
    assert all(text.endswith(".") for text in MEANINGS[name].values())


def test_every_list_is_typed():
    assert set(MEANINGS) == set(TYPES)


def test_levels_have_an_order():
    assert [lower(level) for level in LEVELS] == ["high", "moderate", "minor", "minor"]
    assert at_least("severe", "high")
    assert not at_least("moderate", "high")
    assert spoken("known_not_safe_to_record") == "known not safe to record"


@pytest.mark.parametrize("path", TEXTS, ids=lambda path: str(path.relative_to(ROOT)))
def test_no_text_gives_a_verdict_the_lens_cannot_give(path):
    text = ALLOWED.sub("", path.read_text("utf-8"))
    assert VERDICTS.findall(text) == []
