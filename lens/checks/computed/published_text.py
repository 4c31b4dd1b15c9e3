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
from lens.checks.computed.published_words import COMMON, NOT_MEANT, THEMES
from lens.checks.marks import check
from lens.checks.reading import found
from lens.checks.reading import words as listed

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
    "camps": "AH-2",
    "return": "AH-2",
    "returned": "AH-2",
    "lists": "AH-1",
    "forces": "AH-3",
    "watching": "AH-3",
    "separation": "AH-6",
    "land": "AH-8",
}
"""The harm path that each theme asks to look at; of one path the theme that weighs most comes first.

Never a risk factor: a word in a text is no sign that one is in play.
"""

_PATHS = {path: [theme for theme in ON if ON[theme] == path] for path in ON.values()}
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
    for path, on_it in _PATHS.items():
        if met := [theme for theme in on_it if theme in themes]:
            if len(on_it) > 1:
                yield found(met[0], on=path, characters=length, themes=listed(met))
            else:
                yield found(met[0], on=path, characters=length)
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
    there = set(words)
    found = (one for word in _listed().keys() & there for one in _listed()[word])
    # A phrase is looked for only where all its words are: searching a long text costs more than asking a set.
    hits = [(phrase, theme) for phrase, theme, others in found if others <= there]
    if not hits:
        return set()
    joined = f" {' '.join(words)} "
    met = {theme for phrase, theme in hits if phrase in joined}
    if not met or (left := _without_what_is_not_meant(joined, there)) is joined:
        return met
    return {theme for phrase, theme in hits if phrase in left}


def _without_what_is_not_meant(joined: str, there: set[str]) -> str:
    """A text without phrases in which a listed word means something else; the same text where it has none."""
    for word in sorted(_not_meant().keys() & there):
        for phrase in _not_meant()[word]:
            while phrase in joined:
                joined = joined.replace(phrase, " | ")
    return joined


@lru_cache(maxsize=1)
def _listed() -> dict[str, tuple[tuple[str, str, frozenset[str]], ...]]:
    """Words and phrases with their theme and all their words, by their longest word, which few texts hold."""
    found: dict[str, list[tuple[str, str, frozenset[str]]]] = defaultdict(list)
    for theme, by_language in THEMES.items():
        for longest, phrase in _phrases(by_language):
            found[longest].append((phrase, theme, frozenset(phrase.split())))
    return {longest: tuple(phrases) for longest, phrases in found.items()}


@lru_cache(maxsize=1)
def _not_meant() -> dict[str, tuple[str, ...]]:
    """What is not meant, by its longest word; longer phrases first, which may hold a shorter one."""
    found: dict[str, list[str]] = defaultdict(list)
    for longest, phrase in _phrases(NOT_MEANT):
        found[longest].append(phrase)
    return {longest: tuple(sorted(phrases, key=lambda one: (-len(one), one))) for longest, phrases in found.items()}


def _phrases(by_language: dict[str, str]) -> list[tuple[str, str]]:
    """What is listed in all languages, each once: its longest word, and all of it with a space on either side."""
    listed_ones = {tuple(_WORD.findall(one)) for each in by_language.values() for one in each.split(",")}
    return [(max(words, key=len), f" {' '.join(words)} ") for words in sorted(listed_ones)]
