"""Titles, descriptions and names: which language is read, what is cleaned, what counts as no text at all."""

from __future__ import annotations

import html
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from lens.readers.iati.values import remembered

if TYPE_CHECKING:
    from collections.abc import Sequence

    from lxml.etree import _Element

    from lens.readers.iati.notes import Notes

XML_LANG = "{http://www.w3.org/XML/1998/namespace}lang"
LONGEST_NAME = 500

_THREE_LETTERS = {
    "eng": "en",
    "fra": "fr",
    "fre": "fr",
    "spa": "es",
    "por": "pt",
    "deu": "de",
    "ger": "de",
    "ara": "ar",
}
_LANGUAGE = re.compile(r"([a-z]{2,3})(?:[-_].*)?", re.DOTALL)
_ENTITY = re.compile(r"&(?:#\d{1,7}|#x[0-9a-f]{1,6}|[a-z]{2,8}\d?);", re.IGNORECASE)
_TAG_NAMES = (
    "a|b|blockquote|body|br|center|code|dd|div|dl|dt|em|font|h[1-6]|hr|html|i|img|li|o:p|ol|p|pre|s|script|small|span|"
    "strike|strong|style|sub|sup|table|tbody|td|tfoot|th|thead|tr|u|ul"
)
_BLOCK_TAG = re.compile(
    r"</?(?:blockquote|br|div|dd|dt|h[1-6]|hr|li|ol|p|table|tr|ul)(?:\s[^<>]{0,2000})?/?>", re.IGNORECASE
)
_ANY_TAG = re.compile(rf"</?(?:{_TAG_NAMES})(?:\s[^<>]{{0,2000}})?/?>", re.IGNORECASE)
_UTF8_AS_LATIN1 = re.compile(
    "[\u00c2\u00c3][\u0080-\u00bf\u20ac\u201a\u0192\u201e\u2026\u2020\u2021\u02c6\u2030\u0160\u2039\u0152\u017d\u2018\u201c\u2022"
    "\u2013\u2014\u02dc\u2122\u0161\u203a\u0153\u017e\u0178]|\u00e2[\u0080\u20ac]|\ufffd"
)

_MOJIBAKE_SIGNS = "\u00c2\u00c3\u00e2\ufffd"
"""One of these is in every such text; looking for them first is much faster."""

# fmt: off
PLACEHOLDERS = frozenset(
    {
        "a definir", "a determiner", "blank", "confidential", "description", "dummy", "empty",
        "keine angabe", "keine angaben", "lorem ipsum", "n/a", "na", "nao disponivel", "nicht verfugbar",
        "nil", "no", "no aplica", "no data", "no disponible", "non disponible", "none", "not applicable",
        "not available", "not known", "not provided", "not specified", "null", "pending", "placeholder",
        "por determinar", "sans objet", "sans titre", "see title", "sem titulo", "sin descripcion",
        "sin titulo", "tba", "tbc", "tbd", "test", "title", "to be added", "to be announced",
        "to be confirmed", "to be defined", "to be determined", "undefined", "unknown", "unnamed",
        "unspecified", "untitled", "withheld", "x", "xx", "xxx",
    }
)
# fmt: on
_STANDS_IN = re.compile(
    r"\W*(?:no|without) (?:description|title|information|narrative|data|text)\b.{0,60}"
    r"|\W*(?:the )?(?:description|title|information) (?:is |has )?(?:not|been)"
    r" (?:available|provided|withheld|removed)\b.{0,60}"
    r"|.{0,40}\b(?:redact(?:ed|\u00f3|ado|ada)|(?:name|information|title|description) withheld)\b.{0,500}",
    re.IGNORECASE | re.DOTALL,
)
_STANDS_IN_BEGINS = re.compile(r"\W*(?:no|without|the|description|title|information)\b", re.IGNORECASE)
_LONGEST_PLACEHOLDER = max(map(len, PLACEHOLDERS))
_EDGES = " .,-\u2013\u2014_*:;!?#[]()<>\"'/\\\n\t"
_ACCENTS = str.maketrans("\u00e1\u00e0\u00e3\u00e2\u00e9\u00e8\u00ed\u00f3\u00f5\u00fa\u00fc\u00e7", "aaaaeeioouuc")

Spoken = tuple[str, str]
"""A language, empty where not known, and a text in it."""


@dataclass(frozen=True, slots=True)
class Texts:
    """What an activity says of itself, in one language as far as there is one."""

    title: str
    description: str
    length: int
    languages: tuple[str, ...]


@remembered
def language(code: str) -> str:
    """Return a language code in lower case, two letters where they are known; empty for anything else."""
    found = _LANGUAGE.fullmatch(code.strip().lower())
    return _THREE_LETTERS.get(found[1], found[1]) if found else ""


def narratives(element: _Element, default: str) -> list[Spoken]:
    """Return the texts of an element: its narratives, or as in version 1 its own text; no empty ones."""
    own = language(element.get(XML_LANG)) or default
    found = [
        (language(child.get(XML_LANG)) or own, text)
        for child in element
        if child.tag == "narrative" and (text := _content(child))
    ]
    if not found and (text := _content(element)):
        found.append((own, text))
    return found


def _content(element: _Element) -> str:
    text = "".join(map(str, element.itertext())) if len(element) else element.text
    return text if text and not text.isspace() else ""


def best(options: Sequence[Spoken], default: str) -> str:
    """Return the text in English, else in the default language, else the first; empty if there is none."""
    for wanted in ("en", default):
        for spoken, text in options:
            if spoken == wanted:
                return text
    return options[0][1] if options else ""


def first_of(element: _Element) -> dict[str, _Element]:
    """Return the children of an element by tag; of several with one tag the first."""
    found: dict[str, _Element] = {}
    for child in element:
        tag = child.tag
        if tag not in found:
            found[tag] = child
    return found


def name_of(element: _Element | None, default: str) -> str:
    """Return a name in one line, for the annex; never cleaned beyond white space and residue."""
    if element is None:
        return ""
    text = only_text(element)
    if text is None:
        text = best(narratives(element, default), default)
    return one_line(html.unescape(text) if "&" in text else text)[:LONGEST_NAME]


def only_text(element: _Element) -> str | None:
    """Return the text of an element with one narrative or none, in which no language needs to be chosen."""
    count = len(element)
    if not count:
        return element.text or ""
    child = element[0]
    if count > 1 or child.tag != "narrative" or len(child):
        return None
    text = child.text
    return text if text and not text.isspace() else None


def one_line(text: str) -> str:
    """Return the text with all white space made single spaces."""
    return " ".join(text.split())


def cleaned(text: str, notes: Notes) -> str:
    """Return the text without HTML, residue of double escaping and idle white space; lines are kept."""
    if "&" in text and _ENTITY.search(text):
        notes.add("entity-residue")
        for _ in range(3):
            text = html.unescape(text)
            if not _ENTITY.search(text):
                break
    if "<" in text and _ANY_TAG.search(text):
        notes.add("html-in-text")
        text = _ANY_TAG.sub("", _BLOCK_TAG.sub("\n", text))
    if not text.isascii() and any(sign in text for sign in _MOJIBAKE_SIGNS) and _UTF8_AS_LATIN1.search(text):
        notes.add("mojibake")
    return "\n".join(line for line in map(one_line, text.splitlines()) if line)


def is_placeholder(text: str) -> bool:
    """Whether a text only stands where a text should be, such as N/A, TBD or redacted."""
    if len(text) >= 600:
        return False
    bare = one_line(text).strip(_EDGES).lower()
    if not bare or (len(bare) <= _LONGEST_PLACEHOLDER and bare.translate(_ACCENTS) in PLACEHOLDERS):
        return True
    # Most texts are told from stand-ins by these; the pattern itself takes ten times as long.
    may = "redact" in bare or "withheld" in bare or _STANDS_IN_BEGINS.match(text)
    return bool(may) and _STANDS_IN.fullmatch(text) is not None


def compared(text: str) -> str:
    """Return a text in the form in which two are held against each other."""
    return one_line(text).casefold()


def read_texts(titles: Sequence[_Element], descriptions: Sequence[_Element], default: str, notes: Notes) -> Texts:
    """Title and joined descriptions in the best language; what stands only in another one is still read."""
    named = [spoken for element in titles for spoken in narratives(element, default)]
    told = _by_type(descriptions, default)
    title = one_line(cleaned(best(named, default), notes))
    if title and is_placeholder(title):
        notes.add("title-placeholder")
        title = ""
    parts, length = _descriptions(told, default, title, notes)
    spoken = {lang for options in (named, *told) for lang, _ in options if lang}
    return Texts(title, "\n".join(parts), length, tuple(sorted(spoken)))


def _by_type(descriptions: Sequence[_Element], default: str) -> list[list[Spoken]]:
    """Return the texts of each type of description: those of one type in two languages are translations."""
    found: dict[str, list[Spoken]] = {}
    for element in descriptions:
        found.setdefault((element.get("type") or "").strip(), []).extend(narratives(element, default))
    return list(found.values())


def _descriptions(told: Sequence[Sequence[Spoken]], default: str, title: str, notes: Notes) -> tuple[list[str], int]:
    """Return the descriptions that are text, and the characters in them that are not the title."""
    parts: dict[str, None] = {}
    length = 0
    for wanted in _in_one_language(told, default):
        text = cleaned(wanted, notes)
        if text in parts:
            continue
        if is_placeholder(text):
            notes.add("description-placeholder")
            continue
        parts[text] = None
        if title and _same(text, title):
            notes.add("description-equals-title")
        else:
            length += len(text)
    return list(parts), length


def _same(one: str, other: str) -> bool:
    """Whether two texts are the same, white space and case aside; what differs much in length is not."""
    return len(one) <= 3 * len(other) and len(other) <= 3 * len(one) and compared(one) == compared(other)


def _in_one_language(told: Sequence[Sequence[Spoken]], default: str) -> list[str]:
    """Every text of the language chosen over all descriptions; of elements without it, the next best."""
    spoken = [lang for options in told for lang, _ in options]
    chosen = "en" if "en" in spoken else default if default in spoken else spoken[0] if spoken else ""
    found: list[str] = []
    for options in told:
        here = [text for lang, text in options if lang == chosen]
        found += here or ([best(options, default)] if options else [])
    return found
