"""Text that people wrote is data. Here it is made inert for each format: no markup, no formula, no hidden sign."""

from __future__ import annotations

import re

_CONTROLS = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]")
# Signs that turn the direction of all that follows: text could be made to read as something else than it says.
_DIRECTION = re.compile("[\u202a-\u202e\u2066-\u2069\u200e\u200f\u061c]")
_JSON = re.compile("[<>&\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069\u200e\u200f\u061c\ud800-\udfff\ufffe\uffff]")
_MARKDOWN = re.compile(r"([\\`*_{}\[\]|~$#@]|:(?=//))")
_ENTITIES = str.maketrans({"&": "&amp;", "<": "&lt;", ">": "&gt;"})
_LIST_START = re.compile(r"^([-+])|^(\d{1,9})([.)])")
_FORMULA = re.compile("^\\s*[=+\\-@\t\r\uff1d\uff0b\uff0d\uff20]")


_MARK = "\u200e"
_DATE = re.compile(r"(?<![\d-])\d{4}-\d{2}(?:-\d{2})?(?![\d-])")


def dates_kept(text: str) -> str:
    """Text as it may stand in a text from right to left, where a date such as 2026-05-14 would be shown backwards.

    Its hyphens are no part of a number there. Invisible marks hold it together; they are ours, and those of the text
    itself have been made visible before.
    """
    return _DATE.sub(lambda found: f"{_MARK}{found[0]}{_MARK}", text)


def clean(text: str) -> str:
    """Text without control signs, and with signs that turn its direction made visible."""
    if text.isascii() and text.isprintable():
        return text
    return _DIRECTION.sub("\ufffd", _CONTROLS.sub("", text))


def markdown(text: str) -> str:
    """Text as Markdown that shows it as it is, on one line, wherever it stands."""
    line = " ".join(clean(text).split())
    line = _MARKDOWN.sub(r"\\\1", line).translate(_ENTITIES)
    # An escaped dot stops a bare www. address from becoming a link.
    line = re.sub(r"(?i)\b(www)\.", r"\1\\.", line)
    return _LIST_START.sub(lambda found: f"\\{found[1]}" if found[1] else f"{found[2]}\\{found[3]}", line)


def cell(text: str) -> str:
    """Text as a cell of a spreadsheet that is never read as a formula."""
    if _FORMULA.match(text):
        text = f"'{text}"
    return clean(text)


def json(text: str) -> str:
    """A JSON text with every sign escaped that could act where it is put; it reads back as the same values."""
    return _JSON.sub(lambda found: f"\\u{ord(found[0]):04x}", text)
