"""What identifiers of slices of one program have in common: publishers add a country and a sector at the end."""

from __future__ import annotations

import re
from functools import lru_cache

from lens import catalog

_REGIONS = frozenset(
    map(str, (88, 89, 189, 289, 298, 389, 489, 498, 589, 619, 679, 689, 789, 798, 889, 998)),
)
"""The DAC's numbers of regions, and of none in particular."""
_LAST = re.compile(r"[-_/:.]([A-Za-z]{2,3}|[0-9]{2,5})\Z")


def stem(identifier: str, publisher: str) -> str:
    """An identifier without a country (two or three letters, a DAC region's number) and a DAC sector at its end.

    At most one of each is taken off, in any order, and never so much that only the publisher's reference is left.
    """
    left, taken = identifier, set()
    while (found := _LAST.search(left)) is not None:
        what = _kind(found[1].upper())
        if not what or what in taken or len(left[: found.start()]) <= len(publisher):
            break
        taken.add(what)
        left = left[: found.start()]
    return left


def _kind(segment: str) -> str:
    if segment.isdigit():
        return "country" if segment in _REGIONS else "sector" if len(segment) == 5 and _is_sector(segment) else ""
    return "country" if segment in _countries() or catalog.is_country(segment) else ""


def _is_sector(code: str) -> bool:
    return code in catalog.dac_codes()


@lru_cache(maxsize=1)
def _countries() -> frozenset[str]:
    return frozenset(row[0] for row in catalog.countries().values()) | {"XK", "XKX"}
