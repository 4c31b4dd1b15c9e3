"""What published data says of an activity itself: its sectors, the bodies in it, how the money is given, on what terms.

A field that the publisher left out is open, never an answer.
"""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING, Literal

from lens import catalog
from lens.checks.computed.published_reading import published, sector_codes
from lens.checks.marks import check
from lens.checks.reading import found, kinds_among, words
from lens.words import FORCE_KINDS

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from lens.cases import Case, Partner, Published
    from lens.checks.model import Found
    from lens.checks.setting import Setting

BUDGET_SUPPORT = frozenset({"A01", "A02"})
"""Aid types: general and sector budget support."""

DEBT_RELIEF = "F01"
DEBT = "6"
"""How the finance types for forgiving and rescheduling debt begin."""

EXPORT_CREDIT = "22"
EXPORT_CREDITS = frozenset({"451", "452", "453"})
"""The flow type and the finance types of officially supported export credits."""

VAGUE_FLOWS = frozenset({"20", "50"})
"""Flow types that say no more than that it is another kind of flow."""

BUDGET_SECTOR = "51010"
DEBT_SECTOR = "600"

GUARDS = frozenset({"private_guard", "ranger_border_or_prison_service"})
"""Kinds of bodies that may bear arms, and whose task is not to fight."""

DOES_THE_WORK = frozenset({"implementing", "recipient"})

UNKNOWN = frozenset({"not_known", "other"})
"""Kinds behind which there may be anybody."""

MOST_SHOWN = 6

Says = Literal["always", "usual", "broad", "withdrawn", "unspecified", "not-mapped"]


@lru_cache(maxsize=2048)
def sector_says(code: str) -> Says:
    """What a DAC code says of due diligence: always, as usual, or why it cannot tell."""
    if code.startswith("998"):
        return "unspecified"
    row = catalog.row_of(code)
    if row is not None:
        return "always" if row.scrutiny == "high" else "usual"
    stands_for = catalog.sector(code)
    if stands_for is None:
        return "not-mapped"
    if stands_for.scrutiny != "high":
        return "usual"
    return "broad" if catalog.withdrawn(code) is None else "withdrawn"


@check("published.sector")
def sector(case: Case, setting: Setting) -> Iterator[Found]:
    """Whether a sector calls for due diligence always; a code that may hide such a sector is open."""
    codes = sector_codes(case)
    if not codes:
        yield found("other-list" if published(case).other_sectors else "not-published")
        return
    outcome, those = _of_sectors(codes)
    if those:
        yield found(outcome, sectors=those)
    else:
        yield found(outcome)


@lru_cache(maxsize=4096)
def _of_sectors(codes: tuple[str, ...]) -> tuple[str, str]:
    said = {code: sector_says(code) for code in codes}
    for outcome in ("always", "broad", "withdrawn", "unspecified", "not-mapped"):
        if those := [code for code in codes if said[code] == outcome]:
            return outcome, words(those[:MOST_SHOWN])
    return "usual", ""


@check("published.bodies")
def bodies(case: Case, setting: Setting) -> Iterator[Found]:
    """Whether a body that bears arms, or an authority behind one, is among those named."""
    partners = case.program.partners
    if not partners:
        yield found("not-published", on="AH-3")
        return
    pays = kinds_among(partners, FORCE_KINDS)
    if pays and not setting.screening:
        yield found("told-elsewhere", on="AH-3")  # harm.force-known tells of the same bodies
        return
    if armed := _armed(partners):
        graver = "guards" if {one.kind for one in armed} <= GUARDS else "force"
        yield found(graver, on="AH-3", kinds=kinds_among(armed, FORCE_KINDS))
        return
    if pays:
        yield found("force-pays", on="AH-12", kinds=pays)
    unknown = sum(one.kind in UNKNOWN for one in partners)
    if unknown:
        yield found("kind-not-known", on="AH-3", count=unknown, all=len(partners))
    elif not any(one.role in DOES_THE_WORK for one in partners):
        yield found("only-funders", on="AH-3", count=len(partners))
    elif not pays:
        yield found("none-armed", on="AH-3", count=len(partners))


def _armed(partners: Iterable[Partner]) -> list[Partner]:
    """Bodies of a kind that bears arms that are named as more than one who pays: something may reach them."""
    return [one for one in partners if one.kind in FORCE_KINDS and one.role != "funding"]


@check("published.budget-support")
def budget_support(case: Case, setting: Setting) -> Iterator[Found]:
    """Whether the money is given in a way that frees a government's own."""
    said = published(case)
    codes = sector_codes(case)
    if BUDGET_SUPPORT.intersection(said.aid_types) or BUDGET_SECTOR in codes:
        yield found("budget-support", on="AH-4")
    elif _relieves_debt(said, codes):
        yield found("debt-relief", on="AH-4")
    elif EXPORT_CREDIT in said.flow_types or EXPORT_CREDITS.intersection(said.finance_types):
        yield found("export-credit", on="AH-4")
    elif missing := _unsaid_of_money(said):
        yield found("not-published", on="AH-4", missing=missing)
    else:
        yield found("other-ways", on="AH-4")


def _relieves_debt(said: Published, codes: tuple[str, ...]) -> bool:
    by_finance = any(one.startswith(DEBT) for one in said.finance_types)
    return by_finance or DEBT_RELIEF in said.aid_types or any(code.startswith(DEBT_SECTOR) for code in codes)


def _unsaid_of_money(said: Published) -> str:
    """What is not published of how the money is given; either of flow and finance type tells of credits."""
    credit_told = said.finance_types or (VAGUE_FLOWS.isdisjoint(said.flow_types) and said.flow_types)
    return words(name for name, there in (("aid type", said.aid_types), ("flow type", credit_told)) if not there)


@check("published.conditions")
def conditions(case: Case, setting: Setting) -> Iterator[Found]:
    """What is said of the conditions on which support is given, and what is not."""
    said = published(case)
    if said.conditions_attached is False:
        outcome = "contradiction" if said.conditions else _without_conditions(case)
    elif said.conditions:
        outcome = "listed"
    else:
        outcome = "not-listed" if said.conditions_attached else "not-published"
    if said.conditions:
        yield found(outcome, on="HRDDP-5", count=said.conditions)
    else:
        yield found(outcome, on="HRDDP-5")


def _without_conditions(case: Case) -> str:
    """What it means that none are attached: that depends on whom the support may reach."""
    kinds = {one.kind for one in case.program.partners}
    if _armed(case.program.partners):
        return "none-for-force"
    return "none-bodies-open" if not kinds or kinds & UNKNOWN else "none-attached"
