"""What questions are called inside a form, and back: names that survive every form builder and every export."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from collections.abc import Iterable

    from lens.checks.model import Check
    from lens.words import AnswerWord

FORM = "lens_form"
CONSENT = "lens_consent"
DAY = "lens_day"
ROLE = "lens_role"
NOTES = ("lens_safety", "lens_stop", "lens_end")
GROUPS = re.compile(r"lens_(person|program|activity_\d+|place_\d+)")

PREFER_NOT = "prefer_not_to_say"
"""The choice of whoever does not want to answer. It is no answer: the question stays open, and nobody is held to it."""

_MORE = "__more__"
_WHY = "__why"
_ABOUT = re.compile(r"__(activity|place|partner)_(\d{1,4})$")

CHOICES: tuple[AnswerWord, ...] = ("yes", "partly", "no", "not_known", "not_applicable")
"""The answers that a form offers beside it. What is known and not safe to write down is no choice on a phone: to mark
it there would tell whoever takes the phone that something is known. It is told in `lens ask` or in person."""

Part = Literal["answer", "follow_up", "reason"]


@dataclass(frozen=True, slots=True)
class Field:
    """What one column of a form asks: a question, one of its follow-ups, or why it does not fit."""

    check: str
    about: str | None = None
    part: Part = "answer"
    follow_up: str = ""

    @property
    def name(self) -> str:
        """What it is called inside the form: letters, digits and underscores only, and unlike any other."""
        about = f"__{self.about.replace(':', '_')}" if self.about else ""
        end = {"answer": "", "reason": _WHY, "follow_up": f"{_MORE}{_plain(self.follow_up)}"}[self.part]
        return f"{_plain(self.check)}{about}{end}"


def _plain(name: str) -> str:
    return name.replace(".", "__").replace("-", "_")


class Names:
    """From names inside a form back to questions, for some checks."""

    def __init__(self, checks: Iterable[Check]) -> None:
        self._checks = {_plain(one.id): one for one in checks if one.question is not None}

    def field(self, name: str) -> Field | None:
        """The field of a name; None where no question is called so."""
        head, more, tail = name.partition(_MORE)
        why = not more and name.endswith(_WHY)
        head = head.removesuffix(_WHY) if why else head
        about = None
        if found := _ABOUT.search(head):
            head, about = head[: found.start()], f"{found[1]}:{found[2]}"
        check = self._checks.get(head)
        if check is None or check.question is None:
            return None
        if more:
            ids = {_plain(one.id): one.id for one in check.question.follow_ups}
            return Field(check.id, about, "follow_up", ids[tail]) if tail in ids else None
        return Field(check.id, about, "reason" if why else "answer")
