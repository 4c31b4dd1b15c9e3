"""Where a row is: countries, else regions, places inside a country. A name goes to the annex alone."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from lens.cases.annex import Identity
from lens.cases.program import Place
from lens.catalog.country_names import country_of, is_made_up, region_of
from lens.readers.iati.texts import LONGEST_NAME, compared
from lens.readers.tables.cells import code
from lens.readers.tables.row import looked_up

if TYPE_CHECKING:
    from lens.readers.tables.layout import CountryOf
    from lens.readers.tables.row import Cells

MAX_COUNTRIES = 250
_NO_PLACE = frozenset({"local", "national", "nacional", "nationwide", "country-wide", "countrywide", "whole country"})
"""What stands in a column of places and names none."""


@dataclass(frozen=True, slots=True)
class Where:
    """What a row says of where it is."""

    places: tuple[Place, ...]
    names: dict[str, Identity]
    countries: tuple[str, ...]
    regions: tuple[str, ...]

    def only(self) -> tuple[str, str]:
        """The country, or the region, where the row names one alone: all of its money is for it."""
        if len(self.countries) + len(self.regions) + sum(one.country is None for one in self.places) != 1:
            return "", ""
        return "".join(self.countries), "".join(self.regions)


def where(row: Cells) -> Where:
    """Read the columns with countries in order of trust; the first that names one counts."""
    countries: list[str] = []
    unknown: list[str] = []
    regions: list[str] = []
    for column in row.frame.layout.countries:
        known, strange = _named(row, column, regions)
        unknown = unknown or strange
        if known:
            countries, unknown = known, strange
            break
    if not countries:
        regions += [found for name in row.frame.layout.regions if (found := region_of(code(row.text(name))))]
        regions = regions[:1] if regions else []
    unknown = [] if regions and not countries else unknown
    for one in countries:
        if is_made_up(one):
            row.notes.add("country-user-assigned", one)
    if unknown:
        row.notes.add("country-name-unknown", count=len(unknown))
    elif not countries and not regions and any(row.text(name) for name in row.frame.layout.regions):
        row.notes.add("region-unknown")
    places, names = _places(row, countries, unknown)
    return Where(tuple(places), names, tuple(countries), tuple(dict.fromkeys(regions)))


def _named(row: Cells, column: CountryOf, regions: list[str]) -> tuple[list[str], list[str]]:
    """The countries that a column names, and names in it that are none; regions among them are put apart."""
    countries: list[str] = []
    unknown: list[str] = []
    parts = row.parts(column.column, column.separator)[:MAX_COUNTRIES]
    if row.raw(column.column).strip() == "NA":
        row.notes.add("country-code-na")
    while parts:
        # A comma also stands inside names: Congo, Democratic Republic.
        pair = f"{parts[0]}{column.separator} {parts[1]}" if len(parts) > 1 else ""
        taken = 2 if pair and (_country(column, pair) or region_of(pair)) else 1
        name = code(pair if taken == 2 else parts[0])
        parts = parts[taken:]
        if found := _country(column, name):
            countries.append(found)
        elif region := region_of(name):
            regions.append(region)
        else:
            unknown.append(name)
    return list(dict.fromkeys(countries)), list(dict.fromkeys(unknown))


def _country(column: CountryOf, name: str) -> str | None:
    if listed := looked_up(column.values, name):
        return listed
    return None if column.form == "own" else country_of(name)


def _places(row: Cells, countries: list[str], unknown: list[str]) -> tuple[list[Place], dict[str, Identity]]:
    """Countries, then what is named as a country and is none that is known, then places in words."""
    places: list[Place] = []
    names: dict[str, Identity] = {}
    for one in countries:
        places.append(Place(id=f"place:{len(places) + 1}", country=one, below_country="no"))
    for name in unknown:
        places.append(Place(id=f"place:{len(places) + 1}", below_country="no"))
        names[places[-1].id] = Identity(name=name[:LONGEST_NAME])
    for column in row.frame.layout.places:
        name = row.text(column)
        if not name or country_of(name) or region_of(name) or compared(name) in _NO_PLACE:
            continue
        ref = f"place:{len(places) + 1}"
        only = countries[0] if len(countries) == 1 and not unknown else None
        places.append(Place(id=ref, country=only, below_country="yes"))
        names[ref] = Identity(name=name[:LONGEST_NAME])
    return places, names
