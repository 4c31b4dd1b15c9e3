"""Text on its way into a document: one line, without control signs, and with dates that keep their order."""

from __future__ import annotations

import dataclasses
import unicodedata
from typing import Any

from lens.reports import inert


def one_line(text: str, direction: str = "ltr") -> str:
    """Text as it may stand in a document."""
    line = " ".join(inert.clean(text).split())
    return inert.dates_kept(line) if direction == "rtl" else line


def plain(value: Any, direction: str = "ltr") -> Any:
    """What templates are given, as lists and mappings of texts that may stand in a document."""
    if isinstance(value, str):
        return one_line(value, direction)
    if dataclasses.is_dataclass(value) and not isinstance(value, type):
        return {one.name: plain(getattr(value, one.name), direction) for one in dataclasses.fields(value)}
    if isinstance(value, dict):
        return {key: plain(one, direction) for key, one in value.items()}
    if isinstance(value, (tuple, list)):
        return [plain(one, direction) for one in value]
    return value


def side(sign: str) -> str:
    """Which way a sign reads by itself: `L`, `R`, or empty where it goes with those around it."""
    kind = unicodedata.bidirectional(sign)
    return "R" if kind in ("R", "AL", "AN") else kind if kind == "L" else ""
