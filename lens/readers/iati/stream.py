"""A stream of `iati-activity` elements out of a file of any size, in flat memory, from a parser tied down."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, cast

from lens.errors import InputError, MissingExtraError, Problem
from lens.readers.iati.broken import described
from lens.readers.iati.prolog import ROOTS
from lens.readers.iati.source import GET_IATI, chunks, organisation_file

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from lxml.etree import XMLPullParser, _Element

MAX_ACTIVITY_BYTES = 40_000_000
MAX_ACTIVITY_MARKS = 2_000_000
"""Tags and attributes in one activity: what a tree costs goes by these. The largest met has 53,000."""
TIED_DOWN: dict[str, bool] = {
    "resolve_entities": False,
    "no_network": True,
    "load_dtd": False,
    "dtd_validation": False,
    "huge_tree": False,
    "recover": False,
    "remove_comments": True,
    "remove_pis": True,
    "collect_ids": False,
}
"""What every parser of a stranger's file is made with."""


def elements(path: Path) -> Iterator[_Element]:
    """Every activity element, whole and in file order; it is emptied as soon as the next one is asked for.

    Elements of a namespaced root lose their namespace, foreign ones keep theirs. Raises InputError where the
    file cannot be read any further, after everything before was given, and MissingExtraError without lxml.
    """
    return elements_in(chunks(path), str(path))


def elements_in(pieces: Iterator[bytes], name: str) -> Iterator[_Element]:
    """Every activity element in the bytes that `chunks` or `chunks_of` gives; `name` is how messages call them."""
    etree = lxml_etree()
    parser: XMLPullParser = etree.XMLPullParser(events=("end",), tag="{*}iati-activity", **TIED_DOWN)
    size = marks = found = 0
    broken = False
    try:
        for piece in pieces:
            size += len(piece)
            marks += piece.count(b"<") + piece.count(b"=")
            try:
                parser.feed(piece)
            except etree.XMLSyntaxError:
                broken = True
            for element in _finished(parser):
                if not found:
                    _refuse_doctype(element, name)
                found += 1
                size = marks = 0
                yield element
            if broken:
                raise InputError(described(parser.feed_error_log, name))
            if size > MAX_ACTIVITY_BYTES or marks > MAX_ACTIVITY_MARKS:
                raise InputError(too_large(name))
        _finish(parser, name, found)
    except etree.XMLSyntaxError:
        raise InputError(described(parser.feed_error_log, name)) from None


def lxml_etree() -> Any:
    """Return `lxml.etree`. Raises MissingExtraError if it is not installed."""
    try:
        from lxml import etree
    except ImportError:
        raise MissingExtraError("Reading IATI files", "iati") from None
    return etree


def _finished(parser: XMLPullParser) -> Iterator[_Element]:
    for _, given in parser.read_events():
        element = cast("_Element", given)  # the stubs leave room for other kinds of events
        if any(above.tag == element.tag for above in element.iterancestors()):
            continue  # an activity inside another is no activity of its own
        drop_namespace(element)
        yield element
        _forget(element)


def drop_namespace(activity: _Element) -> None:
    """Take the activity's own namespace, if it has one, off it and what is in it; foreign ones stay."""
    if activity.tag == "iati-activity":
        return
    own = activity.tag[: activity.tag.index("}") + 1]
    for element in activity.iter():
        if element.tag.startswith(own):
            element.tag = element.tag[len(own) :]


def _forget(element: _Element) -> None:
    """Let go of an element's content and of everything before it, on every level."""
    element.clear(keep_tail=True)  # type: ignore[call-arg] # the stubs know an older lxml
    above: _Element | None = element
    while above is not None:
        parent = above.getparent()
        if parent is not None:
            while above.getprevious() is not None:
                del parent[0]
        above = parent


def _refuse_doctype(element: _Element, name: str) -> None:
    """Return the prolog was looked at before; this holds also for encodings in which that look was blind."""
    if element.getroottree().docinfo.internalDTD is not None:
        what = "The file declares a DOCTYPE or entities, which are refused."
        raise InputError(Problem(name, what=what, fix="Save it again without the <!DOCTYPE> part; IATI needs none."))


def _finish(parser: XMLPullParser, name: str, found: int) -> None:
    root = parser.close()
    if found:
        return
    _refuse_doctype(root, name)
    if root.tag.rpartition("}")[2].startswith("iati-organisation"):
        raise InputError(organisation_file(name))
    iati = root.tag.rpartition("}")[2] in ROOTS
    what = "There is no IATI activity in this file." if iati else "This is XML, but not an IATI file of activities."
    raise InputError(Problem(name, what=what, fix=GET_IATI))


def too_large(name: str, line: int = 0) -> Problem:
    """Return the problem with an activity that is too large to be read; 0 where its line is not known."""
    what = (
        f"One activity or other part of the file is larger than {MAX_ACTIVITY_BYTES // 1_000_000} MB "
        f"or {MAX_ACTIVITY_MARKS:,} tags and attributes."
    )
    return Problem(name, line, what=what, fix="Check that it is the right file; ask the publisher to split it.")
