"""Text to value: dates, amounts, shares, flags, points, codes. None or nothing for what cannot be read."""

from __future__ import annotations

import re
from datetime import date
from decimal import Decimal
from functools import lru_cache, wraps
from typing import TYPE_CHECKING, TypeVar

if TYPE_CHECKING:
    from collections.abc import Callable

Value = TypeVar("Value")

_DAY = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})(?:[T ].{0,40}|Z|[+-]\d\d:?\d\d)?", re.ASCII | re.DOTALL)
_NUMBER = re.compile(r"[-+]?(?:\d{1,40}(?:\.\d{0,40})?|\.\d{1,40})(?:[eE][-+]?\d{1,3})?", re.ASCII)
_THOUSANDS = re.compile(r"[-+]?\d{1,3}(?:([, \u00a0\u202f])\d{3})(?:\1\d{3})*(?:\.\d+)?", re.ASCII)
_COMMA = re.compile(
    r"[-+]?(?:0+,\d{1,40}|\d{1,40},(?:\d{1,2}|\d{4,40})|\d{4,40},\d{1,40}|\d{1,3}(?:\.\d{3})+,\d{1,40})", re.ASCII
)
"""What is a number only with a comma before its decimals."""
_YEAR = re.compile(
    r"(\d{4})(?:([-/.])\d{1,2}(?:\2\d{1,2})?)?(?:[T ].{0,40})?|\d{1,2}([-/.])\d{1,2}\3(\d{4})|(\d{4})[01]\d[0-3]\d",
    re.ASCII | re.DOTALL,
)
_SEPARATORS = re.compile(r"[, \u00a0\u202f]")
_POINT = re.compile(r"([-+]?\d{1,3}(?:\.\d{1,20})?)\s*[,;\s]\s*([-+]?\d{1,3}(?:\.\d{1,20})?)", re.ASCII)
_PLAIN = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,19}")
_CURRENCY = re.compile(r"[A-Z]{3}")

MINUS = "\u2212"
"""The sign that programs for text make of a minus."""
LARGEST = Decimal(10) ** 15
_FINEST = Decimal("0.000001")
_WHOLE = Decimal(1)
_HUNDRED = Decimal(100)
_SHORT = 64
_USUAL = re.compile(r"-?\d{1,15}(?:\.\d{1,6})?", re.ASCII)
_FLAGS = {"1": True, "true": True, "yes": True, "0": False, "false": False, "no": False}


def remembered(function: Callable[[str], Value]) -> Callable[[str | None], Value]:
    """Remember what short texts were read as: the same few dates and codes come again and again."""
    known = lru_cache(maxsize=4096)(function)

    @wraps(function)
    def read(text: str | None) -> Value:
        return known(text or "") if text is None or len(text) <= _SHORT else function(text)

    return read


@remembered
def day(text: str) -> date | None:
    """Return a day as IATI writes it; also `2006-10-1` and a day with a time. Between 1900 and 2100."""
    found = _DAY.fullmatch(text.strip())
    if found is None:
        return None
    try:
        value = date(int(found[1]), int(found[2]), int(found[3]))
    except ValueError:
        return None
    return value if 1900 <= value.year <= 2100 else None


@remembered
def year(text: str) -> int | None:
    """Return the year of a date, also of one whose day cannot be told. Between 1900 and 2100."""
    found = _YEAR.fullmatch(text.strip())
    value = int(found[1] or found[4] or found[5]) if found else 0
    return value if 1900 <= value <= 2100 else None


def number(text: str | None) -> Decimal | None:
    """Return a number of at most 15 digits before the point and 6 after; thousands signs are understood."""
    text = text.strip() if text else ""
    if _USUAL.fullmatch(text):
        value = Decimal(text)
        return value if value else abs(value)
    text = text.replace(MINUS, "-")
    if not _NUMBER.fullmatch(text):
        if _COMMA.fullmatch(text):
            text = text.replace(".", "").replace(",", ".")
        elif _THOUSANDS.fullmatch(text):
            text = _SEPARATORS.sub("", text)
        else:
            return None
    return _bounded(Decimal(text)) if len(text) <= 60 else None


def _bounded(value: Decimal) -> Decimal | None:
    if value and value.adjusted() >= 15:
        return None
    exponent = value.as_tuple().exponent
    if isinstance(exponent, int) and exponent < -6:
        value = value.quantize(_FINEST)
    elif isinstance(exponent, int) and exponent > 0:
        value = value.quantize(_WHOLE)
    return value if value else abs(value)


@remembered
def share(text: str) -> Decimal | None:
    """Return a percentage between 0 and 100, with or without the sign."""
    value = number(text.strip().removesuffix("%").replace(",", "."))
    return value if value is not None and 0 <= value <= _HUNDRED else None


@remembered
def flag(text: str) -> bool | None:
    """Return a yes or no, however written."""
    return _FLAGS.get(text.strip().lower())


def point(text: str | None) -> tuple[str, str] | None:
    """Latitude and longitude, with a space or a comma between them, inside the globe."""
    found = _POINT.fullmatch(text.strip()) if text else None
    if found is None or abs(float(found[1])) > 90 or abs(float(found[2])) > 180:
        return None
    return found[1], found[2]


@remembered
def plain(text: str) -> str:
    """Return a code as written if it looks like one (letters, digits, points, dashes); empty otherwise."""
    text = text.strip()
    return text if _PLAIN.fullmatch(text) else ""


@remembered
def currency(text: str) -> str | None:
    """Return a currency code of three letters."""
    text = text.strip().upper()
    return text if _CURRENCY.fullmatch(text) else None


def identifier(text: str | None) -> str:
    """Return an identifier with runs of white space made one space and none at the ends."""
    return " ".join(text.split())[:500] if text else ""
