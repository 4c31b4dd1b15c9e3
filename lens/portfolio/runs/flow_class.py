"""Whose kind of money a record's money is, by its flow and finance types: aid and market money are not the same."""

from __future__ import annotations

CLASSES = {
    "official_aid": "Official development assistance.",
    "other_official": "Other official flows: official, and not concessional enough or not for development.",
    "private_development": "Private development finance, such as that of foundations and NGOs.",
    "market": "Private money at market terms, such as direct investment, securities and bank loans.",
    "other": "Another flow type.",
    "several": "The record names several flow types.",
    "not_stated": "The record names no flow type.",
}
"""Each class with what it is. The codes are those of IATI and the DAC."""

_MARKET_FINANCE = ("7", "8", "9")
"""How finance types begin that no official body uses: direct investment, bank loans, securities."""


def flow_class(flow_types: str, finance_types: str) -> str:
    """The class of a record's money, from its codes with spaces between; one of CLASSES."""
    found = {_of(code) for code in flow_types.split()}
    if not found:
        codes = finance_types.split()
        return "market" if codes and all(code.startswith(_MARKET_FINANCE) for code in codes) else "not_stated"
    return found.pop() if len(found) == 1 else "several"


def _of(code: str) -> str:
    if code.startswith("1"):
        return "official_aid"
    if code.startswith("2"):
        return "other_official"
    if code.startswith("3"):
        return "private_development" if code == "30" else "market"
    return "other"
