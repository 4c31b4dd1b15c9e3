"""Text on its way into a document: one line, without control signs, and with dates that keep their order."""

from __future__ import annotations

import dataclasses
import re
import unicodedata
from typing import Any

from lens.reports import inert

LEFT_TO_RIGHT_MARK = "\u200e"
_DATE = re.compile(r"(?<![\d-])\d{4}-\d{2}(?:-\d{2})?(?![\d-])")


def one_line(text: str, direction: str = "ltr") -> str:
    """Text as it may stand in a document.

    In a text from right to left a date such as 2026-05-14 would be shown backwards: its hyphens are no part of a
    number there. Invisible marks hold it together; they are ours, those of the text itself are made visible before.
    """
    line = " ".join(inert.clean(text).split())
    if direction != "rtl":
        return line
    return _DATE.sub(lambda found: f"{LEFT_TO_RIGHT_MARK}{found[0]}{LEFT_TO_RIGHT_MARK}", line)


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
