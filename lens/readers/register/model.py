"""One entry of a contribution register: kind, amount or commitment in words, when, where, for what, through whom."""

from __future__ import annotations

from typing import Annotated, Literal

from lens.cases.fields import Amount, Country, Currency, Day, Form, InhibitorId, internal, public, record
from lens.words import PartnerKind

TOP = "contributions"

ContributionKind = Literal[
    "troops",
    "police",
    "training_of_forces",
    "funds_to_regional_body",
    "mediation",
    "diplomatic_support",
    "sanctions_monitoring",
    "early_warning",
    "other",
]

ShortCode = Annotated[
    str, Form("A short code", r"[A-Za-z0-9][A-Za-z0-9._-]{0,29}", "XA, XM-DAC-7 or 2026-014 (letters, digits, dashes)")
]


@record
class Contribution:
    """One thing that a donor contributes."""

    id: ShortCode = internal(help="Your own number for it; each stands once.")
    donor: ShortCode = public(help="Whose contribution: a country's code of two letters, or another short code.")
    kind: ContributionKind = public(help="What kind of contribution.")
    title: str = internal(default="", help="What it is called; the commitment if left out.")
    commitment: str = internal(default="", help="What was committed, in words, where no sum says it.")
    amount: Amount | None = public(default=None, band="money", help="The sum, where there is one.")
    currency: Currency | None = public(default=None, help="Its currency.")
    money: Literal["planned", "commitment", "disbursement"] = public(default="commitment", help="What the sum is.")
    start: Day | None = public(default=None, band="day", help="First day.")
    end: Day | None = public(default=None, band="day", help="Last day.")
    countries: tuple[Country, ...] = public(default=(), help="Countries it is for, by their codes of two letters.")
    regions: tuple[str, ...] = public(
        default=(), help="Regions it is for, where no country is meant: DAC code or name."
    )
    place: str = internal(default="", help="A place inside the country, in words.")
    inhibitors: tuple[InhibitorId, ...] = public(default=(), help="The inhibitors it is meant to support.")
    through: tuple[PartnerKind, ...] = public(default=(), help="Kinds of the bodies it goes through or to.")
    through_names: tuple[str, ...] = internal(default=(), help="Their names, in the same order, or none.")
    safeguard: str = internal(default="", help="What is done so that it does no harm.")
    safeguard_owner: str = internal(default="", help="The role that answers for it; no names.")
    safeguard_by: Day | None = internal(default=None, help="The day it is in place.")
    residual_risk: str = internal(default="", help="What can still go wrong.")
    source: str = internal(default="", help="What this entry rests on.")
    note: str = internal(default="", help="Anything else.")


@record
class Register:
    """A contribution register."""

    contributions: tuple[Contribution, ...] = internal(help="One entry for each contribution.")
