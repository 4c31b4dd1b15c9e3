"""Every English text there is, with where it stands: what translators are given, and what coverage is counted by."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from lens.languages import files
from lens.languages.language import SOURCE, Language, english

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from lens.checks.model import Check, Question
    from lens.languages.language import Part
    from lens.packs.load import Pack

WORDS: dict[str, tuple[str, ...]] = {
    "answer": ("answer",),
    "because": ("open because",),
    "budget": ("budget kind",),
    "component": ("component",),
    "confidence": ("confidence",),
    "decision": ("decision",),
    "depth": ("depth",),
    "document": ("document",),
    "effort": ("effort",),
    "flag": ("flag",),
    "grade": ("evidence grade",),
    "kind": ("kind of evidence",),
    "level": ("level",),
    "partner": ("partner kind",),
    "partner-role": ("partner role",),
    "provided": ("provided",),
    "risk-state": ("risk state", "inhibitor state"),
    "role": ("role",),
    "stage": ("stage",),
    "state": ("finding state",),
    "trend": ("trend",),
}
"""The kinds of words that reports tell, each with the closed lists it stands for."""

_NAMED = ("RF", "indicator", "INH", "AH", "DNH", "RAFT", "HRDDP")
"""Lists of the catalog whose entries are named in reports."""


@dataclass(frozen=True, slots=True)
class Unit:
    """One English text."""

    file: str
    """The file it stands in, without ending: `checks/risk/questions`."""
    part: Part
    item: str
    field: str
    text: str
    first_look: bool
    """Whether a first look tells it."""


def units(packs: Iterable[Pack]) -> Iterator[Unit]:
    """Every text of the frame, the catalog and some packs, file by file, in the order in which it stands there."""
    from lens.cli.help import texts as help_texts

    packs = tuple(packs)
    yield from _frame()
    for item, field, text in help_texts():
        yield Unit(files.HELP, "frame", item, field, text, first_look=True)
    yield from _catalog(packs)
    for pack in packs:
        checks = {check.id: check for check in pack.checks}
        for file, ids in pack.files.items():
            for name in ids:
                yield from of_check(checks[name], f"checks/{pack.name}/{file}")


def _frame() -> Iterator[Unit]:
    from lens.words import MEANINGS

    t = english()
    for name, text in t.frame.items():
        if not name.startswith("word."):
            yield Unit(files.FRAME, "frame", name, "text", text, first_look=True)
    for kind, lists in WORDS.items():
        for word in dict.fromkeys(word for one in lists for word in MEANINGS[one]):
            yield Unit(files.FRAME, "frame", f"word.{kind}.{word}", "text", t.word(kind, word), first_look=True)


def _catalog(packs: tuple[Pack, ...]) -> Iterator[Unit]:
    from lens import catalog

    first = (check for pack in packs for check in pack.checks if check.depth == "first-look")
    used = {option.id for check in first for option in check.options}
    for kind in _NAMED:
        file = f"catalog/{catalog.file_of(kind)}"
        for one in catalog.items(kind).values():
            yield Unit(file, "catalog", one.id, "name", one.name, first_look=kind != "indicator")
    for known in catalog.known_packs():
        yield Unit("catalog/packs", "catalog", known.name, "title", known.title, first_look=True)
        yield Unit("catalog/packs", "catalog", known.name, "asks", known.asks, first_look=True)
    file = f"catalog/{catalog.file_of('remedy')}"
    for name, one in catalog.items("remedy").items():
        yield Unit(file, "catalog", name, "do", one.text, first_look=name in used)


def of_check(check: Check, file: str) -> Iterator[Unit]:
    """The texts of one check, those of shared remedies left out: they are the catalog's."""
    told = _Listening()
    check_in(check, told)
    for part, item, field, text in told.heard:
        if part == "checks":
            yield Unit(file, part, item, field, text, first_look=check.depth == "first-look")


class _Listening(Language):
    """A language that only listens which texts a check is told with."""

    __slots__ = ("heard",)

    def __init__(self) -> None:
        super().__init__(SOURCE, {})
        self.heard: list[tuple[Part, str, str, str]] = []

    def of(self, part: Part, item: str, field: str, english: str) -> str:
        if english.strip():
            self.heard.append((part, item, field, english))
        return english


def check_in(check: Check, t: Language) -> Check:
    """A check with its texts in a language; how it is judged and its examples stand in the English docs alone."""

    def say(field: str, text: str) -> str:
        return t.of("checks", check.id, field, text)

    return replace(
        check,
        title=say("title", check.title),
        question=_question(check.question, check.id, t) if check.question else None,
        outcomes={name: replace(one, says=say(f"outcomes.{name}", one.says)) for name, one in check.outcomes.items()},
        why=say("why", check.why),
        limits=say("limits", check.limits),
        case=replace(check.case, text=say("case", check.case.text)) if check.case else None,
        options=tuple(replace(one, do=remedy_in(check.id, one.id, one.do, t)) for one in check.options),
        others=tuple(say(f"others.{number}", one) for number, one in enumerate(check.others, 1)),
        change_our_mind=say("change_our_mind", check.change_our_mind),
    )


def _question(question: Question, check: str, t: Language) -> Question:
    def say(field: str, text: str) -> str:
        return t.of("checks", check, f"question.{field}", text)

    return replace(
        question,
        ask=say("ask", question.ask),
        help=say("help", question.help),
        follow_ups=tuple(replace(one, ask=say(f"follow_ups.{one.id}", one.ask)) for one in question.follow_ups),
        settles=say("settles", question.settles),
        hold_safely=say("hold_safely", question.hold_safely),
    )


def remedy_in(check: str, option: str, do: str, t: Language) -> str:
    """What an option says to do, in a language: a shared remedy is translated once, in the catalog."""
    from lens.catalog import find_remedy

    if find_remedy(option) is not None:
        return t.of("catalog", option, "do", do)
    return t.of("checks", check, f"options.{option}", do)
