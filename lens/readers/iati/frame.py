"""What is around the activities of a piece, and activities parsed inside it."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from lens.errors import InputError, Problem
from lens.readers.iati.broken import described
from lens.readers.iati.records import name_of
from lens.readers.iati.stream import TIED_DOWN, lxml_etree

if TYPE_CHECKING:
    from lxml.etree import _Element

UNDECLARED = "urn:lens:prefix-undeclared:"
"""How the namespace begins that is made up for a prefix which the file does not declare."""
MAX_PREFIXES = 100
_TAG = re.compile(rb"<[^<>]+>")
_PREFIX = re.compile(rb"[<\s/]([A-Za-z_][A-Za-z0-9_.-]{0,99}):[^\s<>/:=\"']")


@dataclass(frozen=True, slots=True)
class Frame:
    """The encoding of a piece, and the start tags of the elements around it, outermost first, each on one line."""

    encoding: str
    around: tuple[bytes, ...] = ()

    def closed(self, body: bytes) -> bytes:
        """Return a body as a whole XML document; its first line is the document's first."""
        return b"".join(
            (
                b'<?xml version="1.0" encoding="%s"?>' % self.encoding.encode(),
                *self.around,
                body,
                *(b"</" + name_of(tag) + b">" for tag in reversed(self.around)),
            )
        )


def parsed(body: bytes, frame: Frame, name: str, before: int) -> tuple[list[_Element], bool]:
    """Return the elements in a body, and whether a prefix had to be declared that the file does not declare.

    `name` is how messages call the input, `before` how many of its lines stand before the body. Raises InputError
    if the body is not well-formed in any other way.
    """
    root, problem, undeclared = _parse(frame.closed(body), name, before)
    made_up = False
    if undeclared and (prefixes := _prefixes(frame.closed(body))):
        named = b"".join(b' xmlns:%s="%s%d"' % (one, UNDECLARED.encode(), at) for at, one in enumerate(prefixes))
        frame = Frame(frame.encoding, (b"<lens" + named + b">", *frame.around))
        root, problem, _ = _parse(frame.closed(body), name, before)
        made_up = True
    if root is None:
        raise InputError(problem)
    return _inside(root, len(frame.around)), made_up


def _parse(whole: bytes, name: str, before: int) -> tuple[_Element | None, Problem, bool]:
    """Return the root of a document; or None, what is wrong, and whether that is a prefix that is not declared."""
    etree = lxml_etree()
    parser = etree.XMLParser(**TIED_DOWN)
    try:
        return etree.fromstring(whole, parser), Problem(), False
    except etree.XMLSyntaxError:
        log = parser.error_log
        return None, described(log, name, before), bool(log) and log[0].type_name == "NS_ERR_UNDEFINED_NAMESPACE"


def _inside(root: _Element, depth: int) -> list[_Element]:
    if not depth:
        return [root]
    for _ in range(depth - 1):
        root = root[0]
    return list(root)


def _prefixes(whole: bytes) -> list[bytes]:
    """Return the prefixes used in tags; a few too many do no harm, and inner declarations go first."""
    found = {prefix for tag in _TAG.findall(whole) if b":" in tag for prefix in _PREFIX.findall(tag)} - {
        b"xml",
        b"xmlns",
    }
    return sorted(found) if len(found) <= MAX_PREFIXES else []


def checked(frame: Frame, name: str, line: int) -> tuple[Frame, tuple[Problem, ...]]:
    """Return a frame in which every tag is well-formed, and what was wrong if one was not.

    Then the tags lose their attributes, and what activities would have inherited from them is not known.
    """
    try:
        parsed(b"<lens/>", frame, name, line - 1)
    except InputError as error:
        return Frame(frame.encoding, tuple(b"<" + name_of(tag) + b">" for tag in frame.around)), error.problems
    return frame, ()
