"""The part of a stream of bytes that is being looked at; it moves on as more is asked for."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from lens.readers.iati.stream import MAX_ACTIVITY_BYTES

if TYPE_CHECKING:
    from collections.abc import Iterable

_TAG = re.compile(rb"""<[^"'<>]*(?:"[^"<]*"[^"'<>]*|'[^'<]*'[^"'<>]*)*>""")
MAX_TAG = 131_072
"""Bytes in which a tag must end; what is longer is told from text by the parser alone."""
_LONGEST_MARK = 128
"""Bytes held back at the end of the window when what is before them is let go: more than any mark looked for."""


class Window:
    """Places are counted from the beginning of the stream, and stay right as the window moves.

    What stands before `keep` is let go. So is everything once more than MAX_ACTIVITY_BYTES would have to be kept:
    then `lost` is true.
    """

    __slots__ = ("_blocks", "_counted", "_data", "_line", "_start", "keep", "lost")

    def __init__(self, blocks: Iterable[bytes], line: int = 1) -> None:
        self._blocks = iter(blocks)
        self._data = b""
        self._start = 0
        self._line = line
        self._counted = 0
        self.keep = 0
        self.lost = False

    @property
    def end(self) -> int:
        """Where the part ends that was read so far."""
        return self._start + len(self._data)

    def _more(self) -> bool:
        block = next(self._blocks, b"")
        if not block:
            return False
        keep = min(max(self.keep, self._start), self.end)
        if self.end - keep > MAX_ACTIVITY_BYTES:
            self.lost = True
            keep = self.end - _LONGEST_MARK
        self.line_at(keep)
        self._data = self._data[keep - self._start :] + block
        self._start = keep
        return True

    def line_at(self, place: int) -> int:
        """Return the line of a place. To be asked for in order of places: lines are counted once."""
        if place > self._counted:
            self._line += self._data.count(b"\n", self._counted - self._start, place - self._start)
            self._counted = place
        return self._line

    def part(self, start: int, end: int) -> bytes:
        """Return the bytes between two places; fewer where the stream ends or they were let go."""
        while self.end < end and self._more():
            pass
        return self._data[max(start - self._start, 0) : max(end - self._start, 0)]

    def find(self, mark: bytes, at: int, *, keeping: bool = True) -> int:
        """Return the next place of a mark, -1 if there is none; what is passed over is kept or let go."""
        at = max(at, self._start)
        while (found := self._data.find(mark, at - self._start)) < 0:
            at = max(at, self.end - len(mark) + 1)
            if not keeping:
                self.keep = at
            if not self._more():
                return -1
            at = max(at, self._start)
        return found + self._start

    def search(self, pattern: re.Pattern[bytes], at: int) -> tuple[int, bytes] | None:
        """Return the next match of a pattern for a short mark: its place and its bytes."""
        at = max(at, self._start)
        while True:
            found = pattern.search(self._data, at - self._start)
            # A mark that ends with the window may go on behind it.
            if found and found.end() + _LONGEST_MARK < len(self._data):
                break
            at = max(at, min(self.end - _LONGEST_MARK, self._start + found.start() if found else self.end))
            if not self._more():
                break
            at = max(at, self._start)
        return (found.start() + self._start, found[0]) if found else None

    def tag(self, at: int) -> bytes | None:
        """Return the tag that begins at a place; up to the next one if it is none; None if the stream ends in it."""
        while True:
            here = max(at - self._start, 0)
            if found := _TAG.match(self._data, here, here + MAX_TAG):
                return found[0]
            if (following := self._data.find(b"<", here + 1)) >= 0:
                return self._data[here:following]
            if len(self._data) - here > MAX_TAG:
                return self._data[here : here + MAX_TAG]
            if not self._more():
                return None
