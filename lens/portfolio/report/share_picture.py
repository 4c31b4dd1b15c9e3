"""How checks came out over all programs: a bar for each check, what is not known first."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from lens.portfolio.report.pictures import at, short

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

PARTS = {
    "open": "open: not known",
    "failed": "failed",
    "concern": "a concern",
    "nothing": "nothing seen, or addressed",
    "not-applicable": "does not apply",
}
"""The parts of a bar, in order."""
_PITCH = 38.0
_LABEL = 14.0


@dataclass(frozen=True, slots=True)
class SharePart:
    """A part of a bar; x and width in percent of the picture."""

    kind: str
    x: str
    width: str
    told: str


@dataclass(frozen=True, slots=True)
class ShareRow:
    """One check."""

    name: str
    said: str
    head: str
    y: str
    parts: tuple[SharePart, ...]


@dataclass(frozen=True, slots=True)
class SharePicture:
    """The picture: a bar a check, all of the same length."""

    height: str
    rows: tuple[ShareRow, ...]
    names: Mapping[str, str]


def draw_shares(counts: Sequence[tuple[str, Mapping[str, int]]]) -> SharePicture | None:
    """The picture of counts by part, for each check in the order given; None where there is nothing to draw."""
    drawn = [(name, parts) for name, parts in counts if sum(parts.values()) > 0]
    rows = tuple(_row(name, parts, number * _PITCH) for number, (name, parts) in enumerate(drawn))
    return SharePicture(at(len(rows) * _PITCH), rows, PARTS) if rows else None


def _row(name: str, counts: Mapping[str, int], top: float) -> ShareRow:
    total = sum(counts.values())
    parts, x = [], 0.0
    for kind, text in PARTS.items():
        count = counts.get(kind, 0)
        if count <= 0:
            continue
        width = 100 * count / total
        parts.append(SharePart(kind, at(x), at(max(width, 0.2)), f"{name}, {text}: {count:,} of {total:,}"))
        x += width
    known = counts.get("concern", 0) + counts.get("nothing", 0)
    fits = total - counts.get("not-applicable", 0)
    return ShareRow(short(name, 44), f"judged {known:,} of {fits:,}", at(top + 11), at(top + _LABEL + 2), tuple(parts))
