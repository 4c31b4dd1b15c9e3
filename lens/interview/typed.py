"""What people type, made into words and texts: numbers in any script, words in any language, no hidden signs."""

from __future__ import annotations

import re
import unicodedata
from typing import TYPE_CHECKING, get_args

from lens.cases.fields import DAY
from lens.words import AnswerWord, EvidenceKind, YesNo, spoken

if TYPE_CHECKING:
    from datetime import date

    from lens.languages.language import Language

ANSWERS: tuple[str, ...] = get_args(AnswerWord)
"""The answers in the order of their numbers, which slips on paper carry: it never changes."""
YES_NO: tuple[str, ...] = get_args(YesNo)
KINDS: tuple[str, ...] = get_args(EvidenceKind)

LONGEST = 4000
"""Signs of one entry: more than a terminal hands over in one line, and more than an answer needs."""

_SEQUENCE = re.compile(
    "\x1b(?:\\[[0-?]*[ -/]*[@-~]|[\\]PX^_][^\x07\x1b]*(?:\x07|\x1b\\\\)?|[ -/]*[0-~]?)|\x9b[0-?]*[ -/]*[@-~]"
)


def clean(text: str) -> str:
    """Text on one line without signs that steer a terminal, such as those an arrow key sends; else as it was typed."""
    line = "".join(" " if one in "\t\n\r\x0b\x0c\x85\u2028\u2029" else one for one in _SEQUENCE.sub("", text))
    return "".join(one for one in line if unicodedata.category(one) not in ("Cc", "Cs") and one not in "\ufffe\uffff")


def plain(text: str) -> str:
    """Text as it is compared: no matter how large, wide, spaced or joined its letters are."""
    return " ".join(spoken(unicodedata.normalize("NFKC", text)).casefold().split())


def picked(text: str, words: tuple[str, ...], kind: str, t: Language) -> str | None:
    """The word of a list that was meant: by number, by the word, or by a beginning that only one of them has."""
    typed = plain(text)
    if typed.isdecimal():
        number = int(typed) if len(typed) < 3 else 0  # int reads the digits of every script
        return words[number - 1] if 1 <= number <= len(words) else None
    names = {word: {plain(word), plain(t.word(kind, word))} for word in words}
    exact = [word for word, known in names.items() if typed in known]
    found = exact or [word for word, known in names.items() if typed and any(one.startswith(typed) for one in known)]
    if len(found) > 1 and typed in ("y", "n"):
        return {"y": "yes", "n": "no"}[typed]
    return found[0] if len(found) == 1 else None


def day_of(text: str) -> date | None:
    """The day of a text, year first; None where it is none. `2026-3-5`, `2026/03/05` and digits of any script do."""
    found = re.fullmatch(
        r"(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})(?: 00:00:00)?", unicodedata.normalize("NFKC", text.strip())
    )
    if found is None:
        return None
    year, month, of_month = (int(part) for part in found.groups())
    try:
        made: date = DAY.value(f"{year:04}-{month:02}-{of_month:02}")
    except ValueError:
        return None
    return made


COMMANDS: dict[str, tuple[str, ...]] = {
    "help": ("?", "؟", "h"),
    "back": ("b",),
    "skip": ("s",),
    "stop": ("q", "quit"),
}
_NUMBERED = {"0": "help", "7": "back", "8": "skip", "9": "stop"}


def command(text: str, t: Language, *, is_choice: bool = False) -> str | None:
    """The command that was typed, if it is one.

    Where an answer is chosen, a command may be given by number too, and a letter that an answer begins with in the
    reader's language, as `s` does in Spanish, is that answer.
    """
    typed = plain(text)
    if is_choice and typed.isdecimal() and len(typed) == 1:
        return _NUMBERED.get(str(int(typed)))
    begins = (plain(t.word("answer", word)).startswith(typed) for word in ANSWERS)
    if is_choice and not t.is_source and typed.isalpha() and any(begins):
        return None
    for name, signs in COMMANDS.items():
        if typed in (*signs, plain(t.text(f"ask.words.{name}"))):
            return name
    return None
