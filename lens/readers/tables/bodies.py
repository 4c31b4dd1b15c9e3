"""Who has a part in a row: roles and kinds for the program, names for the annex; a force is seen by its name."""

from __future__ import annotations

from typing import TYPE_CHECKING, get_args

from lens.cases.annex import Identity
from lens.cases.program import Partner
from lens.readers.iati.bodies import force_in_name, is_placeholder_name
from lens.readers.iati.partners import LONGEST_REAL_NAME, MAX_RECIPIENTS
from lens.readers.iati.texts import LONGEST_NAME
from lens.readers.tables.cells import code, is_nothing
from lens.readers.tables.row import looked_up
from lens.words import FORCE_KINDS, PartnerKind

if TYPE_CHECKING:
    from lens.readers.iati.notes import Notes
    from lens.readers.tables.layout import BodyOf
    from lens.readers.tables.row import Cells
    from lens.words import PartnerRole

_CIVIL = frozenset(
    {"international_ngo", "national_organization", "local_organization", "women_led_organization", "multilateral"}
    | {"foundation", "academic", "religious_body", "media"}
)
LOCAL = frozenset({"local_organization", "women_led_organization", "customary_body", "religious_body"})
"""Kinds of bodies that are of a place: naming one can expose it."""
_KINDS: dict[str, PartnerKind] = {kind: kind for kind in get_args(PartnerKind)}


def partners(row: Cells, names: dict[str, Identity]) -> tuple[Partner, ...]:
    """The bodies of a row in order of the layout, each once in every role; their names are put into `names`."""
    found: dict[tuple[str, PartnerRole], Partner] = {}
    for column in row.frame.layout.bodies:
        for name, kind in _named(row, column):
            key = (name.casefold(), column.role)
            if key in found:
                continue
            if len(found) >= MAX_RECIPIENTS:
                row.notes.add("organizations-left-out")
                break
            ref = f"partner:{len(found) + 1}"
            found[key] = Partner(id=ref, kind=kind_by_name(name, kind, row.notes), role=column.role)
            names[ref] = Identity(name=name[:LONGEST_NAME])
    return tuple(found.values())


def _named(row: Cells, column: BodyOf) -> list[tuple[str, PartnerKind]]:
    """The names in a column, each with the kind that the table says; several kinds stand in the order of the names."""
    text = row.text(column.column) or row.text(column.otherwise)
    given = [one.strip() for one in text.split(column.separator)] if column.separator else [text]
    kinds = row.text(column.kind_from.column) if column.kind_from else ""
    told = [one.strip() for one in kinds.split(column.separator)] if column.separator else [kinds]
    if len(told) != len(given):
        told = [told[0] if len(set(told)) == 1 else ""] * len(given)
    values = column.kind_from.values if column.kind_from else {}
    begins = column.kind_from is not None and column.kind_from.begins
    return [
        (name, _KINDS.get(looked_up(values, code(one), begins=begins) or "", column.kind))
        for name, one in zip(given, told, strict=True)
        if not is_nothing(name)
    ]


def kind_by_name(name: str, told: PartnerKind, notes: Notes) -> PartnerKind:
    """What a body is: a name that says force outweighs what is told of it; with a civil body, its kind is not known."""
    if is_placeholder_name(name):
        notes.add("organization-placeholder")
        return "not_known"
    force = force_in_name(name[:LONGEST_NAME])
    if force is None or told in FORCE_KINDS:
        return told
    if told in _CIVIL or len(name) > LONGEST_REAL_NAME:
        notes.add("organization-like-force")
        return "not_known"
    return force
