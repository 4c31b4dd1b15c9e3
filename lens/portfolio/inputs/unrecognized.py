"""What is said of an input that is in none of the forms that lens knows."""

from __future__ import annotations

import re
from pathlib import PurePosixPath
from typing import TYPE_CHECKING

from lens.errors import Problem

if TYPE_CHECKING:
    from lens.portfolio.inputs.sources import FileSource

# fmt: off
_DOCUMENTS = frozenset({
    ".css", ".doc", ".docx", ".gif", ".htm", ".html", ".jpeg", ".jpg", ".js", ".log", ".md", ".odt", ".pdf", ".png",
    ".ppt", ".pptx", ".py", ".rst", ".rtf", ".svg",
})
# fmt: on
_BESIDE = re.compile(r"(?i)(?:readme|licen[cs]e|copying|notice|changelog)[^.]*(?:\.txt)?")
_PAGE = re.compile(rb"(?i)\s*(?:<!--.{0,500}?-->\s*)?<(?:!doctype\s+html|html|head|body)\b", re.DOTALL)
_JSON = re.compile(rb"\s*(?:\[\s*)?\{\s*\"|\s*\[\s*(?:\"|\d)")

NOT_KNOWN = "This is in none of the forms in which portfolios are published that lens knows."
MAPPING = (
    "Name the IATI, CRS or AidData file itself; for a table of another form, write a mapping file "
    "(lens new table) and name it with --mapping."
)
_WEB_PAGE = "This is a web page and holds no records; often it says why a download failed."
_OPEN_IT = "Open it to see what it says, and download the file again."
_IS_JSON = "This is JSON, in which lens reads no published activities."
_OTHER_FORM = "Get the same activities as IATI XML, or as a table (CSV or XLSX)."


def told(head: bytes, name: str) -> Problem:
    """Why an input that was named cannot be read, as far as its first bytes tell."""
    if _PAGE.match(head):
        return Problem(name, what=_WEB_PAGE, fix=_OPEN_IT)
    if _JSON.match(head):
        return Problem(name, what=_IS_JSON, fix=_OTHER_FORM)
    return Problem(name, what=NOT_KNOWN, fix=MAPPING)


def is_document(source: FileSource) -> bool:
    """Whether an input was only found beside others, in a folder or a zip file, and is by its name a document.

    Asked once its content is in none of the forms, so that no data is passed over for its name.
    """
    name = PurePosixPath((source.member or source.path).replace("\\", "/"))
    return source.is_inside and (name.suffix.lower() in _DOCUMENTS or _BESIDE.fullmatch(name.name) is not None)


def document(source: FileSource) -> Problem:
    """What is said of a document beside data."""
    return Problem(source.name, what="A document beside the data was left out.", fix="Name it if it holds data.")
