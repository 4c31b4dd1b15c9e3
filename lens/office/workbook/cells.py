"""What stands in a cell: texts that come back as they went, also after Excel or LibreOffice has saved them.

A text that could act as a formula gets an apostrophe in front, one with blanks around it quotes, and signs that no
workbook can hold are spelled out. Each of these is undone on reading, and only where it was done.
"""

from __future__ import annotations

import re
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from lens.office.sheets import text_of
from lens.reports.inert import cell as inert
from lens.words import spoken

if TYPE_CHECKING:
    from collections.abc import Sequence

SEPARATOR = "; "
EMPTY_LIST = "[]"
"""A list that must be given and is empty."""

_ESCAPE = "\u241b"
_UNWRITABLE = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\ufffe\uffff\u241b]|_(?=x[0-9A-Fa-f]{4}_)")
_ESCAPED = re.compile(f"{_ESCAPE}([0-9A-F]{{4}})")
_IN_A_LIST = re.compile("[;\n]")
# Days before this one are off by one between programs: Excel counts a 29 February 1900.
_FIRST_SAFE_DAY = date(1900, 3, 1)
_EXACT_DIGITS = 15
"""What every spreadsheet keeps of a number."""
_DATE_PARTS = re.compile(r"(\d{1,4})[./ -](\d{1,2})[./ -](\d{1,4})\.?")


def written(text: str) -> str:
    """A text as the text of a cell."""
    made = _quoted(_UNWRITABLE.sub(_spelled, text))
    return f"'{made}" if _acts(made.lstrip("'")) else made


def as_read(cell: str) -> str:
    """The text that a cell holds: what `written` made of it is undone."""
    text = cell.replace("\r\n", "\n")
    if text.startswith("'") and _acts(text.lstrip("'")):
        text = text[1:]
    return _ESCAPED.sub(_sign, _unquoted(text))


def _acts(text: str) -> bool:
    """Whether a spreadsheet could take a text for a formula."""
    return inert(text)[:1] == "'" != text[:1]


def _spelled(found: re.Match[str]) -> str:
    return f"{_ESCAPE}{ord(found[0]):04X}"


def _quoted(text: str) -> str:
    return f'"{text}"' if _wants_quotes(text) else text


def _unquoted(text: str, *, in_list: bool = False) -> str:
    inside = _inside(text)
    return inside if inside is not None and _wants_quotes(inside, in_list=in_list) else text


def _wants_quotes(text: str, *, in_list: bool = False) -> bool:
    """Whether a text would not be seen to be one, or could be taken for one that was quoted.

    Blanks around it are kept in a cell, and taken away in a list.
    """
    while (inside := _inside(text)) is not None:
        if in_list and inside != inside.strip():
            return True
        text = inside
    return not text.strip() or text == EMPTY_LIST or (in_list and text != text.strip())


def _inside(text: str) -> str | None:
    return text[1:-1] if len(text) > 1 and text[0] == text[-1] == '"' else None


def list_written(texts: Sequence[str]) -> str:
    """Several texts as the text of one cell."""
    return written_raw(SEPARATOR.join(_item(one) for one in texts))


def written_raw(text: str) -> str:
    """A text that is in its form already, made inert."""
    return f"'{text}" if _acts(text.lstrip("'")) else text


def _item(text: str) -> str:
    made = _IN_A_LIST.sub(_spelled, _UNWRITABLE.sub(_spelled, text))
    return f'"{made}"' if _wants_quotes(made, in_list=True) else made


def list_read(cell: str, *, commas: bool) -> list[str]:
    """The texts in a cell that holds several, one after another with `;` or on lines of their own."""
    text = cell.replace("\r\n", "\n")
    if text.startswith("'") and _acts(text.lstrip("'")):
        text = text[1:]
    items = (one.strip() for one in re.split("[;\n,]" if commas else "[;\n]", text))
    return [_ESCAPED.sub(_sign, _unquoted(one, in_list=True)) for one in items if one]


def _sign(found: re.Match[str]) -> str:
    return chr(int(found[1], 16))


def number_written(value: Decimal | int) -> Any:
    """An amount as a number where it comes back the same, as a text where it would not."""
    text = f"{value:f}" if isinstance(value, Decimal) else str(value)
    number = float(text)
    if text_of(number) != text or sum(one.isdigit() for one in text) > _EXACT_DIGITS:
        return written_raw(text)
    return int(number) if number.is_integer() else number


def day_written(day: date) -> Any:
    """A day as a day, or as a text where programs do not agree on it."""
    return day if day >= _FIRST_SAFE_DAY else day.isoformat()


def share_written(share: Decimal) -> str:
    """A share as a text: below one it carries its sign, since Excel turns 40 % into 0.4."""
    return f"{share:f}%" if 0 < share < 1 else f"{share:f}"


def share_read(text: str) -> str:
    """A share as files have it. ValueError where it could be a part of one as well as of a hundred."""
    if text.endswith("%"):
        return text[:-1].rstrip()
    try:
        is_part = 0 < Decimal(text) < 1
    except ArithmeticError:
        return text
    if is_part:
        raise ValueError("Write forty percent as 40 or 40%, and four tenths of a percent as 0.4%.")
    return text


def amount_read(text: str) -> str:
    """An amount as files have it: what reckoning leaves beyond a millionth of the currency is taken away."""
    return f"{round(Decimal(text), 6).normalize():f}" if re.fullmatch(r"-?\d{1,15}\.\d{7,}", text) else text


def word_read(text: str, words: Sequence[str]) -> str:
    """A word of a closed list, however it is spelled out; what is none stays as it is."""
    plain = " ".join(text.lower().replace("_", " ").replace(",", " ").split())
    return next((word for word in words if spoken(word).replace("-", " ") == plain.replace("-", " ")), text)


def day_problem(text: str, *, shown: bool) -> tuple[str, str] | None:
    """What is wrong with a text where a day should stand, and what to write; None for year-month-day.

    A day is never guessed. `shown` is whether its digits may be said again.
    """
    if re.fullmatch(r"\d{4}-\d{2}-\d{2}", text):
        return None
    fix = "Write year-month-day, such as 2026-03-31."
    if re.fullmatch(r"\d{4}-\d{2}-\d{2}[ T].+", text):
        return "This day has a time with it.", "Write the day alone, such as 2026-03-31."
    found = _DATE_PARTS.fullmatch(text)
    if found is None:
        return (
            ("This is a number and no day.", f"Write the day again. {fix}")
            if text.isdigit()
            else ("This is no day.", fix)
        )
    read = _readings(*(int(one) for one in found.groups())) if shown else []
    if len(read) == 1:
        return "This day is a text.", f"If you mean {read[0]}, write {read[0]}."
    if len(read) > 1:
        return "This day can be read in two ways.", f"Write {' or '.join(read)}."
    return "This day is a text that can be read in more than one way.", fix


def _readings(first: int, second: int, third: int) -> list[str]:
    """The days that three numbers can stand for."""
    orders = ((first, second, third),) if first > 31 else ((third, second, first), (third, first, second))
    found = []
    for year, month, day in orders:
        try:
            found.append(date(year if year > 99 else 2000 + year, month, day).isoformat())
        except ValueError:
            continue
    return list(dict.fromkeys(found))
