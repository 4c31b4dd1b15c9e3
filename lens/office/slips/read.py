"""Slips as they come back: rows of a label and what was written beside it, whatever kind of file they are in.

Nothing in them is run, and nothing is thought away: what cannot be placed is handed on as it was written.
"""

from __future__ import annotations

import zipfile
import zlib
from dataclasses import dataclass, field
from hashlib import sha256
from typing import TYPE_CHECKING, Any

from lens.errors import InputError, MissingExtraError, Problem
from lens.interview.typed import clean, plain
from lens.office.slips.form import FIELDS, LISTS, code_in, id_in, letter_in

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from lens.office.slips.form import Code

MAX_BYTES = 30_000_000
MAX_UNPACKED = 100_000_000
_MAX_ROWS = 20_000
_OLD = b"\xd0\xcf\x11\xe0"
_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_STRICT = "{http://purl.oclc.org/ooxml/wordprocessingml/main}"


@dataclass(frozen=True, slots=True)
class Written:
    """What stands in one place of a slip, line by line."""

    lines: tuple[str, ...]
    where: str

    @property
    def text(self) -> str:
        """The lines as one text."""
        return " ".join(one for one in self.lines if one)


@dataclass(slots=True)
class Entry:
    """One question of a slip with everything that was written on it."""

    check: str
    about: str | None
    mark: str
    where: str
    fields: dict[str, Written] = field(default_factory=dict)
    follow_ups: dict[str, Written] = field(default_factory=dict)
    loose: list[Written] = field(default_factory=list)
    """What stands where no field is: the slip's own texts, and what was written there."""


@dataclass(slots=True)
class Returned:
    """One slip that came back."""

    called: str
    """What messages call it."""
    number: str
    """What answers name as their origin: a digest of the file, since its name may hold somebody's."""
    code: Code | None = None
    day: str = ""
    entries: list[Entry] = field(default_factory=list)
    loose: list[Written] = field(default_factory=list)
    """What stands beside the questions: the slip's own texts, and what was written there."""


def read_slip(path: Path, called: str = "") -> Returned:
    """Read a slip that came back. InputError where it cannot be read at all, saying what to do."""
    called = called or path.name
    raw = _examined(path, called)
    made = Returned(called, sha256(raw).hexdigest()[:12])
    if path.suffix.lower() in (".docx", ".docm"):
        body, comments = _parts(path, called)
        _sorted(_word(body), made)
        made.loose += [*_beside(body), *(Written(tuple(_paragraphs(one)), "a comment") for one in comments)]
    else:
        _sorted(_excel(path, called), made)
    if made.code is None:
        raise InputError(
            Problem(
                called,
                what="This is no question slip, or its code was taken away.",
                fix="The code stands at its beginning: lens-slip/1 … Copy it from the slip that was handed out.",
            )
        )
    return made


def _examined(path: Path, called: str) -> bytes:
    try:
        with path.open("rb") as stream:
            raw = stream.read(MAX_BYTES + 1)
    except FileNotFoundError:
        raise InputError(Problem(called, what="There is no such file.")) from None
    except (OSError, ValueError) as reason:
        why = getattr(reason, "strerror", None) or "the name cannot be used"
        raise InputError(Problem(called, what=f"The file cannot be read: {why}.")) from None
    if path.suffix.lower() not in (".docx", ".docm", ".xlsx", ".xlsm", ".ods"):
        raise InputError(
            Problem(called, what="Slips come back as .docx or .xlsx.", fix="Open it and save it as one of these.")
        )
    if raw.startswith(_OLD):
        what = "This file is protected by a password, or in the old form .doc or .xls."
        raise InputError(Problem(called, what=what, fix="Save it without a password, as .docx or .xlsx."))
    if len(raw) > MAX_BYTES:
        raise InputError(Problem(called, what="This file is too large to be a slip.", fix="Check that it is one."))
    return raw


# Rows, each a label and what stands beside it

Row = tuple[Written, Written]


def _sorted(rows: Iterator[Row], made: Returned) -> None:
    """Put rows where they belong: a code of a question begins an entry, a letter says which field it is."""
    entry: Entry | None = None
    day_next = False
    for label, written in rows:
        identity, letter = id_in(label.text), letter_in(label.text)
        found = None if identity else code_in(label.text) or code_in(written.text)
        if identity is not None:
            entry = Entry(*identity, label.where)
            made.entries.append(entry)
        loose = made.loose if entry is None else entry.loose
        loose.append(label)
        if found is not None:
            made.code = made.code or found
        elif day_next and identity is None:
            made.day = written.text
        elif letter is not None and entry is not None:
            _field(entry, letter, written)
        else:
            loose.append(written)
        day_next = found is not None


def _field(entry: Entry, letter: tuple[str, str], written: Written) -> None:
    name, follow_up = FIELDS[letter[0]], letter[1]
    held = entry.follow_ups if name == "follow-up" else entry.fields
    key = follow_up if name == "follow-up" else name
    if not key or key in held:
        entry.loose.append(written)
    else:
        held[key] = written


# Excel


def _excel(path: Path, called: str) -> Iterator[Row]:
    from lens.office.sheets import cell_name, read_sheets

    for name, sheet in read_sheets(path, called).items():
        if plain(name) == LISTS:
            continue
        for number, cells in sheet.rows:
            place = f"sheet {clean(name)[:40]}, cell"
            first, *rest = cells
            lines = tuple(line for one in rest for line in _lines(one))
            yield (
                Written(_lines(first), f"{place} {cell_name(number, 1)}"),
                Written(lines, f"{place} {cell_name(number, 2)}"),
            )


def _lines(text: str) -> tuple[str, ...]:
    return tuple(line for one in text.splitlines() if (line := clean(one).strip()))


# Word


def _word(body: Any) -> Iterator[Row]:
    for number, table in enumerate((one for one in _children(body) if one.tag == f"{_W}tbl"), 1):
        yield from _table(table, number)


def _parts(path: Path, called: str) -> tuple[Any, list[Any]]:
    """The body of a document and its comments, read without anything outside them."""
    try:
        from lxml import etree
    except ImportError:
        raise MissingExtraError("Reading Word documents", "office") from None
    broken = Problem(
        called, what="This is no Word document that can be read.", fix="Open it and save it as .docx again."
    )
    try:
        with zipfile.ZipFile(path) as packed:
            if sum(one.file_size for one in packed.infolist()) > MAX_UNPACKED:
                raise InputError(
                    Problem(called, what="This file is too large to be a slip.", fix="Check that it is one.")
                )
            names = packed.namelist()
            main = next((one for one in ("word/document.xml", "word/document2.xml") if one in names), "")
            texts = [packed.read(one) for one in (main, "word/comments.xml") if one in names]
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError, RuntimeError, KeyError, EOFError, zlib.error):
        raise InputError(broken) from None
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False)
    made = []
    for text in texts:
        try:
            root = etree.fromstring(text.replace(_STRICT.strip("{}").encode(), _W.strip("{}").encode()), parser)
        except etree.XMLSyntaxError:
            raise InputError(broken) from None
        docinfo: Any = root.getroottree().docinfo
        if docinfo.doctype:
            raise InputError(broken)
        made.append(root)
    body = next((one for one in made[0] if one.tag == f"{_W}body"), None) if made and main else None
    if body is None:
        raise InputError(broken)
    return body, [one for root in made[1:] for one in root]


def _children(holder: Any) -> Iterator[Any]:
    """The blocks of a body or cell, also those that stand within a control or a tracked insertion."""
    for one in holder:
        if one.tag in (f"{_W}sdt", f"{_W}sdtContent", f"{_W}ins", f"{_W}moveTo", f"{_W}customXml", f"{_W}smartTag"):
            yield from _children(one)
        else:
            yield one


def _table(table: Any, number: int) -> Iterator[Row]:
    for count, row in enumerate(one for one in _children(table) if one.tag == f"{_W}tr"):
        if count > _MAX_ROWS:
            return
        cells = [_paragraphs(one) for one in _children(row) if one.tag == f"{_W}tc"]
        if not cells:
            continue
        label, *rest = cells
        where = f"table {number}, row {count + 1}"
        yield Written(tuple(label), where), Written(tuple(line for one in rest for line in one), where)


def _paragraphs(holder: Any) -> list[str]:
    """The lines of a cell or comment; tables within it are read line by line as well."""
    lines: list[str] = []
    for paragraph in holder.iter(f"{_W}p"):
        text = "".join(_texts(paragraph))
        lines += [line for one in text.split("\n") if (line := clean(one).strip())]
    return lines


def _texts(holder: Any) -> Iterator[str]:
    """The text of a paragraph as it is shown: without what was deleted, and without hints that nobody replaced."""
    for one in holder:
        tag = one.tag
        if tag in (f"{_W}del", f"{_W}moveFrom", f"{_W}p", f"{_W}pPr", f"{_W}rPr"):
            continue
        if tag == f"{_W}t":
            yield one.text or ""
        elif tag in (f"{_W}br", f"{_W}cr"):
            yield "\n"
        elif tag == f"{_W}tab":
            yield " "
        elif tag == f"{_W}sym":
            yield _symbol(one)
        elif tag == f"{_W}sdt":
            yield from _control(one)
        elif isinstance(tag, str):
            yield from _texts(one)


_BOXES = {
    "2612": "\u2612",
    "2611": "\u2611",
    "2610": "\u2610",
    "FE": "\u2612",
    "FD": "\u2612",
    "A8": "\u2610",
    "6F": "\u2610",
}
"""Boxes by their number in Unicode and in Wingdings, in which some write them."""


def _symbol(one: Any) -> str:
    code = (one.get(f"{_W}char") or "").upper().removeprefix("F0").lstrip("0")
    return _BOXES.get(code, "\ufffd")


def _control(control: Any) -> Iterator[str]:
    """What a control shows: that is what people see, whatever its hidden state says."""
    properties = next((one for one in control if one.tag == f"{_W}sdtPr"), ())
    if any(one.tag == f"{_W}showingPlcHdr" for one in properties):
        return
    for one in control:
        if one.tag == f"{_W}sdtContent":
            yield from _texts(one)


def _beside(body: Any) -> Iterator[Written]:
    """Paragraphs that stand outside of tables."""
    for number, one in enumerate((one for one in _children(body) if one.tag == f"{_W}p"), 1):
        lines = [line for each in one.iter(f"{_W}p") if (line := clean("".join(_texts(each))).strip())]
        yield Written(tuple(lines), f"paragraph {number}")
