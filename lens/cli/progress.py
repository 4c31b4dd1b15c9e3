"""How far a long run is: on a terminal one line that changes, elsewhere a line a minute."""

from __future__ import annotations

import shutil
import sys
from time import monotonic

from lens.cli import printable, say

_EVERY_TERMINAL = 0.3
_EVERY_LOG = 60.0
_BEGINNING = 1 << 20


class Progress:
    """Says how many activities are done, how fast, and about how long it still takes."""

    def __init__(self) -> None:
        self._begun = self._told = monotonic()
        self._inputs = self._at = self._size = self._before = 0
        self._packed = self._unpacked = self._read = self._records = self._kept = 0
        self._skipped = 0.0
        self._is_terminal = sys.stderr.isatty()
        self._shown = False

    def begins(self, inputs: int, size: int) -> None:
        """How many inputs there are, and how many bytes they take on the disk."""
        self._inputs, self._size = inputs, size

    def input(self, name: str, size: int, unpacked: int) -> None:
        """An input is begun."""
        self._before += self._packed
        self._at += 1
        self._packed, self._unpacked, self._read = size, unpacked, 0

    def read(self, unpacked: int) -> None:
        """So many bytes more of the input were read."""
        self._read += unpacked

    def kept(self, records: int) -> None:
        """So many records were done before; the time that they took then tells nothing of what is left."""
        self._kept += records
        if not self._records:
            self._begun, self._skipped = monotonic(), self._share()

    def done(self, records: int) -> None:
        """So many records more are done."""
        self._records += records
        now = monotonic()
        if now - self._told >= (_EVERY_TERMINAL if self._is_terminal else _EVERY_LOG):
            self._told = now
            self._tell(now)

    def groups(self) -> None:
        """Everything is read; records are put together now."""
        if self._is_terminal:
            read = f"{self._records:,} read now" if self._kept else f"{self._records:,} records read"
            kept = f"{self._kept:,} records kept from before, " if self._kept else ""
            self._on_the_line(f"{kept}{read}; putting them together")
            self._shown = True

    def _tell(self, now: float) -> None:
        seconds = max(now - self._begun, 0.001)
        count = f"{self._kept:,} records kept, {self._records:,} read" if self._kept else f"{self._records:,} records"
        text = (
            f"{count}, {self._records / seconds:,.0f} a second, "
            f"file {self._at:,} of {self._inputs:,}{self._left(seconds)}"
        )
        if self._is_terminal:
            self._on_the_line(printable(text))
            self._shown = True
        else:
            say(text, err=True)

    def _left(self, seconds: float) -> str:
        """About how long it still takes, by how much of the bytes on the disk was read.

        Empty while that is not told: of a workbook only the beginning is, from which it is recognized.
        """
        if self._unpacked > _BEGINNING >= self._read:
            return ""
        share = self._share()
        now = share - self._skipped
        if now < 0.02:
            return ""
        left = seconds * (1 - share) / now
        return f", about {left / 60:,.0f} min left" if left >= 90 else f", about {left:,.0f} s left"

    def _share(self) -> float:
        """How much of the bytes on the disk was read, from 0 to 1."""
        part = min(self._read / self._unpacked, 1.0) if self._unpacked else 0.0
        return (self._before + part * self._packed) / self._size if self._size else 0.0

    def ends(self) -> None:
        """Take the line away."""
        if self._shown:
            self._on_the_line("")
            say("\r", err=True, nl=False)

    @staticmethod
    def _on_the_line(text: str) -> None:
        """Text in place of the line before; one that is wider than the terminal would go on below and stay there."""
        width = max(shutil.get_terminal_size().columns - 1, 20)
        say(f"\r{text[:width]:<{width}}", err=True, nl=False)
