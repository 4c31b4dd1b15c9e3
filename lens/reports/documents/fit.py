"""The brief on one page in Word, which cannot shrink a text by itself: a long one gets smaller letters."""

from __future__ import annotations

import re
from math import ceil
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterable

    from lens.reports.variables import ReportVariables

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_SHARES = (1.0, 0.95, 0.9, 0.85, 0.8, 0.75, 0.7)
_SIZE = 10.0
"""The size of the letters in the template, in points."""
_WIDTH, _HEIGHT = 482.0, 720.0
"""The room on the page, in points; a little less than there is, since no two machines have the same letters."""
_WIDE_LETTER = re.compile("[\u1100-\u11ff\u2e80-\ua4cf\uac00-\ud7a3\uf900-\ufaff\uff00-\uff60]")


def shrink(document: Any, variables: ReportVariables) -> None:
    """Make the letters of the brief smaller until it should fit on one page. Nothing is ever left out for it."""
    share = next((one for one in _SHARES if _height(variables, one) <= _HEIGHT), _SHARES[-1])
    if share == 1.0:
        return
    for one in document.styles.element.iter(f"{_W}sz", f"{_W}szCs"):
        one.set(f"{_W}val", str(max(12, round(int(one.get(f"{_W}val")) * share))))
    for one in document.styles.element.iter(f"{_W}spacing"):
        for name in (f"{_W}before", f"{_W}after"):
            if one.get(name):
                one.set(name, str(int(int(one.get(name)) * share)))


def _height(variables: ReportVariables, share: float) -> float:
    """About how high the brief gets, in points, with letters of a share of their size."""
    brief, size = variables.brief, _SIZE * share
    line = size * 1.32
    total = 34 * share * _lines([variables.title], 20 * share, _WIDTH) + line + 10
    total += sum(_lines([f"{one.title}. {one.text}"], size, _WIDTH) * line + 14 for one in variables.banners)

    def section(lines: Iterable[str], width: float) -> float:
        return _lines(lines, size, width - 14) * line + len(tuple(lines)) * 1.5 + 44 * share

    total += section((brief.sought,), _WIDTH)
    half = _WIDTH / 2 - 12
    total += max(section(brief.not_known, half), section(brief.worrying, half))
    total += section(brief.dissent, _WIDTH) + section(brief.options, _WIDTH)
    return total + max(section(brief.going_on, half), section(brief.withholding, half))


def _lines(texts: Iterable[str], size: float, width: float) -> int:
    """About how many lines some texts take, each beginning a new one."""
    return sum(max(1, ceil(_length(text) * size * 0.53 / width)) for text in texts)


def _length(text: str) -> float:
    return len(text) + 0.95 * len(_WIDE_LETTER.findall(text))
