"""Where each `iati-activity` element of a stream begins and ends, found without parsing what is in it.

Only tags, comments, CDATA and processing instructions are looked at, so that this takes a small part of the time
that parsing takes. A record that is not closed costs that record; those after it are found again.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

from lens.errors import Problem
from lens.readers.iati.broken import AGAIN, CUT, MEND, SENTENCES
from lens.readers.iati.stream import MAX_ACTIVITY_BYTES, MAX_ACTIVITY_MARKS, too_large
from lens.readers.iati.window import Window

if TYPE_CHECKING:
    from collections.abc import Generator, Iterable, Iterator

MAX_INSIDE = 100
"""How many activities inside another show that the outer one was not closed."""
MAX_DEPTH = 200
MAX_AROUND = 262_144
"""Bytes of the tags around the activities."""

_NAME = re.compile(rb"</?([^\s<>/]*)")
_ONE_LINE = bytes.maketrans(b"\t\r\n", b"   ")
_ENDS = {b"<!--": b"-->", b"<![CDATA[": b"]]>", b"<?": b"?>"}
_UNCLOSED = "An activity is not closed before the next one begins."
_AROUND = "The elements around the activities are nested too deeply or too large."


@dataclass(frozen=True, slots=True)
class Record:
    """One whole activity: its bytes, the lines it begins and ends on, the start tags of the elements around it."""

    body: bytes
    line: int
    last_line: int
    around: tuple[bytes, ...]


@dataclass(frozen=True, slots=True)
class Unreadable:
    """Something that is wrong: with one activity, or else with what is around them."""

    problem: Problem
    is_record: bool


Found = Record | Unreadable


class Records:
    """The activities of one stream, in order; `around` and `line` say where it begins if not at the beginning."""

    __slots__ = ("_around", "_begun", "_file", "_names", "_number", "_told", "_window")

    def __init__(self, blocks: Iterable[bytes], file: str, around: tuple[bytes, ...] = (), line: int = 1) -> None:
        self._window = Window(blocks, line)
        self._file = file
        self._around = around
        self._names = [name_of(tag) for tag in around]
        self._begun = bool(around)
        self._told = False
        self._number = 0

    def __iter__(self) -> Iterator[Found]:
        """Every activity, and everything that is wrong, in order."""
        window = self._window
        at = seen = marks = 0
        while at >= 0 and (start := window.find(b"<", at, keeping=False)) >= 0:
            window.keep = start
            number = self._number
            at = yield from self._step(start)
            marks += 1
            if self._number > number:
                seen, marks = at, 0
            elif at - seen > MAX_ACTIVITY_BYTES or marks > MAX_ACTIVITY_MARKS:
                yield Unreadable(too_large(self._file, window.line_at(start)), is_record=False)
                return
            if len(self._names) > MAX_DEPTH or sum(map(len, self._around)) > MAX_AROUND:
                yield self._problem(_AROUND, MEND, start)
                return
        if self._names or at < 0:
            yield from self._tell(CUT, AGAIN, window.end)

    def _step(self, at: int) -> Generator[Found, None, int]:
        """Get over one piece of markup outside any activity, or over one activity."""
        window = self._window
        start = window.part(at, at + 9)
        for opening, end in _ENDS.items():
            if start.startswith(opening):
                return window.find(end, at + len(opening), keeping=False)
        tag = window.tag(at)
        if tag is None:
            return -1
        name = name_of(tag)
        if start.startswith(b"</"):
            yield from self._close(name, at, at + len(tag))
        elif name.rpartition(b":")[2] == b"iati-activity":
            yield from self._after_the_end(at)
            return (yield from self._activity(tag, at))
        elif name and not start.startswith(b"<!"):
            yield from self._after_the_end(at)
            if not tag.endswith(b"/>"):
                self._names.append(name)
                self._around = (*self._around, tag.translate(_ONE_LINE))
        return at + len(tag)

    def _close(self, name: bytes, at: int, end: int) -> Iterator[Found]:
        if not self._names or self._names[-1] != name:
            yield from self._tell(*SENTENCES["ERR_TAG_NAME_MISMATCH"], at)
        if name in self._names:
            while self._names.pop() != name:
                pass
            self._around = self._around[: len(self._names)]
        after = self._window.part(end, end + 64).strip()
        if not self._names and after and not after.startswith(b"<"):
            yield from self._tell(*SENTENCES["ERR_DOCUMENT_END"], end)

    def _after_the_end(self, at: int) -> Iterator[Found]:
        if self._begun and not self._names:
            yield from self._tell(*SENTENCES["ERR_DOCUMENT_END"], at)
        self._begun = True

    def _activity(self, tag: bytes, at: int) -> Generator[Found, None, int]:
        window = self._window
        self._number += 1
        window.lost = False
        line = window.line_at(at)
        end = at + len(tag)
        if not tag.endswith(b"/>"):
            end = self._plain_end(name_of(tag), end)
            if end < 0:
                return (yield from self._intricate(name_of(tag), _Nest(at, line), at + len(tag)))
        yield self._whole(at, end, line)
        return end

    def _whole(self, start: int, end: int, line: int) -> Found:
        if self._window.lost:
            return Unreadable(too_large(self._file, line), is_record=True)
        return Record(self._window.part(start, end), line, self._window.line_at(end), self._around)

    def _plain_end(self, name: bytes, at: int) -> int:
        """Return where an activity ends that holds nothing that could hide or repeat its end; -1 if it does."""
        window = self._window
        close = window.find(b"</" + name, at)
        tag = window.tag(close) if close >= 0 else None
        if tag is None or name_of(tag) != name:
            return -1
        if not window.lost:
            inside = window.part(at, close)
            # One byte is found twice as fast as two, and these are rare.
            hides = (b"!" in inside and b"<!" in inside) or (b"?" in inside and b"<?" in inside)
            if hides or b"<" + name in inside:
                return -1
        return close + len(tag)

    def _intricate(self, name: bytes, nest: _Nest, at: int) -> Generator[Found, None, int]:
        """Get over an activity with comments and the like, with others inside it, or without an end."""
        window = self._window
        while found := window.search(_marks(name), at):
            place, mark = found
            if mark in _ENDS:
                at = window.find(_ENDS[mark], place + len(mark))
            elif mark.endswith(b"iati-activities"):
                yield from self._unclosed(nest, nest.opened, _UNCLOSED, MEND)
                return place
            else:
                tag = window.tag(place)
                at = place + len(tag) if tag else -1
                if tag and nest.closes(tag, place, at):
                    yield self._whole(nest.start, at, nest.line)
                    return at
            if at < 0:
                break
            if nest.is_full():
                inner = nest.opened[1:][-1:]  # the one that goes on here may be whole; the others never closed
                yield from self._unclosed(nest, nest.opened[:-1] or nest.opened, _UNCLOSED, MEND)
                return inner[0] if inner and not window.lost else at
        yield from self._unclosed(nest, nest.opened, CUT, AGAIN)
        self._told = True
        return -1

    def _unclosed(self, nest: _Nest, opened: list[int], what: str, fix: str) -> Iterator[Found]:
        """Tell of activities that were opened and not closed, and give the whole ones among them."""
        if self._window.lost:
            yield self._whole(0, 0, nest.line)
            return
        whole = [one for one in nest.whole if opened is nest.opened or one[0] < nest.opened[-1]]
        for start, end in sorted([*((start, 0) for start in opened), *whole]):
            line = self._window.line_at(start)
            if end:
                yield self._whole(start, end, line)
            else:
                last = start == nest.opened[-1]
                said = (what, fix) if last else (_UNCLOSED, MEND)
                yield Unreadable(Problem(self._file, line, what=said[0], fix=said[1]), is_record=True)

    def _tell(self, what: str, fix: str, at: int) -> Iterator[Found]:
        """Say what is wrong around the activities, once for a stream: one such thing brings others with it."""
        if not self._told:
            self._told = True
            yield self._problem(what, fix, at)

    def _problem(self, what: str, fix: str, at: int) -> Unreadable:
        line = self._window.line_at(at)
        return Unreadable(Problem(self._file, line, what=what, fix=fix), is_record=False)


class _Nest:
    """The activities opened inside one another, and those of them that were closed."""

    __slots__ = ("line", "opened", "start", "whole")

    def __init__(self, start: int, line: int) -> None:
        self.start = start
        self.line = line
        self.opened = [start]
        self.whole: list[tuple[int, int]] = []

    def closes(self, tag: bytes, start: int, end: int) -> bool:
        """Take in one tag; whether it closes the outermost activity."""
        if tag.endswith(b"/>"):
            self.whole.append((start, end))
        elif not tag.startswith(b"</"):
            self.opened.append(start)
        else:
            begun = self.opened.pop()
            while self.whole and self.whole[-1][0] > begun:
                self.whole.pop()
            self.whole.append((begun, end))
        return not self.opened

    def is_full(self) -> bool:
        return len(self.opened) + len(self.whole) > MAX_INSIDE


def name_of(tag: bytes) -> bytes:
    """Return the name in a start or end tag, with its prefix; empty if there is none."""
    found = _NAME.match(tag)
    return found[1] if found else b""


@lru_cache(maxsize=16)
def _marks(name: bytes) -> re.Pattern[bytes]:
    """Return the pattern of what can hide, repeat or be the end of an activity of this name."""
    return re.compile(
        rb"<!--|<!\[CDATA\[|<\?|</?" + re.escape(name) + rb"(?=[\s/>])|</(?:[^\s<>/:]{1,64}:)?iati-activities(?=[\s>])"
    )
