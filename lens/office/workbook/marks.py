"""Cells that hold a formula or an error, which reading by text alone does not tell from an empty cell."""

from __future__ import annotations

import re
import zipfile
from contextlib import suppress
from typing import TYPE_CHECKING, Literal
from xml.parsers import expat

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

Mark = Literal["formula", "error"]
Marks = dict[str, dict[tuple[int, int], Mark]]
"""By sheet, and in it by row and column counted from 1."""

_HINT = re.compile(rb"<(?:\w+:)?f[ />]|\bt=[\"']e[\"']|\bformula=")
_BLOCK = 1 << 20
_MAX_MARKS = 100_000
_REPEATS = 1000
"""How often a repeated cell of a formula is named at most."""


class _EnoughError(Exception):
    pass


def marks(path: Path) -> Marks:
    """The cells of a workbook that hold a formula or an error. What cannot be read has none."""
    found: Marks = {}
    with (
        suppress(zipfile.BadZipFile, OSError, expat.ExpatError, KeyError, ValueError, _EnoughError),
        zipfile.ZipFile(path) as packed,
    ):
        names = set(packed.namelist())
        if "content.xml" in names:
            _parsed(packed, "content.xml", _Tables(found).start)
        for sheet, part in _parts(packed).items() if "xl/workbook.xml" in names else ():
            if part in names and _hints(packed, part):
                _parsed(packed, part, _Cells(found.setdefault(sheet, {})).start)
    return found


def _parts(packed: zipfile.ZipFile) -> dict[str, str]:
    """The files in which the sheets stand."""
    ids: dict[str, str] = {}
    targets: dict[str, str] = {}

    def sheets(tag: str, attributes: dict[str, str]) -> None:
        if _local(tag) == "sheet":
            ids[attributes["name"]] = next(value for key, value in attributes.items() if _local(key) == "id")

    def relations(tag: str, attributes: dict[str, str]) -> None:
        if _local(tag) == "Relationship":
            target = attributes["Target"]
            targets[attributes["Id"]] = target.lstrip("/") if target.startswith("/") else f"xl/{target}"

    _parsed(packed, "xl/workbook.xml", sheets)
    _parsed(packed, "xl/_rels/workbook.xml.rels", relations)
    return {name: targets[one] for name, one in ids.items() if one in targets}


def _local(tag: str) -> str:
    return tag.rpartition(":")[2]


def _hints(packed: zipfile.ZipFile, part: str) -> bool:
    """Whether a sheet holds anything like a formula or an error: most do not, and looking is quick."""
    before = b""
    with packed.open(part) as stream:
        while block := stream.read(_BLOCK):
            if _HINT.search(before + block):
                return True
            before = block[-64:]
    return False


def _parsed(packed: zipfile.ZipFile, part: str, start: Callable[[str, dict[str, str]], None]) -> None:
    parser = expat.ParserCreate()
    parser.StartElementHandler = start

    def refuse(*_: object) -> None:
        raise _EnoughError  # a document type is where entities are declared; no workbook has one

    parser.StartDoctypeDeclHandler = refuse
    with packed.open(part) as stream:
        while block := stream.read(_BLOCK):
            parser.Parse(block, False)
    parser.Parse(b"", True)


class _Cells:
    """Goes through a sheet of an .xlsx file."""

    def __init__(self, found: dict[tuple[int, int], Mark]) -> None:
        self.found = found
        self.at = (0, 0)

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        name = _local(tag)
        if name == "row":
            self.at = (int(attributes.get("r", self.at[0] + 1)), 0)
        elif name == "c":
            self.at = _place(attributes["r"]) if "r" in attributes else (self.at[0], self.at[1] + 1)
            if attributes.get("t") == "e":
                self._mark("error")
        elif name == "f" and self.found.get(self.at) != "error":
            self._mark("formula")

    def _mark(self, mark: Mark) -> None:
        self.found[self.at] = mark
        if len(self.found) > _MAX_MARKS:
            raise _EnoughError


def _place(name: str) -> tuple[int, int]:
    letters = name.rstrip("0123456789")
    column = 0
    for one in letters.upper():
        column = column * 26 + ord(one) - ord("A") + 1
    return int(name[len(letters) :]), column


class _Tables:
    """Goes through an .ods file, where rows and cells that repeat stand once."""

    def __init__(self, found: Marks) -> None:
        self.found = found
        self.sheet = ""
        self.row = self.column = 0
        self.rows_after = 0

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        name = _local(tag)
        if name == "table":
            self.sheet = attributes.get("table:name", "")
            self.row, self.rows_after = 0, 1
        elif name == "table-row":
            self.row += self.rows_after
            self.rows_after, self.column = int(attributes.get("table:number-rows-repeated", "1")), 0
        elif name in ("table-cell", "covered-table-cell"):
            times = int(attributes.get("table:number-columns-repeated", "1"))
            if "table:formula" in attributes:
                here = self.found.setdefault(self.sheet, {})
                for more in range(min(times, _REPEATS)):
                    here[self.row, self.column + 1 + more] = "formula"
                if len(here) > _MAX_MARKS:
                    raise _EnoughError
            self.column += times
