"""The parts of a workbook that its sheets lean on: how parts are gone through, shared strings, styles of days."""

from __future__ import annotations

import re
from array import array
from tempfile import TemporaryFile
from typing import TYPE_CHECKING, Any
from weakref import finalize
from xml.parsers import expat

from lens.errors import InputError, Problem
from lens.readers.tables.rows import LONGEST_CELL

if TYPE_CHECKING:
    import zipfile
    from collections.abc import Callable, Iterator

_MAX_STRINGS = 10_000_000
_CHUNK = 1 << 16
_LONGEST_TAG = 4_000_000
_DAY_FORMATS = frozenset({*range(14, 18), 22, *range(27, 37), *range(50, 59)})
_NOT_DAY = re.compile(r'"[^"]*"|\[[^\]]*\]|\\.|_.|General', re.IGNORECASE)


def walk(
    packed: zipfile.ZipFile,
    part: str,
    begin: Callable[[str, dict[str, str]], None],
    called: str,
    end: Callable[[str], None] | None = None,
    text: Callable[[str], None] | None = None,
) -> Iterator[None]:
    """Go through the elements of a part; gives nothing after each stretch, so that rows can be taken."""

    def refuse(*_: object) -> None:
        what = "A part of this workbook declares a document type, which workbooks never do; it is not read."
        raise InputError(Problem(called, what=what, fix="Open it and save it as .xlsx again."))

    parser = expat.ParserCreate()
    parser.buffer_text = True
    parser.buffer_size = _CHUNK
    parser.StartDoctypeDeclHandler = refuse
    parser.EntityDeclHandler = refuse
    parser.StartElementHandler = lambda tag, given: begin(
        tag.rpartition(":")[2], {key.rpartition(":")[2]: value for key, value in given.items()}
    )
    if end is not None:
        parser.EndElementHandler = lambda tag: end(tag.rpartition(":")[2])
    if text is not None:
        parser.CharacterDataHandler = text
    with packed.open(part) as stream:
        fed = 0
        while chunk := stream.read(_CHUNK):
            parser.Parse(chunk, False)
            fed += len(chunk)
            # A tag is held until it ends, and one that never does would fill the memory.
            if fed - parser.CurrentByteIndex > _LONGEST_TAG:
                raise InputError(Problem(called, what="A part of this workbook holds a tag that never ends."))
            yield
        parser.Parse(b"", True)
        yield


class Strings:
    """The shared strings of a workbook, kept in a file: there can be more of them than memory."""

    def __init__(self, packed: zipfile.ZipFile, called: str) -> None:
        self._file: Any = TemporaryFile(buffering=0)  # noqa: SIM115 - lives as long as the workbook
        finalize(self, self._file.close)
        self._ends = array("Q", [0])
        self._waiting = bytearray()
        self._parts: list[str] | None = None
        self._spoken = 0
        self._called = called
        if "xl/sharedStrings.xml" in packed.namelist():
            for _ in walk(packed, "xl/sharedStrings.xml", self._begin, called, self._end, self._text):
                pass
        self._flush()

    def _begin(self, tag: str, _: dict[str, str]) -> None:
        if tag == "si":
            self._parts = []
        elif tag == "rPh":
            self._spoken += 1

    def _text(self, text: str) -> None:
        if self._parts is not None and not self._spoken:
            self._parts.append(text)

    def _end(self, tag: str) -> None:
        if tag == "rPh":
            self._spoken -= 1
        elif tag == "si" and self._parts is not None:
            made = "".join(self._parts)[: LONGEST_CELL + 1].encode("utf-8", "replace")
            self._parts = None
            self._waiting += made
            self._ends.append(self._ends[-1] + len(made))
            if len(self._ends) > _MAX_STRINGS:
                raise InputError(Problem(self._called, what="This workbook holds too many texts.", fix="Split it."))
            if len(self._waiting) > _CHUNK * 16:
                self._flush()

    def _flush(self) -> None:
        self._file.write(self._waiting)
        self._waiting.clear()

    def __getitem__(self, number: int) -> str:
        if not 0 <= number < len(self._ends) - 1:
            return ""
        begin, end = self._ends[number], self._ends[number + 1]
        self._file.seek(begin)
        found: bytes = self._file.read(end - begin)
        return found.decode("utf-8", "replace")


def day_styles(packed: zipfile.ZipFile, called: str) -> frozenset[int]:
    """The numbers of the cell styles that show a number as a day."""
    if "xl/styles.xml" not in packed.namelist():
        return frozenset()
    own: dict[str, str] = {}
    styles: list[str] = []
    inside = ""

    def begin(tag: str, given: dict[str, str]) -> None:
        nonlocal inside
        if tag == "numFmt":
            own[given.get("numFmtId", "")] = given.get("formatCode", "")
        elif tag in ("cellXfs", "cellStyleXfs"):
            inside = tag
        elif tag == "xf" and inside == "cellXfs":
            styles.append(given.get("numFmtId", ""))

    for _ in walk(packed, "xl/styles.xml", begin, called):
        pass
    return frozenset(number for number, style in enumerate(styles) if _shows_day(style, own))


def _shows_day(style: str, own: dict[str, str]) -> bool:
    if style in own:
        return any(sign in _NOT_DAY.sub("", own[style]).lower() for sign in "yd")
    return style.isdecimal() and int(style) in _DAY_FORMATS
