"""What pictures share: amounts as people say them, scales, texts cut to the room there is.

A picture is data: numbers say where things stand, templates draw them. Nothing here is ordered by size, and what is
too small to be seen is drawn at least one unit wide and has its number beside it.
"""

from __future__ import annotations

from decimal import ROUND_HALF_EVEN, Context, Decimal

_STEPS = ((Decimal(10) ** 12, "trillion"), (Decimal(10) ** 9, "billion"), (Decimal(10) ** 6, "million"))
_SHORT = Context(prec=3, rounding=ROUND_HALF_EVEN)
_EXACT = Context(prec=200)
_HUGE = Decimal(10) ** 18
_NICE = (1, 2, 5, 10)


def spoken(amount: Decimal) -> str:
    """An amount in few digits, such as `1.23 million`; the table under a picture has them all."""
    size = abs(amount)
    if size >= _HUGE:
        return f"{_SHORT.create_decimal(amount):.2e}"
    for step, name in _STEPS:
        if _SHORT.create_decimal(size) >= step:
            return f"{_plain(_SHORT.divide(amount, step))} {name}"
    return _plain(_SHORT.create_decimal(amount))


def _plain(number: Decimal) -> str:
    text = f"{number:,f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def add(*amounts: Decimal) -> Decimal:
    """A sum in which no digit is lost."""
    total = Decimal(0)
    for amount in amounts:
        total = _EXACT.add(total, amount)
    return total


def share(part: Decimal, whole: Decimal) -> float:
    """A part of a whole, for drawing; nothing of nothing."""
    return float(_EXACT.divide(part, whole)) if whole else 0.0


def nice(amount: Decimal) -> Decimal:
    """The next round number from an amount that is not negative upwards, to end a scale at."""
    if amount <= 0:
        return Decimal(0)
    power = Decimal(1).scaleb(amount.adjusted())
    return next(step * power for step in _NICE if step * power >= amount)


def short(text: str, most: int) -> str:
    """A text as it has room beside a picture; the table has the whole of it."""
    return text if len(text) <= most else f"{text[: most - 1].rstrip()}…"


def wrapped(text: str, width: int, lines: int) -> tuple[str, ...]:
    """A text on a few lines of so many letters; the last ends with a sign where it goes on."""
    made: list[str] = [""]
    for word in text.split():
        joined = f"{made[-1]} {word}".strip()
        if len(joined) <= width or not made[-1]:
            made[-1] = short(joined, width)
        else:
            made.append(short(word, width))
    return tuple(made) if len(made) <= lines else (*made[: lines - 1], short(" ".join(made[lines - 1 :]) + "…", width))


def at(number: float) -> str:
    """A place in a picture, in few digits, so that the same numbers always give the same text."""
    return f"{number:.2f}".rstrip("0").rstrip(".") or "0"
