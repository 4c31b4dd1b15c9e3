"""From what was written on a slip to an answer; what cannot be read as one is named, as it was written."""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any

from lens.cases import Affected, Answer, Evidence
from lens.interview.typed import ANSWERS, KINDS, LONGEST, YES_NO, day_of, plain
from lens.office.slips.form import (
    FIELDS,
    follow_up_label,
    intro,
    label,
    mark_of,
    option,
    title,
    voice,
)
from lens.words import spoken

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date

    from lens.languages.language import Language
    from lens.office.slips.form import Asked, Slip
    from lens.office.slips.read import Entry, Written

TICKED = "\u2611\u2612\u2713\u2714\u2715\u2716\u2717\u2718\u25a0\u25a3\u25c9\u25cf\u2b1b\u00d7xX"
UNTICKED = "\u2610\u25a1\u25a2\u25cb\u2b1c\u2751"
_LINE = re.compile(
    rf"\s*(?P<open>[{UNTICKED}]|\[\s?\]|\(\s?\))?\s*(?:[\[(]?(?P<tick>[{TICKED}])[\])]?(?=$|[\s\d\W]))?\s*(?P<rest>.*)"
)
_NUMBERED = re.compile(r"(?P<number>\d{1,2})(?!\d)\s*[=.):]?\s*(?P<label>.*)")


@dataclass(frozen=True, slots=True)
class Point:
    """Something on a slip that a person must look at."""

    where: str
    """The question and the place, such as `harm.exit, table 3, row 2`."""
    what: str
    text: str = ""
    """What was written, as it was written: for the agency's own file alone, never for a message."""


@dataclass(slots=True)
class Choice:
    """What a cell with boxes, or a list, says."""

    ticked: list[str] = field(default_factory=list)
    extra: list[str] = field(default_factory=list)
    """What was written beside the choices."""


def choice(written: Written | None, words: tuple[str, ...], kind: str, t: Language) -> Choice:
    """Which of the words were ticked, and what else was written.

    Where no box is left, and what stands there is one of the words and nothing else, that word was meant.
    """
    made = Choice()
    lines = [_LINE.match(one) for one in (written.lines if written else ()) if one.strip()]
    has_boxes = any(one is not None and (one["open"] or one["tick"]) for one in lines)
    alone: list[str] = []
    for found in lines:
        assert found is not None  # noqa: S101 - the pattern matches everything
        word, rest = _option(found["rest"], words, kind, t)
        if word is None:
            # A sign that is also a letter, as in "Xenophobia", is no tick where no choice follows.
            made.extra.append(found[0].strip(UNTICKED + " "))
        elif found["tick"]:
            made.ticked.append(word)
            made.extra += [rest] if rest else []
        elif not has_boxes:
            alone.append(word)
            made.extra += [rest] if rest else []
        elif rest:
            made.extra.append(found["rest"])
    if len(alone) == 1 and not made.ticked:
        made.ticked = alone
    elif alone:
        made.extra += [spoken(one) for one in alone]
    made.ticked = list(dict.fromkeys(made.ticked))
    made.extra = [one for one in made.extra if one.strip()]
    return made


def _option(text: str, words: tuple[str, ...], kind: str, t: Language) -> tuple[str | None, str]:
    """The word that a line names, by number and label or by label alone, and what stands behind it."""
    found = _NUMBERED.match(text)
    number = int(found["number"]) if found else 0
    rest = found["label"] if found else text
    if found and not 1 <= number <= len(words):
        return None, text
    labels = [(word, name) for word in words for name in {t.word(kind, word), spoken(word)}]
    # The longest first: "not known" begins like "no".
    for word, name in sorted(labels, key=lambda one: -len(one[1])):
        behind = _behind(rest, name)
        if behind is not None:
            if found and word != words[number - 1]:
                return None, text  # number and word do not say the same
            return word, behind
    return (words[number - 1], "") if found and not rest.strip() else (None, text)


def _behind(text: str, name: str) -> str | None:
    """What stands behind a label that a text begins with; None where it begins otherwise."""
    given, wanted = plain(text), plain(name)
    if not given.startswith(wanted) or given[len(wanted) : len(wanted) + 1].isalnum():
        return None
    return " ".join(text.split())[len(" ".join(name.split())) :].strip(" .,;:–-")


def known_texts(slip: Slip, t: Language) -> frozenset[str]:
    """Every text that a slip holds of its own, as texts are compared: what else stands on it was written there."""
    known = [title(slip, t), *intro(slip, t, form="word"), *intro(slip, t, form="excel")]
    known += [t.text(name) for name in ("slip.code", "slip.day", "slip.settle.said", "slip.unread", "slip.choose")]
    known += [t.text("slip.unread.intro"), f"{t.text('slip.settle.said')}:", str(slip.code(t)), *slip.unread]
    known += [label(letter, slip, t) for letter, name in FIELDS.items() if name != "follow-up"]
    for number, one in enumerate(slip.asked, 1):
        head, question = t.text("slip.question", number=number), one.question
        helps = {"meant": question.help, "settles": question.settles, "hold": question.hold_safely}
        known += [head, f"{head}: {one.about}", one.about, question.ask, one.code]
        known += [t.text(f"scaffold.{name}", text=text.strip()) for name, text in helps.items()]
        known += [follow_up_label(each.ask, each.id, question, t) for each in question.follow_ups]
        known += [voice(each, t) for each in one.voices]
    return frozenset(plain(line) for text in known for line in text.splitlines())


def strange(loose: Iterable[Written], known: frozenset[str]) -> list[tuple[str, str]]:
    """What stands on a slip and is none of its own texts: where, and what."""
    found = []
    for one in loose:
        # A label that was drawn into one line, or broken into several, is the slip's own all the same.
        if plain(one.text) in known:
            continue
        lines = [line for line in one.lines if plain(line) not in known and not re.fullmatch(r"[\W_]*", line)]
        if lines:
            found.append((one.where, "\n".join(lines)))
    return found


def understood(
    entry: Entry, asked: Asked, by: str, day: date | None, t: Language, known: frozenset[str], *, origin: str
) -> tuple[Answer | None, list[Point]]:
    """The answer of one entry, None where none was given or can be read, and what a person must look at."""
    return _Reading(entry, asked, by, day, t, known, origin).made()


class _Reading:
    """Reads one entry."""

    def __init__(
        self, entry: Entry, asked: Asked, by: str, day: date | None, t: Language, known: frozenset[str], origin: str
    ) -> None:
        self.entry, self.asked, self.by, self.day, self.t = entry, asked, by, day, t
        self.known, self.origin = known, origin
        self.points: list[Point] = []

    def made(self) -> tuple[Answer | None, list[Point]]:
        entry = self.entry
        strangers = strange(entry.loose, self.known)
        for where, text in strangers:
            self._point(where, "Text stands where no field is.", text)
        given = choice(entry.fields.get("answer"), ANSWERS, "answer", self.t)
        written = {name: one for name, one in entry.fields.items() if self._is_written(name, one)}
        follow_ups = {name: one for name, one in entry.follow_ups.items() if self._is_written("follow-up", one)}
        if len(given.ticked) != 1:
            self._unclear(given, written, follow_ups)
            return None, self.points
        word: Any = given.ticked[0]
        answer = Answer(
            question=entry.check,
            about=entry.about,
            answer=word,
            by=self.by,
            on=self.day,
            taken_from=self.origin,
        )
        if word == "known_not_safe_to_record":
            # Whatever was written all the same stays on the slip: it is not copied once more.
            if written.keys() - {"answer"} or given.extra or follow_ups:
                self._point(
                    entry.where, "“Known, not safe to record” was ticked and more was written. It was not copied."
                )
            return answer, self.points
        return self._filled(answer, given), self.points

    def _is_written(self, name: str, one: Written) -> bool:
        if name == "answer":
            return False
        lists = {"kind": (KINDS, "kind"), "asked": (YES_NO, "answer"), "follow-up": (ANSWERS[:4], "answer")}
        if name in lists:
            given = choice(one, *lists[name], self.t)
            return bool(given.ticked or given.extra)
        return bool(one.text)

    def _unclear(self, given: Choice, written: dict[str, Written], follow_ups: dict[str, Written]) -> None:
        """No answer, or more than one: then nothing else of it is taken either, and all of it is named."""
        texts = [*given.extra, *(f"{name}: {one.text}" for name, one in {**written, **follow_ups}.items())]
        cell = self.entry.fields.get("answer")
        where = cell.where if cell else self.entry.where
        if len(given.ticked) > 1:
            words = [option(ANSWERS.index(one) + 1, ANSWERS, "answer", self.t) for one in given.ticked]
            self._point(where, "More than one answer is ticked.", "\n".join([*words, *texts]))
        elif cell is None:
            self._point(where, "The row of the answer is gone.", "\n".join(texts))
        elif given.extra:
            self._point(where, "Text stands where an answer is ticked, and none is.", "\n".join(texts))
        elif texts:
            self._point(where, "Something is written on it, and no answer is ticked.", "\n".join(texts))

    def _filled(self, answer: Answer, given: Choice) -> Answer:
        reason = self._text("reason")
        if given.extra:
            cell = self.entry.fields["answer"]
            self._point(cell.where, "Text stands beside the answer. It was kept as its reason.", "\n".join(given.extra))
            reason = "; ".join(one for one in (reason, *given.extra) if one)
        if answer.answer == "not_applicable" and not reason:
            self._point(self.entry.where, "It is said not to apply, without a reason, so it stays open.")
        return replace(
            answer,
            reason=reason,
            follow_ups=self._follow_ups(answer.answer),
            evidence=self._evidence(),
            affected=self._affected(),
            dissent=self._text("dissent"),
        )

    def _follow_ups(self, word: str) -> dict[str, Any]:
        question = self.asked.question
        ids = {one.id for one in question.follow_ups}
        made: dict[str, Any] = {}
        is_bad = word in ("yes", "partly", "no") and word != question.good
        for name, cell in self.entry.follow_ups.items():
            given = choice(cell, ANSWERS[:4], "answer", self.t)
            if name not in ids:
                if given.ticked or given.extra:
                    self._point(cell.where, "This follow-up is none of the question's.", cell.text)
            elif len(given.ticked) == 1:
                if is_bad:
                    made[name] = given.ticked[0]
                else:
                    self._point(
                        cell.where, "A follow-up is answered that goes with another answer. It was left out.", cell.text
                    )
            elif given.ticked:
                self._point(cell.where, "More than one answer is ticked.", "\n".join(given.ticked))
            if given.extra:
                self._point(cell.where, "Text stands beside the boxes.", "\n".join(given.extra))
        return made

    def _evidence(self) -> tuple[Evidence, ...]:
        texts = {name: self._text(name) for name in ("on", "ref", "held_elsewhere", "checked_by")}
        cell = self.entry.fields.get("kind")
        given = choice(cell, KINDS, "kind", self.t)
        if not (given.ticked or given.extra or any(texts.values())):
            return ()
        notes = list(given.extra)
        kind: Any = given.ticked[0] if len(given.ticked) == 1 else "other"
        where = cell.where if cell else self.entry.where
        if len(given.ticked) > 1:
            notes += [self.t.word("kind", one) for one in given.ticked]
        if len(given.ticked) != 1 or given.extra:
            self._point(where, f"The kind of source is not clear. It was taken as {spoken(kind)}.", "\n".join(notes))
        on = day_of(texts["on"]) if texts["on"] else None
        if texts["on"] and on is None:
            self._point(self._where("on"), "This is no day: year-month-day, such as 2026-03-31.", texts["on"])
            notes.append(texts["on"])
        checked = texts["checked_by"]
        if checked and plain(checked) == plain(self.by):
            self._point(
                self._where("checked_by"), "Who answers cannot check the answer. It counts as not checked.", checked
            )
            checked = ""
        return (
            Evidence(
                kind=kind,
                on=on,
                ref=texts["ref"],
                held_elsewhere=texts["held_elsewhere"],
                checked_by=checked,
                note="; ".join(notes),
            ),
        )

    def _affected(self) -> Affected | None:
        who, said = self._text("who"), self._text("said")
        cell = self.entry.fields.get("asked")
        given = choice(cell, YES_NO, "answer", self.t)
        if not (given.ticked or given.extra or who or said):
            return None
        asked: Any = given.ticked[0] if len(given.ticked) == 1 else "not_known"
        if len(given.ticked) > 1 or given.extra or not given.ticked:
            where = cell.where if cell else self.entry.where
            self._point(
                where,
                "Whether people affected were asked is not clear. It was taken as not known.",
                "\n".join(given.extra),
            )
        return Affected(asked=asked, who=who, said="; ".join(one for one in (said, *given.extra) if one))

    def _text(self, name: str) -> str:
        cell = self.entry.fields.get(name)
        text = cell.text if cell else ""
        if len(text) > LONGEST and cell is not None:
            self._point(cell.where, f"This is longer than {LONGEST} signs. It was cut there.", text)
            return text[:LONGEST]
        return text

    def _where(self, name: str) -> str:
        return self.entry.fields[name].where

    def _point(self, where: str, what: str, text: str = "") -> None:
        about = f" {self.entry.about}" if self.entry.about else ""
        self.points.append(Point(f"{self.entry.check}{about}, {where}", what, text))


def has_changed(entry: Entry, asked: Asked) -> bool:
    """Whether a question reads otherwise now than when the slip was written."""
    return entry.mark != mark_of(asked.item.check)
