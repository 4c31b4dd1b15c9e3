"""What the report says of the program: exact for those inside, kinds, counts and bands for all."""

from __future__ import annotations

import re
from collections import Counter
from decimal import Decimal
from typing import TYPE_CHECKING

from lens import catalog
from lens.reviews.model import ActivityView, MoneyView, PartnerView, PlaceView, ProgramView, SectorView, band

if TYPE_CHECKING:
    from lens.cases import Budget, Case, Program, Sector
    from lens.cases.policy import Policy
    from lens.cases.published import Published
    from lens.words import BudgetKind


def program_view(case: Case, policy: Policy, notes: tuple[str, ...]) -> ProgramView:
    """The view of a case's program; `notes` are the reader's notes on how a published file was read."""
    program = case.program
    names = case.annex.names if case.annex else {}
    published = program.published
    countries = tuple(dict.fromkeys(place.country for place in program.places if place.country))
    below = [place for place in program.places if place.below_country == "yes"]
    return ProgramView(
        subject=program.subject,
        countries=countries,
        country_names=tuple(catalog.country_name(code) for code in countries),
        regions=tuple(code for code in published.regions if re.fullmatch(r"[A-Z0-9]{1,6}", code)) if published else (),
        sectors=tuple(_sector(one) for one in _sectors(program)),
        flags=program.flags,
        years=_years(program),
        money=tuple(_money(program)),
        partner_kinds=dict(sorted(Counter(one.kind for one in program.partners).items())),
        activity_count=len(program.activities),
        places_below_country=len(below),
        published_as=_published_as(published) if published else "",
        not_published=published.not_published if published else (),
        reading_notes=notes,
        text_length=published.text_length if published else None,
        id=program.id,
        title=program.title,
        description=program.description,
        start=program.start,
        end=program.end,
        activities=tuple(
            ActivityView(
                number=number,
                provides=tuple(dict.fromkeys(provision.what for provision in one.provides)),
                ref=one.id,
                title=one.title,
                description=one.description,
            )
            for number, one in enumerate(program.activities, 1)
        ),
        partners=tuple(
            PartnerView(kind=one.kind, role=one.role, ref=one.id, name=names[one.id].name if one.id in names else "")
            for one in program.partners
        ),
        places=tuple(
            PlaceView(ref=one.id, country=one.country or "", name=names[one.id].name if one.id in names else "")
            for one in below
        ),
        reviewer=program.reviewer or policy.reviewer,
        escalation_route=program.escalation_route or policy.escalation_route,
        second_route=program.second_route or policy.second_route,
    )


def _published_as(published: Published) -> str:
    """The standard, with its version where what the file says is a version and not some other text."""
    version = published.version if re.fullmatch(r"\d(\.\d{1,2})?", published.version) else ""
    return f"{published.standard} {version}".strip()


def _sectors(program: Program) -> list[Sector]:
    found = {one.code: one for activity in program.activities for one in activity.sectors}
    return list({**found, **{one.code: one for one in program.sectors}}.values())


def _sector(one: Sector) -> SectorView:
    row = catalog.sector(one.code)
    return SectorView(
        code=one.code,
        name=catalog.dac_codes().get(one.code, row.name if row else ""),
        # A sector the map does not list is screened as usual, never less.
        scrutiny=row.scrutiny if row else "medium",
        share=one.share,
    )


def _years(program: Program) -> str:
    first, last = program.start, program.end
    if first and last and first.year != last.year:
        return f"{first.year} to {last.year}"
    if first and last:
        return str(first.year)
    return f"from {first.year}" if first else f"until {last.year}" if last else ""


def _money(program: Program) -> list[MoneyView]:
    """Sums by kind and currency; never added across either."""
    budgets: tuple[Budget, ...] = program.budgets or tuple(b for one in program.activities for b in one.budgets)
    sums: dict[tuple[BudgetKind, str | None], Decimal] = {}
    for one in budgets:
        key = (one.kind, one.currency)
        sums[key] = sums.get(key, Decimal(0)) + one.amount
    return [
        MoneyView(kind=key[0], currency=key[1], band=band(total), amount=total)
        for key, total in sorted(sums.items(), key=lambda pair: (pair[0][0], pair[0][1] or ""))
    ]
