"""Where answers of an interview are kept: a file of its own beside the case, whole at every moment.

Files that people wrote by hand are never touched. Where this one was changed by hand, a copy of it, with its comments,
is kept before it is written again.
"""

from __future__ import annotations

import json
from contextlib import suppress
from dataclasses import replace
from typing import TYPE_CHECKING

from lens.cases.answers import Answers
from lens.cases.files import text_of
from lens.errors import InputError, LensError, Problem
from lens.readers.boundary import validate
from lens.readers.case_files import ANNEX
from lens.readers.text import decoded, parse
from lens.writing import sweep, write_over

if TYPE_CHECKING:
    from pathlib import Path

    from lens.cases import Answer

NAME = "answers-interview.yaml"
HIDDEN = ".lens"
"""The folder beside a case that is ours alone: schemas for editors, the lock, where an interview stopped."""

_HEAD = """\
# Answers given in an interview (lens ask). It is read together with the other files of the case.
# You can change it by hand: a copy with your comments is then kept beside it before lens writes it again.

"""
_COPIES = 1000


class NotSavedError(LensError):
    """What was said could not be written; `why` says why."""

    def __init__(self, why: str) -> None:
        self.why = why
        super().__init__(f"The answer could not be saved: {why}")


class Store:
    """The file of answers of one interview, and where it stopped."""

    def __init__(self, path: Path, *, head: str = _HEAD) -> None:
        self.path, self.head = path, head
        self.kept: list[Path] = []
        """Copies that were kept of what somebody else wrote."""
        self.was_changed = False
        """Whether somebody else changed the file while it was open here; whoever tells of it sets it back."""
        if path.stem.lower() == ANNEX:
            raise LensError("Answers are never kept in the restricted annex. Name another file with --answers.")
        sweep(path)
        self._bytes = _read(path)
        self._read = _parsed(self._bytes, path) if self._bytes is not None else Answers()
        self.answers = self._read

    @property
    def is_new(self) -> bool:
        """Whether there is no file yet."""
        return self._bytes is None

    def answer_to(self, key: tuple[str, str | None]) -> Answer | None:
        """The answer of this file to a question and subject."""
        return next((one for one in self.answers.answers if (one.question, one.about) == key), None)

    def keep(self, answer: Answer) -> None:
        """Put an answer in the place of an earlier one to the same, and save the file. NotSavedError where it cannot.

        What could not be saved is not kept in memory either: what is told as saved is.
        """
        before = self.answers
        key = (answer.question, answer.about)
        there = [(one.question, one.about) for one in before.answers]
        made = list(before.answers)
        if key in there:
            made[there.index(key)] = answer
        else:
            made.append(answer)
        self.put(replace(before, answers=tuple(made)))

    def put(self, answers: Answers, *, keep_copy: bool = False) -> None:
        """Save answers in the place of all that the file holds; `keep_copy` keeps what it held beside it."""
        before, self.answers = self.answers, answers
        try:
            self._save(keep_copy=keep_copy)
        except OSError as reason:
            self.answers = before
            raise NotSavedError(f"{reason.strerror or type(reason).__name__}.") from None

    def _save(self, *, keep_copy: bool) -> None:
        now = _read(self.path)
        changed = now is not None and now != self._bytes
        if now is not None and changed:
            self._taken_in(now)
        if now is not None and (keep_copy or changed or now != self._written(self._read)):
            self._copy(now)
        text = self._written(self.answers)
        if text != now:
            write_over(self.path, text)
        self._bytes, self._read = text, self.answers

    def _taken_in(self, now: bytes) -> None:
        """Take in what somebody else wrote meanwhile; where both changed an answer, the one given here holds."""
        self.was_changed = True
        try:
            theirs = _parsed(now, self.path)
        except InputError:
            return  # it is kept as a copy
        mine = {(one.question, one.about): one for one in self.answers.answers}
        before = {(one.question, one.about): one for one in self._read.answers}
        there = {(one.question, one.about): one for one in theirs.answers}
        merged = [mine[key] if key in mine and mine[key] != before.get(key) else one for key, one in there.items()] + [
            one for key, one in mine.items() if key not in there and one != before.get(key)
        ]
        self._read = theirs
        self.answers = replace(theirs, answers=tuple(merged))

    def _copy(self, text: bytes) -> None:
        for number in range(1, _COPIES):
            copy = self.path.with_name(f"{self.path.name}.kept-{number}")
            if not copy.exists():
                write_over(copy, text)
                self.kept.append(copy)
                return
        raise OSError(0, "there are too many kept copies beside it")

    def _written(self, answers: Answers) -> bytes:
        return (self.head + text_of("answers", answers)).encode()

    # Where it stopped

    @property
    def _place(self) -> Path:
        return self.path.parent / HIDDEN / f"{self.path.stem}.place.json"

    def place(self) -> dict[str, str]:
        """Where the interview stopped, as it was noted; empty where nothing was."""
        with suppress(OSError, ValueError, RecursionError):
            found = json.loads(self._place.read_bytes()[:10_000])
            if isinstance(found, dict):
                return {key: value for key, value in found.items() if isinstance(value, str)}
        return {}

    def note_place(self, place: dict[str, str]) -> None:
        """Note where the interview stands. Nothing but the place is lost where that fails."""
        with suppress(OSError):
            self._place.parent.mkdir(parents=True, exist_ok=True)
            write_over(self._place, json.dumps(place).encode())


def _read(path: Path) -> bytes | None:
    try:
        return path.read_bytes()
    except FileNotFoundError:
        return None


def _parsed(text: bytes, path: Path) -> Answers:
    read = parse(decoded(text, str(path)), str(path))
    if not isinstance(read.data, dict) or set(read.data) != {"answers"}:
        raise InputError(
            Problem(str(path), what="This file should hold answers and nothing else.", fix="Name another: --answers.")
        )
    return validate(Answers, read, at=("answers",))


def file_for(case: list[Path], activity: str | None, *, published: bool) -> Path:
    """The file that an interview writes where none was named: beside the case, one for each published activity."""
    folder = case[0] if case[0].is_dir() else case[0].parent
    if not published:
        return folder / NAME
    name = "".join(one if one.isascii() and one.isalnum() else "-" for one in activity or case[0].stem)[:80]
    return folder / f"answers-{name}.yaml"
