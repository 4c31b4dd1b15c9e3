"""What stands at the head of one activity: its identifier, language, version, publisher, and where it begins."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

from lens.errors import Problem
from lens.readers.iati.texts import XML_LANG, language, name_of
from lens.readers.iati.values import day, flag, identifier, plain
from lens.readers.iati.vocab import VERSIONS

if TYPE_CHECKING:
    from lxml.etree import _Element

    from lens.readers.iati.notes import Notes


def identifier_of(activity: _Element) -> str:
    """Return the identifier of an activity element, white space made single spaces; empty if it has none."""
    return identifier(activity.findtext("iati-identifier"))


def default_language(activity: _Element) -> str:
    """Return the language of texts that name none: the activity's, else the file's; empty if neither says."""
    return language(activity.get(XML_LANG) or inherited(activity, XML_LANG))


def line_of(activity: _Element, before: int = 0) -> int:
    """Return the line an activity begins on; 0 where unknown. `before` is how many lines stand before its document."""
    line = cast("int | None", activity.sourceline)
    return line + before if line else 0


def last_updated(activity: _Element) -> str:
    """When the record was last changed, as written."""
    return (activity.get("last-updated-datetime") or "").strip()


def inherited(activity: _Element, attribute: str) -> str | None:
    """Return an attribute of the nearest element around an activity that has it."""
    above = activity.getparent()
    while above is not None:
        if found := above.get(attribute):
            return found
        above = above.getparent()
    return None


def version_of(activity: _Element, notes: Notes) -> str:
    """Return the version as written on the activity, under a prefix or not, else on what is around it."""
    given = activity.get("version")
    if not given:
        given = next((str(value) for name, value in activity.items() if str(name).endswith("}version")), None)
    version = plain(given or inherited(activity, "version"))
    if not version:
        notes.add("version-missing")
    elif version not in VERSIONS:
        notes.add("version-unknown", version)
    return version


def publisher_of(element: _Element | None, found: str, default: str, notes: Notes) -> str:
    """Return the publisher's reference."""
    if element is None:
        return ""
    ref = identifier(element.get("ref"))
    if not name_of(element, default):
        notes.add("reporting-unnamed")
    if flag(element.get("secondary-reporter")):
        notes.add("secondary-reporter")
    if ref and found and not found.casefold().startswith(ref.casefold()):
        notes.add("identifier-foreign")
    return ref


def updated_of(activity: _Element, notes: Notes) -> str:
    """Return the day the record was last changed; empty where it is not stated or cannot be read."""
    given = last_updated(activity)
    found = day(given)
    if given and found is None:
        notes.add("record-date-unreadable")
    return found.isoformat() if found else ""


def read_identifier(element: _Element | None, line: int, file: str, notes: Notes) -> tuple[str, tuple[Problem, ...]]:
    """Return the identifier, white space made single spaces; without one, what is wrong."""
    written = (element.text or "") if element is not None else ""
    found = identifier(written)
    if not found:
        notes.add("identifier-missing")
        what = "This activity has no identifier."
        fix = "Ask the publisher for one; without it, the activity cannot be told from others."
        return "", (Problem(file, line, "iati-identifier", what, fix),)
    if written.split() != [written]:
        notes.add("identifier-spaces")
    return found, ()
