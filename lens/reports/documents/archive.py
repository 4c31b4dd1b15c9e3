"""Zip archives, which DOCX and XLSX files are: written with the same bytes each time, and looked through before use."""

from __future__ import annotations

import io
import re
import zipfile

from lens.errors import LensError

_EPOCH = (1980, 1, 1, 0, 0, 0)
_MAX_UNPACKED = 50_000_000
_MAX_PARTS = 2_000
_FIRST = ("[Content_Types].xml", "_rels/.rels")

_RELATION = re.compile(rb"<Relationship\b[^>]*>")
_OUTSIDE = re.compile(rb"""TargetMode\s*=\s*["']External["']""")
_LINK = re.compile(rb"""Type\s*=\s*["'][^"']*/hyperlink["']""")
_FETCHES = re.compile(
    rb"\b(INCLUDEPICTURE|INCLUDETEXT|INCLUDE|IMPORT|DDEAUTO|DDE|LINK|DATABASE|MACROBUTTON|RD|MERGEFIELD)\b"
)
_FIELD = re.compile(rb"<w:instrText\b[^>]*>(.*?)</w:instrText>|\bw:instr=\"([^\"]*)\"", re.DOTALL)
_RUNS = re.compile(r"(?i)vbaProject|activeX/|\.bin$|oleObject|afchunk")


def settled(data: bytes, replaced: dict[str, bytes] | None = None) -> bytes:
    """The same archive with its parts in a fixed order and on a fixed date, some of them replaced."""
    with zipfile.ZipFile(io.BytesIO(data)) as given:
        parts = {name: given.read(name) for name in given.namelist()}
    parts.update(replaced or {})
    order = sorted(parts, key=lambda name: (_FIRST.index(name) if name in _FIRST else len(_FIRST), name))
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as archive:
        for name in order:
            entry = zipfile.ZipInfo(name, _EPOCH)
            entry.compress_type = zipfile.ZIP_DEFLATED
            archive.writestr(entry, parts[name])
    return made.getvalue()


def check_template(data: bytes, name: str) -> None:
    """LensError where a Word template of the user's holds what a report must not carry to its readers."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as given:
            entries = given.infolist()
            if len(entries) > _MAX_PARTS or sum(one.file_size for one in entries) > _MAX_UNPACKED:
                raise LensError(f"{name} cannot be used: it unpacks to more than a template may hold.")
            parts = {one.filename: given.read(one) for one in entries}
    except (zipfile.BadZipFile, NotImplementedError, RuntimeError, EOFError, ValueError):
        raise LensError(f"{name} cannot be used: it is no Word file. Save it in Word as .docx.") from None
    if any(_RUNS.search(one) for one in parts):
        raise LensError(f"{name} cannot be used: it holds macros or programs. Save it in Word as .docx without them.")
    for part, text in parts.items():
        relations = _RELATION.findall(text) if part.endswith(".rels") else []
        if any(_OUTSIDE.search(one) and not _LINK.search(one) for one in relations):
            raise LensError(
                f"{name} cannot be used: it loads something from outside when it is opened, such as a picture on a "
                "server or a template. Put pictures into the file itself."
            )
        fields = (b"".join(found) for found in _FIELD.findall(text))
        if part.endswith(".xml") and any(_FETCHES.search(one.upper()) for one in fields):
            raise LensError(f"{name} cannot be used: a field in it fetches or runs something. Remove that field.")
