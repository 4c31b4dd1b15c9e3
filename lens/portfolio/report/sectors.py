"""Sectors as pictures draw them: in groups, and by what they could bear on as the catalog's map has it."""

from __future__ import annotations

from functools import lru_cache
from typing import Literal

from lens import catalog

Bears = Literal["lower", "support", "harm", "diligence", "other", "not-judged"]
BEARS: dict[Bears, str] = {
    "not-judged": "could not be judged",
    "lower": "in sectors that could lower risk factors",
    "support": "in sectors that could support inhibitors",
    "harm": "in sectors that could do harm",
    "diligence": "in sectors that call for due diligence always",
    "other": "in sectors for which the map names none of these",
}
"""What stands on the right, what is not known first."""

SHORT: dict[Bears, str] = {
    "not-judged": "could not be judged",
    "lower": "lower risks",
    "support": "support inhibitors",
    "harm": "do harm",
    "diligence": "due diligence always",
    "other": "none of these",
}
"""The same in few words."""
_GROUPS = {
    "11": "Education",
    "12": "Health",
    "13": "Population and reproductive health",
    "14": "Water and sanitation",
    "15": "Government, civil society, peace",
    "16": "Other social services",
    "21": "Transport and storage",
    "22": "Communications",
    "23": "Energy",
    "24": "Banking and finance",
    "25": "Business services",
    "31": "Agriculture, forestry, fishing",
    "32": "Industry, mining, construction",
    "33": "Trade and tourism",
    "41": "Environment",
    "43": "Other multisector",
    "51": "Budget support",
    "52": "Food assistance",
    "53": "Other commodities",
    "60": "Debt",
    "72": "Emergency response",
    "73": "Reconstruction",
    "74": "Disaster preparedness",
    "91": "Donors' administration",
    "93": "Refugees in donor countries",
    "99": "Sector not specified",
}
"""Groups of DAC codes by their first two digits; the names are ours and short."""
_UNSPECIFIED = "99"
NO_SECTOR = "no sector of the DAC's list"


def group_of(sector: str) -> str:
    """The group that a DAC code belongs to, as it is drawn."""
    name = _GROUPS.get(sector[:2]) if sector.isdigit() else None
    return f"{sector[:2]}x {name}" if name else NO_SECTOR


def bears_of(sector: str) -> tuple[Bears, ...]:
    """What money in a DAC code could bear on, as the catalog's map has it."""
    row = catalog.sector(sector) if sector.isdigit() and not sector.startswith(_UNSPECIFIED) else None
    if row is None:
        return ("not-judged",)
    found: list[Bears] = []
    found += ["lower"] if row.lowers else []
    found += ["support"] if row.inhibitors else []
    found += ["harm"] if row.harm_paths else []
    found += ["diligence"] if row.scrutiny == "high" else []
    return tuple(found) or ("other",)


@lru_cache(maxsize=1)
def what_the_map_says() -> str:
    """How much of the sector map speaks of harm and of help: nearly all of both, so that money in them says little."""
    rows = [row for codes, row in catalog.sectors() if not all(one.startswith(_UNSPECIFIED) for one in codes)]
    harm, lower = sum(bool(row.harm_paths) for row in rows), sum(bool(row.lowers) for row in rows)
    high = sum(row.scrutiny == "high" for row in rows)
    return (
        f"Of {len(rows)} kinds of sectors that the map judges, {lower} could lower a risk and {harm} could do harm. "
        "So the shares on the right tell how much could be judged, not how good or bad it is, nor which of the two is "
        f"more. {high} call for due diligence always."
    )
