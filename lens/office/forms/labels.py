"""What a form calls its questions and choices in every language: exports can say these in place of names."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, get_args

from lens.languages.english import check_in
from lens.office.forms.names import CONSENT, DAY, NOTES, PREFER_NOT, ROLE, Field
from lens.office.forms.rows import answer_label, inert, role_label
from lens.words import AnswerWord, Role

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

    from lens.checks.model import Check
    from lens.languages.language import Language

_TAIL = 6
_OWN = {CONSENT: "xlsform.consent", DAY: "xlsform.day", ROLE: "xlsform.role"}
_OWN |= dict(zip(NOTES, ("xlsform.safety", "xlsform.stop", "xlsform.end"), strict=True))


def folded(text: str) -> str:
    """A text as it is compared: white space, case and ways to write the same sign set aside."""
    return " ".join(unicodedata.normalize("NFKC", text).split()).casefold()


@dataclass(slots=True)
class Labels:
    """From what a column or a cell says to what it means, in any of some languages."""

    checks: Sequence[Check]
    languages: Sequence[Language]
    _columns: dict[str, list[tuple[str, str | Field]]] = field(default_factory=dict)
    _subjects: list[tuple[str, re.Pattern[str]]] = field(default_factory=list)
    _answers: dict[str, set[str]] = field(default_factory=dict)
    _roles: dict[str, set[str]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        for t in self.languages:
            for text, means in _told(self.checks, t):
                label = folded(inert(text))
                self._columns.setdefault(label[-_TAIL:], []).append((label, means))
            for kind in ("activity", "place"):
                pattern = re.escape(folded(t.text(f"xlsform.{kind}", number="0"))).replace("0", r"(\d{1,4})")
                self._subjects.append((kind, re.compile(rf"(?<!\w){pattern}(?!\d)")))
        self._answers = self._words((*get_args(AnswerWord), PREFER_NOT), answer_label)
        self._roles = self._words(get_args(Role), role_label)

    def _words(self, words: Iterable[str], label: Callable[[str], Callable[[Language], str]]) -> dict[str, set[str]]:
        found: dict[str, set[str]] = {}
        for word in words:
            found.setdefault(word, set()).add(word)
            for t in self.languages:
                found.setdefault(folded(inert(label(word)(t))), set()).add(word)
        return found

    def columns(self, header: str) -> list[str | Field]:
        """What a header can mean: one thing, nothing, or several where questions share a text.

        What stands before the text of a question is the group it is in, and which activity or place it is about.
        """
        text = folded(header)
        fits = [
            (label, means)
            for label, means in self._columns.get(text[-_TAIL:], ())
            if text.endswith(label) and (len(text) == len(label) or not text[-len(label) - 1].isalnum())
        ]
        longest = max((len(label) for label, _ in fits), default=0)
        about = self._about(text[: len(text) - longest])
        found = [
            Field(means.check, about, means.part, means.follow_up) if isinstance(means, Field) else means
            for label, means in fits
            if len(label) == longest
        ]
        return list(dict.fromkeys(found))

    def _about(self, before: str) -> str | None:
        found = [(one.start(), f"{kind}:{one[1]}") for kind, look in self._subjects for one in look.finditer(before)]
        return max(found)[1] if found else None

    def answer(self, cell: str) -> str | None:
        """The answer that a cell says, by code or label; None where it says none."""
        return _only(self._answers.get(folded(cell)))

    def role(self, cell: str) -> str | None:
        """The role that a cell says, by code or label; None where it says none."""
        return _only(self._roles.get(folded(cell)))


def _only(words: set[str] | None) -> str | None:
    return next(iter(words)) if words and len(words) == 1 else None


def _told(checks: Iterable[Check], t: Language) -> Iterator[tuple[str, str | Field]]:
    """Every text that heads a column, and what it heads."""
    for name, text in _OWN.items():
        yield t.text(text), name
    for check in checks:
        question = check_in(check, t).question
        if question is None:
            continue
        yield question.ask, Field(check.id)
        for one in question.follow_ups:
            yield one.ask, Field(check.id, None, "follow_up", one.id)
        yield t.text("xlsform.why"), Field(check.id, None, "reason")
