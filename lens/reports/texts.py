"""The sentences of the reports, in the reader's language. Sentences are made here, after redaction, and nowhere else.

A language is a YAML file of texts under stable ids. What a language lacks is told in English, never left blank.
"""

from __future__ import annotations

import re
from functools import lru_cache
from importlib import resources
from typing import TYPE_CHECKING

from lens.errors import LensError, near
from lens.words import spoken

if TYPE_CHECKING:
    from collections.abc import Mapping
    from importlib.resources.abc import Traversable
    from pathlib import Path

    from lens.checks.model import Check
    from lens.reviews.model import Finding, Value

SOURCE = "en"
"""The language that has every text."""

_PLACEHOLDER = re.compile(r"\{([a-z][a-z0-9_]*)\}")
_CODE = re.compile(r"[a-z]{2,3}(-[A-Za-z0-9]{2,8})*")
_REF = re.compile(r"(activity|place|partner|actor|person|group):([0-9a-z]{1,4})")


def fill(text: str, values: Mapping[str, object]) -> str:
    """Put values in the place of `{names}`, each once. A value is data: braces in it are left as they are."""
    return _PLACEHOLDER.sub(lambda found: str(values.get(found[1], found[0])), text)


class Language:
    """The texts of one language, with English behind it."""

    __slots__ = ("_fallback", "_texts", "code", "direction", "missing", "name")

    def __init__(self, data: Mapping[str, object], fallback: Language | None = None) -> None:
        texts = data.get("texts")
        self.code = str(data.get("code", ""))
        self.name = str(data.get("name", self.code))
        self.direction = "rtl" if data.get("direction") == "rtl" else "ltr"
        self.missing: set[str] = set()
        """Texts that were asked for and had to be told in English."""
        self._texts: dict[str, str] = {}
        self._fallback = fallback
        for name, text in texts.items() if isinstance(texts, dict) else ():
            if isinstance(text, str) and text.strip():
                self._texts[name] = text

    @property
    def ids(self) -> frozenset[str]:
        """The ids of the texts that this language has itself."""
        return frozenset(self._texts)

    @property
    def untranslated(self) -> int:
        """How many texts there are in English and not in this language."""
        return len(self._fallback.ids - self.ids) if self._fallback else 0

    def has(self, name: str) -> bool:
        """Whether there is such a text, here or in English."""
        return name in self._texts or (self._fallback is not None and self._fallback.has(name))

    def text(self, name: str, /, **values: object) -> str:
        """The text of an id, with values in the place of its `{names}`. LensError where there is no such id."""
        return fill(self._find(name), values)

    def many(self, name: str, count: int, /, **values: object) -> str:
        """A text in the form for a number: its ids end with `.one` and `.many`, and `{count}` is filled in."""
        return self.text(f"{name}.{'one' if count == 1 else 'many'}", count=count, **values)

    def word(self, kind: str, word: str) -> str:
        """A word of one of the closed lists as people read it. English needs an entry only where it reads oddly."""
        if not word:
            return ""
        name = f"word.{kind}.{word}"
        if (own := self._texts.get(name)) is not None:
            return own
        if self._fallback is None:
            return spoken(word)
        self.missing.add(name)
        return self._fallback.word(kind, word)

    def words(self, kind: str, words: tuple[str, ...]) -> str:
        """Several words of one list, with commas."""
        return ", ".join(self.word(kind, word) for word in words)

    def opening(self, text: str) -> str:
        """A text as it begins a line: its first letter large, where the script has large ones."""
        return text[:1].upper() + text[1:]

    def _find(self, name: str) -> str:
        if (own := self._texts.get(name)) is not None:
            return own
        if self._fallback is None:
            raise LensError(
                f'There is no text "{name}" in the language file. {near(name, tuple(self._texts))}'.rstrip()
            )
        self.missing.add(name)
        return self._fallback._find(name)


def language(code: str = SOURCE, folder: Path | None = None) -> Language:
    """The language with a code such as `en`.

    `folder` may hold further language files. LensError where there is none, naming those that there are.
    """
    if code == SOURCE:
        return _english()
    places = _places(folder)
    for place in places:
        file = place / f"{code}.yaml"
        if _CODE.fullmatch(code) and file.is_file():
            return Language({"code": code, **_read(file)}, _english())
    known = sorted({one.name[:-5] for place in places for one in place.iterdir() if one.name.endswith(".yaml")})
    raise LensError(f'There are no texts in the language "{code[:20]}". Available: {", ".join(known)}.')


def _places(folder: Path | None) -> list[Traversable]:
    own = resources.files("lens.reports") / "languages"
    return [own] if folder is None or not folder.is_dir() else [own, folder]


@lru_cache(maxsize=1)
def _english() -> Language:
    return Language(_read(resources.files("lens.reports") / "languages" / f"{SOURCE}.yaml"))


def _read(file: Traversable) -> dict[str, object]:
    from lens.readers.text import parse

    data = parse(file.read_bytes().decode("utf-8", "replace"), f"languages/{file.name}").data
    return data if isinstance(data, dict) else {}


def finding_text(
    finding: Finding, check: Check | None, language: Language, labels: Mapping[str, str] | None = None
) -> str:
    """The sentence of a finding.

    A question tells what was asked and how the answer stands; a computed check tells the outcome it declared.
    `labels` has names for references, where the audience may see them. A finding of a check that is no longer
    installed is told by its state.
    """
    if check is not None and finding.state != "error":
        if check.question is not None and language.has(f"question.{finding.outcome}"):
            answer = (
                language.word("answer", finding.answer.answer) if finding.answer else language.text("value.missing")
            )
            state = f"question.{finding.outcome}"
            if finding.outcome == "good" and finding.state == "nothing_seen":
                state = "question.good-nothing-seen"
            return language.text(state, ask=check.question.ask.strip(), answer=answer)
        if (declared := check.outcomes.get(finding.outcome)) is not None:
            values = {one.name: value_text(one, language, labels) for one in finding.values}
            needed = dict.fromkeys(_PLACEHOLDER.findall(declared.says), language.text("value.missing"))
            return fill(declared.says.strip(), {**needed, **values})
    because = language.word("because", finding.because) if finding.because else ""
    return language.text(f"state.{finding.state}.text", because=because)


def value_text(value: Value, language: Language, labels: Mapping[str, str] | None = None) -> str:
    """One value of a finding's sentence: exact where the audience may see it, else a kind, a year or a band."""
    shown = value.exact or value.coarse
    if not shown:
        return language.text("value.missing")
    if value.kind == "ref":
        return ref_text(value.exact, language, labels) if value.exact else _one_of(value.coarse, language)
    if value.kind == "id":
        return ", ".join(id_text(part, language) for part in shown.split(", "))
    return spoken(shown) if value.kind == "word" else shown


def ref_text(ref: str, language: Language, labels: Mapping[str, str] | None = None) -> str:
    """A reference as people read it: `activity:1` becomes "activity 1", with its name where that may be shown."""
    found = _REF.fullmatch(ref)
    if found is None:
        return spoken(ref)
    text = language.text(f"ref.{found[1]}", number=found[2])
    name = (labels or {}).get(ref, "")
    return language.text("ref.named", ref=text, name=name) if name else text


def _one_of(kind: str, language: Language) -> str:
    name = f"one.{kind}"
    return language.text(name) if language.has(name) else spoken(kind)


@lru_cache(maxsize=512)
def id_text(item: str, language: Language) -> str:
    """An id of the catalog with its name: `RF7` becomes "RF7 (…)". What the catalog does not know stays as it is."""
    if item.startswith("local:"):
        return language.text("one.local-inhibitor")
    from lens import catalog

    found = catalog.find(item) if re.fullmatch(r"[A-Z]{2,5}-?[0-9A-Z][0-9A-Za-z.]*", item) else None
    return language.text("ref.named", ref=item, name=found.name.rstrip(".")) if found else spoken(item)
