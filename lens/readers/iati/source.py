"""A file as safe pieces of bytes: looked at before it is opened, unpacked if need be, bounded throughout."""

from __future__ import annotations

import stat
import zlib
from typing import TYPE_CHECKING, BinaryIO, cast

from lens.errors import InputError, Problem, near
from lens.readers.iati.prolog import GZIP, PACKED, UTF32, read_prolog

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

CHUNK = 65_536
HEAD = 1_048_576
MAX_UNPACKED = 8_000_000_000
"""What a packed file may unpack to. Memory stays flat whatever it is; this bounds the time."""

_NOT_PLAIN = (
    (stat.S_ISDIR, "a folder"),
    (stat.S_ISFIFO, "a pipe"),
    (stat.S_ISSOCK, "a socket"),
    (stat.S_ISCHR, "a device"),
    (stat.S_ISBLK, "a device"),
)
GET_IATI = "Get the XML file of activities from the publisher or the IATI Registry."


def chunks(path: Path) -> Iterator[bytes]:
    """Yield the bytes of a plain or gzip-packed XML file, white space before its declaration made harmless.

    The first piece is long enough to hold everything before the root element. Raises InputError if the file
    cannot be opened or is plainly no IATI file of activities.
    """
    name = str(path)
    _look(path)
    try:
        with path.open("rb") as stream:
            yield from _checked(_unpacked(stream, name), name)
    except OSError as reason:
        raise InputError(_unreadable(name, reason)) from None


def chunks_of(stream: BinaryIO, name: str) -> Iterator[bytes]:
    """Yield the same of a stream that is unpacked already and is read once; `name` is how messages call it."""
    try:
        yield from _checked(_plain(stream), name)
    except OSError as reason:
        raise InputError(_unreadable(name, reason)) from None


def _checked(pieces: Iterator[bytes], name: str) -> Iterator[bytes]:
    head = _head(pieces)
    _refuse(head, name)
    yield _declaration_first(head)
    yield from pieces


def organisation_file(name: str) -> Problem:
    """Return the problem with an organisation file where activities are wanted."""
    what = "This is an IATI organisation file. It has budgets of an organization, and no activities."
    return Problem(name, what=what, fix="Name the publisher's activity file instead.")


def _look(path: Path) -> None:
    name = str(path)
    try:
        mode = path.stat().st_mode
    except FileNotFoundError:
        raise InputError(Problem(name, what="There is no such file.", fix=_neighbors(path))) from None
    except (OSError, ValueError) as reason:
        raise InputError(_unreadable(name, reason)) from None
    if stat.S_ISREG(mode):
        return
    kind = next((kind for test, kind in _NOT_PLAIN if test(mode)), "not a plain file")
    raise InputError(Problem(name, what=f"This is {kind}.", fix="Name an XML file instead."))


def _unreadable(name: str, reason: Exception) -> Problem:
    why = getattr(reason, "strerror", None) or "the name cannot be used"
    return Problem(name, what=f"The file cannot be read: {why}.", fix="Check its name and who may read it.")


def _neighbors(path: Path) -> str:
    try:
        names = sorted(other.name for other in path.parent.iterdir())[:500]
    except OSError:
        return "Its folder is not there either."
    return near(path.name, names)


def _head(pieces: Iterator[bytes]) -> bytes:
    """Return the first pieces, up to and with the one in which the root element opens."""
    head = bytearray()
    for piece in pieces:
        head += piece
        if read_prolog(bytes(head)).finished or len(head) >= HEAD:
            break
    return bytes(head)


def _plain(stream: BinaryIO) -> Iterator[bytes]:
    while piece := stream.read(CHUNK):
        yield piece


def _unpacked(stream: BinaryIO, name: str) -> Iterator[bytes]:
    first = stream.read(CHUNK)
    if not first.startswith(GZIP):
        yield first
        yield from _plain(stream)
        return
    import gzip

    stream.seek(0)
    given = 0
    with gzip.open(stream) as packed:
        # typeshed leaves open whether gzip.open gives text; here it was given a binary stream
        while piece := _next(cast("BinaryIO", packed), name):
            given += len(piece)
            if given > MAX_UNPACKED:
                what = f"The file unpacks to more than {MAX_UNPACKED // 1_000_000_000} GB."
                raise InputError(Problem(name, what=what, fix="Check that it is the right one, or split it."))
            yield piece


def _next(packed: BinaryIO, name: str) -> bytes:
    try:
        return packed.read(CHUNK)
    except (EOFError, zlib.error, OSError):
        what = "The packed file is damaged or ends too early."
        raise InputError(Problem(name, what=what, fix="Download or pack it again.")) from None


def _refuse(head: bytes, name: str) -> None:
    """Say at once what is plainly not an IATI file of activities."""
    prolog = read_prolog(head)
    what, fix = "", GET_IATI
    if not head:
        what = "The file is empty."
    elif kind := next((kind for mark, kind in PACKED if head.startswith(mark)), None):
        what = f"This is a packed file ({kind}) or an office document, not XML."
        fix = "Unpack it, and name the XML file in it."
    elif head.startswith(UTF32):
        what, fix = "The file is in UTF-32, which XML readers do not read.", "Save it again as UTF-8."
    elif prolog.kind == "json":
        what = "This is JSON, not XML. It may be the answer of a search that found nothing."
    elif prolog.kind == "html":
        what = "This is a web page, not IATI data. It may be an error page or a login page."
    elif prolog.doctype:
        what = "The file declares a DOCTYPE or entities, which are refused: they can make a small file huge."
        fix = "Save it again without the <!DOCTYPE> part; IATI needs none."
    elif prolog.kind == "organisations":
        raise InputError(organisation_file(name))
    elif not prolog.finished and len(head) >= HEAD:
        what = "No element opens in the first megabyte of the file."
    elif prolog.kind == "none":
        what = "This is not XML."
    if what:
        raise InputError(Problem(name, what=what, fix=fix))


def _declaration_first(head: bytes) -> bytes:
    """Return the head with white space before the XML declaration put after it; lines keep their numbers.

    libxml2 refuses a declaration that is not at the very start; publishers write it there.
    """
    bare = head.removeprefix(b"\xef\xbb\xbf")
    stripped = bare.lstrip(b" \t\r\n")
    if stripped is bare or not stripped.startswith(b"<?xml "):
        return head
    before = bare[: len(bare) - len(stripped)]
    end = stripped.find(b"?>")
    if end < 0:
        return head
    lines = before.replace(b"\r\n", b"\n").replace(b"\r", b"\n").count(b"\n")
    return stripped[: end + 2] + b"\n" * lines + stripped[end + 2 :]
