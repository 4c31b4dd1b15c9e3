"""The sectors of a row: the DAC's, by code or by name, and those of other lists as they are written."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from lens.cases.published import OtherSector
from lens.catalog.sector_names import dac_codes
from lens.readers.iati.texts import compared
from lens.readers.tables.cells import code
from lens.readers.tables.row import looked_up

if TYPE_CHECKING:
    from collections.abc import Iterator

    from lens.readers.tables.layout import SectorOf
    from lens.readers.tables.row import Cells

_DAC = re.compile(r"\d{3}|\d{5}", re.ASCII)
_MOST_JOINED = 4
MAX_SECTORS = 200


def sectors_of(cells: Cells) -> tuple[tuple[str, ...], tuple[OtherSector, ...]]:
    """The DAC's codes, and sectors of other lists, in order of the layout; no share follows from a list."""
    notes = cells.notes
    dac: dict[str, None] = {}
    others: dict[tuple[str, str], None] = {}
    for column in cells.frame.layout.sectors:
        for found in _told(cells, column):
            if column.vocabulary == "DAC" and _DAC.fullmatch(found):
                dac[found] = None
            else:
                if column.vocabulary == "DAC":
                    notes.add("sector-odd", found)
                others[column.vocabulary, found[:50]] = None
    known = dac_codes()
    for one in dac:
        if one in known.withdrawn:
            notes.add("sector-withdrawn", one)
        elif one not in known.known:
            notes.add("sector-unknown", one)
    if len(dac) > 1:
        notes.add("shares-missing")
    return tuple(dac), tuple(OtherSector(vocabulary=name, code=one) for name, one in others)


def _told(cells: Cells, column: SectorOf) -> Iterator[str]:
    """What a column says, one sector at a time: its code where that is known, else as it is written."""
    name = column.column if cells.text(column.column) else column.otherwise
    parts = cells.parts(name, column.separator)[:MAX_SECTORS]
    while parts:
        # A comma also stands inside names: Conflict prevention and resolution, peace and security.
        for joined in range(min(_MOST_JOINED if column.names else 1, len(parts)), 0, -1):
            text = code(f"{column.separator} ".join(parts[:joined]))
            found = looked_up(column.values, text) or (dac_codes().names.get(compared(text)) if column.names else None)
            if found or joined == 1:
                yield found or text
                parts = parts[joined:]
                break
