"""Codes of countries, regions and sectors, as IATI elements hold them."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from lens.catalog.country_names import countries, country_of
from lens.catalog.sector_names import dac_codes
from lens.readers.iati.texts import compared
from lens.readers.iati.values import plain, remembered
from lens.readers.iati.vocab import DAC_REGIONS, DAC_VOCABULARIES

if TYPE_CHECKING:
    from lxml.etree import _Element

DAC_SECTOR = re.compile(r"\d{3}|\d{5}", re.ASCII)
_THROUGH_A_NUMBER = re.compile(r"(\d{3}|\d{5})\.0+", re.ASCII)
SHORTEST_CODES = 3
"""What is no longer is no name."""


@remembered
def country_code(given: str) -> str:
    """Return the code of two letters that a published country code stands for; empty if it stands for none."""
    given = given.strip().upper()
    known = countries()
    code = known.iso3.get(given, given)
    return code if known.accepts(code) else ""


def country_by_name(element: _Element) -> str:
    """Return the country whose name stands where its code should, or in the text; empty where none does."""
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
