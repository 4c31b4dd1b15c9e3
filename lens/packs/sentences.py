"""How a check reads: one thing at a time, plain, not leading, the right way round, without words never used here."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from lens.packs.wording import unwanted

if TYPE_CHECKING:
    from collections.abc import Iterator

    from lens.checks.model import Check

LONGEST_QUESTION = 32
"""Words of a question that can be taken in at one reading: a judgment."""
LONGEST_SENTENCE = 40
"""Words of any other sentence, likewise."""
_LONG_WORD = 15
_READ = 2_000
"""So many signs of a text are read: one that is longer is told to be shortened, and looking at it whole takes long."""
_VERBS = r"(?:is|are|was|were|has|have|had|do|does|did|can|could|will|would|may|must|should)"
_TWO = re.compile(rf"^(?:[^?]*\b)?{_VERBS}\b[^?,;]*(?:,|;)?\s+(?:and|or)\s+{_VERBS}\b", re.IGNORECASE)
_NEGATED = re.compile(
    r"^(?:is|are|was|were|has|have|do|does|did|can|could|will|would)(?:n't| \w+ not\b)"
    r"|\b(?:no longer|never|lacks?|fails? to|neither|without any)\b",
    re.IGNORECASE,
)
_LEADING = re.compile(r"\b(?:surely|of course|obviously|clearly|you agree|isn't it|don't you|really)\b", re.IGNORECASE)
_NAMES = re.compile(r"\b(?:by name|whose names?|names? of (?:people|persons|those)|who exactly)\b", re.IGNORECASE)
_ABBREVIATION = re.compile(r"\b[A-Z]{3,}s?\b")
_KNOWN = frozenset({"HRDDP", "UN", "IHL", "NGO", "NGOs", "INGO", "INGOs", "GBV", "PSEA", "IATI", "DAC", "ICRC"})


def sentences(check: Check) -> Iterator[tuple[str, str]]:
    """What a reader would stumble over in a check: what, and what to do."""
    if check.question is not None:
        yield from _asked(check.question.ask)
    for name, text in _texts(check):
        if len(text) > _READ:
            yield f"{name} has {len(text):,} signs.", "Say it shorter."
        text = text[:_READ]
        if words := unwanted(text):
            yield (
                f"{name} uses {', '.join(words)}.",
                "The lens does not: it gives no all-clear, ranks nobody, targets nobody.",
            )
        long = max((len(one.split()) for one in re.split(r"[.!?:;](?:\s|$)", text)), default=0)
        if long > LONGEST_SENTENCE:
            yield f"{name} has a sentence of {long} words.", "Make it two."


def _texts(check: Check) -> Iterator[tuple[str, str]]:
    """The texts of a check by the name of their field."""
    yield from (("title", check.title), ("why", check.why), ("how", check.how), ("limits", check.limits))
    yield "change_our_mind", check.change_our_mind
    yield from ((f"options.{one.id}", one.do) for one in check.options)
    yield from ((f"outcomes.{name}", one.says) for name, one in check.outcomes.items())
    if (asked := check.question) is not None:
        yield from (("ask", asked.ask), ("help", asked.help), ("settles", asked.settles))
        yield "hold_safely", asked.hold_safely
        yield from ((f"follow_ups.{one.id}", one.ask) for one in asked.follow_ups)


def _asked(ask: str) -> Iterator[tuple[str, str]]:
    """What is wrong with how something is asked."""
    text = " ".join(ask[:_READ].split())
    if text.count("?") != 1 or not text.endswith("?"):
        yield "It is not one question.", "Ask one thing, and end with one question mark."
    elif _TWO.search(text) or "and/or" in text:
        yield "It seems to ask two things at once.", "Ask one, and the other as a follow-up or a question of its own."
    if _NEGATED.search(text):
        yield "It is asked in the negative.", "Ask whether something is so; then yes and no are clear."
    if found := _LEADING.search(text):
        yield f'"{found[0]}" leads to an answer.', "Leave it out."
    if _NAMES.search(text):
        yield "It seems to ask for names.", "Ask for kinds, roles and counts; names belong in no answer."
    if (count := len(text.split())) > LONGEST_QUESTION:
        yield f"The question has {count} words.", "Say it shorter; the rest goes into help."
    if long := [one for one in re.findall(r"[A-Za-z]+", text) if len(one) >= _LONG_WORD]:
        yield f"Long words: {', '.join(dict.fromkeys(long))}.", "Say it in words that are used at a kitchen table."
    if short := [one for one in _ABBREVIATION.findall(text) if one not in _KNOWN]:
        yield f"Abbreviations: {', '.join(dict.fromkeys(short))}.", "Write them out."
