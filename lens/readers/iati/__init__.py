"""Reads IATI activity files: every version, in one pass, in flat memory, without trusting them.

Needs the extra `iati` (lxml), which is imported only when a file is read.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from lens.readers.iati.activity import read_element
from lens.readers.iati.find import read_activity
from lens.readers.iati.hook import READER
from lens.readers.iati.prolog import looks_like_iati
from lens.readers.iati.stream import elements
from lens.readers.published import PublishedActivity

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

__all__ = ["READER", "PublishedActivity", "looks_like_iati", "read_activities", "read_activity"]


def read_activities(path: Path) -> Iterator[PublishedActivity]:
    """Every activity of a file, in file order, one at a time; the file may be packed with gzip.

    Raises InputError if the file is none of IATI activities, and where it cannot be read any further: by then
    every activity before that point has been given. Raises MissingExtraError if lxml is not installed.
    """
    name = str(path)
    for element in elements(path):
        yield read_element(element, name)
