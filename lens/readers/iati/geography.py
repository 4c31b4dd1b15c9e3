"""Where an activity works: countries, regions, places inside countries. Names and points go to the annex."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING

from lens.cases.annex import Identity
from lens.cases.program import Place
from lens.catalog.country_names import countries, is_user_assigned
from lens.readers.iati.codes import country_by_name, country_code, region_code
from lens.readers.iati.shares import check_shares
from lens.readers.iati.texts import first_of, name_of
from lens.readers.iati.values import plain, point, share

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from lxml.etree import _Element

    from lens.readers.iati.notes import Notes
    from lens.words import YesNo

MAX_LOCATIONS = 2000


@dataclass(slots=True)
class _Country:
    """One recipient country: its code, or None with the name it is given."""

    code: str | None
    share: Decimal | None
    name: str


class Geography:
    """The places of one activity as they are read: its countries first, then locations."""

    __slots__ = (
        "_countries",
        "_default",
        "_from",
        "_names",
        "_notes",
        "_places",
        "_region_shares",
        "_regions",
        "exact",
        "named",
        "points",
    )

    def __init__(self, default: str, notes: Notes, names: dict[str, Identity]) -> None:
        self._default = default
        self._notes = notes
        self._names = names
        self._countries: dict[str, _Country] = {}
        self._regions: dict[str, None] = {}
        self._region_shares: list[Decimal | None] = []
        self._from: list[str] = []
        self._places: list[Place] = []
        self.points = 0
        self.exact = 0
        """How many of the points are stated to be exact."""
        self.named = 0
        """How many places inside a country have a name."""

    def of_activity(self, country_elements: Iterable[_Element], region_elements: Iterable[_Element]) -> None:
        """Read the countries and regions the activity itself states."""
        for element in country_elements:
            self._country(element, self._share(element))
        if any(one.code for one in self._countries.values()):
            self._from.append("activity")
        for element in region_elements:
            self._region(element, self._share(element))
        check_shares([one.share for one in self._countries.values()] + self._region_shares, self._notes)

    def of_transactions(
        self, country_elements: Mapping[str, _Element], region_elements: Mapping[tuple[str, str], _Element]
    ) -> None:
        """Read those that transactions state; no share follows from them."""
        said = [self._country(element, None) for element in country_elements.values()]
        if any(said):
            self._from.append("transactions")
        for element in region_elements.values():
            self._region(element, None)

    def _share(self, element: _Element) -> Decimal | None:
        given = element.get("percentage")
        found = share(given)
        if found is None and given is not None and given.strip():
            self._notes.add("share-unreadable")
        return found

    def _country(self, element: _Element, part: Decimal | None) -> str | None:
        """Keep one recipient country; its code if it is one."""
        given = (element.get("code") or "").strip().upper()
        if given.isdecimal():
            self._notes.add("country-as-region", given)
            self._keep_region(given, part)
            return None
        code = self._known(given, element)
        key = code or f"{given} {name_of(element, self._default).casefold()}"
        before = self._countries.get(key)
        if before is None:
            self._countries[key] = _Country(code, part, "" if code else name_of(element, self._default))
        elif part is not None:
            before.share = min(part + (before.share or 0), Decimal(100))
        return code

    def _known(self, given: str, element: _Element) -> str | None:
        known = countries()
        if given in known.iso3:
            self._notes.add("country-as-iso3", given)
            return known.iso3[given]
        if known.accepts(given):
            if is_user_assigned(given) and given not in known.known:
                self._notes.add("country-user-assigned", given)
            return given
        if named := country_by_name(element):
            self._notes.add("country-by-name", named)
            return named
        self._notes.add("country-unknown" if given else "country-without-code", given)
        return None

    def _region(self, element: _Element, part: Decimal | None) -> None:
        code = region_code(element.get("vocabulary") or "", element.get("code") or "")
        if code:
            self._keep_region(code, part)
        elif not plain(element.get("code")):
            self._notes.add("region-odd")

    def _keep_region(self, code: str, part: Decimal | None) -> None:
        if code not in self._regions:
            self._regions[code] = None
            self._region_shares.append(part)

    def locations(self, elements: Iterable[_Element]) -> None:
        """Read the locations, after the countries: one without is taken to lie in the only country."""
        for one in self._countries.values():
            self._place(one.code, "no", one.share, Identity(name=one.name))
        codes = tuple(one.code for one in self._countries.values())
        for element in elements:
            if len(self._places) >= MAX_LOCATIONS:
                self._notes.add("locations-left-out")
            else:
                self._location(element, codes)

    def _location(self, element: _Element, codes: tuple[str | None, ...]) -> None:
        parts = first_of(element)
        name = name_of(parts.get("name"), self._default)
        told = [name_of(parts.get(tag), self._default) for tag in ("description", "activity-description")]
        exactness = _exactness(parts.get("exactness"))
        at = self._point(parts, exactness)
        code = _location_code(element)
        if not (name or at or code or any(told)):
            self._notes.add("location-empty")
            return
        country = _stated_country(element)
        below: YesNo = "yes"
        if named := countries().names.get(name.lower()):
            self._notes.add("location-names-country")
            below = "not_known"
            # Niger is also a state of Nigeria: a name never brings in a country the activity does not have.
            country = country or (named if not codes or named in codes else None)
        elif country is None and len(codes) == 1 and codes[0] and not self._regions:
            self._notes.add("location-country-taken")
            country = codes[0]
        if below == "yes":
            self.points += bool(at)
            self.exact += bool(at) and exactness == "1"
            self.named += bool(name)
        note = "\n".join(dict.fromkeys(text for text in (*told, code) if text and text != name))
        self._place(country, below, None, Identity(name=name, place=at, note=note))

    def _place(self, country: str | None, below: YesNo, part: Decimal | None, identity: Identity) -> None:
        ref = f"place:{len(self._places) + 1}"
        self._places.append(Place(id=ref, country=country, below_country=below, share=part))
        if identity.name or identity.place or identity.note:
            self._names[ref] = identity

    def _point(self, parts: Mapping[str, _Element], exactness: str) -> str:
        """Latitude and longitude as a text for the annex; empty if there are none to be read."""
        given = _written(parts)
        if not given.strip():
            return ""
        found = point(given)
        if found is None:
            self._notes.add("point-unreadable")
            return ""
        if exactness == "2":
            self._notes.add("point-approximate")
        return " ".join(found)

    def done(self) -> tuple[Place, ...]:
        """Return the places: countries, then locations."""
        return tuple(self._places)

    def regions(self) -> tuple[str, ...]:
        """Return the regions as published; of vocabularies other than the DAC's as `vocabulary:code`."""
        return tuple(self._regions)

    def said_by(self) -> str:
        """`activity`, `transactions` or `both`; empty where there is no country."""
        return "both" if len(self._from) == 2 else "".join(self._from)


def _exactness(element: _Element | None) -> str:
    return (element.get("code") or "").strip() if element is not None else ""


def _written(parts: Mapping[str, _Element]) -> str:
    """Return the point of a location as it is written, in either version."""
    if (given := parts.get("point")) is not None and (pos := first_of(given).get("pos")) is not None:
        return pos.text or ""
    old = parts.get("coordinates")
    return f"{old.get('latitude') or ''} {old.get('longitude') or ''}" if old is not None else ""


def _stated_country(element: _Element) -> str | None:
    """Return the country a location states, on its administrative area or as a recipient country."""
    for child in element:
        given = ""
        if child.tag == "administrative":
            given = child.get("country") or (child.get("code") or "" if (child.get("level") or "") == "0" else "")
        elif child.tag == "recipient-country":
            given = child.get("code") or ""
        if code := country_code(given):
            return code
    return None


def _location_code(element: _Element) -> str:
    """Return the codes of a location in a gazetteer or of its administrative area, for the annex."""
    found: list[str] = []
    for child in element:
        if child.tag in ("location-id", "administrative"):
            found.append(" ".join(filter(None, (child.get("vocabulary"), child.get("code")))))
        elif child.tag == "gazetteer-entry":
            found.append(" ".join(filter(None, (child.get("gazetteer-ref"), child.text))))
    return "; ".join(" ".join(one.split()) for one in found if one.strip())[:200]
