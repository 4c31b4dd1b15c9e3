"""The activities of a piece of an IATI input."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING, cast

from lens.errors import InputError, Problem
from lens.portfolio.inputs.pieces import Broken
from lens.readers.iati.activity import read_element
from lens.readers.iati.broken import OTHER
from lens.readers.iati.frame import UNDECLARED, Frame, parsed
from lens.readers.iati.records import Record, Records
from lens.readers.iati.source import chunks_of
from lens.readers.iati.stream import MAX_ACTIVITY_MARKS, drop_namespace, elements_in, too_large

if TYPE_CHECKING:
    from collections.abc import Iterator

    from lxml.etree import _Element

    from lens.portfolio.inputs.pieces import Piece
    from lens.readers.published import PublishedActivity


def read(piece: Piece, name: str) -> Iterator[PublishedActivity | Broken]:
    """The activities of a piece, in order; each that cannot be read is told, and the others are given.

    `name` is how messages call the input. Raises MissingExtraError if lxml is not installed.
    """
    body = cast("bytes", piece.body)
    if piece.frame is None:
        yield from _in_one(body, name)
        return
    frame = cast("Frame", piece.frame)
    problems: tuple[Problem, ...] = (Problem(name, piece.line, what=OTHER[0], fix=OTHER[1]),)
    elements: list[_Element] = []
    made_up = False
    if len(body) > MAX_ACTIVITY_MARKS and body.count(b"<") + body.count(b"=") > MAX_ACTIVITY_MARKS:
        problems = (too_large(name, piece.line),)
    else:
        try:
            elements, made_up = parsed(body, frame, name, piece.line - 1)
        except InputError as error:
            problems = error.problems
    if len(elements) == piece.count:
        for element in elements:
            yield _activity(element, name, piece.line - 1, made_up=made_up)
    elif piece.count == 1:
        yield Broken(piece.first, problems[0])
    else:
        yield from _one_by_one(piece, frame, name)


def _activity(element: _Element, name: str, before: int, *, made_up: bool) -> PublishedActivity:
    met = ("prefix-undeclared",) if made_up and _has_undeclared(element) else ()
    drop_namespace(element)
    found = read_element(element, name, before, met)
    element.clear()
    return found


def _has_undeclared(element: _Element) -> bool:
    names = (str(name) for one in element.iter() for name in (one.tag, *one.attrib))
    return any(name.startswith("{" + UNDECLARED) for name in names)


def _one_by_one(piece: Piece, frame: Frame, name: str) -> Iterator[PublishedActivity | Broken]:
    records = Records(iter([cast("bytes", piece.body)]), name, frame.around, piece.line)
    whole = (one for one in records if isinstance(one, Record))
    for number, record in enumerate(whole, piece.first):
        yield from read(type(piece)(number, 1, record.line, record.body, frame), name)


def _in_one(body: bytes, name: str) -> Iterator[PublishedActivity | Broken]:
    try:
        for element in elements_in(chunks_of(io.BytesIO(body), name), name):
            yield read_element(element, name)
    except InputError as error:
        yield from (Broken(0, problem) for problem in error.problems)
