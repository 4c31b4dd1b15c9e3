"""Countries and regions, by code and by whatever they are called. What is not in the lists is never guessed."""

from __future__ import annotations

import json
import unicodedata
from dataclasses import dataclass
from functools import lru_cache
from importlib import resources
from typing import Any

_WHOLE = {"rep": "republic", "dem": "democratic", "st": "saint", "fed": "federal"}
_STYLES = (
    "democratic socialist republic of ",
    "federal democratic republic of ",
    "people s democratic republic of ",
    "people s republic of ",
    "federative republic of ",
    "federal republic of ",
    "democratic republic of ",
    "islamic republic of ",
    "socialist republic of ",
    "republic of ",
    "kingdom of ",
    "commonwealth of ",
    "state of ",
    "sultanate of ",
)


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


def is_user_assigned(code: str) -> bool:
    """XA to XZ, kept free by ISO 3166 for its users."""
    return len(code) == 2 and code[0] == "X" and "A" <= code[1] <= "Z"


@lru_cache(maxsize=1)
def countries() -> Countries:
    """The countries of the list."""
    rows: dict[str, list[str]] = _load("countries.json")
    return Countries(
        known=frozenset(rows) | {"XK"},
        iso3={row[0]: code for code, row in rows.items()},
        names={row[1].lower(): code for code, row in rows.items()},
    )


@dataclass(frozen=True, slots=True)
class _Names:
    countries: dict[str, str]
    dac: dict[str, str]
    regions: dict[str, str]
    """Names, and codes too, to DAC region codes."""


@lru_cache(maxsize=1)
def _names() -> _Names:
    data = _load("country-names.json")
    known = {_key(name): code for name, code in countries().names.items()}
    known |= {_key(name): code for code, names in data["names"].items() for name in names}
    regions = {_key(name): code for code, names in data["regions"].items() for name in names}
    return _Names(known, data["dac"], regions | {code: code for code in data["regions"]})


@lru_cache(maxsize=8192)
def country_of(text: str) -> str | None:
    """The ISO code of two letters behind a code (two letters, three letters, DAC) or a name; None where not known."""
    text = text.strip()
    names = _names()
    if text.isascii() and text.isdecimal():
        return names.dac.get(text)
    if len(text) == 2 and text.isupper() and countries().accepts(text):
        return text
    if len(text) == 3 and text.isupper() and text in countries().iso3:
        return countries().iso3[text]
    key = _key(text)
    if key in names.countries:
        return names.countries[key]
    bare = next((key.removeprefix(style) for style in _STYLES if key.startswith(style)), "")
    return names.countries.get(bare)


@lru_cache(maxsize=8192)
def region_of(text: str) -> str | None:
    """The DAC region code behind a code or a name, or `99:` and the World Bank's; None where not known."""
    return _names().regions.get(_key(text))


def is_made_up(code: str) -> bool:
    """Whether a country's code is one that ISO leaves to its users."""
    return is_user_assigned(code) and code not in countries().known


def _key(text: str) -> str:
    """A name as it is compared: without accents, punctuation, articles; short forms of common words in full."""
    plain = "".join(sign for sign in unicodedata.normalize("NFKD", text.casefold()) if not unicodedata.combining(sign))
    spaced = "".join(sign if sign.isalnum() else " and " if sign in "&+" else " " for sign in plain)
    return " ".join(_WHOLE.get(word, word) for word in spaced.split() if word != "the")


def _load(name: str) -> Any:
    return json.loads(resources.files("lens.catalog").joinpath(name).read_text("utf-8"))
