"""Cell to value: days in the many ways tables write them, amounts, codes that passed through a number."""

from __future__ import annotations

import re
from datetime import date, timedelta
from decimal import Decimal, InvalidOperation
from typing import Literal

from lens.readers.iati.values import LARGEST, MINUS
from lens.readers.iati.values import day as iso_day

DayOrder = Literal["day_first", "month_first"]

_MONTHS = {
    name: number
    for number, name in enumerate("jan feb mar apr may jun jul aug sep oct nov dec".split(), 1)  # noqa: SIM905 - reads best as a text
}
_SLASHED = re.compile(r"(\d{1,2})[-/.](\d{1,2})[-/.](\d{4})(?:[ T].{0,40})?", re.ASCII | re.DOTALL)
_NAMED = re.compile(
    r"(\d{1,2})[- ]([A-Za-z]{3})[a-z]{0,6}[- ,]{1,2}(\d{4}|\d{2})(?:[ T].{0,40})?", re.ASCII | re.DOTALL
)
_YEAR_FIRST = re.compile(r"(\d{4})[/.](\d{1,2})[/.](\d{1,2})(?:[ T].{0,40})?", re.ASCII | re.DOTALL)
_SCIENTIFIC = re.compile(r"\d\.\d{1,30}[eE]\+?\d{1,2}", re.ASCII)
_SERIAL = re.compile(r"\d{5}(?:\.\d{1,15})?", re.ASCII)
_YEAR = re.compile(r"(\d{4})(?:\.0+)?", re.ASCII)
_PLAIN_AMOUNT = re.compile(r"[-+]?(?:\d{1,40}(?:\.\d{0,60})?|\.\d{1,60})(?:[eE][-+]?\d{1,3})?", re.ASCII)
_GROUPED = re.compile(r"[-+]?\d{1,3}(?:([, '\u00a0\u202f\u2019])\d{3})(?:\1\d{3})*(?:\.\d{1,20})?", re.ASCII)
_SURELY_COMMA = re.compile(
    r"[-+]?(?:0*,\d{1,60}|\d+,(?:\d{1,2}|\d{4,60})|\d{4,40},\d{1,60}"
    r"|\d{1,3}(?:([. '\u00a0\u202f\u2019])\d{3})(?:\1\d{3})*,\d{1,60}|\d{1,3}(?:\.\d{3}){2,12})",
    re.ASCII,
)
"""What is a number only with a comma before its decimals; 1,234 and 1.234 could be either."""
_SURELY_POINT = re.compile(
    r"[-+]?(?:0*\.\d{1,60}|\d+\.(?:\d{1,2}|\d{4,60})|\d{4,40}\.\d{1,60}|\d{1,3}(?:,\d{3}){1,12}\.\d{1,60}"
    r"|\d{1,3}(?:,\d{3}){2,12}|[\d.]{1,60}[eE][-+]?\d{1,3})",
    re.ASCII,
)
_NOTHING = frozenset({"", "-", "\u2013", "\u2014", "n/a", "na", "nan", "none", "null", "nil", "..", "#n/a"})
_LONGEST_NOTHING = 40
"""Blanks around it included."""
_FINEST = Decimal("0.000001")
_EXCEL = date(1899, 12, 30)


def is_nothing(text: str) -> bool:
    """Whether a cell only says that there is nothing in it: empty, a dash, n/a, NaN."""
    return not text or (len(text) < _LONGEST_NOTHING and text.strip().lower() in _NOTHING)


def day(text: str, order: DayOrder) -> date | None:
    """A day between 1900 and 2100: year first, or in the stated order, with a month's name, or a workbook's number.

    Where only one order makes a day of it, that one is taken: there is no month 31.
    """
    text = text.strip()
    if (made := iso_day(text)) is not None:
        return made
    if found := _YEAR_FIRST.fullmatch(text):
        return _made(int(found[1]), int(found[2]), int(found[3]))
    if found := _SLASHED.fullmatch(text):
        first, second, year = int(found[1]), int(found[2]), int(found[3])
        if order == "month_first":
            first, second = second, first
        return _made(year, second, first) or _made(year, first, second)
    if found := _NAMED.fullmatch(text):
        year = int(found[3])
        year += 0 if year > 99 else 2000 if year < 70 else 1900
        return _made(year, _MONTHS.get(found[2].lower(), 0), int(found[1]))
    if _SERIAL.fullmatch(text):
        return _bounded(_EXCEL + timedelta(days=int(float(text))))
    return None


def _made(year: int, month: int, on: int) -> date | None:
    try:
        return _bounded(date(year, month, on))
    except ValueError:
        return None


def _bounded(value: date) -> date | None:
    return value if 1900 <= value.year <= 2100 else None


def year(text: str) -> int | None:
    """A year between 1900 and 2100, also as `2013.0`, or that of a day with the year first."""
    found = _YEAR.fullmatch(text.strip())
    made = int(found[1]) if found else getattr(iso_day(text), "year", 0)
    return made if 1900 <= made <= 2100 else None


def amount(text: str, multiplier: Decimal, *, decimal_comma: bool = False) -> Decimal | None:
    """An amount times its multiplier, below 10^15, to six digits after the point; None where it cannot be read.

    Thousands signs are understood, and parentheses around what is taken back. What is a number with a decimal comma
    alone is read so even where points are usual.
    """
    text = text.strip().replace(MINUS, "-")
    negative = text.startswith("(") and text.endswith(")")
    text = text[1:-1].strip() if negative else text
    if decimal_comma or _SURELY_COMMA.fullmatch(text):
        text = text.replace(".", " ").replace(",", ".")
    if grouped := _GROUPED.fullmatch(text):
        text = text.replace(grouped[1], "")
    if not _PLAIN_AMOUNT.fullmatch(text):
        return None
    try:
        value = Decimal(text) * multiplier
    except InvalidOperation:  # pragma: no cover - the pattern admits only what Decimal reads
        return None
    if value and value.adjusted() >= LARGEST.adjusted():
        return None
    value = value.quantize(_FINEST)
    whole = value.to_integral_value()
    value = whole if whole == value else value.normalize()
    if not value:
        return Decimal(0)
    return -value if negative else value


def decimal_sign(text: str) -> str:
    """The sign before an amount's decimals, where the amount shows it; empty where it could be either, or has none."""
    text = text.strip().removeprefix("(").removesuffix(")")
    if _SURELY_COMMA.fullmatch(text):
        return ","
    return "." if _SURELY_POINT.fullmatch(text) else ""


def code(text: str) -> str:
    """A code as it was before it passed through a number: `1.0` is `1`, and `2.019E3` is `2019`."""
    text = " ".join(text.split())
    if "." not in text:
        return text
    if _SCIENTIFIC.fullmatch(text):
        return text if is_rounded(text) else format(Decimal(text), "f")
    head, _, rest = text.partition(".")
    return head if head.isdecimal() and rest and not rest.strip("0") else text


def is_rounded(text: str) -> bool:
    """Whether a code was shortened as a number, such as 2.02E+09: digits are lost, and other codes look the same."""
    if not _SCIENTIFIC.fullmatch(text):
        return False
    exponent = Decimal(text).as_tuple().exponent
    return not isinstance(exponent, int) or exponent != 0


def columns_key(name: str) -> str:
    """A header cell as it is compared: its letters and digits in lower case, without spaces, dots and dashes."""
    return "".join(sign for sign in name.casefold() if sign.isalnum())
