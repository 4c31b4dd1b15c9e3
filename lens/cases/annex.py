"""The restricted annex: who and where the references of a case are. Kept apart from the case itself."""

from __future__ import annotations

from lens.cases.fields import AnyRef, record, restricted


@record
class Identity:
    """What stands behind one reference."""

    name: str = restricted(default="", help="Name of the organization, person, group or place.")
    contact: str = restricted(default="", help="How to reach it.")
    place: str = restricted(default="", help="Exact place.")
    note: str = restricted(default="", help="Anything else that identifies.")


@record
class Annex:
    """References and what stands behind them. Read only for the restricted audience."""

    names: dict[AnyRef, Identity] = restricted(factory=dict, help="partner:1, person:1, place:1, group:a …")
