"""Sectors of one activity: the DAC's with their shares, the others by vocabulary and code."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

from lens.cases.program import Sector
from lens.cases.published import OtherSector
from lens.catalog.sector_names import dac_codes
from lens.readers.iati.codes import dac_sector, is_dac, written_in
from lens.readers.iati.shares import check_shares
from lens.readers.iati.values import plain, share

if TYPE_CHECKING:
    from collections.abc import Iterable

    from lxml.etree import _Element

    from lens.readers.iati.notes import Notes

MAX_OTHER = 200


class Sectors:
    """The sectors of one activity as they are read; those of its transactions come second."""

    __slots__ = ("_from", "_notes", "_other", "_shares")

    def __init__(self, notes: Notes) -> None:
        self._notes = notes
        self._shares: dict[str, Decimal | None] = {}
        self._other: dict[tuple[str, str], None] = {}
        self._from: list[str] = []

    def of_activity(self, elements: Iterable[_Element]) -> None:
        """Read the sectors the activity itself states."""
        for element in elements:
            code = self._code(element)
            if not code:
                continue
            given = element.get("percentage")
            part = share(given)
            if part is None and given is not None and given.strip():
                self._notes.add("share-unreadable")
            before = self._shares.get(code)
            self._shares[code] = (
                min(before + part, Decimal(100)) if before is not None and part is not None else part or before
            )
        if self._shares:
            self._from.append("activity")
            check_shares(list(self._shares.values()), self._notes)

    def of_transactions(self, elements: Iterable[_Element]) -> None:
        """Read those that transactions state; no share follows from them."""
        found = False
        for element in elements:
            if code := self._code(element):
                found = True
                self._shares.setdefault(code, None)
        if found:
            self._from.append("transactions")

    def _code(self, element: _Element) -> str:
        """Return the DAC code of a sector; empty for one of another vocabulary, which is kept apart."""
        vocabulary = (element.get("vocabulary") or "").strip()
        code = (element.get("code") or element.get("ref") or "").strip()
        if not is_dac(vocabulary):
            self._keep_apart(plain(vocabulary) or "other", code)
        elif found := dac_sector(vocabulary, code or written_in(element)):
            if found != code:
                self._notes.add("sector-by-name", found)
            self._look_up(found)
            return found
        elif not code:
            self._notes.add("sector-without-code")
        else:
            self._notes.add("sector-odd", code)
            self._keep_apart(plain(vocabulary), code)
        return ""

    def _look_up(self, code: str) -> None:
        if code in self._shares:
            return
        codes = dac_codes()
        if code in codes.withdrawn:
            self._notes.add("sector-withdrawn", code)
        elif code not in codes.known:
            self._notes.add("sector-unknown", code)

    def _keep_apart(self, vocabulary: str, code: str) -> None:
        key = (vocabulary, code[:50])
        if key not in self._other and len(self._other) >= MAX_OTHER:
            self._notes.add("sectors-left-out")
        else:
            self._other[key] = None

    def done(self) -> tuple[Sector, ...]:
        """Return the DAC sectors in order of appearance."""
        return tuple(Sector(code=code, share=part) for code, part in self._shares.items())

    def others(self) -> tuple[OtherSector, ...]:
        """Return the sectors of other vocabularies in order of appearance."""
        return tuple(OtherSector(vocabulary=vocabulary, code=code) for vocabulary, code in self._other)

    def said_by(self) -> str:
        """`activity`, `transactions` or `both`; empty where there is no DAC sector."""
        return "both" if len(self._from) == 2 else "".join(self._from)
