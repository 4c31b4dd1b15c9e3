"""An IATI input of any size cut into pieces that can each be read alone.

A piece holds whole activities and the start tags of what is around them, so that what they inherit holds.
"""

from __future__ import annotations

import codecs
import re
from typing import TYPE_CHECKING

from lens.errors import InputError, Problem
from lens.portfolio.inputs.pieces import Broken, Piece
from lens.readers.iati.broken import SENTENCES
from lens.readers.iati.frame import Frame, checked
from lens.readers.iati.prolog import UTF16
from lens.readers.iati.records import Records, Unreadable
from lens.readers.iati.source import chunks_of
from lens.readers.iati.stream import elements_in, lxml_etree

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from lens.portfolio.inputs.pieces import Source
    from lens.readers.iati.records import Found, Record

PIECE_BYTES = 250_000
"""What a piece holds at most, but for a single larger activity."""
PIECE_RECORDS = 500
MAX_GAP = 10_000
"""Lines between two activities of one piece."""
BLOCK = 524_288
MAX_WHOLE = 100_000_000
"""The largest input that is read as one piece."""

_DECLARED = re.compile(rb"""<\?xml[^>]*?\sencoding\s*=\s*["']([A-Za-z0-9._-]{1,40})["']""")
_SAFE = re.compile(
    rb"utf-?8|(?:us-)?ascii|iso[-_]8859-\d{1,2}|latin-?\d|windows-125\d|cp125\d|koi8-[ru]", re.IGNORECASE
)
"""Encodings in which the bytes of a mark such as `<` or `]]>` are never part of another character."""


def cut(source: Source) -> Iterator[Piece | Broken]:
    """The pieces of an input, in order: the same input gives the same pieces, whoever asks.

    Raises InputError if it is none of IATI activities or has none, and MissingExtraError if lxml is not installed.
    """
    lxml_etree()
    before: list[Broken] = []
    begun = False
    with source.open() as stream:
        blocks = _Blocks(chunks_of(stream, source.name), source.name)
        if blocks.encoding:
            for found in _gathered(Records(blocks, source.name), blocks.encoding, source.name):
                if not begun and isinstance(found, Broken) and not found.number:
                    before.append(found)
                    continue
                begun = True
                yield from before
                before = []
                yield found
    if begun:
        yield from (Broken(0, problem) for problem in blocks.problems)
    elif blocks.problems:
        raise InputError(list(blocks.problems))
    else:
        yield _in_one(source)


class _Blocks:
    """The bytes of an input in blocks, in an encoding that can be searched; where they break off, they end."""

    def __init__(self, chunks: Iterator[bytes], name: str) -> None:
        self._chunks = chunks
        self._name = name
        self._block = next(chunks)
        self.problems: tuple[Problem, ...] = ()
        """Why the bytes ended before the input does."""
        self._ended = False
        self._decoder: codecs.IncrementalDecoder | None = None
        self.encoding = self._look()
        """Empty where the bytes cannot be searched."""

    def _look(self) -> str:
        head = self._block
        if wide := next((encoding for mark, encoding in UTF16 if head.startswith(mark)), None):
            self._decoder = codecs.getincrementaldecoder(wide)()
            return "UTF-8"
        declared = _DECLARED.match(head)
        if declared is None:  # also where a byte order mark stands before it, which says UTF-8 itself
            return "UTF-8"
        return declared[1].decode() if _SAFE.fullmatch(declared[1]) else ""

    def __iter__(self) -> Iterator[bytes]:
        try:
            for chunk in self._chunks:
                if len(self._block) >= BLOCK:
                    yield self._searchable(self._block)
                    self._block = b""
                if self._ended:
                    return
                self._block += chunk
        except InputError as error:
            self.problems = error.problems
        yield self._searchable(self._block, last=not self.problems)

    def _searchable(self, block: bytes, *, last: bool = False) -> bytes:
        if self._decoder is None:
            return block
        try:
            return self._decoder.decode(block, last).encode()
        except UnicodeDecodeError as error:
            self._ended = True
            what, fix = SENTENCES["ERR_INVALID_ENCODING"]
            self.problems = (*self.problems, Problem(self._name, what=what, fix=fix))
            return error.object[: error.start].decode(error.encoding).encode()


class _Growing:
    """A piece while activities are added to it."""

    def __init__(self, number: int, record: Record) -> None:
        self._first = number
        self._line = record.line
        self._parts: list[bytes] = []
        self._size = 0
        self._upto = record.line
        self.around = record.around
        self.count = 0
        self.add(record)

    def takes(self, record: Record) -> bool:
        return (
            self.count < PIECE_RECORDS
            and self._size + len(record.body) <= PIECE_BYTES
            and record.line - self._upto <= MAX_GAP
            and record.around == self.around
        )

    def add(self, record: Record) -> None:
        """Add a record; of what stands before it, only its lines are kept."""
        if record.line > self._upto:
            self._parts.append(b"\n" * (record.line - self._upto))
        self._parts.append(record.body)
        self._size += len(record.body)
        self._upto = record.last_line
        self.count += 1

    def done(self, frame: Frame) -> Piece:
        return Piece(self._first, self.count, self._line, b"".join(self._parts), frame)


def _gathered(found: Iterable[Found], encoding: str, name: str) -> Iterator[Piece | Broken]:
    number = 0
    growing: _Growing | None = None
    around: tuple[bytes, ...] | None = None
    frame = Frame(encoding)
    for one in found:
        if growing and (isinstance(one, Unreadable) or not growing.takes(one)):
            made, growing = growing.done(frame), None  # what it was made of is let go before it is worked on
            yield made
        if isinstance(one, Unreadable):
            number += one.is_record
            yield Broken(number if one.is_record else 0, one.problem)
            continue
        number += 1
        if growing:
            growing.add(one)
            continue
        growing = _Growing(number, one)
        if one.around != around:
            around = one.around
            frame, problems = checked(Frame(encoding, around), name, one.line)
            yield from (Broken(0, problem) for problem in problems)
    if growing:
        yield growing.done(frame)


def _in_one(source: Source) -> Piece:
    """Return an input that cannot be searched as one piece. Raises InputError if there is no activity in it."""
    count = 0
    try:
        with source.open() as stream:
            for _ in elements_in(chunks_of(stream, source.name), source.name):
                count += 1
    except InputError:
        if not count:
            raise
    with source.open() as stream:
        body = stream.read(MAX_WHOLE + 1)
    if len(body) > MAX_WHOLE:
        what = f"The file is larger than {MAX_WHOLE // 1_000_000} MB and not in UTF-8."
        raise InputError(Problem(source.name, what=what, fix="Save it again as UTF-8."))
    return Piece(1, count, 1, body)
