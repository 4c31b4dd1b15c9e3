"""Text in lines of a width, whatever script it is written in."""

from __future__ import annotations

import textwrap
import unicodedata


def folded(text: str, width: int, *, first: str = "", then: str = "") -> list[str]:
    """A text in lines no wider than `width` columns; `first` begins the first of them, `then` the others.

    Chinese and Japanese signs take two columns, and may be broken anywhere.
    """
    wide = sum(unicodedata.east_asian_width(sign) in "WF" for sign in text) > len(text) // 3
    return textwrap.wrap(
        text,
        width // 2 if wide else width,
        initial_indent=first,
        subsequent_indent=then,
        break_on_hyphens=False,
    )
