"""What the published text of an activity speaks of. The text itself never leaves the check.

Words are looked up whole, in four languages; that a text speaks of something is no sign that it happens, and a short
text, or one in another language, is never one in which nothing was seen.
"""

from __future__ import annotations

import re
from collections import defaultdict
from functools import lru_cache
from typing import TYPE_CHECKING

from lens.checks.computed.published_reading import published
from lens.checks.computed.published_words import COMMON, THEMES
from lens.checks.marks import check
from lens.checks.reading import found

if TYPE_CHECKING:
    from collections.abc import Iterator

    from lens.cases import Case
    from lens.checks.model import Found
    from lens.checks.setting import Setting

ENOUGH = 200
"""Characters of description under which no text is one in which nothing was seen."""

KNOWN_BY = 0.12
"""The share of common words by which a text is taken to be in a language; running text has about twice as many."""

LOOKED_AT = 300
"""Words by which the language of a text is told."""

ON: dict[str, str] = {
    "moving-people": "AH-2",
    "camps": "RF13.9",
    "lists": "AH-1",
    "forces": "AH-3",
    "separation": "AH-6",
    "land": "AH-8",
    "watching": "RF7.6",
    "return": "RF6.10",
}
"""What each theme could bear on, in the order in which themes are told."""

_WORD = re.compile(r"[^\W\d_]+")
_ASCII_WORD = re.compile("[a-z]+")
_COMMON = {code: frozenset(words.split()) for code, words in COMMON.items()}
_PLAIN = str.maketrans("áàâãäåéèêëíìîïóòôõöúùûüçñ", "aaaaaaeeeeiiiiooooouuuucn")


@check("published.text")
def text(case: Case, setting: Setting) -> Iterator[Found]:
    """What the title and the description speak of, and how much text there was to tell from."""
    program, length = case.program, published(case).text_length
    title, description = program.title, program.description if length else ""
    words = _words(f"{title} . {description}")
    themes = _themes(words)
    for theme in ON:
        if theme in themes:
            yield found(theme, on=ON[theme], characters=length)
    if not length:
        yield found("no-text" if not title else "title-only")
    elif length < ENOUGH:
        yield found("short", characters=length)
    elif language_of(words) is None:
        yield found("other-language", characters=length)
    elif not themes:
        yield found("none-of-these", characters=length)


def _words(given: str) -> list[str]:
    given = given.casefold()
    if given.isascii():
        return _ASCII_WORD.findall(given)
    return [word if word.isascii() else word.translate(_PLAIN) for word in _WORD.findall(given)]


def language_of(words: list[str]) -> str | None:
    """The language of a text among those whose words are known here; None where it is in none of them."""
    some = words[:LOOKED_AT]
    if not some:
        return None
    for code, common in _COMMON.items():
        if sum(map(common.__contains__, some)) >= KNOWN_BY * len(some):
            return code
    return None


def _themes(words: list[str]) -> set[str]:
    """The themes of which a text speaks."""
    begins = _begins()
    hits = begins.keys() & set(words)
    if not hits:
        return set()
    themes: set[str] = set()
    joined = ""
    for word in hits:
        for phrase, theme in begins[word]:
            if theme in themes:
                continue
            if phrase and not joined:
                joined = f" {' '.join(words)} "
            if not phrase or phrase in joined:
                themes.add(theme)
    return themes


@lru_cache(maxsize=1)
def _begins() -> dict[str, tuple[tuple[str, str], ...]]:
    """Words and phrases by the word they begin with: the phrase, empty where it is that word alone, and its theme."""
    found: dict[str, list[tuple[str, str]]] = defaultdict(list)
    listed = {
        (theme, one)
        for theme, by_language in THEMES.items()
        for each in by_language.values()
        for one in each.split(",")
    }
    for theme, phrase in sorted(listed):
        head, *rest = _WORD.findall(phrase)
        found[head].append((f" {' '.join([head, *rest])} " if rest else "", theme))
    return {head: tuple(phrases) for head, phrases in found.items()}
