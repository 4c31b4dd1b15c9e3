"""The DAC's sector codes, by code and by name."""

from __future__ import annotations

import json
from dataclasses import dataclass
from functools import lru_cache
from importlib import resources


@dataclass(frozen=True, slots=True)
class DacCodes:
    """The DAC's sector codes, of five and of three digits, and those withdrawn."""

    known: frozenset[str]
    withdrawn: frozenset[str]
    names: dict[str, str]
    """Lower-case names that stand for one code alone, one in use if there is any, and that code."""


@lru_cache(maxsize=1)
def dac_codes() -> DacCodes:
    """Return the catalog's DAC codes."""
    data = json.loads(resources.files("lens.catalog").joinpath("dac-codes.json").read_text("utf-8"))
    withdrawn = frozenset(data["withdrawn"])
    known = frozenset(data["codes"]) | frozenset(data["groups"]) | frozenset(data["main"]) | withdrawn
    codes: dict[str, list[str]] = {}
    for code, name in {**data["main"], **data["groups"], **data["codes"]}.items():
        codes.setdefault(name.lower(), []).append(code)
    in_use = {name: [one for one in found if one not in withdrawn] or found for name, found in codes.items()}
    names = {name: found[0] for name, found in in_use.items() if len(found) == 1}
    return DacCodes(known=known, withdrawn=withdrawn, names=names)
