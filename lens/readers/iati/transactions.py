"""The transactions of one activity: their sums, and what they say of countries, sectors and receivers."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING

from lens.cases.published import Transactions
from lens.readers.iati.codes import country_by_name, country_code, dac_sector, region_code, written_in
from lens.readers.iati.flows import Flows
from lens.readers.iati.shares import adds_up
from lens.readers.iati.values import LARGEST, currency, day, flag, number, share, year
from lens.readers.iati.vocab import INCOMING, TRANSACTION_TYPES

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from datetime import date

    from lxml.etree import _Element

    from lens.readers.iati.flows import Share
    from lens.readers.iati.notes import Notes
    from lens.readers.iati.partners import Bodies

Coded = tuple[str, str]
"""A vocabulary and a code, as published."""
TYPES = ("flow-type", "aid-type", "finance-type")
_ALL = Decimal(100)
_NOTHING = Decimal(0)


@dataclass(slots=True)
class _Sum:
    """The transactions of one type and currency so far."""

    number: int = 0
    total: Decimal = Decimal(0)
    first: date | None = None
    last: date | None = None
    undated: int = 0

    def add(self, value: Decimal, on: date | None) -> None:
        self.number += 1
        self.total += value
        if on is None:
            self.undated += 1
            return
        if self.first is None or on < self.first:
            self.first = on
        if self.last is None or on > self.last:
            self.last = on


class Ledger:
    """What the transactions of an activity add up to and say; elements are kept only while it is read."""

    __slots__ = (
        "_bodies",
        "_currency",
        "_notes",
        "_sums",
        "countries",
        "flows",
        "humanitarian",
        "regions",
        "sectors",
        "types",
    )

    def __init__(self, default_currency: str | None, bodies: Bodies, notes: Notes) -> None:
        self._currency = default_currency
        self._bodies = bodies
        self._notes = notes
        self._sums: dict[tuple[str, str | None], _Sum] = {}
        self.flows = Flows()
        self.countries: dict[str, _Element] = {}
        self.regions: dict[Coded, _Element] = {}
        self.sectors: dict[Coded, _Element] = {}
        self.types: dict[str, set[Coded]] = {tag: set() for tag in TYPES}
        self.humanitarian: bool | None = None

    def read(self, transactions: Iterable[_Element]) -> None:
        """Read `transaction` elements."""
        for transaction in transactions:
            self._read(transaction)

    def _read(self, transaction: _Element) -> None:
        single: dict[str, _Element] = {}
        more: list[_Element] = []
        for child in transaction:
            tag = child.tag
            if tag in single:
                more.append(child)
            else:
                single[tag] = child
        kind = self._kind(single.get("transaction-type"))
        if kind not in INCOMING and (receiver := single.get("receiver-org")) is not None:
            self._bodies.receive(receiver)
        if (said := transaction.get("humanitarian")) is not None:
            self._flag(said)
        self._types(single, more)
        country, region = self._where(single, more)
        sectors = self._what(single, more)
        value = single.get("value")
        amount = number(value.text) if value is not None else None
        if value is None or amount is None:
            self._notes.add("value-unreadable")
            return
        self._notes.add("values-several", count=sum(one.tag == "value" for one in more))
        money = currency_of(value, self._currency, self._notes)
        if money is None:
            self._notes.add("transactions-without-currency")
        dated = single.get("transaction-date")
        on = self._day(dated, value)
        self._sums.setdefault((kind, money), _Sum()).add(amount, on)
        when = on.year if on else self._year(dated, value)
        self.flows.transaction(kind, when, money, amount, country, region, sectors)

    def _kind(self, element: _Element | None) -> str:
        given = (element.get("code") or written_in(element)).strip().upper() if element is not None else ""
        kind = TRANSACTION_TYPES.get(given) or TRANSACTION_TYPES.get(given.lstrip("0"), "")
        if not kind:
            self._notes.add("transaction-type-unknown", given)
        return kind

    def _flag(self, said: str) -> None:
        value = flag(said)
        if value is None:
            self._notes.add("flag-unreadable")
        else:
            self.humanitarian = bool(self.humanitarian) or value

    def _day(self, dated: _Element | None, value: _Element) -> date | None:
        on = day(dated.get("iso-date") or dated.text) if dated is not None else None
        if on is None and (on := day(value.get("value-date"))) is not None:
            self._notes.add("transaction-date-from-value")
        if on is None:
            self._notes.add("transactions-undated")
        return on

    def _year(self, dated: _Element | None, value: _Element) -> int | None:
        own = year(dated.get("iso-date") or dated.text) if dated is not None else None
        found = own or year(value.get("value-date"))
        if found:
            self._notes.add("transaction-year-only")
        return found

    def _types(self, single: dict[str, _Element], more: list[_Element]) -> None:
        for tag, types in self.types.items():
            if tag in single:
                types.update([coded(one) for one in _every(tag, single, more)])

    def _where(self, single: dict[str, _Element], more: list[_Element]) -> tuple[str, str]:
        """Return the country and the region of a transaction: each where it names exactly one."""
        countries: list[str] = []
        regions: list[str] = []
        if "recipient-country" in single:
            for element in _every("recipient-country", single, more):
                given = element.get("code") or ""
                if given.isdecimal():
                    self.countries.setdefault(given, element)
                    regions.append(given)
                else:
                    code = country_code(given) or country_by_name(element)
                    self.countries.setdefault(code or f"{given} {written_in(element)}", element)
                    countries.append(code)
        if "recipient-region" in single:
            for element in _every("recipient-region", single, more):
                self.regions.setdefault(coded(element), element)
                regions.append(region_code(*coded(element)))
        return self._only(countries) if countries else "", self._only(regions) if regions else ""

    def _only(self, codes: list[str]) -> str:
        if len(codes) == 1:
            return codes[0]
        found = set(codes) - {""}
        if len(found) > 1:
            self._notes.add("transaction-not-split")
        return found.pop() if len(found) == 1 else ""

    def _what(self, single: dict[str, _Element], more: list[_Element]) -> Sequence[Share]:
        """Return the DAC sectors of a transaction with their shares: none where it names several without."""
        if "sector" not in single:
            return ()
        named: dict[str, list[_Element]] = {}
        for element in _every("sector", single, more):
            vocabulary, given = coded(element)
            given = given or written_in(element)
            self.sectors.setdefault((vocabulary, given), element)
            if code := dac_sector(vocabulary, given):
                named.setdefault(code, []).append(element)
        # A sector of three digits beside one of five is the same once more, less finely.
        found = [code for code in named if len(code) == 5] or list(named)
        if len(found) < 2:
            return [(code, _ALL) for code in found]
        parts = [[share(element.get("percentage")) for element in named[code]] for code in found]
        known = [[part for part in several if part is not None] for several in parts]
        sums = [sum(several, _NOTHING) for several in known]
        if known != parts or not adds_up(sums):
            self._notes.add("transaction-not-split")
            return ()
        return list(zip(found, sums, strict=True))

    def done(self) -> tuple[Transactions, ...]:
        """Return the sums, by type and currency."""
        found: list[Transactions] = []
        for (kind, money), one in sorted(self._sums.items(), key=_by_type):
            if abs(one.total) >= LARGEST:
                self._notes.add("total-too-large", kind)
                continue
            found.append(
                Transactions(
                    kind=kind,
                    currency=money,
                    number=one.number,
                    total=one.total,
                    first=one.first,
                    last=one.last,
                    undated=one.undated,
                )
            )
        return tuple(found)


def coded(element: _Element) -> Coded:
    """Return the vocabulary and the code of an element, as published."""
    return element.get("vocabulary") or "", element.get("code") or ""


def _every(tag: str, single: dict[str, _Element], more: list[_Element]) -> list[_Element]:
    """Return every child of a tag that occurs."""
    return [single[tag], *(one for one in more if one.tag == tag)] if more else [single[tag]]


def _by_type(item: tuple[tuple[str, str | None], _Sum]) -> tuple[int, str]:
    kind, money = item[0]
    return int(kind or 99), money or ""


def currency_of(value: _Element, default: str | None, notes: Notes) -> str | None:
    """Return the currency of a `value` element, else the activity's."""
    given = value.get("currency")
    if given is None or not given.strip():
        return default
    found = currency(given)
    if found is None:
        notes.add("currency-unreadable")
    return found
