"""Translation files: `….fr.yaml` beside the English `….yaml`, each text keyed by id and field.

A text holds what it says and, as `of`, the digest of the English that it was made from.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from functools import lru_cache
from hashlib import sha256
from importlib import resources
from typing import TYPE_CHECKING, Any

from lens.errors import InputError, Problem

if TYPE_CHECKING:
    from collections.abc import Iterator
    from importlib.resources.abc import Traversable
    from pathlib import Path

CODE = re.compile(r"[a-z]{2,3}(-[A-Za-z0-9]{2,8}){0,3}")
"""The form of a language's code: `fr`, `pt-BR`."""

FRAME = "languages/frame"
"""The file, without ending, of the texts of reports and command line."""

HELP = "languages/help"
"""The file of the help of commands; the English stands with the commands themselves."""

_NAME = re.compile(rf"(?P<stem>[^.]+)\.(?P<code>{CODE.pattern})\.yaml")
PLACEHOLDER = re.compile(r"\{([a-z][a-z0-9_]*)\}")
"""Where a text is filled in."""

_LONGEST = 20_000
_MAX_BYTES = 5_000_000

Key = tuple[str, str]
"""An id and a field: (`harm.path-lists`, `question.ask`)."""


@dataclass(frozen=True, slots=True)
class Entry:
    """One text in another language."""

    says: str
    of: str
    """The digest of the English text it was made from."""


@dataclass(slots=True)
class TranslationFile:
    """What one translation file holds."""

    texts: dict[Key, Entry] = field(default_factory=dict)
    signed: dict[str, str] = field(default_factory=dict)
    """Who vouches for it, as `by`, `role` and `on`; empty while it is unofficial."""

    @property
    def is_signed(self) -> bool:
        """Whether a speaker of the language put name and day to it."""
        return bool(self.signed.get("by")) and bool(self.signed.get("on"))


def digest(text: str) -> str:
    """The digest of an English text: line breaks and runs of spaces do not count."""
    return sha256(" ".join(text.split()).encode()).hexdigest()[:12]


def placeholders(text: str) -> tuple[str, ...]:
    """The `{names}` a text is filled in at, in alphabetical order."""
    return tuple(sorted(set(PLACEHOLDER.findall(text))))


def is_translation(name: str) -> bool:
    """Whether a file of this name is a translation, and so no part of the English beside it."""
    return _NAME.fullmatch(name) is not None


def wrong(says: str, english: str) -> str:
    """What keeps a translated text from being used; empty where nothing does."""
    if len(says) > _LONGEST:
        return f"it is longer than {_LONGEST} characters"
    if placeholders(says) != placeholders(english):
        needed = ", ".join(f"{{{one}}}" for one in placeholders(english))
        return f"it must keep {needed} as they are" if needed else "it may not hold words in braces"
    return ""


def read_translation(file: Traversable, called: str) -> TranslationFile:
    """Read one file. InputError with every problem where it does not have the form."""
    from lens.readers.text import parse

    raw = file.read_bytes()
    if len(raw) > _MAX_BYTES:
        raise InputError(Problem(called, what="The file is larger than 5 MB.", fix="Check that it is the right one."))
    try:
        text = parse(raw.decode("utf-8-sig"), called)
    except UnicodeDecodeError:
        raise InputError(Problem(called, what="The file is not in UTF-8.", fix="Save it again as UTF-8.")) from None
    data = text.data if isinstance(text.data, dict) else {}
    made = TranslationFile()
    problems = [
        Problem(called, text.line((name,)), name, "There is no such part.", "A translation has texts and signed.")
        for name in data
        if name not in ("texts", "signed")
    ]
    signed = data.get("signed") or {}
    if isinstance(signed, dict) and all(isinstance(one, str) for one in signed.values()):
        made.signed = dict(signed)
    else:
        problems.append(Problem(called, text.line(("signed",)), "signed", "This must be by, role and on, as text."))
    texts = data.get("texts") or {}
    for item, fields in texts.items() if isinstance(texts, dict) else ():
        for name, entry in fields.items() if isinstance(fields, dict) else ((("", None),)):
            if not isinstance(entry, dict) or set(entry) != {"of", "says"} or not _are_texts(entry):
                line = text.line(("texts", item, name))
                problems.append(Problem(called, line, f"{item}: {name}", "A text needs `of` and `says`."))
                continue
            if entry["says"].strip():
                made.texts[item, name] = Entry(entry["says"].strip(), entry["of"])
    if problems:
        raise InputError(problems)
    return made


def _are_texts(entry: dict[str, Any]) -> bool:
    return all(isinstance(one, str) for one in entry.values())


def written(made: TranslationFile) -> str:
    """The text of a translation file; what is signed first, the texts in the order they are held in."""
    import yaml

    texts: dict[str, dict[str, dict[str, str]]] = {}
    for (item, name), entry in made.texts.items():
        texts.setdefault(item, {})[name] = {"of": entry.of, "says": entry.says}
    signed = {name: made.signed.get(name, "") for name in ("by", "role", "on")}
    return yaml.safe_dump({"signed": signed, "texts": texts}, allow_unicode=True, sort_keys=False, width=110)


@lru_cache(maxsize=1)
def own_folders() -> dict[str, Traversable]:
    """The core's folders that hold texts, by the name they have in exports and in a folder of translations."""
    from lens.checks import CORE_PACKS

    home = resources.files("lens")
    names = ("languages", "catalog", *(f"checks/{pack}" for pack in CORE_PACKS))
    return {name: home.joinpath(*name.split("/")) for name in names}


def translations_in(folder: Traversable, code: str) -> Iterator[tuple[str, Traversable]]:
    """The translation files of one language in a folder, by the stem of the English file, in alphabetical order."""
    if folder.is_dir():
        for file in sorted(folder.iterdir(), key=lambda one: one.name):
            found = _NAME.fullmatch(file.name)
            if found and found["code"] == code and file.is_file():
                yield found["stem"], file


def codes_in(folder: Traversable) -> set[str]:
    """The languages that a folder has any translation in."""
    if not folder.is_dir():
        return set()
    return {found["code"] for file in folder.iterdir() if (found := _NAME.fullmatch(file.name))}


def folders_of(home: Path) -> dict[str, Path]:
    """The folders of a user's own translations: the same names as the core's, and one for each pack."""
    if not home.is_dir():
        return {}
    found = sorted(one for one in (*home.glob("*"), *home.glob("checks/*")) if one.is_dir() and one.name != "checks")
    return {one.relative_to(home).as_posix(): one for one in found}
