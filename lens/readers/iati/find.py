"""One activity out of a file, with what only the whole file tells: how often its id and its text occur."""

from __future__ import annotations

import re
from array import array
from dataclasses import replace
from hashlib import blake2b
from typing import TYPE_CHECKING

from lens.cases.published import Note
from lens.errors import InputError, Problem
from lens.readers.iati.activity import read_element
from lens.readers.iati.header import default_language, identifier_of, last_updated
from lens.readers.iati.notes import Notes
from lens.readers.iati.stream import elements
from lens.readers.iati.texts import compared, read_texts

if TYPE_CHECKING:
    from pathlib import Path

    from lxml.etree import _Element

    from lens.cases.published import Published
    from lens.readers.published import PublishedActivity

NEAR = 5
REMEMBERED = 20_000
"""How many identifiers are kept for suggestions."""


class _Search:
    """A pass through one file in search of an identifier; without one, of the only activity there is."""

    def __init__(self, path: Path, wanted: str | None) -> None:
        self.file = str(path)
        self.wanted = _same(wanted) if wanted is not None else None
        self.hit: PublishedActivity | None = None
        self.hits = 0
        self.count = 0
        self.ids: list[str] = []
        self._newest = ""
        self._text = b""
        self._texts = array("Q")

    def see(self, element: _Element) -> None:
        """Look at one activity; read it in full only if it is wanted."""
        self.count += 1
        found = identifier_of(element)
        if len(self.ids) < REMEMBERED and found:
            self.ids.append(found)
        digest = _digest(element)
        if self.wanted is None or _same(found) == self.wanted:
            self.hits += 1
            self._keep_newest(element, digest)
        elif digest:
            self._texts.append(int.from_bytes(digest, "big"))

    def _keep_newest(self, element: _Element, digest: bytes) -> None:
        if self.wanted is None and self.hits > 1:
            return
        updated = _sortable(last_updated(element))
        if self.hit is None or updated >= self._newest:
            self.hit, self._newest, self._text = read_element(element, self.file), updated, digest

    def shared(self) -> int:
        """On how many other activities the description stands word for word."""
        return self._texts.count(int.from_bytes(self._text, "big")) if self._text else 0


def read_activity(path: Path, identifier: str | None = None) -> PublishedActivity:
    """Return the one activity with this identifier, white space aside; the newest if there are several.

    Without an identifier, the only activity of the file. The whole file is read, so that a description shared
    with other activities counts as no text. Raises InputError if there is no such activity, or none could be
    read; if the file breaks after the activity, the activity is given with that problem.
    """
    search = _Search(path, identifier)
    broken: tuple[Problem, ...] = ()
    try:
        for element in elements(path):
            search.see(element)
    except InputError as error:
        if search.hit is None or identifier is None:
            raise _not_before_the_break(search, identifier, error) from None
        broken = error.problems
    if search.hit is None or (identifier is None and search.count > 1):
        raise InputError(_not_there(search, identifier))
    return _completed(search, search.hit, broken)


def _completed(search: _Search, hit: PublishedActivity, broken: tuple[Problem, ...]) -> PublishedActivity:
    published = hit.program.published
    if published is None:  # pragma: no cover - read_element always fills it
        return hit
    more: list[Note] = []
    if search.wanted is not None and search.hits > 1:
        more.append(Note(code="activity-repeated", count=search.hits))
    if shared := search.shared():
        more.append(Note(code="description-shared", count=shared))
    if broken:
        more.append(Note(code="file-broken", detail=f"line {broken[0].line}" if broken[0].line else ""))
    if more:
        published = _with_notes(published, more, length=0 if shared else published.text_length)
    return replace(hit, program=replace(hit.program, published=published), problems=(*hit.problems, *broken))


def _with_notes(published: Published, more: list[Note], *, length: int) -> Published:
    notes = tuple(sorted((*published.notes, *more), key=lambda note: note.code))
    return replace(published, notes=notes, text_length=length)


def _not_before_the_break(search: _Search, wanted: str | None, error: InputError) -> InputError:
    if not search.count:
        return error
    what = f"The file could be read only in part; it has {_activities(search.count)} before that point."
    if wanted is not None:
        what = f"{what} The one asked for is not among them."
    return InputError([*error.problems, Problem(search.file, what=what, fix="Get a whole file.")])


def _not_there(search: _Search, wanted: str | None) -> Problem:
    has = f"The file has {_activities(search.count)}"
    if wanted is None:
        named = ", ".join(search.ids[:NEAR])
        fix = f"Name one of them by its identifier, such as {named}." if named else "None of them has an identifier."
        return Problem(search.file, what=f"{has}; which one to read was not said.", fix=fix)
    return Problem(search.file, what=f"{has}, and none with the identifier asked for.", fix=_near(wanted, search.ids))


def _near(wanted: str, ids: list[str]) -> str:
    import difflib

    known = list(dict.fromkeys(ids))
    found = difflib.get_close_matches(wanted, known, n=NEAR, cutoff=0.6) if len(wanted) <= 200 else []
    if found:
        return f"Did you mean {' or '.join(found)}?"
    return f"It begins with {', '.join(known[:NEAR])}." if known else "None of them has an identifier."


def _activities(count: int) -> str:
    return "1 activity" if count == 1 else f"{count} activities"


def _same(identifier: str) -> str:
    """Return an identifier without any white space, in one case: how two are held against each other."""
    return "".join(identifier.split()).casefold()


def _digest(element: _Element) -> bytes:
    """Eight bytes that stand for the description; empty if it has none."""
    told = read_texts((), element.findall("description"), default_language(element), Notes()).description
    return blake2b(compared(told).encode("utf-8", "replace"), digest_size=8).digest() if told else b""


def _sortable(stamp: str) -> str:
    """Return a time stamp in a form that sorts; anything else sorts first."""
    found = re.match(r"\d{4}-\d{2}-\d{2}(?:T[\d:.]+)?", stamp, re.ASCII)
    return found[0] if found else ""
