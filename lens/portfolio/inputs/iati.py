"""IATI activity files, of every version, as a format of portfolios."""

from __future__ import annotations

from typing import TYPE_CHECKING

from lens.portfolio.inputs.pieces import Format
from lens.readers.iati.pieces import cut
from lens.readers.iati.prolog import looks_like_iati
from lens.readers.iati.reading import read

if TYPE_CHECKING:
    from lens.portfolio.inputs.pieces import Source


def _recognizes(head: bytes, _: Source) -> bool:
    return looks_like_iati(head)


FORMAT = Format("iati", _recognizes, cut, read)
