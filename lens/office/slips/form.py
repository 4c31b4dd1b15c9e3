"""What stands on a slip, whatever kind of file it is: its questions, its fields with their letters, its codes."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from hashlib import sha256
from typing import TYPE_CHECKING, Literal, get_args

from lens.interview.items import OUTSIDE, described
from lens.languages.english import check_in
from lens.languages.files import digest
from lens.words import Role

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from lens.cases import Answer, Case
    from lens.checks.model import Check, Question
    from lens.interview.items import Item
    from lens.languages.language import Language

FORM = 1
"""Counts up when a letter or a number below gets another meaning, so that an older slip is noticed."""

Kind = Literal["slip", "settle"]

LISTS = "lists"
"""The sheet of a workbook that holds what can be chosen, which nobody sees."""

FIELDS: dict[str, str] = {
    "A": "answer",
    "B": "follow-up",
    "C": "reason",
    "D": "kind",
    "E": "on",
    "F": "ref",
    "G": "held_elsewhere",
    "H": "checked_by",
    "J": "asked",
    "K": "who",
    "L": "said",
    "M": "dissent",
}
"""The letter of each field, which people leave as it is, and what it holds. A letter never changes its meaning."""

_CODE = re.compile(
    r"lens-slip/(\d{1,4}) (slip|settle) ([0-9a-f]{8}) ([a-z_]{2,40}) ([a-z]{2,3}(?:-[A-Za-z0-9]{2,8}){0,3})"
)
_ID = re.compile(
    r"\[([a-z][a-z0-9-]*\.[a-z0-9][a-z0-9-]*)(?: ((?:place|partner|activity):[0-9]{1,4}))? ([0-9a-f]{6})\]", re.ASCII
)
_FOLLOW_UP = re.compile(r"\[([a-z0-9]+(?:-[a-z0-9]+)*)\]\s*$", re.ASCII)


@dataclass(frozen=True, slots=True)
class Code:
    """What a slip says of itself."""

    form: int
    kind: Kind
    case: str
    role: str
    lang: str

    def __str__(self) -> str:
        return f"lens-slip/{self.form} {self.kind} {self.case} {self.role} {self.lang}"


@dataclass(frozen=True, slots=True)
class Asked:
    """One question of a slip about one subject, in the language of the slip."""

    item: Item
    told: Check
    about: str
    """What it is about, as people read it; empty for the program."""
    voices: tuple[Answer, ...] = ()
    """To settle: what was answered."""

    @property
    def question(self) -> Question:
        """The question, in the language of the slip."""
        assert self.told.question is not None  # noqa: S101 - only questions are asked
        return self.told.question

    @property
    def code(self) -> str:
        """What the question is known by when the slip comes back."""
        check, about = self.item.key
        return f"[{' '.join(one for one in (check, about, mark_of(self.item.check)) if one)}]"


@dataclass(frozen=True, slots=True)
class Slip:
    """One slip."""

    kind: Kind
    role: Role
    case: str
    asked: tuple[Asked, ...]
    unread: tuple[str, ...] = ()
    """To settle: what could not be taken in."""

    @property
    def is_outside(self) -> bool:
        """Whether it goes to people outside the agency."""
        return self.role in OUTSIDE and self.kind == "slip"

    @property
    def name(self) -> str:
        """The name of its file, without ending."""
        return f"slip-{self.role.replace('_', '-')}" if self.kind == "slip" else "to-settle"

    def code(self, t: Language) -> Code:
        """What it says of itself in a language."""
        return Code(FORM, self.kind, self.case, self.role, t.code)


def case_mark(case: Case) -> str:
    """What the slips of a case are known by; it tells nothing of it."""
    program = case.program
    told = program.id.strip() or program.title.strip()
    return sha256(f"lens-slip\0{told}\0{program.subject}".encode()).hexdigest()[:8]


def mark_of(check: Check) -> str:
    """What changes where the wording of a question, or what counts as its good answer, has changed."""
    question = check.question
    parts = [question.ask, question.good, *(one.ask for one in question.follow_ups)] if question else []
    return digest(" | ".join(parts))[:6]


def slips_of(
    items: Iterable[Item], case: Case, t: Language, *, all_roles: bool, roles: tuple[Role, ...]
) -> tuple[Slip, ...]:
    """A slip for each role with what it can best answer, or with `all_roles` with all that it can answer."""
    by_role: dict[Role, list[Item]] = {}
    for item in items:
        for role in item.check.who if all_roles else item.check.who[:1]:
            by_role.setdefault(role, []).append(item)
    order = [role for role in get_args(Role) if role in by_role and (not roles or role in roles)]
    mark = case_mark(case)
    return tuple(
        Slip("slip", role, mark, tuple(asked(one, case, t, outside=role in OUTSIDE) for one in by_role[role]))
        for role in order
    )


def asked(item: Item, case: Case, t: Language, *, outside: bool = False, voices: tuple[Answer, ...] = ()) -> Asked:
    """A question as a slip asks it."""
    return Asked(item, check_in(item.check, t), described(item.about, case, t, outside=outside), voices)


def intro(slip: Slip, t: Language, *, form: Literal["word", "excel"]) -> Iterator[str]:
    """What is said before the questions, a paragraph each."""
    yield t.text("slip.marking.outside") if slip.is_outside else t.text("marking.internal")
    if slip.kind == "settle":
        yield t.text("slip.settle.intro")
    else:
        yield t.text("slip.intro")
        yield t.text("slip.free")
    yield t.text("slip.protect")
    if slip.role == "people_affected" and slip.kind == "slip":
        yield t.text("slip.affected")
    yield t.text(f"slip.how.{form}")


def title(slip: Slip, t: Language) -> str:
    """The title of a slip."""
    return t.text("slip.title" if slip.kind == "slip" else "slip.settle.title", role=t.word("role", slip.role))


def label(letter: str, slip: Slip, t: Language) -> str:
    """What stands before a field, with its letter."""
    name = FIELDS[letter]
    text = t.text("ask.answer") if name == "answer" else t.text(f"ask.field.{name}")
    if name == "reason" and slip.kind == "settle":
        text = t.text("slip.settle.reason")
    return f"{letter}. {text}"


def follow_up_label(ask: str, name: str, question: Question, t: Language) -> str:
    """What stands before a follow-up: when it is to be answered, and its code."""
    bad = "no" if question.good == "yes" else "yes"
    told = t.text("slip.follow-up", answers=t.words("answer", (bad, "partly")), ask=ask.strip())
    return f"B. {told} [{name}]"


def option(number: int, words: tuple[str, ...], kind: str, t: Language) -> str:
    """One choice with its number."""
    return f"{number} {t.word(kind, words[number - 1])}"


def options(words: tuple[str, ...], kind: str, t: Language) -> tuple[str, ...]:
    """Every choice of a list with its number."""
    return tuple(option(number, words, kind, t) for number in range(1, len(words) + 1))


def voice(answer: Answer, t: Language) -> str:
    """What one person answered, on a line: by role and day, with what it rests on."""
    parts = [answer.by, answer.on.isoformat() if answer.on else ""]
    who = t.listed(one for one in parts if one)
    said = t.word("answer", answer.answer)
    more = [t.word("answer", word) for word in answer.follow_ups.values()]
    rest = [answer.reason, answer.dissent, *(_piece(one, t) for one in answer.evidence)]
    return f"{who or '–'}: {t.listed((said, *more))}" + "".join(f"; {one}" for one in rest if one)


def _piece(one: object, t: Language) -> str:
    from lens.cases import Evidence

    assert isinstance(one, Evidence)  # noqa: S101 - evidence of an answer
    parts = (t.word("kind", one.kind), one.on.isoformat() if one.on else "", one.ref, one.held_elsewhere, one.note)
    return t.listed(part for part in parts if part)


def is_rtl(text: str) -> bool:
    """Whether a text is written from the right: what is not translated stays as English is written."""
    return any(unicodedata.bidirectional(sign) in ("R", "AL") for sign in text)


def code_in(text: str) -> Code | None:
    """What a slip says of itself, wherever in a text that stands."""
    found = _CODE.search(" ".join(text.split()))
    if found is None:
        return None
    return Code(int(found[1]), found[2], found[3], found[4], found[5])  # type: ignore[arg-type] # the pattern knows the kinds


def id_in(text: str) -> tuple[str, str | None, str] | None:
    """The question, the subject and the mark of a question's code."""
    found = _ID.search(" ".join(text.split()))
    return (found[1], found[2], found[3]) if found else None


def letter_in(text: str) -> tuple[str, str] | None:
    """The letter that a label begins with, and for a follow-up its name."""
    line = " ".join(text.split())
    if not re.match(r"[A-M]\s?\.", line) or line[0] not in FIELDS:
        return None
    name = _FOLLOW_UP.search(line) if line[0] == "B" else None
    return line[0], name[1] if name else ""
