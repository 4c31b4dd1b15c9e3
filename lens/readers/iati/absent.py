"""Which fields a publisher left out, by a fixed list of names."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from lens.cases.program import Program
    from lens.cases.published import Published

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


def left_out_of(program: Program, published: Published) -> tuple[str, ...]:
    """Return the same for a program and what was published of it, once both are made."""
    markers = {marker.code for marker in published.markers if marker.vocabulary == "1"}
    return left_out(
        title=program.title,
        description=program.description,
        status=published.status,
        start=program.start,
        end=program.end,
        places=any(place.country for place in program.places),
        subnational=any(place.below_country == "yes" for place in program.places),
        sectors=program.sectors,
        organizations=program.partners,
        implementing=any(partner.role == "implementing" for partner in program.partners),
        budgets=program.budgets,
        transactions=published.transactions,
        markers=published.markers,
        gender_marker="1" in markers,
        disability_marker="11" in markers,
        conditions=published.conditions_attached is not None or published.conditions,
        results=published.results,
        indicators=published.indicators,
        disaggregated_by_sex=published.disaggregated_by_sex,
        documents=published.documents,
        humanitarian=published.humanitarian is not None,
        related=published.related,
    )
