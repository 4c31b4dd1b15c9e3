"""Direction in Word: which paragraphs, runs and tables read from right to left. Word asks for it on each of them."""

from __future__ import annotations

import copy
from itertools import groupby
from typing import TYPE_CHECKING, Any

from lens.reports.documents.plain import side

if TYPE_CHECKING:
    from collections.abc import Iterator

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_SPACE = "{http://www.w3.org/XML/1998/namespace}space"

# What stands before `w:bidi`, `w:bidiVisual` and `w:rtl`, as the form of the file orders it.
_BEFORE_BIDI = frozenset(
    f"{_W}{name}"
    for name in (
        *("pStyle", "keepNext", "keepLines", "pageBreakBefore", "framePr", "widowControl", "numPr"),
        *("suppressLineNumbers", "pBdr", "shd", "tabs", "suppressAutoHyphens", "kinsoku", "wordWrap"),
        *("overflowPunct", "topLinePunct", "autoSpaceDE", "autoSpaceDN"),
    )
)
_BEFORE_VISUAL = frozenset(f"{_W}{name}" for name in ("tblStyle", "tblpPr", "tblOverlap"))
_AFTER_RTL = frozenset(f"{_W}{name}" for name in ("cs", "em", "lang", "eastAsianLayout", "specVanish", "oMath"))


def set_direction(part: Any, direction: str) -> None:
    """Set the direction of everything in a part of a Word file, after it has been filled."""
    if direction == "rtl":
        for table in part.iter(f"{_W}tbl"):
            _put(_first(table, "tblPr"), "bidiVisual", before=_BEFORE_VISUAL)
    for paragraph in list(part.iter(f"{_W}p")):
        text = "".join(one.text or "" for one in paragraph.iter(f"{_W}t"))
        sides = {side(sign) for sign in text} - {""}
        reads_left = sides == {"R"} or (direction == "rtl" and sides != {"L"})
        if reads_left:
            _put(_first(paragraph, "pPr"), "bidi", before=_BEFORE_BIDI)
        if "R" in sides or reads_left:
            for run in list(paragraph.iter(f"{_W}r")):
                _split(run, "R" if reads_left else "L")


def segments(text: str, base: str) -> Iterator[tuple[str, str]]:
    """A text in pieces that read one way each: signs that go either way go with both their neighbors, else with base.

    Digits go with Latin letters before them, so that `RF7.10` stays in one piece.
    """
    strong, sides = base, []
    for sign in text:
        own = side(sign)
        strong = own or strong
        sides.append(strong if own or sign.isdigit() else "")
    resolved: list[str] = []
    at = 0
    for which, group in groupby(sides):
        length = sum(1 for _ in group)
        before = resolved[-1] if resolved else base
        after = sides[at + length] if at + length < len(sides) else base
        resolved += [which or (before if before == after else base)] * length
        at += length
    for which, pieces in groupby(zip(text, resolved, strict=True), key=lambda one: one[1]):
        yield which, "".join(sign for sign, _ in pieces)


def _split(run: Any, base: str) -> None:
    """One run for each piece of a text; what is right to left is marked so."""
    children = [one for one in run if one.tag != f"{_W}rPr"]
    pieces: list[tuple[str, Any]] = []
    for child in children:
        if child.tag != f"{_W}t":
            pieces.append(("", child))
            continue
        for which, text in segments(child.text or "", base):
            made = copy.deepcopy(child)
            made.text = text
            made.set(_SPACE, "preserve")
            pieces.append((which, made))
    parent = run.getparent()
    look = run.find(f"{_W}rPr")
    at = parent.index(run)
    made_runs = []
    for which, group in groupby(pieces, key=lambda one: one[0] or base):
        made = run.makeelement(run.tag, dict(run.attrib))
        if look is not None:
            made.append(copy.deepcopy(look))
        if which == "R":
            _put(_first(made, "rPr"), "rtl", after=_AFTER_RTL)
        made.extend(one for _, one in group)
        made_runs.append(made)
    if made_runs:
        parent.remove(run)
        for number, made in enumerate(made_runs):
            parent.insert(at + number, made)


def _first(element: Any, name: str) -> Any:
    """The properties of an element, which stand first in it."""
    found = element.find(f"{_W}{name}")
    if found is None:
        found = element.makeelement(f"{_W}{name}", {})
        element.insert(0, found)
    return found


def _put(
    properties: Any, name: str, *, before: frozenset[str] = frozenset(), after: frozenset[str] = frozenset()
) -> None:
    """Add a property where the form of the file has its place: behind all of `before`, or ahead of all of `after`."""
    if properties.find(f"{_W}{name}") is not None:
        return
    made = properties.makeelement(f"{_W}{name}", {})
    if after:
        at = next((i for i, one in enumerate(properties) if one.tag in after), len(properties))
    else:
        at = next((i for i, one in enumerate(properties) if one.tag not in before), len(properties))
    properties.insert(at, made)
