"""Which fields a publisher left out, by a fixed list of names."""

from __future__ import annotations

NEVER_IN_IATI = ("provisions", "effects", "safeguards", "harm_paths", "answers")
"""What the standard has no field for: always left out."""

FIELDS = (
    "title",
    "description",
    "status",
    "start",
    "end",
    "places",
    "subnational",
    "sectors",
    "organizations",
    "implementing",
    "budgets",
    "transactions",
    "markers",
    "gender_marker",
    "disability_marker",
    "conditions",
    "results",
    "indicators",
    "disaggregated_by_sex",
    "documents",
    "humanitarian",
    "related",
    *NEVER_IN_IATI,
)
"""Every name that `Published.not_published` can hold, in its order."""


def left_out(**there: object) -> tuple[str, ...]:
    """Return the names of FIELDS for which there is nothing among what is there."""
    return tuple([name for name in FIELDS if not there.get(name)])
