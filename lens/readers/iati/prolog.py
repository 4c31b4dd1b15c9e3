"""What the first bytes of a file say: its encoding, its root element, whether it declares a DOCTYPE."""

from __future__ import annotations

import re
import zlib
from dataclasses import dataclass
from typing import Literal

Kind = Literal["activities", "organisations", "answer", "html", "json", "other", "none"]

GZIP = b"\x1f\x8b"
PACKED = (
    (GZIP, "gzip"),
    (b"PK", "zip"),
    (b"BZh", "bzip2"),
    (b"\xfd7zXZ", "xz"),
    (b"7z\xbc\xaf", "7z"),
    (b"\x28\xb5\x2f\xfd", "zstandard"),
)
UTF32 = (b"\xff\xfe\x00\x00", b"\x00\x00\xfe\xff", b"<\x00\x00\x00", b"\x00\x00\x00<")
UTF16 = (
    (b"\xff\xfe", "utf-16-le"),
    (b"\xfe\xff", "utf-16-be"),
    (b"<\x00", "utf-16-le"),
    (b"\x00<", "utf-16-be"),
)

ROOTS: dict[str, Kind] = {
    "iati-activities": "activities",
    "iati-activity": "activities",
    "iati-organisations": "organisations",
    "iati-organisation": "organisations",
    "result": "answer",
    "query": "answer",
    "html": "html",
}
_MISC = re.compile(r"\s+|<\?.*?\?>|<!--.*?-->", re.DOTALL)
_ROOT = re.compile(r"<(?![!?])(?:[^\s<>/:]+:)?([^\s<>/:]+)")
_IATI = re.compile(r"<(?:[^\s<>/:]+:)?iati-(activit|organisation)")


@dataclass(frozen=True, slots=True)
class Prolog:
    """What stands before the root element, and which root it is."""

    kind: Kind
    doctype: bool = False
    finished: bool = True
    """Whether the head reached the root element."""


def looks_like_iati(head: bytes) -> bool:
    """Whether the first kilobytes of a file are those of an IATI file of activities or organisations.

    Judged by the root element alone, packed with gzip or not, in UTF-8 or UTF-16; never by a name.
    """
    head = unpacked_head(head)
    found = read_prolog(head)
    if found.kind in ("activities", "organisations"):
        return True
    return (found.doctype or found.kind == "answer") and _IATI.search(decoded_head(head)) is not None


def unpacked_head(head: bytes) -> bytes:
    """Return the head, unpacked if it is packed with gzip; nothing if the packing is broken."""
    if not head.startswith(GZIP):
        return head
    try:
        return zlib.decompressobj(31).decompress(head, 65_536)
    except zlib.error:
        return b""


def decoded_head(head: bytes) -> str:
    """Return the head as text. Any encoding that contains ASCII serves, since only markup is looked at."""
    if head.startswith(UTF32):
        return ""
    for mark, encoding in UTF16:
        if head.startswith(mark):
            return head.decode(encoding, "replace").lstrip("\ufeff")
    return head.removeprefix(b"\xef\xbb\xbf").decode("latin-1")


def read_prolog(head: bytes) -> Prolog:
    """Return what the head says; `none` where it holds no XML at all."""
    text = decoded_head(head)
    at = 0
    while found := _MISC.match(text, at):
        at = found.end()
    if text.startswith("<!DOCTYPE", at):
        return Prolog("html" if text[at + 9 :].lstrip()[:4].lower() == "html" else "other", doctype=True)
    if root := _ROOT.match(text, at):
        name = root.group(1)
        return Prolog(ROOTS.get(name) or ROOTS.get(name.lower(), "other"))
    if text.startswith(("<!--", "<?"), at):
        return Prolog("other", finished=False)
    if text.startswith(("{", "["), at):
        return Prolog("json")
    return Prolog("none", finished=at < len(text))
