"""Countries and DAC codes, from the catalog's two lists."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from functools import lru_cache
from importlib import resources
from typing import TYPE_CHECKING, Any

from lens.readers.iati.texts import compared
from lens.readers.iati.values import plain, remembered
from lens.readers.iati.vocab import DAC_REGIONS, DAC_VOCABULARIES

if TYPE_CHECKING:
    from lxml.etree import _Element

DAC_SECTOR = re.compile(r"\d{3}|\d{5}", re.ASCII)
_THROUGH_A_NUMBER = re.compile(r"(\d{3}|\d{5})\.0+", re.ASCII)


SHORTEST_CODES = 3
"""What is no longer is no name."""


@dataclass(frozen=True, slots=True)
class Countries:
    """Which codes and names stand for which country."""

    known: frozenset[str]
    iso3: dict[str, str]
    names: dict[str, str]
    """Lower-case names to codes of two letters."""

    def accepts(self, code: str) -> bool:
        """Whether a code of two letters stands for a country, or is one that made-up examples use."""
        return code in self.known or is_user_assigned(code)


@dataclass(frozen=True, slots=True)
class DacCodes:
    """The DAC's sector codes, of five and of three digits, and those withdrawn."""

    known: frozenset[str]
    withdrawn: frozenset[str]
    names: dict[str, str]
    """Lower-case names that stand for one code alone, one in use if there is any, and that code."""


def is_user_assigned(code: str) -> bool:
    """XA to XZ, kept free by ISO 3166 for its users."""
    return len(code) == 2 and code[0] == "X" and "A" <= code[1] <= "Z"


@remembered
def country_code(given: str) -> str:
    """Return the code of two letters that a published country code stands for; empty if it stands for none."""
    given = given.strip().upper()
    known = countries()
    code = known.iso3.get(given, given)
    return code if known.accepts(code) else ""


def country_by_name(element: _Element) -> str:
    """Return the country whose name stands where its code should, or in the text; empty where none does."""
    from lens.readers.tables.crosswalk import country_of

    for name in (element.get("code") or "", written_in(element)):
        if len(name) > SHORTEST_CODES and (found := country_of(name)):
            return found
    return ""


def written_in(element: _Element) -> str:
    """Return the text of an element, or of its first narrative, white space made single spaces."""
    texts = (element.text, *(one.text for one in element.iterchildren("narrative")))
    return next((made for text in texts if text and (made := " ".join(text.split()))), "")


def region_code(vocabulary: str, code: str) -> str:
    """Return a region as published: of vocabularies other than the DAC's `vocabulary:code`; empty if it is none."""
    vocabulary, code = vocabulary.strip(), plain(code)
    if not code or vocabulary.upper() in DAC_REGIONS:
        return code
    return f"{plain(vocabulary)}:{code}" if plain(vocabulary) else ""


def dac_sector(vocabulary: str, code: str) -> str:
    """Return a DAC sector of three or five digits; empty for any other."""
    if vocabulary not in DAC_VOCABULARIES and not is_dac(vocabulary):
        return ""
    code = code.strip()
    if DAC_SECTOR.fullmatch(code):
        return code
    found = _THROUGH_A_NUMBER.fullmatch(code)
    return found[1] if found else dac_codes().names.get(compared(code), "")


@remembered
def is_dac(vocabulary: str) -> bool:
    """Whether a vocabulary of sectors is the DAC's, however it is written."""
    return "-".join(vocabulary.upper().replace("_", " ").split()) in DAC_VOCABULARIES


@lru_cache(maxsize=1)
def countries() -> Countries:
    """Return the catalog's countries."""
    rows: dict[str, list[str]] = _load("countries.json")
    return Countries(
        known=frozenset(rows) | {"XK"},
        iso3={row[0]: code for code, row in rows.items()},
        names={row[1].lower(): code for code, row in rows.items()},
    )


@lru_cache(maxsize=1)
def dac_codes() -> DacCodes:
    """Return the catalog's DAC codes."""
    data = _load("dac-codes.json")
    withdrawn = frozenset(data["withdrawn"])
    known = frozenset(data["codes"]) | frozenset(data["groups"]) | frozenset(data["main"]) | withdrawn
    codes: dict[str, list[str]] = {}
    for code, name in {**data["main"], **data["groups"], **data["codes"]}.items():
        codes.setdefault(name.lower(), []).append(code)
    in_use = {name: [one for one in found if one not in withdrawn] or found for name, found in codes.items()}
    names = {name: found[0] for name, found in in_use.items() if len(found) == 1}
    return DacCodes(known=known, withdrawn=withdrawn, names=names)


def _load(name: str) -> Any:
    return json.loads(resources.files("lens.catalog").joinpath(name).read_text(encoding="utf-8"))
