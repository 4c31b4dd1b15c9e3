"""What the XML parser found wrong, said to the person who holds the file, without any of the file's text."""

from __future__ import annotations

from typing import TYPE_CHECKING

from lens.errors import Problem

if TYPE_CHECKING:
    from lxml.etree import _ListErrorLog

CUT = "The file ends in the middle of an element; it was probably cut off."
AGAIN = "Download it again, or ask the publisher for a whole file."
MEND = "Open it in an editor at that line, or ask the publisher to mend it."

SENTENCES: dict[str, tuple[str, str]] = {
    "ERR_TAG_NOT_FINISHED": (CUT, AGAIN),
    "ERR_TAG_NAME_MISMATCH": ("The closing tag does not match the tag that was opened.", MEND),
    "ERR_DOCUMENT_EMPTY": (
        "This is not XML.",
        "Get the XML file of activities from the publisher or the IATI Registry.",
    ),
    "ERR_ATTRIBUTE_NOT_STARTED": ("An attribute's value is not in quotation marks.", MEND),
    "ERR_DOCUMENT_END": ("There is something after the end of the XML.", MEND),
    "ERR_UNDECLARED_ENTITY": (
        "It uses an entity such as &nbsp; that XML does not know.",
        "Write the character itself instead.",
    ),
    "NS_ERR_UNDEFINED_NAMESPACE": (
        "It uses a prefix on an element or attribute that is not declared.",
        "Ask the publisher to declare the prefix (xmlns:…) or to leave those parts out.",
    ),
    "ERR_ATTRIBUTE_REDEFINED": ("An element has the same attribute twice.", MEND),
    "ERR_INVALID_CHAR": ("There is a character that XML does not allow.", MEND),
    "ERR_INVALID_ENCODING": (
        "The bytes are not in the encoding that the file states.",
        "Save it again as UTF-8, and state UTF-8 in its first line.",
    ),
    "ERR_UNSUPPORTED_ENCODING": ("The file states an encoding that is not known.", "Save it again as UTF-8."),
    "ERR_UNKNOWN_ENCODING": ("The file states an encoding that is not known.", "Save it again as UTF-8."),
    "ERR_RESOURCE_LIMIT": (
        "An element is nested too deeply or holds too much text (over 10 MB).",
        "Check that it is the right file; ask the publisher to split it.",
    ),
    "ERR_RESERVED_XML_NAME": (
        "The XML declaration is not at the start of the file.",
        "Remove what stands before it.",
    ),
}
OTHER = ("The XML is broken here.", MEND)


def described(log: _ListErrorLog, name: str, before: int = 0) -> Problem:
    """Return the first thing a parser could not get over, as a problem with file, line, what and fix.

    `before` is how many lines of the file stand before what the parser was given.
    """
    errors = list(log)
    if not errors:
        return Problem(name, what=CUT, fix=AGAIN)
    what, fix = SENTENCES.get(errors[0].type_name, OTHER)
    return Problem(name, max(errors[0].line, 0) + before, what=what, fix=fix)
