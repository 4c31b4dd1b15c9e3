"""One language: its texts, with English behind them. What it lacks is told in English and counted."""

from __future__ import annotations

from functools import lru_cache
from importlib import resources
from typing import TYPE_CHECKING, Literal

from lens.errors import InputError, LensError, near
from lens.languages import files
from lens.words import spoken

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from importlib.resources.abc import Traversable
    from pathlib import Path

    from lens.errors import Problem

SOURCE = "en"
"""The language that has every text."""

Part = Literal["frame", "checks", "catalog"]
"""What a text belongs to: reports and command line, a check, an entry of the catalog."""


def fill(text: str, values: Mapping[str, object]) -> str:
    """Put values in the place of `{names}`, each once. A value is data: braces in it are left as they are."""
    return files.PLACEHOLDER.sub(lambda found: str(values.get(found[1], found[0])), text)


class Language:
    """The texts of one language, with English behind it.

    English is made of the texts of its `frame`, another language of what is `translated`, by part and key.
    """

    __slots__ = ("_fallback", "_translated", "code", "faults", "frame", "is_signed", "missing", "stale")

    def __init__(
        self,
        code: str,
        frame: Mapping[str, str],
        translated: Mapping[Part, Mapping[files.Key, files.Entry]] | None = None,
        fallback: Language | None = None,
    ) -> None:
        self.code = code
        self.frame = frame
        """The texts of reports and command line, by id; English has them all, no other language holds any here."""
        self.missing: set[tuple[str, str]] = set()
        """Texts that were asked for and had to be told in English, as id and field."""
        self.stale: set[tuple[str, str]] = set()
        """Those of them that somebody has translated, from an English text that has changed since."""
        self.faults: list[Problem] = []
        """Files of translations that could not be read."""
        self.is_signed = fallback is None
        """Whether a named speaker vouches for every file that it is made of."""
        self._translated = translated or {}
        self._fallback = fallback

    @property
    def name(self) -> str:
        """What the language calls itself."""
        return self.text("language.name")

    @property
    def direction(self) -> str:
        """`ltr` or `rtl`."""
        return "rtl" if self.text("language.direction").strip() == "rtl" else "ltr"

    @property
    def is_source(self) -> bool:
        """Whether this is English, the language that has every text."""
        return self._fallback is None

    @property
    def untranslated(self) -> int:
        """How many texts stand in English: of the frame all there are, of checks and catalog those asked for so far."""
        if self._fallback is None:
            return 0
        for name, text in self._fallback.frame.items():
            self._translation("frame", name, "text", text)
        return len(self.missing)

    def has(self, name: str) -> bool:
        """Whether there is such a text of the frame, here or in English."""
        return name in (self._fallback or self).frame

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
        if self._fallback is None:
            return self.frame.get(name) or spoken(word)
        return self._translation("frame", name, "text", self._fallback.word(kind, word))

    def words(self, kind: str, words: tuple[str, ...]) -> str:
        """Several words of one list, with commas."""
        return self.listed(self.word(kind, word) for word in words)

    def listed(self, parts: Iterable[str]) -> str:
        """Several things one after the other, as this language sets them apart."""
        told = ""
        for then in parts:
            told = self.text("list.join", first=told, then=then) if told else then
        return told

    def of(self, part: Part, item: str, field: str, english: str) -> str:
        """A text of a check or of the catalog, in this language where it has been translated from this English."""
        if self._fallback is None or not english.strip():
            return english
        return self._translation(part, item, field, english)

    def opening(self, text: str) -> str:
        """A text as it begins a line: its first letter large, where the script has large ones."""
        return text[:1].upper() + text[1:]

    def _find(self, name: str) -> str:
        if self._fallback is not None:
            return self._translation("frame", name, "text", self._fallback._find(name))
        if (own := self.frame.get(name)) is not None:
            return own
        raise LensError(f'There is no text "{name}" in the language file. {near(name, tuple(self.frame))}'.rstrip())

    def _translation(self, part: Part, item: str, field: str, english: str) -> str:
        entry = self._translated.get(part, {}).get((item, field))
        if entry is not None and entry.of == files.digest(english) and not files.wrong(entry.says, english):
            return entry.says
        self.missing.add((item, field))
        if entry is not None:
            self.stale.add((item, field))
        return english


@lru_cache(maxsize=1)
def english() -> Language:
    """The language that has every text."""
    from lens.readers.text import parse

    file = resources.files("lens.languages") / "frame.yaml"
    return Language(SOURCE, parse(file.read_text("utf-8"), f"{files.FRAME}.yaml").data["texts"])


def language(code: str = SOURCE, home: Path | None = None, packs: Mapping[str, Path] | None = None) -> Language:
    """The language with a code such as `fr`, read anew each time it is asked for.

    `home` may hold a user's own translations, which come before the core's; `packs` are the folders of packs by
    name, with translations beside their texts: each is heard on its own ids alone. A file that cannot be read is
    noted in `faults` and left out; the rest stands.
    LensError where there is no such language, naming those that there are.
    """
    if code == SOURCE:
        return english()
    own = files.folders_of(home) if home else {}
    if home is not None and not home.is_dir():
        raise LensError(f"There is no folder of translations at {home}.")
    places: list[tuple[str, Traversable, str]] = [
        *((name, folder, "") for name, folder in (*own.items(), *files.own_folders().items())),
        *((f"checks/{name}", folder, f"{name}.") for name, folder in (packs or {}).items()),
    ]
    known = sorted({SOURCE}.union(*(files.codes_in(folder) for _, folder, _ in places)))
    if not files.CODE.fullmatch(code) or code not in known:
        raise LensError(f'There are no texts in the language "{code[:20]}". Available: {", ".join(known)}.')
    translated: dict[Part, dict[files.Key, files.Entry]] = {"frame": {}, "checks": {}, "catalog": {}}
    faults: list[Problem] = []
    signed: list[bool] = []
    for name, folder, prefix in places:
        for stem, file in files.translations_in(folder, code):
            try:
                found = files.read_translation(file, f"{name}/{file.name}")
            except InputError as reason:
                faults.extend(reason.problems)
                continue
            signed.append(found.is_signed)
            for key, entry in found.texts.items():
                if key[0].startswith(prefix):
                    translated[part_of(f"{name}/{stem}")].setdefault(key, entry)
    made = Language(code, {}, translated, english())
    made.faults = faults
    made.is_signed = all(signed)
    return made


def part_of(file: str) -> Part:
    """What the texts of a file belong to, by its name without ending, as `checks/risk/questions`."""
    if file.startswith("languages/"):
        return "frame"
    return "catalog" if file.startswith("catalog/") else "checks"
