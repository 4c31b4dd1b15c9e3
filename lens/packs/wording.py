"""Words that no text of the lens uses: nothing says that all is well, ranks, or speaks of people as targets.

Rule 1 of the design: no score, no probability, no ranking, no all-clear. Each exception is argued.
"""

from __future__ import annotations

import re

_NEVER = re.compile(
    r"\b(scor(?:e|es|ed|ing)|pass(?:es|ed)?|safe|cleared|compliant|compliance|low[- ]risk|high[- ]risk"
    r"|rank(?:s|ed|ing)?|interven(?:e|es|tion|tions)|target groups?|beneficiar(?:y|ies)|hot ?spots?"
    r"|failed states?|rogue|stakeholders?|probability|likelihood|programmes?|perpetrators?)\b",
    re.IGNORECASE,
)
_ARGUED = {
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
    r"register\.likelihood(?:\.note)?: Likelihood": "a column that stays empty, and why",
}


def unwanted(text: str) -> list[str]:
    """The words of a text that the lens never uses, in small letters and alphabetical order."""
    text = re.sub(r"[\s#]+", " ", text)
    for phrase in _ARGUED:
        text = re.sub(phrase, "", text, flags=re.IGNORECASE)
    return sorted({one.lower() for one in _NEVER.findall(text)})
