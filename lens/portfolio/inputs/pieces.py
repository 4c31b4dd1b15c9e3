"""What a portfolio is read in: inputs, cut into pieces that can each be read alone, and the records in them.

A piece carries its own bytes or rows, so that whoever reads it, here or on another machine, needs no file. Where an
input is cut follows from its content alone: the same input gives the same pieces, whoever asks.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, BinaryIO, Protocol

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from lens.errors import Problem
    from lens.readers.published import PublishedActivity


class Source(Protocol):
    """One input: a file, or a member of a packed one. Opening it twice gives the same bytes, unpacked."""

    @property
    def name(self) -> str:
        """How messages call it."""

    def open(self) -> BinaryIO:
        """Its bytes from the beginning, unpacked, limited in size; can be read once, and not searched."""

    def local(self) -> str:
        """The path of a plain file with its bytes, for formats that must be searched; made if need be."""


@dataclass(frozen=True, slots=True)
class Piece:
    """A part of one input: what one unit of work is made of. It can be sent to another process."""

    first: int
    """The number of its first record in the input, from 1."""
    count: int
    """How many records it holds: activities or rows."""
    line: int
    """The line or row of the input that it begins on, from 1."""
    body: object
    """Bytes or rows; only the format that cut it looks inside."""
    frame: object = None
    """What is needed to read it and is the same for many pieces: the tags around it, the layout of a table."""


@dataclass(frozen=True, slots=True)
class Broken:
    """A record, or the rest of an input, that could not be read."""

    number: int
    """The number of the record in the input, from 1; 0 where it is not known which."""
    problem: Problem
    left_out: bool = False
    """Whether it was left out because it holds no records, or the same ones again: told, and nothing is missing."""


@dataclass(frozen=True, slots=True)
class Format:
    """One way in which portfolios are published."""

    name: str
    """Such as `iati`, `crs`."""
    recognizes: Callable[[bytes, Source], bool]
    """Whether the first 65,536 bytes (unpacked) are of this format; by content, never by name."""
    cut: Callable[[Source], Iterator[Piece | Broken]]
    """The pieces of an input, in order. InputError where nothing of it can be read."""
    read: Callable[[Piece, str], Iterator[PublishedActivity | Broken]]
    """The records of a piece, in order; the text is how messages call the input."""
