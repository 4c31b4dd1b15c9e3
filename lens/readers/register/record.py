"""One entry of a contribution register as a published record, so that it is screened beside aid data."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from lens.cases.annex import Annex, Identity
from lens.cases.program import Activity, Budget, Effect, Partner, Place, Program, Provision, Safeguard
from lens.cases.published import Published
from lens.catalog.country_names import region_of
from lens.readers.iati.absent import left_out_of
from lens.readers.iati.notes import Notes
from lens.readers.published import Flow, PublishedActivity
from lens.readers.tables.bodies import LOCAL, kind_by_name
from lens.readers.tables.money import transactions
from lens.words import FORCE_KINDS, PartnerKind, PartnerRole, spoken

if TYPE_CHECKING:
    from collections.abc import Iterator

    from lens.readers.published import Exposed
    from lens.readers.register.model import Contribution

STANDARD = "contribution register"

_ROLES: dict[str, PartnerRole] = {"troops": "implementing", "police": "implementing", "training_of_forces": "recipient"}
"""Kinds of contribution that cannot be without a force, and its part in them."""


def read_contribution(one: Contribution, line: int) -> PublishedActivity:
    """Make the record of an entry; a force is among its bodies by kind, by name, or because of what is contributed."""
    notes = Notes()
    names: dict[str, Identity] = {}
    partners = tuple(_partners(one, names, notes))
    places = tuple(_places(one, names))
    flows = _flows(one)
    text = "\n".join(filter(None, map(str.strip, (one.commitment, one.note, one.source))))
    title = one.title.strip() or one.commitment.strip() or spoken(one.kind)
    program = Program(
        id=one.id,
        title=title,
        description=text,
        start=one.start,
        end=one.end,
        places=places,
        budgets=tuple(_budgets(one)),
        partners=partners,
        activities=(
            Activity(
                id="activity:1",
                title=title,
                description=text,
                places=tuple(place.id for place in places),
                partners=tuple(partner.id for partner in partners),
                provides=_provides(one, partners),
                start=one.start,
                end=one.end,
                effects=tuple(_effects(one)),
            ),
        ),
    )
    published = Published(
        standard=STANDARD,
        publisher=one.donor,
        text_length=sum(len(part.strip()) for part in (one.commitment, one.note)),
        regions=tuple(dict.fromkeys(code for region in one.regions if (code := region_of(region)))),
        countries_from="activity" if one.countries else "",
        transactions=transactions(flows),
        notes=notes.done(),
    )
    program = replace(program, published=replace(published, not_published=left_out_of(program, published)))
    exposes: dict[Exposed, int] = {"named-place": 1} if one.place.strip() else {}
    if local := sum(partner.kind in LOCAL and partner.id in names for partner in partners):
        exposes["named-local-body"] = local
    return PublishedActivity(
        identifier=one.id,
        program=program,
        annex=Annex(names=names),
        line=line,
        flows=flows,
        donor=one.donor,
        belongs_to=one.id,
        exposes=exposes,
    )


def _partners(one: Contribution, names: dict[str, Identity], notes: Notes) -> Iterator[Partner]:
    role: PartnerRole = "recipient" if one.kind == "funds_to_regional_body" else "implementing"
    kinds = list(one.through)
    called = list(one.through_names) or [""] * len(kinds)
    seen: list[PartnerKind] = []
    for number, (kind, name) in enumerate(zip(kinds, called, strict=True), 1):
        found = kind_by_name(name, kind, notes) if name else kind
        seen.append(found)
        if name:
            names[f"partner:{number}"] = Identity(name=name)
        yield Partner(id=f"partner:{number}", kind=found, role=_ROLES.get(one.kind, role))
    if one.kind in _ROLES and not FORCE_KINDS & set(seen):
        yield Partner(id=f"partner:{len(kinds) + 1}", kind="security_force", role=_ROLES[one.kind])


def _places(one: Contribution, names: dict[str, Identity]) -> Iterator[Place]:
    for number, code in enumerate(one.countries, 1):
        yield Place(id=f"place:{number}", country=code, below_country="no")
    if one.place.strip():
        ref = f"place:{len(one.countries) + 1}"
        names[ref] = Identity(name=one.place.strip())
        yield Place(id=ref, country=one.countries[0] if len(one.countries) == 1 else None, below_country="yes")


def _flows(one: Contribution) -> tuple[Flow, ...]:
    if one.amount is None or not one.amount:
        return ()
    country = one.countries[0] if len(one.countries) == 1 else ""
    year = one.start.year if one.start else None
    back = one.amount if one.amount < 0 else None
    return (Flow(one.money, one.amount, one.currency or "", year, 1, back, country),)


def _budgets(one: Contribution) -> Iterator[Budget]:
    if one.amount is not None:
        yield Budget(amount=one.amount, currency=one.currency, kind=one.money, start=one.start, end=one.end)


def _provides(one: Contribution, partners: tuple[Partner, ...]) -> tuple[Provision, ...]:
    """What is certain to be provided, and to whom: training to forces, funds to bodies."""
    if one.kind == "training_of_forces":
        return tuple(Provision(what="training", to=each.id) for each in partners if each.kind in FORCE_KINDS)
    if one.kind == "funds_to_regional_body":
        return tuple(Provision(what="cash", to=each.id) for each in partners)
    return ()


def _effects(one: Contribution) -> Iterator[Effect]:
    """One effect for each inhibitor; the sum stands on it only where there is one, so that it is counted once.

    A safeguard is kept where no inhibitor is named too: it guards against strengthening those who could attack.
    """
    safeguard = _safeguard(one)
    budget = next(_budgets(one), None) if len(one.inhibitors) == 1 else None
    for inhibitor in dict.fromkeys(one.inhibitors):
        yield Effect(on=inhibitor, kind="intended_to_support", budget=budget, safeguard=safeguard)
    if safeguard is not None and not one.inhibitors:
        yield Effect(on="RF5", kind="could_worsen", safeguard=safeguard)


def _safeguard(one: Contribution) -> Safeguard | None:
    if not one.safeguard.strip():
        return None
    return Safeguard(
        what=one.safeguard.strip(),
        owner=one.safeguard_owner.strip(),
        by=one.safeguard_by,
        residual_risk=one.residual_risk.strip(),
    )
